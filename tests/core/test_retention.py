"""Periods in whole months, counted back from a moment, and said as people say them."""

from datetime import UTC, datetime

import pytest

from fieldlog.core.retention import FROM, GOES, Retained, months_before, says_months


@pytest.mark.parametrize(
    ("months", "expected"),
    [(1, "2026-02-28"), (12, "2025-03-31"), (72, "2020-03-31"), (37, "2023-02-28")],
)
def test_months_are_counted_back_to_the_last_day_of_a_shorter_month(months, expected):
    before = months_before(datetime(2026, 3, 31, 21, 40, tzinfo=UTC), months)
    assert before == datetime.fromisoformat(f"{expected}T21:40:00+00:00")


def test_a_leap_day_falls_on_the_28th_in_other_years():
    assert months_before(datetime(2024, 2, 29, tzinfo=UTC), 12).day == 28


@pytest.mark.parametrize(
    ("months", "said"), [(72, "6 years"), (12, "1 year"), (1, "1 month"), (18, "18 months")]
)
def test_periods_are_said_in_years_where_they_are_whole(months, said):
    assert says_months(months) == said


def test_every_kind_says_from_when_it_counts_and_what_goes_and_stays():
    assert FROM.keys() == GOES.keys() == set(Retained)
