"""Taking a report in, giving it to somebody, closing it and opening it again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from fieldlog.core.night import UTC, from_utc_text
from fieldlog.core.rules import Refused
from fieldlog.core.task import Due, Priority, Source, TaskPlan, due_on
from fieldlog.services import list_tasks
from fieldlog.services.plan_tasks import (
    add_task,
    assign_task,
    change_task,
    close_task,
    reopen_task,
)
from fieldlog.services.roster_crews import NewCrew, NewMember, add_crew, add_member
from fieldlog.store import tasks
from fieldlog.store.premises import Registration, add_registered

REPORT = TaskPlan(Source.POLICE, "Loud music, speak to the manager", place="Hythe Quay car park")


@pytest.fixture
def report(db, cast, now):
    """A report that nobody has yet."""
    return add_task(db, REPORT, by=cast.cora.officer_id, now=now)


def what_happened(db, task_id):
    events = list_tasks.task_with_history(db, task_id).events
    return [(one.what, one.by, one.said, one.reason) for one in reversed(events)]


def test_a_report_is_open_until_it_is_dealt_with(db, report, now):
    task = tasks.get(db, report)
    assert task.open
    assert (task.where, task.plan.asked) == ("Hythe Quay car park", REPORT.asked)
    assert [one.id for one in list_tasks.list_tasks(db, "open", now=now)] == [report]
    assert list_tasks.list_tasks(db, "closed", now=now) == []


def test_the_same_sent_again_within_minutes_is_one_task(db, cast, report, now):
    def again(plan=REPORT, by=cast.cora, minutes=4):
        moment = now + timedelta(minutes=minutes)
        return add_task(db, plan, by=by.officer_id, now=moment)

    assert again() == report
    assert again(replace(REPORT, asked=f" {REPORT.asked}\r\n")) == report
    others = [
        again(replace(REPORT, place="Castle Park")),
        again(replace(REPORT, crew="SOS bus")),
        again(by=cast.ada),
        again(minutes=6),
    ]
    assert len({report, *others}) == 5


def test_what_was_closed_is_taken_in_anew(db, cast, report, now):
    close_task(db, report, reason="dealt with", by=cast.cora.officer_id, now=now)
    assert add_task(db, REPORT, by=cast.cora.officer_id, now=now) != report


def test_a_name_of_the_register_is_that_premises(db, cast, now):
    lamp = add_registered(db, Registration("The Lamp"), now)
    plan = TaskPlan(Source.PUBLIC, "Blocked exit", place=" the  lamp")
    task = tasks.get(db, add_task(db, plan, by=cast.cora.officer_id, now=now))
    assert (task.plan.premises_id, task.plan.place, task.where) == (lamp, "", "The Lamp")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked": "  "}, "asked"),
        ({"asked": "x" * 501}, "asked"),
        ({"place": ""}, "place"),
        ({"officer_id": 999}, "officer"),
        ({"officer_id": 1, "crew": "Crew 2"}, "crew"),
        ({"deployment_id": 999}, "deployment"),
    ],
)
def test_it_refuses_what_nobody_could_act_on(db, cast, now, wrong, field):
    plan = TaskPlan(**(vars(REPORT) | wrong))
    with pytest.raises(Refused) as refused:
        add_task(db, plan, by=cast.cora.officer_id, now=now)
    assert field in {problem.field for problem in refused.value.problems}
    assert tasks.find(db) == []


def test_its_history_says_who_changed_what(db, cast, report, now):
    by = cast.cora.officer_id
    assign_task(db, report, officer_id=cast.asha.officer_id, crew="", by=by, now=now)
    later = TaskPlan(**(vars(REPORT) | {"due": due_on(date(2020, 12, 6))}))
    change_task(db, report, later, by=by, now=now)
    change_task(db, report, later, by=by, now=now)
    close_task(db, report, reason="reported twice", by=by, now=now)
    reopen_task(db, report, reason="not the same car", by=by, now=now)
    assert (
        what_happened(db, report)
        == [
            ("Opened again", "Cora Hale", "", "not the same car"),
            ("Closed", "Cora Hale", "", "reported twice"),
            ("Changed", "Cora Hale", "was due at no set time", ""),
            ("Assigned", "Cora Hale", "to Asha Reed", ""),
            ("Made", "Cora Hale", "", ""),
        ][::-1]
    )
    task = tasks.get(db, report)
    assert task.open
    assert task.assigned_to == "Asha Reed"


@pytest.mark.parametrize("act", [close_task, reopen_task])
def test_closing_and_opening_again_need_a_reason(db, cast, report, now, act):
    with pytest.raises(Refused):
        act(db, report, reason=" ", by=cast.cora.officer_id, now=now)
    assert len(what_happened(db, report)) == 1


def test_the_history_cannot_be_changed(db, report):
    for sql in ("UPDATE task_events SET asked = ''", "DELETE FROM tasks"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(sql)


@pytest.mark.parametrize(
    ("due", "overdue", "due_now"),
    [
        (None, False, False),
        (Due(datetime(2020, 12, 5, 21, 39, tzinfo=UTC), timed=True), True, True),
        (Due(datetime(2020, 12, 5, 22, 30, tzinfo=UTC), timed=True), False, True),
        (Due(datetime(2020, 12, 5, 23, 0, tzinfo=UTC), timed=True), False, False),
        (due_on(date(2020, 12, 4)), True, True),
        (due_on(date(2020, 12, 5)), False, True),
        (due_on(date(2020, 12, 6)), False, False),
    ],
)
def test_it_is_due_within_the_hour_or_on_its_night(db, cast, now, due, overdue, due_now):
    plan = TaskPlan(**(vars(REPORT) | {"due": due}))
    task = tasks.get(db, add_task(db, plan, by=cast.cora.officer_id, now=now - timedelta(days=3)))
    assert (task.overdue(now), task.due_now(now)) == (overdue, due_now)
    assert bool(list_tasks.list_tasks(db, "overdue", now=now)) == overdue


def test_a_day_is_over_when_its_night_is():
    assert due_on(date(2020, 12, 5)).by == from_utc_text("2020-12-06T06:00:00Z")
    assert due_on(date(2020, 12, 5)).day == date(2020, 12, 5)
    # On the night that clocks go back, 06:00 is 06:00 GMT.
    assert due_on(date(2020, 10, 24)).by == from_utc_text("2020-10-25T06:00:00Z")


def test_an_officer_sees_their_own_and_what_is_for_anyone_tonight(db, cast, now):
    def given(**more):
        return add_task(db, TaskPlan(**(vars(REPORT) | more)), by=cast.cora.officer_id, now=now)

    own = given(officer_id=cast.asha.officer_id, due=due_on(date(2020, 12, 20)))
    given(officer_id=cast.ben.officer_id)
    anyones = given()
    crews = given(crew="Crew 2")
    agencys = given(crew="marlbridge borough council", due=due_on(date(2020, 12, 20)))
    tonights = given(deployment_id=cast.deployment)
    given(due=due_on(date(2020, 12, 6)))
    assert seen_by(db, cast.asha, now) == {own, anyones, crews, agencys, tonights}


def seen_by(db, who, now):
    """The ids of the tasks in somebody's list."""
    out = list_tasks.who_is_out(db, who, now=now)
    return {task.id for task in list_tasks.tasks_for(db, out, now=now)}


