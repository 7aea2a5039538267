"""Tasks on a phone: told in the briefing, dealt with by records, once however often they come."""

from datetime import timedelta

import pytest

from fieldlog.core.task import Due, Priority, Source, TaskPlan
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.read_entries import versions_of
from fieldlog.store import tasks
from fieldlog.store.counting import sums
from tests.phones import amendment, batch, strike, visit
from tests.services.one_night import EVERYTHING, register


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, premises_type="public_house")


@pytest.fixture
def report(db, cast, now, lamp):
    """An urgent report about the Lamp for Asha, due at 22:30."""
    plan = TaskPlan(
        Source.POLICE,
        "Loud music",
        premises_id=lamp,
        due=Due(now + timedelta(minutes=50), timed=True),
        priority=Priority.URGENT,
        officer_id=cast.asha.officer_id,
    )
    return add_task(db, plan, by=cast.cora.officer_id, now=now - timedelta(hours=1))


@pytest.fixture
def asha(signed_in):
    return signed_in("asha")


def told(browser):
    answer = browser.get("/api/briefing")
    assert answer.status_code == 200
    return answer.json["tasks"]


def send(browser, *records):
    answer = browser.post("/api/sync", json=batch(*records))
    assert answer.status_code == 200
    return [one["state"] for one in answer.json["answers"]]


def test_the_briefing_tells_of_the_open_tasks(asha, report, lamp):
    assert told(asha) == [
        {
            "id": report,
            "mine": True,
            "premises": lamp,
            "where": "The Lamp",
            "asked": "Loud music",
            "about": "For you · Due 22:30, Sat 5 Dec · Police",
            "log": f"/entries/new/premises-visit?task={report}",
            "states": [
                {"from": None, "label": "Urgent", "tone": "warn"},
                {"from": "2020-12-05T21:30:00Z", "label": "Urgent, due now", "tone": "warn"},
                {"from": "2020-12-05T22:30:00Z", "label": "Urgent, overdue", "tone": "bad"},
            ],
            "due_from": "2020-12-05T21:30:00Z",
        }
    ]


def test_another_officers_task_can_be_dealt_with_and_is_in_no_list_of_mine(signed_in, report):
    (task,) = told(signed_in("ben"))
    assert (task["id"], task["mine"]) == (report, False)


def test_the_register_says_what_type_premises_are(asha, lamp):
    assert asha.get("/api/premises").json["premises"] == [
        [lamp, "The Lamp", "", "public_house", ""]
    ]


def test_a_record_that_deals_with_a_task_closes_it_once(db, cast, asha, report):
    record = visit(cast.asha.officer_id, **{f"task_{report}": "yes"})
    assert send(asha, record, record) == ["stored", "already-stored"]
    assert send(asha, record) == ["already-stored"]
    task = tasks.get(db, report)
    assert (task.closing_entry, task.took) == (record["id"], timedelta(minutes=57))
    assert len(db.execute("SELECT * FROM entry_tasks").fetchall()) == 1


def test_a_closed_task_stays_on_the_phone_that_dealt_with_it(cast, asha, report, signed_in):
    record = visit(cast.asha.officer_id, **{f"task_{report}": "yes"})
    send(asha, record)
    (task,) = told(asha)
    assert (task["id"], task["mine"]) == (report, False)
    assert told(signed_in("ben")) == []
    entry = asha.get("/api/briefing").json["entries"][0]
    assert entry["fields"][f"task_{report}"] == "yes"
    assert not {"tasks_offered", "questions_asked"} & entry["fields"].keys()


def test_striking_it_from_the_phone_opens_the_task_again(db, cast, asha, report):
    record = visit(cast.asha.officer_id, **{f"task_{report}": "yes"})
    assert send(asha, strike(record), record) == ["stored", "stored"]
    assert tasks.get(db, report).open
    (task,) = told(asha)
    assert task["mine"]


def test_an_amendment_that_was_offered_the_task_and_leaves_it_opens_it(db, cast, asha, report):
    record = visit(cast.asha.officer_id, **{f"task_{report}": "yes"})
    send(asha, record)
    unticked = amendment(record, tasks_offered=str(report))
    del unticked["fields"][f"task_{report}"]
    assert send(asha, unticked) == ["stored"]
    assert tasks.get(db, report).open


def test_a_task_that_is_none_is_refused_in_words(db, cast, asha):
    record = visit(cast.asha.officer_id, task_999="yes")
    answer = asha.post("/api/sync", json=batch(record)).json["answers"][0]
    assert answer["state"] == "rejected"
    assert answer["problems"][0]["message"].startswith("There is no such task.")
    assert versions_of(db, record["id"]) == []


def test_checklists_and_revisits_come_in_the_fields_of_the_form(db, cast, asha, lamp):
    said = {"answer_7": "no", "note_7": "chairs", "follow_7": "yes", "revisit": "7"}
    record = visit(cast.asha.officer_id, premises_id=str(lamp), **said)
    assert send(asha, record, record) == ["stored", "already-stored"]
    found = {task.plan.asked: task for task in tasks.find(db)}
    assert found.keys() == {"Look at the fire exits", "Visit again after “Advice given”"}
    assert {task.where for task in found.values()} == {"The Lamp"}
    (answer,) = versions_of(db, record["id"])[-1].answers
    assert (answer.said.value, answer.note) == ("no", "chairs")


def test_an_amendment_from_an_older_form_keeps_what_it_does_not_ask(db, cast, asha):
    record = visit(cast.asha.officer_id, answer_7="no", revisit="7", follow_7="yes")
    older = amendment(record, minutes="30")
    for name in ("answer_7", "revisit", "follow_7"):
        del older["fields"][name]
    assert send(asha, record, older) == ["stored", "stored"]
    line = versions_of(db, record["id"])[-1]
    assert (line.minutes, line.revisit_days, len(line.answers)) == (30, 7, 1)
    assert len(tasks.find(db, is_open=True)) == 2


def test_tallies_count_the_entry_and_nothing_of_its_tasks(db, cast, asha, report):
    plain = visit(cast.asha.officer_id)
    send(asha, plain)
    before = sums(db, EVERYTHING)
    other = visit(cast.asha.officer_id, answer_7="no", revisit="7", **{f"task_{report}": "yes"})
    send(asha, other)
    after = sums(db, EVERYTHING)
    assert (before.entries, after.entries) == (1, 2)
    assert after.measures["spoken_to"] == 2 * before.measures["spoken_to"]
