"""What tasks, briefings, wordings, mails and imports say is removed as the words of entries are."""

import sqlite3

import pytest

from fieldlog.core.mail import MailSettings
from fieldlog.core.retention import REMOVED, Retained
from fieldlog.core.rules import Refused
from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services import list_tasks, plan_night, plan_tasks
from fieldlog.services.hold_record import holds_on_briefing, holds_on_task, lift_hold, place_hold
from fieldlog.services.import_premises import import_premises
from fieldlog.services.keep_wordings import forget_wording, keep_wording, kept_wording
from fieldlog.services.read_import import report_csv
from fieldlog.services.record_entry import record_entry
from fieldlog.store import register_imports, tasks
from fieldlog.store.briefings import briefing_of
from fieldlog.store.connection import write_transaction
from fieldlog.store.premises import Registration, add_registered
from fieldlog.store.retention import disposal_of, holds
from tests.services.retaining import SECRET, due, lies_in_the_file, remove, wrong
from tests.spreadsheets import write_csv
from tests.web.busy_nights import a_visit

PERIOD = "period=night&from=2020-12-05"
NO_SERVER = MailSettings(sender="fieldlog@marlbridge.gov.uk")


@pytest.fixture
def by(cast):
    return cast.cora.officer_id


@pytest.fixture
def lamp(db, now):
    return add_registered(db, Registration("The Lamp"), now)


@pytest.fixture
def report(db, cast, by, now):
    """A report about somebody that was changed, assigned and closed again."""

    def taken_in(**more):
        plan = TaskPlan(**({"source": Source.PUBLIC, "asked": SECRET, "place": SECRET} | more))
        task_id = plan_tasks.add_task(db, plan, by=by, now=now)
        plan_tasks.assign_task(
            db, task_id, officer_id=cast.asha.officer_id, crew="", by=by, now=now
        )
        plan_tasks.close_task(db, task_id, reason=SECRET, by=by, now=now)
        return task_id

    return taken_in


@pytest.fixture
def briefed(db, cast, by, lamp, now):
    """A night of which everything that can be told is told, a note of it withdrawn."""
    night = cast.deployment
    plan_night.write_briefing(db, night, areas="", objectives=SECRET, by=by, now=now)
    for marking in (Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE):
        plan_night.add_note(db, night, text=SECRET, marking=marking, by=by, now=now)
    plan_night.withdraw_note(db, night, 1, now=now)
    for name in (SECRET, "The Lamp"):
        plan_night.add_premises(db, night, name=name, why=SECRET, now=now)
    return night


@pytest.fixture
def imported(db, now, tmp_path):
    """An import of one premises, with a row that is refused and names somebody."""
    rows = [["The Lamp", "1 Quay Street", "100090000001"], [SECRET, "4 Lamp Lane", "1.00E+11"]]
    path = write_csv(tmp_path / "register.csv", rows, header=["name", "address", "uprn"])
    import_premises(db, path, now=now)
    return 1


def test_what_a_task_asks_goes_from_its_whole_history_and_the_rest_stays(
    db, cast, instance, report, later
):
    task_id = report()
    assert lies_in_the_file(db, instance)
    removed = remove(db, cast, Retained.TASKS, later())
    assert not lies_in_the_file(db, instance)
    found = list_tasks.task_with_history(db, task_id)
    assert (found.task.plan.asked, found.task.where) == (REMOVED, REMOVED)
    assert (found.task.plan.source, found.task.officer) == (Source.PUBLIC, "Asha Reed")
    assert [(one.what, one.by, one.reason) for one in found.events] == [
        ("Closed", "Cora Hale", REMOVED),
        ("Assigned", "Cora Hale", ""),
        ("Made", "Cora Hale", ""),
    ]
    assert disposal_of(db, "task", str(task_id)) == removed
    assert wrong(db) == []


def test_a_task_that_is_open_is_still_needed(db, by, now, later):
    plan_tasks.add_task(db, TaskPlan(Source.POLICE, SECRET, place="Quay"), by=by, now=now)
    assert not due(db, Retained.TASKS, later()).total


def test_a_task_that_is_opened_after_its_removal_is_due_again_in_its_own_time(
    db, cast, by, report, later
):
    task_id, moment = report(), later()
    remove(db, cast, Retained.TASKS, moment)
    plan_tasks.reopen_task(db, task_id, reason="Robin is back", by=by, now=moment)
    plan_tasks.close_task(db, task_id, reason="moved on", by=by, now=moment)
    assert not due(db, Retained.TASKS, moment).total
    assert wrong(db) == []
    assert due(db, Retained.TASKS, later()).total == 1


