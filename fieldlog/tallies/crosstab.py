"""Lay grouped counts out as a two-way table with blanks, totals and a grand total."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fieldlog.core.folding import folded
from fieldlog.core.question import PREMISES, Answer, Group, Key, Label, Measured, Question
from fieldlog.tallies.hours import Hours

BLANK = "(blank)"
GRAND_TOTAL = "Grand Total"


class DoesNotAddUp(Exception):
    """A total does not equal what it is the total of; nothing may be shown or sent."""


@dataclass(frozen=True)
class Heading:
    """A row or a column: its key (``None`` for blank) and the words shown for it."""

    key: Key
    text: str


@dataclass(frozen=True)
class Table:
    """A two-way table. ``cells[r][c]`` belongs to ``rows[r]`` and ``columns[c]``.

    Totals of distinct premises are distinct counts of their own, not sums of the cells.
    """

    question: Question
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    grand_total: int
    hours: Hours
    measured: Measured = field(default_factory=Measured)


@dataclass(frozen=True)
class _Totals:
    cells: Mapping[tuple[Key, Key], int]
    rows: Mapping[Key, int]
    columns: Mapping[Key, int]
    grand: int


def lay_out(answer: Answer) -> Table:
    """Return the groups of ``answer`` as a table, each row and column in its dimension's order.

    Blanks stand last and only where there are any. Every total is added up from the groups by
    itself, so that ``check`` can compare it with the cells. No groups give an empty table.
    """
    totals = _distinct(answer) if answer.question.measure == PREMISES else _summed(answer.groups)
    rows = _headings({group.row for group in answer.groups}, answer.row_labels)
    columns = _headings({group.column for group in answer.groups}, answer.column_labels)
    return Table(
        question=answer.question,
        rows=rows,
        columns=columns,
        cells=tuple(
            tuple(totals.cells.get((row.key, column.key), 0) for column in columns) for row in rows
        ),
        row_totals=tuple(totals.rows.get(row.key, 0) for row in rows),
        column_totals=tuple(totals.columns.get(column.key, 0) for column in columns),
        grand_total=totals.grand,
        hours=_hours(answer.groups),
        measured=answer.measured,
    )


def check(table: Table) -> Table:
    """Return ``table`` if its cells, row totals, column totals and grand total agree.

    Raises DoesNotAddUp. Distinct premises need not sum, but no part can be more than its total,
    and no total more than its parts together.
    """
    by_row = [(row.text, cells) for row, cells in zip(table.rows, table.cells, strict=True)]
    by_column = [
        (column.text, [cells[place] for cells in table.cells])
        for place, column in enumerate(table.columns)
    ]
    distinct = table.question.measure == PREMISES
    for (text, parts), total in zip(
        [*by_row, *by_column, (GRAND_TOTAL, table.row_totals), (GRAND_TOTAL, table.column_totals)],
        [*table.row_totals, *table.column_totals, table.grand_total, table.grand_total],
        strict=True,
    ):
        lowest = max(parts, default=0) if distinct else sum(parts)
        if not lowest <= total <= sum(parts):
            raise DoesNotAddUp(
                f"“{text}” says {total}, but its parts sum to {sum(parts)}. "
                "It was not shown or sent. Run: fieldlog check"
            )
    return table


def _headings(keys: set[Key], labels: Mapping[Key, Label]) -> tuple[Heading, ...]:
    named = [(labels.get(key, Label(str(key))), key) for key in keys if key is not None]
    named.sort(key=lambda pair: (pair[0].position, folded(pair[0].text), str(pair[1])))
    headings = tuple(Heading(key, label.text) for label, key in named)
    return (*headings, Heading(None, BLANK)) if None in keys else headings


def _summed(groups: Iterable[Group]) -> _Totals:
    cells: Counter[tuple[Key, Key]] = Counter()
    rows: Counter[Key] = Counter()
    columns: Counter[Key] = Counter()
    grand = 0
    for group in groups:
        cells[group.row, group.column] += group.value
        rows[group.row] += group.value
        columns[group.column] += group.value
        grand += group.value
    return _Totals(cells, rows, columns, grand)


def _distinct(answer: Answer) -> _Totals:
    visits = {
        (group.row, group.column, group.premises_id)
        for group in answer.groups
        if group.premises_id is not None
    }
    return _Totals(
        cells=Counter((row, column) for row, column, _ in visits),
        rows=Counter(row for row, _ in {(row, premises) for row, _, premises in visits}),
        columns=Counter(key for key, _ in {(column, premises) for _, column, premises in visits}),
        grand=len({premises for _, _, premises in visits}),
    )


def _hours(groups: Iterable[Group]) -> Hours:
    entries = timed = minutes = 0
    for group in groups:
        entries += group.entries
        timed += group.timed
        minutes += group.minutes
    return Hours(timed, minutes, entries - timed)
