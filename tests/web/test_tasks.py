"""Tasks on the screen: taken in by the coordinator, seen by officers, closed by what they log."""

import re
from datetime import timedelta

import pytest

from fieldlog.core.task import Source, TaskPlan
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.roster_crews import NewCrew, add_crew
from fieldlog.store import tasks
from tests.services.one_night import register
from tests.web.thumb import Thumb

REPORT = {
    "place": "The Lamp",
    "asked": "Loud music, speak to the manager",
    "source": "police",
    "due_time": "22:30",
    "priority": "urgent",
    "deployment": "none",
    "officer": "none",
}


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, address="14 High Street")


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def report(db, cast, now, lamp):
    """A report about the Lamp, taken in two hours ago."""
    plan = TaskPlan(Source.POLICE, "Loud music", premises_id=lamp)
    return add_task(db, plan, by=cast.cora.officer_id, now=now - timedelta(hours=2))


def text_of(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


def test_a_report_is_taken_in_and_shown(db, cora, lamp):
    answer = cora.post("/tasks/new", data=REPORT)
    assert answer.status_code == 303
    shown = text_of(cora, answer.location)
    assert "The Lamp Urgent, due now" in shown
    assert "Due 22:30, Saturday 5 December 2020" in shown
    assert "Priority Urgent" in shown
    (task,) = tasks.find(db)
    assert task.plan.premises_id == lamp
    assert "The Lamp" in text_of(cora, "/tasks")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"asked": ""}, "Say what is to be done"),
        ({"place": ""}, "Say where"),
        ({"source": ""}, "Choose one of those shown."),
        ({"due_on": "tomorrow"}, "The date must be like 05/12/2020."),
        ({"officer": "1", "crew": "Crew 2"}, "Choose an officer or name a crew, not both."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(db, cora, wrong, words):
    answer = cora.post("/tasks/new", data=REPORT | wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "Loud music" in page or not wrong.get("asked", "x")
    assert tasks.find(db) == []


def test_a_page_of_premises_begins_a_task_there(cora, lamp):
    page = cora.get(f"/tasks/new?premises={lamp}").get_data(as_text=True)
    assert 'value="The Lamp"' in page


def test_the_list_keeps_its_filters_in_the_address(db, cast, cora, report, now):
    by = cast.cora.officer_id
    yard = add_task(db, TaskPlan(Source.PUBLIC, "Rubbish", place="The yard"), by=by, now=now)
    cora.post(f"/tasks/{report}/assign", data={"officer": str(cast.asha.officer_id)})
    assert "The yard" not in text_of(cora, "/tasks?source=police")
    assert "The yard" not in text_of(cora, f"/tasks?officer={cast.asha.officer_id}")
    cora.post(f"/tasks/{yard}/close", data={"reason": "cleared"})
    closed = text_of(cora, "/tasks?state=closed")
    assert "The yard" in closed
    assert "0 minutes" in closed
    assert "The Lamp" not in closed
    assert cora.get("/tasks?state=lost").status_code == 404
    assert "No overdue tasks" in text_of(cora, "/tasks?state=overdue")


def test_it_is_assigned_closed_and_opened_again_with_reasons(db, cora, report):
    cora.post(f"/tasks/{report}/assign", data={"officer": "none", "crew": "Crew 2"})
    assert tasks.get(db, report).assigned_to == "Crew 2"
    for act, reason in (("close", "reported twice"), ("reopen", "still loud")):
        refused = cora.post(f"/tasks/{report}/{act}", data={"reason": ""})
        assert refused.status_code == 422
        assert "Say why" in refused.get_data(as_text=True)
        assert cora.post(f"/tasks/{report}/{act}", data={"reason": reason}).status_code == 303
    shown = text_of(cora, f"/tasks/{report}")
    assert "Opened again 21:40, Cora Hale: Reason: still loud" in shown
    assert "Assigned 21:40, Cora Hale: to Crew 2" in shown


def test_the_crews_of_the_roster_are_offered_and_others_can_be_named(db, cast, cora, report, now):
    for name in ("Crew 1", "Crew 2"):
        add_crew(db, cast.deployment, NewCrew(name, None, "", partner=False), now=now)
    for page in ("/tasks/new", f"/tasks/{report}"):
        assert 'value="crew Crew 2"' in cora.get(page).get_data(as_text=True)
    assert cora.post(f"/tasks/{report}/assign", data={"officer": "crew Crew 2"}).status_code == 303
    assert tasks.get(db, report).assigned_to == "Crew 2"
    both = {"officer": "crew Crew 1", "crew": "SOS bus"}
    page = cora.post(f"/tasks/{report}/assign", data=both).get_data(as_text=True)
    assert "Choose a crew or name another one, not both." in page
    cora.post(f"/tasks/{report}/assign", data=both | {"officer": "none"})
    assert tasks.get(db, report).assigned_to == "SOS bus"
    page = cora.get(f"/tasks/{report}").get_data(as_text=True)
    assert re.search(r'value="crew SOS bus" checked', page)
    taken = REPORT | {"officer": "crew Crew 1"}
    cora.post("/tasks/new", data=taken)
    assert {one.plan.crew for one in tasks.find(db)} == {"SOS bus", "Crew 1"}


def test_what_is_said_of_it_can_be_changed(db, cora, report):
    page = cora.get(f"/tasks/{report}/change").get_data(as_text=True)
    assert "Loud music" in page
    changed = REPORT | {"asked": "Loud music again", "due_on": "2020-12-06", "due_time": ""}
    assert cora.post(f"/tasks/{report}/change", data=changed).status_code == 303
    task = tasks.get(db, report)
    assert (task.plan.asked, task.plan.due.timed) == ("Loud music again", False)
    assert "asked before: “Loud music”" in text_of(cora, f"/tasks/{report}")


def test_officers_see_their_own_and_nobody_elses(cast, cora, report, signed_in):
    asha, ben = signed_in("asha"), signed_in("ben")
    assert "For you: 1 task" in text_of(asha, "/tonight")
    assert "The Lamp" in text_of(ben, "/tasks")
    cora.post(f"/tasks/{report}/assign", data={"officer": str(cast.asha.officer_id)})
    assert "For you" in text_of(asha, "/tasks")
    assert "No open tasks for you." in text_of(ben, "/tasks")
    assert ben.get(f"/tasks/{report}").status_code == 403
    assert asha.get(f"/tasks/{report}").status_code == 200
    assert cora.get("/tasks/999").status_code == 404


def test_logging_from_the_task_closes_it(db, cora, report, signed_in):
    thumb = Thumb(signed_in("asha"))
    thumb.open(f"/entries/new/premises-visit?task={report}")
    thumb.tap("action", "advice_given")
    assert thumb.save().status_code == 303
    task = tasks.get(db, report)
    assert task.closed_by == "Asha Reed"
    shown = text_of(cora, f"/tasks/{report}")
    assert "It took 2 hours" in shown
    assert "Dealt with 21:40, Asha Reed" in shown
    entry = text_of(cora, f"/entries/{task.closing_entry}")
    assert "Deals with Loud music" in entry


def test_the_form_of_other_premises_does_not_deal_with_it_unless_it_says_so(db, report, signed_in):
    thumb = Thumb(signed_in("asha"))
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.save()
    assert tasks.get(db, report).open


def test_amending_keeps_what_the_form_does_not_ask(db, cora, report, signed_in):
    thumb = Thumb(signed_in("asha"))
    thumb.open(f"/entries/new/premises-visit?task={report}")
    thumb.save()
    entry = tasks.get(db, report).closing_entry
    amendment = {"place": "The Lamp", "minutes": "15", "reason": "forgot", "seen_version": "1"}
    assert cora.post(f"/entries/{entry}/amend", data=amendment).status_code == 303
    assert not tasks.get(db, report).open
    offered = amendment | {"tasks_offered": str(report), "seen_version": "2", "minutes": "30"}
    assert cora.post(f"/entries/{entry}/amend", data=offered).status_code == 303
    assert tasks.get(db, report).open


def test_a_revisit_is_one_tap_where_the_action_proposes_it(db, signed_in, lamp):
    thumb = Thumb(signed_in("asha"))
    page = thumb.open("/entries/new/premises-visit")
    assert "Advice given: within 7 days." in page.text
    thumb.choose_premises("lam")
    thumb.tap("action", "advice_given")
    thumb.tap("revisit", "7")
    thumb.save()
    (task,) = tasks.find(db)
    assert (task.plan.premises_id, task.plan.due.day.isoformat()) == (lamp, "2020-12-12")


def test_the_list_of_actions_says_which_proposes_a_revisit(db, cora, signed_in):
    line = {"label": "Advice given", "counts_as": "neither"}
    refused = cora.post("/lists/actions/advice_given", data=line | {"revisit_days": "900"})
    assert "a number from 1 to 365" in refused.get_data(as_text=True)
    cora.post("/lists/actions/advice_given", data=line | {"revisit_days": "14"})
    assert "revisit within 14 days" in text_of(cora, "/lists")
    page = signed_in("asha").get("/entries/new/premises-visit").get_data(as_text=True)
    assert "Within 14 days" in page
