"""Which night a moment belongs to, also after midnight and when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.night import (
    NIGHT_ENDS,
    from_uk,
    from_utc_text,
    hour_of,
    last_shown,
    moment_or_none,
    next_shown,
    night_of,
    says_day,
    says_moment,
    says_time,
    to_uk,
    utc_text,
    utc_text_or_none,
)

SATURDAY = date(2020, 12, 5)
CLOCKS_GO_BACK = date(2020, 10, 25)
CLOCKS_GO_FORWARD = date(2021, 3, 28)

moments = st.integers(0, 2_800_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "night"),
    [
        (time(18, 0), SATURDAY),
        (time(23, 59), SATURDAY),
        (time(7, 0), SATURDAY),
        (time(6, 0), SATURDAY),
        (time(5, 59), date(2020, 12, 4)),
        (time(0, 0), date(2020, 12, 4)),
    ],
)
def test_a_night_runs_from_six_in_the_morning_to_six(clock: time, night: date) -> None:
    assert night_of(from_uk(SATURDAY, clock)) == night


@pytest.mark.parametrize(
    "sunday",
    [date(2020, 12, 6), CLOCKS_GO_BACK, CLOCKS_GO_FORWARD],
    ids=["an ordinary night", "the clocks go back", "the clocks go forward"],
)
def test_half_past_one_on_sunday_belongs_to_saturday(sunday: date) -> None:
    assert night_of(from_uk(sunday, time(1, 30))) == sunday - timedelta(days=1)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2020, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2020, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2020, 10, 25, 5, 59, tzinfo=UTC),
    ],
    ids=["01:30 the first time", "01:30 the second time", "05:59"],
)
def test_both_half_past_ones_of_october_belong_to_saturday(moment: datetime) -> None:
    assert night_of(moment) == date(2020, 10, 24)


def test_the_night_of_the_clock_change_ends_at_six_on_the_new_clock() -> None:
    assert night_of(datetime(2020, 10, 25, 6, 0, tzinfo=UTC)) == CLOCKS_GO_BACK
    assert night_of(datetime(2021, 3, 28, 4, 59, tzinfo=UTC)) == date(2021, 3, 27)
    assert night_of(datetime(2021, 3, 28, 5, 0, tzinfo=UTC)) == CLOCKS_GO_FORWARD


def test_a_time_that_clocks_show_twice_is_the_first_and_says_so() -> None:
    first = from_uk(CLOCKS_GO_BACK, time(1, 30))
    assert first == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert says_moment(first) == "01:30 BST on 25 October 2020"
    assert says_moment(first + timedelta(hours=1)) == "01:30 GMT on 25 October 2020"


def test_a_time_that_clocks_skip_is_read_from_a_watch_not_yet_changed() -> None:
    skipped = from_uk(CLOCKS_GO_FORWARD, time(1, 30))
    assert skipped == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)
    assert says_time(skipped) == "02:30"


@given(moments, st.times())
def test_the_last_and_the_next_time_that_clocks_show_are_within_a_day(
    moment: datetime, clock: time
) -> None:
    last, following = last_shown(clock, moment), next_shown(clock, moment)
    a_day = timedelta(hours=25)
    assert moment - a_day <= last <= moment <= following <= moment + a_day


@pytest.mark.parametrize(
    ("clock", "by", "shown"),
    [
        ("01:15", "2020-10-25T00:20", "2020-10-25T00:15"),
        ("01:15", "2020-10-25T01:10", "2020-10-25T00:15"),
        ("01:15", "2020-10-25T01:15", "2020-10-25T01:15"),
        ("01:15", "2020-10-26T00:30", "2020-10-25T01:15"),
        ("23:50", "2020-10-25T00:20", "2020-10-24T22:50"),
    ],
)
def test_the_last_time_that_clocks_showed_where_they_go_back(
    clock: str, by: str, shown: str
) -> None:
    found = last_shown(time.fromisoformat(clock), utc(by))
    assert found == utc(shown)


def test_the_next_time_that_clocks_show_where_they_go_back() -> None:
    assert next_shown(time(1, 10), utc("2020-10-25T00:30")) == utc("2020-10-25T01:10")
    assert next_shown(time(1, 40), utc("2020-10-25T00:30")) == utc("2020-10-25T00:40")
    assert next_shown(time(1, 10), utc("2020-10-25T01:30")) == utc("2020-10-26T01:10")


def test_a_moment_in_summer_is_said_in_summer_time() -> None:
    moment = datetime(2020, 8, 7, 20, 40, tzinfo=UTC)
    assert (says_time(moment), hour_of(moment)) == ("21:40", 21)
    assert says_day(night_of(moment)) == "Friday 7 August 2020"


@given(moments)
def test_every_moment_belongs_to_the_night_whose_day_it_follows(moment: datetime) -> None:
    local = to_uk(moment)
    starts = datetime.combine(night_of(moment), NIGHT_ENDS)
    ends = datetime.combine(night_of(moment) + timedelta(days=1), NIGHT_ENDS)
    assert starts <= local.replace(tzinfo=None) < ends


@given(moments)
def test_every_second_comes_back_from_the_store(moment: datetime) -> None:
    assert from_utc_text(utc_text(moment)) == moment
    assert moment_or_none(utc_text_or_none(moment)) == moment


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_moment_that_nobody_knows_is_kept_as_nothing(nothing):
    assert utc_text_or_none(None) is None
    assert moment_or_none(nothing) is None


@given(st.dates(date(2000, 1, 1), date(2059, 12, 31)), st.times())
def test_uk_clocks_come_back_as_they_were_typed_unless_skipped(day: date, clock: time) -> None:
    local = to_uk(from_uk(day, clock))
    came_back = (local.date(), local.time()) == (day, clock)
    assert came_back or (day.month == 3 and day.day >= 25 and clock.hour == 1)
