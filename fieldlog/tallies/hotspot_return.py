"""The return on hotspots: a row for each hotspot and week or month, in columns that are chosen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fieldlog.core.hotspot import Asked, Hotspot
from fieldlog.core.period import Period, PeriodKind
from fieldlog.tallies.done_against_asked import Standing, in_hours

TOTAL = "All together"
NOT_ASKED = ""
SEVERAL = "differs by week"


@dataclass(frozen=True)
class ReturnLine:
    """A hotspot in a week or a month; ``asked`` is what was asked of each week of it, in order.

    ``first`` and ``last`` are the nights that its whole weeks begin and end with, ``over`` says
    whether the last one is past.
    """

    hotspot: Hotspot
    period: Period
    first: date
    last: date
    over: bool
    asked: tuple[Asked | None, ...]
    standing: Standing


@dataclass(frozen=True)
class Column:
    """A column of the return; without ``sums`` its last row stays empty."""

    code: str
    label: str
    of_line: Callable[[ReturnLine], str] | None = None
    sums: Callable[[Standing], str] | None = None

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers that can be added up."""
        return self.sums is not None

    def cell(self, line: ReturnLine) -> str:
        """Return the cell of a row."""
        if self.of_line:
            return self.of_line(line)
        return self.sums(line.standing) if self.sums else ""


@dataclass(frozen=True)
class Return:
    """The return as words and numbers: ``lines`` are those behind ``rows``, total row apart."""

    columns: tuple[Column, ...]
    lines: tuple[ReturnLine, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def _number(value: int | None) -> str:
    return NOT_ASKED if value is None else str(value)


def _same(line: ReturnLine, says: Callable[[Asked], str]) -> str:
    found = {says(one) for one in line.asked if one}
    return found.pop() if len(found) == 1 else SEVERAL if found else NOT_ASKED


def _result(line: ReturnLine) -> str:
    if not line.standing.asks:
        return "Nothing asked"
    if line.standing.met:
        return "As asked"
    return "Not as asked" if line.over else "Not over yet"


def says_period(period: Period) -> str:
    """Return ``30 Nov 2020`` for a week, by its Monday, ``December 2020`` for a month."""
    if period.kind is PeriodKind.WEEK:
        return f"{period.first.day} {period.first:%b %Y}"
    return period.says()


COLUMNS = (
    Column("operation", "Operation", lambda line: ", ".join(line.hotspot.operations.values())),
    Column("place", "Square or outline", lambda line: says_place(line.hotspot)),
    Column("asked_patrols", "Patrols asked", sums=lambda one: _number(one.patrols)),
    Column("done_patrols", "Patrols done", sums=lambda one: _number(one.done.patrols)),
    Column("short_patrols", "Patrols missing", sums=lambda one: _number(one.patrols_short)),
    Column(
        "asked_patrol_hours",
        "Patrol-hours asked",
        sums=lambda one: NOT_ASKED if one.patrol_time is None else in_hours(one.patrol_time),
    ),
    Column(
        "done_patrol_hours", "Patrol-hours done", sums=lambda one: in_hours(one.done.patrol_time)
    ),
    Column(
        "asked_person_hours",
        "Person-hours asked",
        sums=lambda one: NOT_ASKED if one.person_time is None else in_hours(one.person_time),
    ),
    Column(
        "done_person_hours", "Person-hours done", sums=lambda one: in_hours(one.done.person_time)
    ),
    Column("days", "Days with a patrol", sums=lambda one: _number(one.done.days)),
    Column("others", "Patrols not qualifying", sums=lambda one: _number(one.done.others)),
    Column("others_hours", "Hours not qualifying", sums=lambda one: in_hours(one.done.others_time)),
    Column("crew", "People asked", lambda line: _same(line, lambda one: str(one.crew))),
    Column(
        "least_minutes",
        "Minutes asked",
        lambda line: _same(line, lambda one: str(one.least_minutes)),
    ),
    Column("when", "Times and days asked", lambda line: _same(line, Asked.says_when)),
    Column("result", "Result", _result),
)
CHOSEN = (
    *("asked_patrols", "done_patrols", "asked_patrol_hours", "done_patrol_hours"),
    *("asked_person_hours", "done_person_hours", "others", "result"),
)
"""The columns of the return until others are chosen."""


def says_place(hotspot: Hotspot) -> str:
    """Return ``Square TL 9950 2525``, by its south-west corner, or where an outline is about."""
    if hotspot.is_square:
        return f"Square {hotspot.outline.corners[0].reference()}"
    return f"Outline around {hotspot.outline.middle.reference()}"


def columns_called(codes: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of those codes in their own order; the usual ones for none."""
    wanted = set(codes) or set(CHOSEN)
    return tuple(column for column in COLUMNS if column.code in wanted)


def lay_out(lines: Sequence[ReturnLine], columns: Sequence[Column], total: Standing) -> Return:
    """Return the table; ``total`` is that of all the weeks of all the lines together."""
    return Return(
        columns=tuple(columns),
        lines=tuple(lines),
        rows=tuple(tuple(column.cell(line) for column in columns) for line in lines),
        total=tuple(column.sums(total) if column.sums else "" for column in columns),
    )
