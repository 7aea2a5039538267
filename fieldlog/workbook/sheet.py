"""What reading an uploaded file gives: a header, numbered rows, or a reason a person can act on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | int | float | datetime | date | time | None
"""One cell. ``None`` is an empty cell; moments in a spreadsheet have no time zone."""

Row = tuple[int, list[Value]]
"""A row's number as the spreadsheet program shows it, and its cells."""


class UnreadableSheet(Exception):
    """The file cannot be read; the message tells the person who sent it what to do."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read.

    ``header`` is the first row with anything in it, as text without spaces around it. ``rows``
    are the rows below, to be read once; empty rows are left out, every other one is at least as
    long as the header, and longer where it has something beyond the header's last column.
    ``row_count`` is how many there are. ``suffix`` is what the file is, by its content:
    ``.xlsx`` or ``.csv``.
    """

    title: str
    suffix: str
    header: list[str]
    row_count: int
    rows: Iterator[Row]


@dataclass(frozen=True)
class Grid:
    """A sheet as it was read, before anybody says which row holds the headings.

    ``rows`` are those with anything in them, each up to its last cell that is not empty, to be read
    once; ``row_count`` is how many there are. ``titles`` are the sheets of the file, none for text.
    """

    title: str
    suffix: str
    row_count: int
    rows: Iterator[Row]
    titles: tuple[str, ...] = ()

    def under_first_row(self) -> Sheet:
        """Return the sheet whose header is the first row. Raises StopIteration if there is none."""
        header = [header_text(cell) for cell in next(self.rows)[1]]
        rows = ((number, fitted(cells, len(header))) for number, cells in self.rows)
        return Sheet(self.title, self.suffix, header, self.row_count - 1, rows)


def fitted(cells: list[Value], width: int) -> list[Value]:
    """Return the cells of a row without the empty ones at its end, but at least ``width`` long."""
    end = len(cells)
    while end > width and cells[end - 1] is None:
        end -= 1
    return cells[:end] + [None] * (width - end)


def header_text(value: Value) -> str:
    """Return a cell of the header row as text."""
    return "" if value is None else str(value).strip()
