"""Hotspots: the arithmetic of the papers, bands past midnight, and why a patrol does not count."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from fieldlog.core.hotspot import (
    Asked,
    Band,
    Hotspot,
    Judged,
    done,
    judge,
    judge_going,
    says_days,
)
from fieldlog.core.national_grid import GridPoint
from fieldlog.core.outline import square_outline
from fieldlog.core.patrol import Event, EventKind, Mode, Patrol, Span, count_time, hours
from fieldlog.core.period import PeriodKind, period_of, weeks_of

MONDAY = date(2020, 11, 30)
SATURDAY = date(2020, 12, 5)
NIGHTS = Band(time(18), time(3))


def hotspot(first: date = MONDAY, last: date | None = None, **asked) -> Hotspot:
    outline = square_outline(GridPoint(697_000, 230_500), 250)
    return Hotspot(1, "The Lanes", outline, True, first, last, {}, (Asked(MONDAY, **asked),))


def patrol(
    number: int, start: datetime, minutes: float, *pauses: tuple[int, int], members=(1, 2), others=0
) -> Patrol:
    said = [(EventKind.START, 0.0), (EventKind.FINISH, minutes)]
    for begins, ends in pauses:
        said += [(EventKind.PAUSE, begins), (EventKind.RESUME, ends)]
    events = tuple(
        Event(UUID(int=number * 100 + place), kind, start + timedelta(minutes=after))
        for place, (kind, after) in enumerate(said)
    )
    return Patrol(UUID(int=number), min(members), frozenset(members), others, events)


def at(day: date, clock: time) -> datetime:
    """A moment of a winter's night: UK clocks show UTC."""
    return datetime.combine(day, clock, UTC)


def judged(where: Hotspot, *patrols: tuple[date, Patrol], mode: Mode = Mode.FOOT) -> list[Judged]:
    counted = count_time(one for _, one in patrols).counted
    nights = {one.id: night for night, one in patrols}
    return [judge(one, where, mode=mode, night=nights[one.patrol.id]) for one in counted]


def test_three_patrols_of_three_hours_by_two_people_are_what_op_dial_asks_for():
    nine, eighteen = timedelta(hours=9), timedelta(hours=18)
    where = hotspot(patrols=3, patrol_time=nine, person_time=eighteen, crew=2)
    nights = [MONDAY + timedelta(days=day) for day in (0, 2, 5)]
    every = [(one, patrol(n, at(one, time(19)), 180)) for n, one in enumerate(nights, 1)]
    found = done(zip(nights, judged(where, *every), strict=True))
    assert (found.patrols, found.days, found.others, found.going) == (3, 3, 0, 0)
    assert (hours(found.patrol_time), hours(found.person_time)) == (9, 18)


def test_14_minutes_on_foot_do_not_qualify_where_15_are_asked():
    where = hotspot(least_minutes=15, modes=frozenset({Mode.FOOT}))
    short, long = patrol(1, at(SATURDAY, time(10)), 14.9), patrol(2, at(SATURDAY, time(12)), 15)
    first, second = judged(where, (SATURDAY, short), (SATURDAY, long))
    assert first.reasons == ("14 minutes, 15 asked",)
    assert second.qualifies
    found = done([(SATURDAY, first), (SATURDAY, second)])
    assert (found.patrols, found.others) == (1, 1)
    assert found.patrol_time == timedelta(minutes=15)
    assert found.others_time == timedelta(minutes=14.9)


def test_two_marshals_over_six_days_are_66_hours_a_week():
    where = hotspot(person_time=timedelta(hours=66), crew=2, days=frozenset(range(1, 7)))
    nights = [MONDAY + timedelta(days=day) for day in range(7)]
    every = [(one, patrol(n, at(one, time(10)), 330)) for n, one in enumerate(nights, 1)]
    found = done(zip(nights, judged(where, *every), strict=True))
    assert (hours(found.person_time), found.days) == (66, 6)
    assert found.others == 1


def test_a_patrol_partly_inside_the_band_counts_its_minutes_inside():
    where = hotspot(least_minutes=60, bands=(NIGHTS,))
    (found,) = judged(where, (SATURDAY, patrol(1, at(SATURDAY, time(17)), 120)))
    assert found.qualifies
    assert (found.lasted, found.patrol_time) == (timedelta(hours=2), timedelta(hours=1))
    assert found.person_time == timedelta(hours=2)


def test_it_says_what_of_a_longer_patrol_counts():
    where = hotspot(least_minutes=15, bands=(NIGHTS,))
    (found,) = judged(where, (SATURDAY, patrol(1, at(SATURDAY, time(17)), 70)))
    assert found.reasons == (
        "10 minutes of its 1 hour 10 minutes count, 15 asked: it counts 18:00 to 03:00, every day",
    )


def test_a_band_past_midnight_is_one_band():
    where = hotspot(bands=(NIGHTS,), days=frozenset({6}))
    sunday = datetime(2020, 12, 6, 1, tzinfo=UTC)
    late = patrol(1, sunday, 60)
    assert judged(where, (SATURDAY, late))[0].patrol_time == timedelta(hours=1)
    friday = patrol(2, sunday - timedelta(days=1), 60)
    (other,) = judged(where, (SATURDAY - timedelta(days=1), friday))
    assert other.patrol_time == timedelta(0)
    assert "none of it counts: it counts 18:00 to 03:00, Saturday" in other.reasons[0]


