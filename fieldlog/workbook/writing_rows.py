"""Write plain rows back in the format they came in, to be mended and imported again."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from fieldlog.workbook.cells import CLOCK, DAY, MOMENT, put
from fieldlog.workbook.sheet import Value

_FORMATS = ((datetime, MOMENT), (date, DAY), (time, CLOCK))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write ``header`` and ``rows`` to ``path`` and return how many rows there were.

    A path ending in ``.xlsx`` becomes a workbook, anything else comma separated UTF-8 with the
    mark that Excel looks for. Cells are written as they are, so that what is imported again is
    what was there; nothing is put in front of text that looks like a formula.
    """
    if path.suffix.lower() == ".xlsx":
        return _write_workbook(path, header, rows)
    written = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number, row in enumerate(rows, 1):
            writer.writerow([_as_text(value) for value in row])
            written = number
    return written


def _as_text(value: Value) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value


def _write_workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, name, bold=True) for name in header])
    written = 0
    for number, row in enumerate(rows, 1):
        sheet.append([_cell(sheet, value) for value in row])
        written = number
    workbook.properties.creator = "fieldlog"
    workbook.save(path)
    return written


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    if value is None:
        return None
    cell = WriteOnlyCell(sheet)
    # A write-only cell learns its place when its row is written; until then it stands in A1.
    cell.row, cell.column = 1, 1
    number_format = next((form for kind, form in _FORMATS if isinstance(value, kind)), "")
    put(cell, value, number_format)
    if bold:
        cell.font = Font(bold=True)
    return cell