def test_a_crew_on_the_roster_has_its_tasks_to_itself(db, cast, now):
    def crew_with(name, who):
        new = NewCrew(name, None, "", partner=False)
        crew_id = add_crew(db, cast.deployment, new, now=now)
        add_member(db, cast.deployment, crew_id, NewMember(who.officer_id), now=now)

    crew_with("Crew 1", cast.asha)
    plan = TaskPlan(**(vars(REPORT) | {"crew": "crew 1"}))
    task = add_task(db, plan, by=cast.cora.officer_id, now=now)
    # Ben is on no roster: he may be with anybody.
    assert seen_by(db, cast.asha, now) == seen_by(db, cast.ben, now) == {task}
    crew_with("Crew 2", cast.ben)
    assert seen_by(db, cast.ben, now) == set()
    assign_task(db, task, officer_id=None, crew="Crew 2", by=cast.cora.officer_id, now=now)
    assert seen_by(db, cast.asha, now) == set()
    assert seen_by(db, cast.ben, now) == {task}


def test_urgent_ones_come_first_among_those_due_together(db, cast, now):
    def given(priority):
        plan = TaskPlan(**(vars(REPORT) | {"priority": priority}))
        return add_task(db, plan, by=cast.cora.officer_id, now=now)

    low, urgent, normal = given(Priority.LOW), given(Priority.URGENT), given(Priority.NORMAL)
    assert [task.id for task in tasks.find(db)] == [urgent, normal, low]
