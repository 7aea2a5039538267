"""Rows of a long sheet, one column at a time: what Excel's and OpenDocument's rows have alike."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from openpyxl.styles import Font

from fieldlog.workbook.cells import Cut
from fieldlog.workbook.columns import Column, Line
from fieldlog.workbook.looks import LOG_FONT, LOG_STRUCK_FONT
from fieldlog.workbook.sheet_setup import TALLEST

MOST_ROWS = 1_048_576
"""What a sheet holds, header and all: of Excel, and of the programs that read OpenDocument."""

LINE, ROOM = 13, 4
"""Points: a line of the log's smaller text, and the room around the lines of a row."""

Encoder = TypeVar("Encoder")
"""What a column shows of a line, and its cell with a value and without one."""


class TooManyRows(Exception):
    """A sheet has no room for so many rows; the message says what to do."""


@dataclass(frozen=True)
class Place(Generic[Line]):
    """A column in its sheet: its ``number`` from 1, how wide, in which font, with a rule or not."""

    number: int
    column: Column[Line]
    width: float
    font: Font
    ruled: bool


class LongRows(ABC, Generic[Line, Encoder]):
    """Turns lines into rows of XML, with the styles of one sheet.

    ``widths`` are those of the columns: rows become as high as their wrapped text needs.
    ``struck`` tells which lines are shown struck through. The first ``ruled`` columns have a rule
    below each row, also where a cell is empty. ``cuts`` fills with the cells whose text was too
    long for the sheet.
    """

    def __init__(
        self,
        sheet: Any,
        columns: Sequence[Column[Line]],
        widths: Sequence[float],
        struck: Callable[[Line], bool],
        ruled: int,
    ) -> None:
        self.cuts: list[Cut] = []
        self._sheet = sheet
        self._number = self._lines = 1
        self._struck = struck
        places = list(enumerate(zip(columns, widths, strict=True), 1))
        self._plain, self._crossed = (
            [self._encoder(Place(n, *each, font, ruled=n <= ruled)) for n, each in places]
            for font in (LOG_FONT, LOG_STRUCK_FONT)
        )

    def rows(self, lines: Iterable[Line], first: int) -> Iterator[str]:
        """Yield a row for each line, the first of them row number ``first``.

        Raises TooManyRows when the sheet is full.
        """
        for number, line in enumerate(lines, first):
            if number > MOST_ROWS:
                raise TooManyRows(
                    f"There are more entries than the {MOST_ROWS - 1:,} that a sheet holds. "
                    "Choose a shorter period, or export the log as CSV."
                )
            self._number, self._lines = number, 1
            yield self._row(self._crossed if self._struck(line) else self._plain, line)

    def _height(self) -> int:
        """Return how high the row is that was written last, in points."""
        return min(self._lines * LINE + ROOM, TALLEST)

    @abstractmethod
    def _encoder(self, at: Place[Line]) -> Encoder:
        """Return what writes the cells of a column."""

    @abstractmethod
    def _row(self, encoders: list[Encoder], line: Line) -> str:
        """Return the row of a line, number ``_number`` of the sheet."""
