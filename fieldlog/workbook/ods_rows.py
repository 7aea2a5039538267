"""Rows of a long sheet as OpenDocument XML, one column at a time."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from fieldlog.core.night import to_uk
from fieldlog.workbook.cells import local
from fieldlog.workbook.columns import TEXT, Line
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.long_rows import LongRows, Place
from fieldlog.workbook.ods_cells import EMPTY, cell
from fieldlog.workbook.ods_cells import text as paragraphs
from fieldlog.workbook.ods_styles import cell_style, row_style
from fieldlog.workbook.poured_rows import line_style
from fieldlog.workbook.sheet_setup import lines_in

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


class OdsRowWriter(LongRows[Line, _Encoder[Line]]):
    """Turns lines into rows of OpenDocument XML. It has room for any text: nothing is ever cut."""

    def _row(self, encoders: list[_Encoder[Line]], line: Line) -> str:
        cells = []
        for value, encode, empty in encoders:
            said = value(line)
            cells.append(empty if said is None or said == "" else encode(said))
        style = row_style(self._height())
        return f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>'

    def _encoder(self, at: Place[Line]) -> _Encoder[Line]:
        column = at.column
        style = cell_style(line_style(self._sheet, column.kind, at.font, ruled=at.ruled))
        empty = f'<table:table-cell table:style-name="{style}"/>' if at.ruled else EMPTY
        if column.kind == TEXT:
            return column.value, self._texts(style, at.width - 2), empty
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