def test_a_band_that_begins_after_midnight_is_of_the_night_before():
    asked = Asked(MONDAY, days=frozenset({6}), bands=(Band(time(1), time(4)),))
    (window,) = asked.windows(MONDAY, MONDAY + timedelta(days=6))
    assert window == Span(
        datetime(2020, 12, 6, 1, tzinfo=UTC), datetime(2020, 12, 6, 4, tzinfo=UTC)
    )


def test_bands_that_overlap_count_a_minute_once():
    bands = (Band(time(18), time(22)), Band(time(20), time(23)), NIGHTS)
    where = hotspot(bands=bands)
    (found,) = judged(where, (SATURDAY, patrol(1, at(SATURDAY, time(19)), 180)))
    assert found.patrol_time == timedelta(hours=3)


def test_the_night_the_clocks_go_back_has_an_hour_more():
    asked = Asked(date(2020, 10, 19), bands=(NIGHTS,))
    (window,) = asked.windows(date(2020, 10, 24), date(2020, 10, 24))
    assert window.length == timedelta(hours=10)


def test_pauses_and_time_that_another_patrol_has_do_not_count():
    where = hotspot(least_minutes=60)
    first = patrol(1, at(SATURDAY, time(19)), 90, (30, 60))
    second = patrol(2, at(SATURDAY, time(20)), 60, members=(2, 3))
    one, two = judged(where, (SATURDAY, first), (SATURDAY, second))
    assert (one.qualifies, one.patrol_time) == (True, timedelta(minutes=60))
    assert two.patrol_time == timedelta(minutes=30)
    assert two.person_time == timedelta(minutes=90)
    assert two.reasons == (
        "30 minutes of its 1 hour count, 60 asked: 30 minutes are counted with an earlier patrol",
    )


@pytest.mark.parametrize(
    ("asked", "mode", "reason"),
    [
        ({"crew": 3}, Mode.FOOT, "2 people, 3 asked"),
        ({"modes": frozenset({Mode.FOOT, Mode.CYCLE})}, Mode.VEHICLE, "By vehicle, on foot or by"),
        ({"last": MONDAY}, Mode.FOOT, "not in force on 5 December 2020"),
    ],
)
def test_it_says_why_a_patrol_does_not_qualify(asked, mode, reason):
    where = hotspot(**asked)
    (found,) = judged(where, (SATURDAY, patrol(1, at(SATURDAY, time(19)), 60)), mode=mode)
    assert not found.qualifies
    assert reason in found.reasons[0]


def test_people_without_a_name_are_people():
    where = hotspot(crew=4)
    (found,) = judged(where, (SATURDAY, patrol(1, at(SATURDAY, time(19)), 60, others=2)))
    assert found.qualifies
    assert found.person_time == timedelta(hours=4)


def test_one_that_is_still_out_counts_nothing_yet():
    out = Patrol(
        UUID(int=1),
        1,
        frozenset({1}),
        0,
        (Event(UUID(int=2), EventKind.START, at(SATURDAY, time(19))),),
    )
    found = judge_going(out, at(SATURDAY, time(20)))
    assert found.lasted == timedelta(hours=1)
    assert done([(SATURDAY, found)]).going == 1
    assert found.reasons == ("Still out: it counts when it is finished",)


def test_what_is_asked_holds_from_its_week_until_the_next():
    later = Asked(date(2020, 12, 14), patrols=5)
    where = Hotspot(1, "x", hotspot().outline, True, MONDAY, None, {}, (later, Asked(MONDAY)))
    assert where.asked_in(MONDAY - timedelta(days=7)) is None
    assert where.asked_in(date(2020, 12, 7)) == Asked(MONDAY)
    assert where.asked_in(date(2020, 12, 21)) == later


def test_nothing_qualifies_before_anything_was_asked():
    night = MONDAY - timedelta(days=2)
    (found,) = judged(hotspot(first=night), (night, patrol(1, at(night, time(19)), 60)))
    assert found.reasons == ("Nothing was asked of that week",)


def test_a_month_is_the_weeks_that_begin_in_it():
    weeks = weeks_of(period_of(PeriodKind.MONTH, SATURDAY))
    assert [week.first.day for week in weeks] == [7, 14, 21, 28]
    assert weeks[-1].last == date(2021, 1, 3)
    november = weeks_of(period_of(PeriodKind.MONTH, MONDAY))
    assert november[-1].last == date(2020, 12, 6)
    assert weeks_of(period_of(PeriodKind.WEEK, SATURDAY)) == (period_of(PeriodKind.WEEK, MONDAY),)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(1, 8), "every day"),
        (range(1, 7), "Monday to Saturday"),
        ((5, 6), "Friday and Saturday"),
        ((1, 3, 5), "Monday, Wednesday and Friday"),
        ((7,), "Sunday"),
    ],
)
def test_days_are_said_shortly(days, words):
    assert says_days(frozenset(days)) == words
