"""Entries deal with tasks, ask for revisits and answer checklists; the rest follows by itself."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fieldlog.core.checklist import Answer, AnswerWord
from fieldlog.core.entry import Entry, content_hash
from fieldlog.core.rules import Refused
from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind
from fieldlog.services import list_tasks
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.plan_tasks import add_task, change_task, reopen_task
from fieldlog.services.record_entry import Recorded, record_entry
from fieldlog.store import log, tasks


@pytest.fixture
def report(db, cast, now):
    """A report of an hour ago."""
    plan = TaskPlan(Source.POLICE, "Loud music", place="The Lamp")
    return add_task(db, plan, by=cast.cora.officer_id, now=now - timedelta(hours=1))


@pytest.fixture
def visit(db, cast, now):
    """Records a visit of Asha's, twice; returns the entry."""

    def made(**more):
        entry = Entry(
            id=uuid.uuid4(),
            kind=EntryKind.PREMISES_VISIT,
            happened_at=now - timedelta(minutes=5),
            captured_at=now,
            night_of=cast.night,
            officer_id=cast.asha.officer_id,
            place="The Lamp",
            action="advice_given",
        )
        entry = replace(entry, **more)
        by = cast.asha.officer_id
        assert record_entry(db, entry, by=by, now=now) is Recorded.STORED
        assert record_entry(db, entry, by=by, now=now) is Recorded.ALREADY_STORED
        return entry

    return made


def struck(db, cast, entry, now):
    strike_entry(
        db, entry.id, reason="wrong premises", seen_version=1, by=cast.asha.officer_id, now=now
    )


def amended(db, cast, entry, now, seen=1, **changed):
    before = log.entry_version(db, entry.id, seen)
    amend_entry(
        db,
        replace(before, struck=False, **changed),
        reason="looked again",
        seen_version=seen,
        by=cast.asha.officer_id,
        now=now,
    )


def test_the_entry_that_deals_with_a_task_closes_it(db, cast, report, visit):
    entry = visit(deals_with=(report,))
    task = tasks.get(db, report)
    assert (task.closing_entry, task.closed_by) == (str(entry.id), "Asha Reed")
    assert task.took == timedelta(minutes=55)
    what = [(one.what, one.by) for one in list_tasks.task_with_history(db, report).events]
    assert what == [("Dealt with", "Asha Reed"), ("Made", "Cora Hale")]


def test_striking_the_entry_opens_the_task_again_and_putting_it_back_closes_it(
    db, cast, report, visit, now
):
    entry = visit(deals_with=(report,))
    struck(db, cast, entry, now)
    assert tasks.get(db, report).open
    latest = list_tasks.task_with_history(db, report).events[0]
    said = (latest.what, latest.said, latest.reason)
    assert said == ("Open again", "the entry was struck out", "wrong premises")
    amended(db, cast, entry, now, seen=2)
    assert not tasks.get(db, report).open


def test_amending_the_entry_so_that_it_does_not_deal_with_it_opens_the_task(
    db, cast, report, visit, now
):
    entry = visit(deals_with=(report,))
    amended(db, cast, entry, now, minutes=15)
    assert not tasks.get(db, report).open
    amended(db, cast, entry, now, seen=2, deals_with=())
    assert tasks.get(db, report).open


def test_two_entries_that_deal_with_it_count_once_and_the_first_says_when(
    db, cast, report, visit, now
):
    first = visit(deals_with=(report,), happened_at=now - timedelta(minutes=30))
    visit(deals_with=(report,))
    task = tasks.get(db, report)
    assert (task.closing_entry, task.took) == (str(first.id), timedelta(minutes=30))
    struck(db, cast, first, now)
    assert tasks.get(db, report).took == timedelta(minutes=55)


