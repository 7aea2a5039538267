"""Lay grouped counts out as a two-way table with blanks, totals and a grand total."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
    cells: Mapping[Key, Mapping[Key, int]]
    rows: Mapping[Key, int]
    columns: Mapping[Key, int]
    grand: int


def lay_out(answer: Answer) -> Table:
    """Return the groups of ``answer`` as a table, each row and column in its dimension's order.

    Blanks stand last and only where there are any. Every total is added up from the groups by
    itself, so that ``check`` can compare it with the cells. No groups give an empty table.
    """
    totals = (
        _distinct(answer.groups) if answer.question.measure == PREMISES else _summed(answer.groups)
    )
    rows = _headings({group.row for group in answer.groups}, answer.row_labels)
    columns = _headings({group.column for group in answer.groups}, answer.column_labels)
    return Table(
        question=answer.question,
        rows=rows,
        columns=columns,
        cells=tuple(_row(totals.cells.get(row.key, {}), columns) for row in rows),
        row_totals=tuple(totals.rows.get(row.key, 0) for row in rows),
        column_totals=tuple(totals.columns.get(column.key, 0) for column in columns),
        grand_total=totals.grand,
        hours=_hours(answer.groups),
        measured=answer.measured,
    )


def _row(found: Mapping[Key, int], columns: Iterable[Heading]) -> tuple[int, ...]:
    return tuple([found.get(column.key, 0) for column in columns])


def check(table: Table) -> Table:
    """Return ``table`` if its cells, row totals, column totals and grand total agree.

    Raises DoesNotAddUp. Distinct premises need not sum, but no part can be more than its total,
    and no total more than its parts together.
    """
    by_row = [(row.text, cells) for row, cells in zip(table.rows, table.cells, strict=True)]
    by_column = [
        (column.text, cells)
        for column, cells in zip(table.columns, zip(*table.cells, strict=True), strict=True)
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
    cells: defaultdict[Key, defaultdict[Key, int]] = defaultdict(lambda: defaultdict(int))
    rows: defaultdict[Key, int] = defaultdict(int)
    columns: defaultdict[Key, int] = defaultdict(int)
    grand = 0
    for row, column, _, _, _, value, _ in groups:
        cells[row][column] += value
        rows[row] += value
        columns[column] += value
        grand += value
    return _Totals(cells, rows, columns, grand)


def _distinct(groups: Iterable[Group]) -> _Totals:
    cells: defaultdict[Key, defaultdict[Key, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows: defaultdict[Key, set[int]] = defaultdict(set)
    columns: defaultdict[Key, set[int]] = defaultdict(set)
    everywhere: set[int] = set()
    for row, column, _, _, _, _, premises in groups:
        if premises is not None:
            cells[row][column].add(premises)
            rows[row].add(premises)
            columns[column].add(premises)
            everywhere.add(premises)
    of_cells = {row: _sizes(found) for row, found in cells.items()}
    return _Totals(of_cells, _sizes(rows), _sizes(columns), len(everywhere))


def _sizes(found: Mapping[Key, set[int]]) -> dict[Key, int]:
    return {key: len(premises) for key, premises in found.items()}


def _hours(groups: Collection[Group]) -> Hours:
    timed = sum(group.timed for group in groups)
    minutes = sum(group.minutes for group in groups)
    return Hours(timed, minutes, sum(group.entries for group in groups) - timed)
