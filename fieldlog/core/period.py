"""Periods that figures are given for: a night, a week, a month, a financial year, any range.

Dates are nights, both ends included. A week runs from Monday to Sunday, a local authority's
financial year from 1 April to 31 March.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from fieldlog.core.night import says_date, says_day
from fieldlog.core.words import Labelled

A_YEAR_OF_WEEKS = timedelta(days=364)
"""Saturdays are compared with Saturdays: fifty-two weeks, not the same date."""


class PeriodKind(Labelled):
    """How long a period is."""

    NIGHT = "night", "A night"
    WEEK = "week", "A week"
    MONTH = "month", "A month"
    YEAR = "year", "A financial year"
    RANGE = "range", "From one night to another"


@dataclass(frozen=True)
class Period:
    """Nights from ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def nights(self) -> int:
        """How many nights it has."""
        return (self.last - self.first).days + 1

    def says(self) -> str:
        """Return which period it is: ``night of Saturday 5 December 2020``, ``December 2020``."""
        if self.kind is PeriodKind.NIGHT:
            return f"night of {says_day(self.first)}"
        if self.kind is PeriodKind.WEEK:
            return f"week from {says_day(self.first)} to {says_day(self.last)}"
        if self.kind is PeriodKind.MONTH:
            return f"{self.first:%B %Y}"
        if self.kind is PeriodKind.YEAR:
            return f"financial year {self.first.year}/{self.last.year % 100:02}"
        return f"nights from {says_date(self.first)} to {says_date(self.last)}"


def period_of(kind: PeriodKind, day: date, last: date | None = None) -> Period:
    """Return the period of that kind that ``day`` is in; a range is from ``day`` to ``last``."""
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(kind, first, first + timedelta(days=6))
    if kind is PeriodKind.MONTH:
        return Period(kind, day.replace(day=1), _month_end(day))
    if kind is PeriodKind.YEAR:
        starts = day.year if day.month >= 4 else day.year - 1
        return Period(kind, date(starts, 4, 1), date(starts + 1, 3, 31))
    return Period(kind, day, (last or day) if kind is PeriodKind.RANGE else day)


def before(period: Period) -> Period:
    """Return the period of the same kind that ends the day before this one begins.

    A range has as many nights before it as it has itself.
    """
    day_before = period.first - timedelta(days=1)
    if period.kind is PeriodKind.RANGE:
        return Period(period.kind, period.first - timedelta(days=period.nights), day_before)
    return period_of(period.kind, day_before)


def a_year_before(period: Period) -> Period | None:
    """Return the same period a year earlier; None for a year, whose last is the one before.

    Nights and weeks go back 52 weeks, to the same days of the week; months and ranges to the same
    dates, 29 February to the 28th.
    """
    if period.kind is PeriodKind.YEAR:
        return None
    if period.kind in {PeriodKind.NIGHT, PeriodKind.WEEK}:
        return Period(period.kind, period.first - A_YEAR_OF_WEEKS, period.last - A_YEAR_OF_WEEKS)
    if period.kind is PeriodKind.MONTH:
        return period_of(period.kind, _same_date(period.first))
    return Period(period.kind, _same_date(period.first), _same_date(period.last))


def weeks_of(period: Period) -> tuple[Period, ...]:
    """Return the weeks that begin in a period: a month is made of whole weeks, none in two."""
    first = period.first + timedelta(days=-period.first.weekday() % 7)
    return tuple(
        period_of(PeriodKind.WEEK, first + timedelta(days=days))
        for days in range(0, (period.last - first).days + 1, 7)
    )


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _same_date(day: date) -> date:
    year = day.year - 1
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