def test_what_happened_before_a_task_was_opened_again_does_not_close_it(
    db, cast, report, visit, now
):
    visit(deals_with=(report,), happened_at=now - timedelta(minutes=30))
    by = cast.cora.officer_id
    reopen_task(db, report, reason="still loud", by=by, now=now - timedelta(minutes=20))
    assert tasks.get(db, report).open
    # It was logged in a cellar before, and arrives only now.
    visit(deals_with=(report,), happened_at=now - timedelta(minutes=25))
    assert tasks.get(db, report).open
    visit(deals_with=(report,), happened_at=now - timedelta(minutes=10))
    assert tasks.get(db, report).took == timedelta(minutes=50)


def test_a_revisit_is_a_task_of_the_entry(db, visit):
    entry = visit(revisit_days=7)
    (task,) = tasks.asked_by(db, str(entry.id))
    assert (task.plan.source, task.plan.asked) == (
        Source.REVISIT,
        "Visit again after “Advice given”",
    )
    assert (task.where, task.plan.due.day) == ("The Lamp", date(2020, 12, 12))


def test_the_revisit_follows_its_entry_until_somebody_changes_it(db, cast, visit, now):
    entry = visit(revisit_days=7)
    amended(db, cast, entry, now, revisit_days=14)
    (task,) = tasks.asked_by(db, str(entry.id))
    assert task.plan.due.day == date(2020, 12, 19)
    change_task(db, task.id, replace(task.plan, asked="Look"), by=cast.cora.officer_id, now=now)
    amended(db, cast, entry, now, seen=2, revisit_days=3)
    assert tasks.get(db, task.id).plan.due.day == date(2020, 12, 19)


def test_a_revisit_that_is_no_longer_asked_for_is_closed(db, cast, visit, now):
    entry = visit(revisit_days=7)
    amended(db, cast, entry, now, revisit_days=None)
    (task,) = tasks.asked_by(db, str(entry.id))
    assert (task.open, task.closing_reason) == (False, "Its entry does not ask for it now")
    amended(db, cast, entry, now, seen=2, revisit_days=7)
    assert tasks.get(db, task.id).open
    strike_entry(db, entry.id, reason="twice", seen_version=3, by=cast.asha.officer_id, now=now)
    assert not tasks.get(db, task.id).open


def test_a_no_makes_the_task_it_proposes(db, visit):
    answers = (
        Answer(7, AnswerWord.NO, "chairs in front of it", follow_up=True),
        Answer(8, AnswerWord.YES),
    )
    entry = visit(answers=answers)
    (task,) = tasks.asked_by(db, str(entry.id))
    assert (task.plan.source, task.plan.asked) == (Source.CHECKLIST, "Look at the fire exits")
    line = log.versions(db, entry.id)[-1]
    assert [(one.question, one.said.label, one.note) for one in line.answers] == [
        ("Are all fire exits clear and unlocked?", "No", "chairs in front of it"),
        ("Are the exit signs lit?", "Yes", ""),
    ]
    assert log.entry_in_force(db, entry.id).answers == answers


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deals_with": (99,)}, "deals_with"),
        ({"revisit_days": 0}, "revisit"),
        ({"revisit_days": 366}, "revisit"),
        ({"answers": (Answer(999, AnswerWord.YES),)}, "answers"),
        ({"answers": (Answer(7, AnswerWord.YES, follow_up=True),)}, "answers"),
        ({"answers": (Answer(7, AnswerWord.YES, "x" * 501),)}, "answers"),
        ({"answers": (Answer(7, AnswerWord.YES, "\0"),)}, "answers"),
    ],
)
def test_it_refuses_what_cannot_be(db, visit, said, field):
    with pytest.raises(Refused) as refused:
        visit(**said)
    assert {problem.field for problem in refused.value.problems} == {field}
    assert list(db.execute("SELECT 1 FROM entries")) == []


def test_what_an_entry_says_of_tasks_and_answers_tells_it_apart(visit):
    plain = visit()
    others = (
        replace(plain, deals_with=(1,)),
        replace(plain, revisit_days=7),
        replace(plain, answers=(Answer(7, AnswerWord.NO),)),
        replace(plain, answers=(Answer(7, AnswerWord.YES),)),
    )
    assert len({content_hash(one) for one in (plain, *others)}) == 5