@pytest.mark.parametrize("what", ["task", "night", "premises", "entry that dealt with it"])
def test_a_hold_on_a_task_or_what_it_is_about_keeps_it(
    db, cast, by, now, lamp, report, later, what
):
    task_id = report(place="The Lamp", deployment_id=cast.deployment)
    entry = a_visit(cast, deals_with=(task_id,))
    record_entry(db, entry, by=cast.asha.officer_id, now=now)
    refs = {"task": task_id, "night": cast.deployment, "premises": lamp, "entry": entry.id}
    name = what.split()[0]
    place_hold(db, name, str(refs[name]), "complaint", by=by, now=now)
    moment = later()
    found = due(db, Retained.TASKS, moment)
    assert (found.total, len(found.held)) == (0, 1)
    assert [hold.what for hold in holds_on_task(db, tasks.get(db, task_id))] == [name]
    lift_hold(db, holds(db)[0].id, "answered", by=by, now=moment)
    assert due(db, Retained.TASKS, moment).total == 1


def test_what_crews_were_told_goes_and_who_was_out_stays(db, cast, instance, briefed, lamp, later):
    assert lies_in_the_file(db, instance)
    removed = remove(db, cast, Retained.BRIEFINGS, later())
    assert not lies_in_the_file(db, instance)
    told = briefing_of(db, briefed)
    assert (told.areas, told.objectives) == ("", REMOVED)
    assert [(one.text, one.marking, one.who) for one in told.notes] == [
        (REMOVED, Marking.OFFICIAL_SENSITIVE, "Cora Hale")
    ]
    assert [(one.premises_id, one.name, one.why) for one in told.premises] == [
        (None, REMOVED, REMOVED),
        (lamp, "The Lamp", REMOVED),
    ]
    assert disposal_of(db, "briefing", str(briefed)) == removed
    assert wrong(db) == []


def test_what_was_removed_is_no_plan_to_copy(db, cast, by, briefed, later):
    moment = later()
    remove(db, cast, Retained.BRIEFINGS, moment)
    plan_night.copy_plan(db, briefed, briefed, by=by, now=moment)
    assert briefing_of(db, briefed).objectives == ""


@pytest.mark.parametrize("what", ["night", "premises"])
def test_a_hold_on_a_night_or_premises_to_visit_keeps_the_briefing(
    db, by, now, briefed, lamp, later, what
):
    ref = {"night": briefed, "premises": lamp}[what]
    place_hold(db, what, str(ref), "complaint", by=by, now=now)
    found = due(db, Retained.BRIEFINGS, later())
    assert (found.total, len(found.held)) == (0, 1)
    assert [hold.what for hold in holds_on_briefing(db, briefed)] == [what]


def test_a_hold_on_a_night_keeps_its_entries_too(db, cast, record, by, now, later):
    record(EntryKind.PREMISES_VISIT, place="The Lamp", notes=SECRET)
    place_hold(db, "night", str(cast.deployment), "complaint", by=by, now=now)
    found = due(db, Retained.WORDS, later())
    assert (found.total, len(found.held)) == (0, 1)


def test_a_wording_goes_with_the_paragraph_and_who_kept_it_stays(db, cast, instance, now, later):
    keep_wording(db, PERIOD, f"{SECRET}.", "One visit was made.", by=cast.cora, now=now)
    removed = remove(db, cast, Retained.WORDINGS, later())
    kept = kept_wording(db, PERIOD)
    assert (kept.wording, kept.counted, kept.kept_by, kept.kept_at) == ("", "", "Cora Hale", now)
    assert disposal_of(db, "wording", kept.ref) == removed
    assert not lies_in_the_file(db, instance)
    assert not lies_in_the_file(db, instance, "One visit was made.")
    assert wrong(db) == []


def test_a_wording_that_is_kept_where_a_removed_one_was_forgotten_is_another(db, cast, now, later):
    keep_wording(db, PERIOD, SECRET, "One visit.", by=cast.cora, now=now)
    moment = later()
    remove(db, cast, Retained.WORDINGS, moment)
    forget_wording(db, PERIOD, by=cast.cora, now=moment)
    keep_wording(db, PERIOD, "Two visits.", "Two visits.", by=cast.cora, now=moment)
    assert disposal_of(db, "wording", kept_wording(db, PERIOD).ref) is None
    assert wrong(db) == []


