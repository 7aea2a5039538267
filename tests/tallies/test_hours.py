"""Hours never stand without their method, and an estimate never passes for a record."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.tallies.hours import Hours, in_hours, plain

MARSHALS = Hours(timed_records=143, recorded_minutes=4_725, untimed_records=340)


def test_the_marshals_recorded_78_75_hours() -> None:
    assert MARSHALS.recorded_hours == Decimal("78.75")
    assert MARSHALS.says() == (
        "143 timed records, 78.75 h recorded; 340 records without a time, not in the hours."
    )


def test_340_untimed_records_at_30_minutes_would_make_it_248_75() -> None:
    estimate = MARSHALS.estimate(30)
    assert (estimate.untimed_hours, estimate.hours) == (Decimal(170), Decimal("248.75"))
    assert estimate.says() == (
        "Estimate, not a record: 340 records without a time at 30 minutes each would be 170 h; "
        "with the 78.75 h recorded, 248.75 h."
    )


def test_an_estimate_leaves_what_was_recorded_alone() -> None:
    MARSHALS.estimate(30)
    assert MARSHALS.recorded_hours == Decimal("78.75")


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (Hours(0, 0, 0), "0 timed records, 0 h recorded; every record has a time."),
        (Hours(1, 20, 0), "1 timed record, 0.33 h recorded; every record has a time."),
        (
            Hours(2, 600, 1),
            "2 timed records, 10 h recorded; 1 record without a time, not in the hours.",
        ),
    ],
)
def test_it_says_one_and_none_as_people_do(hours: Hours, says: str) -> None:
    assert hours.says() == says


@given(st.integers(0, 1_000_000))
def test_two_decimals_tell_every_minute_apart(minutes: int) -> None:
    assert round(in_hours(minutes) * 60) == minutes
    assert Decimal(plain(in_hours(minutes)).replace(",", "")) == in_hours(minutes)


@pytest.mark.parametrize(
    ("hours", "says"),
    [("0", "0"), ("100", "100"), ("78.50", "78.5"), ("1069.25", "1,069.25"), ("2000.00", "2,000")],
)
def test_hours_are_printed_like_other_numbers(hours: str, says: str) -> None:
    assert plain(Decimal(hours)) == says


def test_one_minute_and_a_thousand_records_are_said_as_people_do() -> None:
    hours = Hours(timed_records=1_069, recorded_minutes=64_155, untimed_records=2_500)
    assert hours.says() == (
        "1,069 timed records, 1,069.25 h recorded; 2,500 records without a time, not in the hours."
    )
    assert "at 1 minute each" in hours.estimate(1).says()
