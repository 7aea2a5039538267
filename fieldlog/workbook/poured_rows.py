"""Rows of a long sheet as XML, one column at a time: as safe as ``cells.put`` and much faster."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from fieldlog.core.night import to_uk
from fieldlog.workbook.cells import (
    CLOCK,
    DAY,
    GRAMS,
    MOMENT,
    POUNDS,
    WHOLE,
    Cut,
    fitted_text,
    needs_quote_prefix,
)
from fieldlog.workbook.columns import NUMBERS, TEXT, Line
from fieldlog.workbook.long_rows import LongRows, Place
from fieldlog.workbook.looks import LOG_NUMBER, LOG_RULE, LOG_TEXT
from fieldlog.workbook.sheet_setup import lines_in

NUMBER_FORMATS = {
    TEXT: "General",
    "whole": WHOLE,
    "pence": POUNDS,
    "grams": GRAMS,
    "day": DAY,
    "night": DAY,
    "clock": CLOCK,
    "moment": MOMENT,
}

_KEPT = '<is><t xml:space="preserve">'
"""How text starts whose spaces or lines must be kept."""


_Encoder = tuple[Callable[[Line], Any], Callable[[Any, int], str], str]
"""What a column shows of a line, its cell with a value, and its cell without one."""


class RowWriter(LongRows[Line, _Encoder[Line]]):
    """Turns lines into rows of Excel's XML; text that is too long for a cell is cut and told."""

    def _row(self, encoders: list[_Encoder[Line]], line: Line) -> str:
        cells, number = [], self._number
        for value, encode, empty in encoders:
            said = value(line)
            if said is not None and said != "":
                cells.append(encode(said, number))
            elif empty:
                cells.append(empty % number)
        return f'<row r="{number}" ht="{self._height()}" customHeight="1">{"".join(cells)}</row>'

    def _encoder(self, at: Place[Line]) -> _Encoder[Line]:
        column, font, ruled = at.column, at.font, at.ruled
        letter = get_column_letter(at.number)
        style = line_style(self._sheet, column.kind, font, ruled=ruled)
        empty = f'<c r="{letter}%d" s="{style}"/>' if ruled else ""
        if column.kind != TEXT:
            return column.value, _numbers(letter, style, _AS_NUMBER[column.kind]), empty
        quoted = line_style(self._sheet, column.kind, font, ruled=ruled, quoted=True)
        return column.value, self._texts(letter, (style, quoted), at.width - 2), empty

    def _texts(
        self, letter: str, styles: tuple[int, int], width: float
    ) -> Callable[[Any, int], str]:
        def encode(value: str, row: int) -> str:
            needs_quote, shown, inside = _text(value) if len(value) < 100 else _new_text(value)
            if len(value) > width or inside.startswith(_KEPT):
                self._lines = max(self._lines, lines_in(value, width))
            if shown is not None:
                self.cuts.append(Cut(f"{letter}{row}", len(value), shown))
            return f'<c r="{letter}{row}" s="{styles[needs_quote]}" t="inlineStr">{inside}'

        return encode


def _numbers(letter: str, style: int, number: Callable[[Any], Any]) -> Callable[[Any, int], str]:
    def encode(value: Any, row: int) -> str:
        return f'<c r="{letter}{row}" s="{style}"><v>{number(value)}</v></c>'

    return encode


def line_style(sheet: Any, kind: str, font: Font, *, ruled: bool, quoted: bool = False) -> int:
    """Return the number of a cell style, made known to the workbook."""
    cell = sheet.cell(1, 1).__class__(sheet, row=1, column=1)
    cell.font = font
    cell.alignment = LOG_NUMBER if kind in NUMBERS else LOG_TEXT
    cell.number_format = NUMBER_FORMATS[kind]
    if ruled:
        cell.border = LOG_RULE
    cell.quotePrefix = quoted
    style: int = cell.style_id
    return style


def _new_text(value: str) -> tuple[bool, int | None, str]:
    """Return (whether it needs a quote prefix, characters shown if not all, the cell's inside)."""
    held, shown = fitted_text(value)
    start = _KEPT if held != held.strip() or "\n" in held else "<is><t>"
    return needs_quote_prefix(value), shown, f"{start}{escape(held)}</t></is></c>"


_text = lru_cache(maxsize=8192)(_new_text)

_FIRST_DAY = date(1899, 12, 30).toordinal()


@lru_cache(maxsize=1024)
def _day(value: date) -> int:
    return value.toordinal() - _FIRST_DAY


def _clock(moment: datetime) -> float:
    return _fraction(to_uk(moment).time())


def _moment(moment: datetime) -> float:
    local = to_uk(moment)
    return _day(local.date()) + _fraction(local.time())


@lru_cache(maxsize=4096)
def _fraction(clock: time) -> float:
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / 86_400


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


_AS_NUMBER: dict[str, Callable[[Any], Any]] = {
    "whole": int,
    "grams": int,
    "pence": _pounds,
    "day": lambda moment: _day(to_uk(moment).date()),
    "night": _day,
    "clock": _clock,
    "moment": _moment,
}