def test_a_held_wording_is_neither_due_nor_forgotten(db, cast, by, now, later):
    keep_wording(db, PERIOD, SECRET, "One visit.", by=cast.cora, now=now)
    place_hold(db, "period", PERIOD, "asked for", by=by, now=now)
    assert len(due(db, Retained.WORDINGS, later()).held) == 1
    with pytest.raises(Refused, match="held"):
        forget_wording(db, PERIOD, by=cast.cora, now=now)


def test_the_rows_of_an_import_go_and_their_number_and_premises_stay(
    db, cast, instance, imported, later
):
    assert lies_in_the_file(db, instance)
    removed = remove(db, cast, Retained.IMPORTS, later())
    assert not lies_in_the_file(db, instance)
    found = register_imports.get(db, imported)
    assert (found.rows_read, found.counts["new"], found.counts["refused"]) == (2, 1, 1)
    assert report_csv(db, found).decode().splitlines()[1:] == [
        f"2,new,{REMOVED},,,,,",
        f"3,refused,{REMOVED},,,,,",
    ]
    assert disposal_of(db, "import", str(imported)) == removed
    assert db.execute("SELECT name, address FROM premises").fetchall() == [
        ("The Lamp", "1 Quay Street")
    ]
    assert wrong(db) == []


def test_a_hold_on_an_import_keeps_its_rows(db, by, now, imported, later):
    place_hold(db, "import", str(imported), "asked for", by=by, now=now)
    assert len(due(db, Retained.IMPORTS, later()).held) == 1


def test_an_import_that_nobody_carried_out_is_given_up_with_its_rows(db, cast, imported, later):
    file = register_imports.UploadedFile("old.csv", "0" * 64, 9)
    moment = later()
    with write_transaction(db):
        old = register_imports.add(
            db, file, {}, by=None, at=moment.replace(year=2021), state="checked"
        )
        row = register_imports.ImportedRow(2, "refused", "", SECRET, None, {"cells": [SECRET]})
        register_imports.add_rows(db, old, [row])
    assert remove(db, cast, Retained.IMPORTS, moment).items == 2
    assert register_imports.get(db, old).state == "given_up"
    assert wrong(db) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task_events SET asked = '(removed)'",
        "UPDATE mails SET subject = '(removed)', body_text = '', body_html = ''",
        "UPDATE mail_recipients SET address = '(removed) ' || id",
        "UPDATE mail_states SET why = ''",
        "UPDATE register_import_rows SET name = '(removed)', detail = ''",
    ],
)
def test_nothing_goes_that_the_register_does_not_name(db, report, imported, queued, statement):
    report()
    queued()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task_events SET officer_id = NULL",
        "UPDATE mails SET marking = 'official_sensitive'",
        "UPDATE mails SET subject = 'Another'",
        "UPDATE mail_recipients SET address = 'other@marlbridge.gov.uk'",
        "UPDATE mail_states SET state = 'failed'",
        "UPDATE register_import_rows SET outcome = 'unchanged'",
    ],
)
def test_what_is_named_can_lose_its_words_and_nothing_else(
    db, cast, report, imported, queued, deliver, later, statement
):
    report()
    queued()
    deliver(NO_SERVER)
    moment = later()
    for kind in (Retained.TASKS, Retained.MAILS, Retained.IMPORTS):
        remove(db, cast, kind, moment)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (Retained.BRIEFINGS, "UPDATE night_briefings SET objectives = 'Robin'"),
        (Retained.BRIEFINGS, "UPDATE briefing_notes SET text = 'Robin'"),
        (Retained.BRIEFINGS, "UPDATE planned_premises SET why = 'Robin'"),
        (Retained.WORDINGS, "UPDATE wordings SET wording = 'Robin'"),
    ],
)
def test_the_check_finds_what_is_said_to_be_gone_and_is_there(
    db, cast, now, briefed, later, kind, statement
):
    keep_wording(db, PERIOD, SECRET, "One visit.", by=cast.cora, now=now)
    remove(db, cast, kind, later())
    db.execute(statement)
    (problem,) = wrong(db)
    assert problem.endswith("is gone, and it is there.")
