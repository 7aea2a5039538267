"""Periods are nights, Monday weeks, months and financial years, and know the one before."""

from datetime import date

import pytest

from fieldlog.core.period import Period, PeriodKind, a_year_before, before, period_of

SATURDAY = date(2020, 12, 5)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (PeriodKind.NIGHT, SATURDAY, SATURDAY, SATURDAY),
        (PeriodKind.WEEK, SATURDAY, date(2020, 11, 30), date(2020, 12, 6)),
        (PeriodKind.WEEK, date(2020, 11, 30), date(2020, 11, 30), date(2020, 12, 6)),
        (PeriodKind.MONTH, date(2020, 2, 29), date(2020, 2, 1), date(2020, 2, 29)),
        (PeriodKind.YEAR, date(2021, 3, 31), date(2020, 4, 1), date(2021, 3, 31)),
        (PeriodKind.YEAR, date(2021, 4, 1), date(2021, 4, 1), date(2022, 3, 31)),
    ],
)
def test_a_period_begins_and_ends_where_it_should(
    kind: PeriodKind, day: date, first: date, last: date
) -> None:
    assert period_of(kind, day) == Period(kind, first, last)


@pytest.mark.parametrize(
    ("period", "earlier", "year"),
    [
        (period_of(PeriodKind.NIGHT, SATURDAY), "2020-12-04 2020-12-04", "2019-12-07 2019-12-07"),
        (period_of(PeriodKind.WEEK, SATURDAY), "2020-11-23 2020-11-29", "2019-12-02 2019-12-08"),
        (
            period_of(PeriodKind.MONTH, date(2021, 3, 9)),
            "2021-02-01 2021-02-28",
            "2020-03-01 2020-03-31",
        ),
        (
            period_of(PeriodKind.MONTH, date(2021, 1, 9)),
            "2020-12-01 2020-12-31",
            "2020-01-01 2020-01-31",
        ),
        (period_of(PeriodKind.YEAR, SATURDAY), "2019-04-01 2020-03-31", None),
        (
            period_of(PeriodKind.RANGE, date(2020, 2, 20), date(2020, 2, 29)),
            *("2020-02-10 2020-02-19", "2019-02-20 2019-02-28"),
        ),
    ],
    ids=str,
)
def test_a_period_knows_the_one_before_and_the_same_a_year_before(
    period: Period, earlier: str, year: str | None
) -> None:
    def dates(found: Period | None) -> str | None:
        return f"{found.first} {found.last}" if found else None

    assert (dates(before(period)), dates(a_year_before(period))) == (earlier, year)


def test_nights_and_weeks_are_compared_with_the_same_day_of_the_week() -> None:
    for day in (SATURDAY, date(2024, 2, 29), date(2021, 1, 1)):
        found = a_year_before(period_of(PeriodKind.NIGHT, day))
        assert found is not None
        assert found.first.weekday() == day.weekday()


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (period_of(PeriodKind.NIGHT, SATURDAY), "night of Saturday 5 December 2020"),
        (
            period_of(PeriodKind.WEEK, SATURDAY),
            "week from Monday 30 November 2020 to Sunday 6 December 2020",
        ),
        (period_of(PeriodKind.MONTH, SATURDAY), "December 2020"),
        (period_of(PeriodKind.YEAR, SATURDAY), "financial year 2020/21"),
        (period_of(PeriodKind.YEAR, date(1999, 5, 1)), "financial year 1999/00"),
        (
            period_of(PeriodKind.RANGE, SATURDAY, date(2021, 1, 2)),
            "nights from 5 December 2020 to 2 January 2021",
        ),
    ],
)
def test_a_period_is_said_in_words(period: Period, says: str) -> None:
    assert period.says() == says
