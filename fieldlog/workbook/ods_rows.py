"""Rows of a long sheet as OpenDocument XML: what ``RowWriter`` is for Excel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic

from openpyxl.styles import Font

from fieldlog.core.night import to_uk
from fieldlog.workbook.cells import Cut, local
from fieldlog.workbook.columns import TEXT, Column, Line
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.looks import LOG_FONT, LOG_STRUCK_FONT
from fieldlog.workbook.ods_cells import EMPTY, cell
from fieldlog.workbook.ods_cells import text as paragraphs
from fieldlog.workbook.ods_styles import cell_style, row_style
from fieldlog.workbook.poured_rows import LINE, MOST_ROWS, ROOM, TooManyRows, line_style
from fieldlog.workbook.sheet_setup import TALLEST, lines_in

_Encoder = tuple[Callable[[Line], Any], Callable[[Any], str], str]

_AS_VALUE: dict[str, Callable[[Any], Any]] = {
    "whole": int,
    "grams": int,
    "pence": lambda pence: Decimal(pence) / 100,
    "day": lambda moment: to_uk(moment).date(),
    "night": lambda day: day,
    "clock": lambda moment: to_uk(moment).time(),
    "moment": local,
}


class OdsRowWriter(Generic[Line]):
    """Turns lines into rows of XML; the arguments are those of ``RowWriter``.

    Nothing is ever cut: OpenDocument has room for any text.
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
        self._lines = 1
        self._struck = struck
        places = list(enumerate(zip(columns, widths, strict=True), 1))
        self._plain, self._crossed = (
            [self._encoder(sheet, it, place <= ruled, font) for place, it in places]
            for font in (LOG_FONT, LOG_STRUCK_FONT)
        )

    def rows(self, lines: Iterable[Line], first: int) -> Iterator[str]:
        """Yield a row for each line, the first of them row number ``first``."""
        for number, line in enumerate(lines, first):
            if number > MOST_ROWS:
                raise TooManyRows(
                    f"There are more entries than the {MOST_ROWS - 1:,} that a sheet holds. "
                    "Choose a shorter period, or export the log as CSV."
                )
            self._lines = 1
            cells = []
            for value, encode, empty in self._crossed if self._struck(line) else self._plain:
                said = value(line)
                cells.append(empty if said is None or said == "" else encode(said))
            style = row_style(min(self._lines * LINE + ROOM, TALLEST))
            yield f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'

    def _encoder(
        self, sheet: Any, it: tuple[Column[Line], float], ruled: bool, font: Font
    ) -> _Encoder[Line]:
        column, width = it
        style = cell_style(line_style(sheet, column.kind, font, ruled=ruled))
        empty = f'<table:table-cell table:style-name="{style}"/>' if ruled else EMPTY
        if column.kind == TEXT:
            return column.value, self._texts(style, width - 2), empty
        of = _AS_VALUE[column.kind]
        return column.value, lru_cache(maxsize=4096)(lambda value: cell(of(value), style)), empty

    def _texts(self, style: str, width: float) -> Callable[[Any], str]:
        start = f'<table:table-cell table:style-name="{style}" office:value-type="string">'

        def encode(value: str) -> str:
            if len(value) > width or "\n" in value:
                self._lines = max(self._lines, lines_in(value, width))
            said = _short(value) if len(value) < 100 else paragraphs(escaped(value))
            return f"{start}{said}</table:table-cell>"

        return encode


@lru_cache(maxsize=8192)
def _short(value: str) -> str:
    return paragraphs(escaped(value))
