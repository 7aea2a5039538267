"""Lay grouped counts out as a two-way table with blanks, totals and a grand total."""

from dataclasses import dataclass

from fieldlog.core.question import Key, Question
from fieldlog.tallies.hours import Hours


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
