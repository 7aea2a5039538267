"""What an officer is told of premises when they choose them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.record_entry import record_entry
from fieldlog.services.roster_crews import NewCrew, NewMember, add_crew, add_member
from fieldlog.services.tell_premises import (
    NOTHING_KNOWN,
    Arrival,
    Standing,
    arrivals_at,
    arrivals_to_brief,
    standing_before,
)
from tests.services.one_night import register, said


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now)


@pytest.fixture
def visit(db, cast, now):
    def one(premises_id, who=cast.ben, ago=0, **more):
        at = now - timedelta(minutes=ago)
        usual = {"kind": EntryKind.PREMISES_VISIT, "happened_at": at, "captured_at": at}
        entry = said(cast, who, premises_id=premises_id, **(usual | more))
        record_entry(db, entry, by=who.officer_id, now=now)
        return entry

    return one


@pytest.fixture
def at_the_lamp(db, cast, lamp):
    return lambda who: arrivals_at(db, [lamp], who.officer_id, cast.night)[lamp]


@pytest.fixture
def in_one_crew(db, cast, now):
    """Put people in a crew of tonight's deployment."""

    def put(name, *people):
        crew = add_crew(db, cast.deployment, NewCrew(name, None, "", partner=False), now=now)
        for one in people:
            add_member(db, cast.deployment, crew, NewMember(one.officer_id), now=now)

    return put


def test_nothing_is_known_of_premises_where_nobody_was(cast, at_the_lamp):
    assert at_the_lamp(cast.asha) == Arrival(NOTHING_KNOWN, 0)


def test_another_crews_visit_tonight_is_warned_of(cast, lamp, visit, at_the_lamp, in_one_crew):
    visit(lamp)
    found = at_the_lamp(cast.asha)
    assert (found.other.officer, found.other_crewed) == ("Ben Cole", False)
    in_one_crew("Crew 1", cast.ben)
    assert at_the_lamp(cast.asha).other_crewed


def test_a_visit_of_the_own_crew_is_not(cast, lamp, visit, at_the_lamp, in_one_crew):
    in_one_crew("Crew 1", cast.ben, cast.asha)
    visit(lamp)
    found = at_the_lamp(cast.asha)
    assert (found.other, found.own.officer) == (None, "Ben Cole")


def test_another_crews_visit_is_warned_of_behind_a_later_one_of_ones_own(
    cast, lamp, visit, at_the_lamp
):
    visit(lamp, ago=85)
    visit(lamp, cast.asha, ago=5)
    found = at_the_lamp(cast.asha)
    assert (found.other.officer, found.own.officer) == ("Ben Cole", "Asha Reed")


def test_last_visit_last_action_warnings_and_open_tasks_are_told(
    db, cast, now, lamp, visit, at_the_lamp
):
    last_week = cast.night - timedelta(days=7)
    before = {"night_of": last_week, "deployment_id": None}
    visit(lamp, ago=7 * 1440 + 60, action="advice_given", counts={"warned": 2}, **before)
    visit(lamp, ago=7 * 1440, **before)
    visit(
        lamp,
        ago=3 * 1440,
        kind=EntryKind.OTHER,
        action="letter",
        counts={"warned": 1},
        night_of=cast.night - timedelta(days=3),
        deployment_id=None,
    )
    two_years = {"night_of": cast.night - timedelta(days=730), "deployment_id": None}
    visit(lamp, ago=730 * 1440, counts={"warned": 9}, **two_years)
    add_task(db, TaskPlan(Source.POLICE, "Noise", premises_id=lamp), by=1, now=now)
    found = at_the_lamp(cast.asha)
    assert found.open_tasks == 1
    assert found.standing == Standing(
        last_visit=last_week,
        last_action="Letter sent to subject premises",
        last_action_on=cast.night - timedelta(days=3),
        warnings={"warned": 3},
    )


def test_what_was_struck_or_amended_is_not_told(db, cast, now, lamp, visit, at_the_lamp):
    entry = visit(lamp, action="advice_given")
    strike_entry(db, entry.id, reason="twice", seen_version=1, by=1, now=now)
    assert at_the_lamp(cast.asha) == Arrival(NOTHING_KNOWN, 0)


def test_the_later_action_of_a_night_counts_also_after_midnight(
    db, cast, now, lamp, visit, at_the_lamp
):
    before = {"night_of": cast.night - timedelta(days=1), "deployment_id": None}
    visit(lamp, ago=20 * 60 + 40, action="formal_action", **before)
    visit(lamp, ago=25 * 60, action="advice_given", **before)
    assert at_the_lamp(cast.asha).standing.last_action == "Formal Action"


def test_the_later_action_counts_however_late_the_earlier_one_came_or_was_amended(
    db, cast, now, lamp, visit, at_the_lamp
):
    visit(lamp, ago=10, action="formal_action")
    earlier = visit(lamp, ago=30, action="advice_given")
    assert at_the_lamp(cast.asha).standing.last_action == "Formal Action"
    reason = {"reason": "Notes added", "seen_version": 1, "by": cast.ben.officer_id, "now": now}
    amend_entry(db, replace(earlier, notes="Two doors"), **reason)
    assert at_the_lamp(cast.asha).standing.last_action == "Formal Action"


def test_an_action_after_six_in_the_morning_is_later_than_those_of_its_night(
    db, cast, now, lamp, at_the_lamp
):
    for hours, action in ((9, "formal_action"), (5, "advice_given")):
        at = now + timedelta(hours=hours)
        entry = said(
            cast, cast.ben, premises_id=lamp, action=action, happened_at=at, captured_at=at
        )
        record_entry(db, entry, by=cast.ben.officer_id, now=at)
    assert at_the_lamp(cast.asha).standing.last_action == "Formal Action"


def test_register_and_briefing_tell_every_night_between_them(db, cast, now, lamp, visit):
    """The register what came before the last two nights, the briefing what is known since."""
    crown = register(db, "The Crown", now)
    last_week = cast.night - timedelta(days=7)
    visit(lamp, ago=7 * 1440, night_of=last_week, deployment_id=None)
    visit(crown, ago=1440, night_of=cast.night - timedelta(days=1), deployment_id=None)
    assert set(standing_before(db, cast.night)) == {lamp}
    assert set(arrivals_to_brief(db, cast.asha.officer_id, cast.night)) == {crown}
    later = cast.night + timedelta(days=1)
    assert set(standing_before(db, later)) == {lamp, crown}
