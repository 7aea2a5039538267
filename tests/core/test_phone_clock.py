"""What a moment of a phone's clock was by the server's, and never later than it arrived."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.phone_clock import PhoneClock

ARRIVED = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)
SAVED = datetime(2020, 12, 5, 21, 30, tzinfo=UTC)
lengths = st.timedeltas(timedelta(days=-400), timedelta(days=400))


@pytest.mark.parametrize("ahead", [None, timedelta(minutes=5), timedelta(minutes=-5)])
def test_a_clock_that_is_nearly_right_is_taken_at_its_word(ahead: timedelta | None) -> None:
    clock = PhoneClock(ahead, ARRIVED)
    assert clock.ours(SAVED) == SAVED
    assert not clock.impossible(SAVED)


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_that_is_hours_wrong_is_put_right(hours: int) -> None:
    ahead = timedelta(hours=hours)
    assert PhoneClock(ahead, ARRIVED).ours(SAVED + ahead) == SAVED


def test_what_was_saved_after_it_arrived_is_of_when_it_arrived() -> None:
    later = ARRIVED + timedelta(hours=73)
    clock = PhoneClock(timedelta(0), ARRIVED)
    assert clock.impossible(later)
    assert clock.ours(later) == ARRIVED
    a_little = ARRIVED + timedelta(minutes=5)
    assert clock.ours(a_little) == a_little


def test_the_end_of_all_dates_is_as_impossible() -> None:
    end = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    assert PhoneClock(timedelta(hours=-3), ARRIVED).ours(end) == ARRIVED


@given(lengths, lengths)
def test_nothing_happened_later_than_minutes_after_it_arrived(
    ahead: timedelta, saved: timedelta
) -> None:
    clock = PhoneClock(ahead, ARRIVED)
    assert clock.ours(ARRIVED + saved) <= ARRIVED + timedelta(minutes=5)
