"""Patrol-hours and person-hours from what happened, once for each minute and each person."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.core.patrol import (
    Event,
    EventKind,
    Patrol,
    Span,
    State,
    count_time,
    gaps,
    hours,
    lasted,
    qualifies,
)

SIX = datetime(2020, 12, 5, 18, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return SIX + timedelta(minutes=minutes)


def patrol(*events: tuple[str, float], number: int = 1, members=(1,), others: int = 0) -> Patrol:
    """A patrol with events at minutes after six; an undo takes back the event before it."""
    made: list[Event] = []
    for place, (kind, minutes) in enumerate(events):
        undoes = made[-1].id if kind == "undo" else None
        name = UUID(int=number * 100 + place)
        made.append(Event(name, EventKind(kind), at(minutes), undoes))
    return Patrol(UUID(int=number), min(members), frozenset(members), others, tuple(made))


def test_three_patrols_of_three_hours_by_two_people_are_9_patrol_hours_and_18_person_hours():
    week = [
        patrol(("start", day * 1440), ("finish", day * 1440 + 180), number=day, members=(1, 2))
        for day in (1, 3, 5)
    ]
    counted = count_time(week)
    assert (hours(counted.patrol_time), hours(counted.person_time)) == (9, 18)
    assert counted.overlap == timedelta(0)


def test_66_hours_a_week_for_two_marshals_over_six_days():
    week = [
        patrol(("start", day * 1440), ("finish", day * 1440 + 330), number=day + 1, members=(1, 2))
        for day in range(6)
    ]
    assert hours(count_time(week).person_time) == 66


def test_what_happened_within_one_second_is_read_as_one_can_follow_the_other():
    paused_by_mistake = patrol(("start", 0), ("resume", 10), ("pause", 10))
    assert paused_by_mistake.state is State.RUNNING
    assert lasted(paused_by_mistake.spans(until=at(60))) == timedelta(minutes=60)
    resumed_by_mistake = patrol(("start", 0), ("pause", 5), ("pause", 10), ("resume", 10))
    assert resumed_by_mistake.state is State.PAUSED
    assert lasted(resumed_by_mistake.spans(until=at(60))) == timedelta(minutes=5)
    assert patrol(("pause", 0), ("start", 0)).state is State.PAUSED


def test_14_minutes_on_foot_do_not_qualify_where_15_are_asked():
    assert not qualifies(timedelta(minutes=14), least_minutes=15)
    assert not qualifies(timedelta(minutes=14, seconds=59), least_minutes=15)
    assert qualifies(timedelta(minutes=15), least_minutes=15)
    assert not qualifies(timedelta(minutes=15), least_minutes=20)


def test_people_without_a_name_count_as_people():
    one = patrol(("start", 0), ("finish", 60), members=(1, 2), others=3)
    counted = count_time([one])
    assert (hours(counted.patrol_time), hours(counted.person_time)) == (1, 5)


def test_a_pause_is_no_patrol():
    one = patrol(("start", 0), ("pause", 60), ("resume", 90), ("finish", 120))
    assert one.spans() == (Span(at(0), at(60)), Span(at(90), at(120)))
    assert one.state is State.FINISHED
    assert hours(count_time([one]).patrol_time) == Decimal("1.5")


def test_finishing_in_a_pause_ends_it_where_it_was_paused():
    one = patrol(("start", 0), ("pause", 60), ("finish", 120))
    assert lasted(one.spans()) == timedelta(minutes=60)


def test_what_was_pressed_twice_counts_once():
    one = patrol(
        ("start", 0), ("pause", 30), ("pause", 40), ("resume", 50), ("resume", 55), ("finish", 60)
    )
    assert lasted(one.spans()) == timedelta(minutes=40)


def test_a_patrol_that_still_runs_has_no_hours_until_it_ends():
    one = patrol(("start", 0))
    counted = count_time([one])
    assert (one.state, counted.patrol_time, counted.going) == (State.RUNNING, timedelta(0), 1)
    assert lasted(one.spans(until=at(45))) == timedelta(minutes=45)


def test_a_finish_that_was_taken_back_leaves_it_running():
    one = patrol(("start", 0), ("finish", 60), ("undo", 61))
    assert one.state is State.RUNNING
    again = patrol(("start", 0), ("finish", 60), ("undo", 61), ("finish", 90))
    assert lasted(again.spans()) == timedelta(minutes=90)


def test_a_start_that_was_taken_back_never_was():
    one = patrol(("start", 0), ("undo", 1))
    assert (one.state, one.spans(at(60)), one.holds(at(1))) == (State.NEVER, (), False)
    assert count_time([one]).going == 0


def test_the_officers_own_finish_counts_however_late_it_arrives():
    closed = patrol(("start", 0), ("close", 300))
    assert (closed.state, lasted(closed.spans())) == (State.CLOSED, timedelta(hours=5))
    before = patrol(("start", 0), ("close", 300), ("finish", 240))
    after = patrol(("start", 0), ("close", 100), ("finish", 240))
    for one in (before, after):
        assert (one.state, lasted(one.spans())) == (State.FINISHED, timedelta(hours=4))


def test_a_minute_that_two_patrols_of_one_officer_claim_is_counted_once_and_told():
    first = patrol(("start", 0), ("finish", 120), number=1, members=(1, 2))
    second = patrol(("start", 60), ("finish", 180), number=2, members=(2, 3))
    counted = count_time([second, first])
    assert hours(counted.patrol_time) == 3
    assert hours(counted.overlap) == 1
    assert hours(counted.person_time) == 2 + 2 + 1 + 2


def test_two_crews_at_the_same_time_are_two_patrols():
    first = patrol(("start", 0), ("finish", 60), number=1, members=(1,))
    second = patrol(("start", 0), ("finish", 60), number=2, members=(2,))
    counted = count_time([first, second])
    assert (hours(counted.patrol_time), counted.overlap) == (2, timedelta(0))


def test_it_tells_the_gaps_between_the_patrols_of_an_officer():
    first = patrol(("start", 0), ("finish", 60), number=1)
    second = patrol(("start", 90), ("finish", 120), number=2)
    third = patrol(("start", 120), number=3)
    assert gaps([third, first, second], 1) == (Span(at(60), at(90)),)
    assert gaps([first, second], 9) == ()


def test_an_entry_belongs_to_it_from_start_to_finish_pauses_included():
    one = patrol(("start", 0), ("pause", 10), ("resume", 20), ("finish", 60))
    assert [one.holds(at(minutes)) for minutes in (-1, 0, 15, 60, 61)] == [
        *(False, True, True, True, False)
    ]
    assert patrol(("start", 0)).holds(at(500))


def test_a_patrol_that_was_left_running_is_told_an_hour_after_the_planned_finish():
    one = patrol(("start", 0))
    planned = at(9 * 60)
    assert not one.left_running(at(10 * 60), planned)
    assert one.left_running(at(10 * 60 + 1), planned)
    assert one.left_running(at(12 * 60 + 1), at(20 * 60))
    assert not one.left_running(at(12 * 60), None)
    assert one.left_running(at(12 * 60 + 1), None)
    late = patrol(("start", 10 * 60))
    assert not late.left_running(at(10 * 60 + 30), planned)


spans = st.tuples(st.integers(0, 300), st.integers(0, 120), st.sets(st.integers(1, 3), min_size=1))


@settings(max_examples=40)
@given(st.lists(spans, max_size=6))
def test_nobody_is_ever_counted_twice(drawn):
    patrols = [
        patrol(("start", start), ("finish", start + length), number=number, members=tuple(members))
        for number, (start, length, members) in enumerate(drawn, 1)
    ]
    minutes = {
        (officer, minute)
        for start, length, members in drawn
        for officer in members
        for minute in range(start, start + length)
    }
    counted = count_time(patrols)
    assert counted.person_time == timedelta(minutes=len(minutes))
    claimed = sum(length for _, length, _ in drawn)
    assert counted.patrol_time + counted.overlap == timedelta(minutes=claimed)
    # Any order of telling gives the same.
    assert count_time(patrols[::-1]) == counted
