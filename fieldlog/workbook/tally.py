"""The workbook of one tally: a sheet with what it counts, how it is marked, and the table."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from fieldlog.core.night import says_moment
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.plain_tables import PlainTable
from fieldlog.tallies.writing import as_rows, method, title
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.looks import NORMAL_FONT
from fieldlog.workbook.package import save
from fieldlog.workbook.plain_sheet import write_plain_sheet
from fieldlog.workbook.report import Banner

SHEET = "Tally"


def write_tally_workbook(table: Table, banner: Banner, target: Path, now: datetime) -> None:
    """Write ``table`` to ``target`` as an Excel workbook made at ``now``. Raises OSError.

    Amounts of money are in pounds, as the heading says.
    """
    workbook = Workbook()
    styles: Any = workbook
    styles._named_styles["Normal"].font = NORMAL_FONT
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = "fieldlog"
    properties.title = escaped(title(table))
    properties.category = banner.marking
    properties.language = "en-GB"
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    header, *rows = as_rows(table)
    byline = f"{banner.title}, as at {says_moment(now)}, {banner.marking}"
    made_up = ("DEMONSTRATION, not real",) if banner.demonstration else ()
    plain = PlainTable(
        SHEET,
        title(table).replace(", in pence", ", in pounds"),
        byline,
        tuple(map(str, header)),
        tuple(tuple(_amounts(row, table)) for row in rows),
        totals=True,
    )
    write_plain_sheet(sheet, banner, plain, (*made_up, *method(table)))
    save(workbook, target, {}, now)


def _amounts(row: list[str | int], table: Table) -> list[str | int | Decimal]:
    if table.measured.unit is not Unit.PENCE:
        return list(row)
    return [Decimal(cell) / 100 if isinstance(cell, int) else cell for cell in row]
