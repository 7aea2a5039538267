"""Totals as formulas with what they come to, for readers that do not calculate.

openpyxl writes a formula without a value. Here the value is kept beside it until the workbook is
saved, and put in on the way into the package.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.workbook.looks import Look
from fieldlog.workbook.sheet_setup import write

_FORMULA = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)')

_values: WeakKeyDictionary[Any, dict[str, dict[str, int | Decimal]]] = WeakKeyDictionary()


def write_total(
    sheet: Worksheet, place: tuple[int, int], area: str, value: int | Decimal, look: Look, form: str
) -> None:
    """Write the sum of the cells in ``area``, which is ``value``; ``place`` is row and column."""
    cell = write(sheet, *place, value, look, form)
    cell.value = f"=SUM({area})"
    _values.setdefault(sheet.parent, {}).setdefault(sheet.title, {})[cell.coordinate] = value


def cached(sheet: Worksheet) -> Mapping[str, int | Decimal]:
    """Return the value of every formula on ``sheet`` by its cell."""
    return _values.get(sheet.parent, {}).get(sheet.title, {})


def with_values(content: bytes, values: Mapping[str, int | Decimal]) -> bytes:
    """Return the XML of a sheet with the value of each formula put in."""

    def put(found: re.Match[bytes]) -> bytes:
        return b"%b<v>%b</v>" % (found[1], str(values[found[2].decode()]).encode())

    return _FORMULA.sub(put, content) if values else content
