"""A sheet for a two-way table, with ``(blank)`` and ``Grand Total`` plain to see."""

from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.question import DIMENSIONS, PREMISES
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import GRAND_TOTAL, Heading, Table
from fieldlog.tallies.writing import method, title
from fieldlog.workbook.cells import DAY_IN_WORDS, GRAMS, POUNDS, WHOLE, Content
from fieldlog.workbook.formulas import write_total
from fieldlog.workbook.looks import (
    BODY,
    BODY_BLANK,
    LAST_NOTE,
    NOTE,
    ROW_TOTAL,
    SUBTITLE,
    TITLE,
    TOTAL,
    TOTAL_LABEL,
    VALUE,
    Look,
)
from fieldlog.workbook.names import headings
from fieldlog.workbook.report import NightReport, TableSheet
from fieldlog.workbook.sheet_setup import (
    fit_rows,
    fitted_width,
    mark_up,
    quiet_noughts,
    set_up,
    set_widths,
    write,
    write_headings,
)

_FORMATS = {Unit.COUNT: WHOLE, Unit.PENCE: POUNDS, Unit.GRAMS: GRAMS}
_UNITS = {Unit.COUNT: "", Unit.PENCE: " (£)", Unit.GRAMS: " (g)"}


def write_crosstab(sheet: Worksheet, report: NightReport, part: TableSheet) -> None:
    """Fill ``sheet`` with a table: title, notes, one header row, a row for each, the total row.

    The rows and their totals are an Excel table; the total row stands right below it, so that
    sorting and filtering the table leave it in its place.
    """
    table = part.table
    header_row = _write_top(sheet, report, table)
    names = headings(
        [_first_heading(table), *(_column_heading(table, it) for it in table.columns), GRAND_TOTAL]
    )
    labels = [heading.text for heading in table.rows]
    widths = [
        fitted_width([names[0], *labels], 26, 50),
        *(fitted_width(name.split(), 10, 18) for name in names[1:-1]),
        fitted_width([GRAND_TOTAL], 10, 18),
    ]
    set_up(sheet, report.banner, freeze=f"B{header_row + 1}")
    sheet.print_title_rows = f"{header_row}:{header_row}"
    set_widths(sheet, widths)
    write_headings(sheet, header_row, names, widths, range(2, len(names) + 1))
    last_row = _write_rows(sheet, table, header_row + 1)
    _write_totals(sheet, table, last_row + 1)
    fit_rows(sheet, widths)
    if table.rows:
        mark_up(sheet, names, header_row, last_row)
    quiet_noughts(sheet, f"B{header_row + 1}:{get_column_letter(len(names))}{last_row + 1}")


def _write_top(sheet: Worksheet, report: NightReport, table: Table) -> int:
    """Write the title and the notes and return the row for the header."""
    write(sheet, 1, 1, title(table).removesuffix(", in pence"), TITLE)
    write(sheet, 2, 1, report.byline, SUBTITLE)
    *notes, last = method(table)
    for row, note in enumerate(notes, 3):
        write(sheet, row, 1, note, NOTE)
    write(sheet, len(notes) + 3, 1, last, LAST_NOTE)
    return len(notes) + 4


def _write_rows(sheet: Worksheet, table: Table, row: int) -> int:
    """Write a row for each heading and return the number of the last row."""
    form = _FORMATS[table.measured.unit]
    for heading, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        look = BODY_BLANK if heading.key is None else BODY
        write(sheet, row, 1, *_row_label(table, heading, look))
        for column, value in enumerate(cells, 2):
            write(sheet, row, column, _amount(table, value), VALUE, form)
        area = f"B{row}:{get_column_letter(len(cells) + 1)}{row}"
        _write_total(sheet, table, (row, len(cells) + 2), area, total, ROW_TOTAL)
        row += 1
    return row - 1


def _write_total(
    sheet: Worksheet,
    table: Table,
    place: tuple[int, int],
    area: str,
    value: int,
    look: Look,
) -> None:
    """Write a total as a formula; distinct premises are not the sum of anything."""
    form, amount = _FORMATS[table.measured.unit], _amount(table, value)
    if table.question.measure == PREMISES or not table.rows:
        write(sheet, *place, amount, look, form)
    else:
        write_total(sheet, place, area, amount, look, form)


def _write_totals(sheet: Worksheet, table: Table, row: int) -> None:
    write(sheet, row, 1, GRAND_TOTAL, TOTAL_LABEL)
    for column, value in enumerate([*table.column_totals, table.grand_total], 2):
        letter = get_column_letter(column)
        area = f"{letter}{row - len(table.rows)}:{letter}{row - 1}"
        _write_total(sheet, table, (row, column), area, value, TOTAL)


def _row_label(table: Table, heading: Heading, look: Look) -> tuple[Content, Look, str]:
    """Return what the first cell of a row shows: times are minutes and nights are dates."""
    if table.question.rows == "time" and isinstance(heading.key, int):
        return heading.key, look, WHOLE
    if table.question.rows == "night" and isinstance(heading.key, str):
        return date.fromisoformat(heading.key), look, DAY_IN_WORDS
    return heading.text, look, ""


def _first_heading(table: Table) -> str:
    name = DIMENSIONS[table.question.rows]
    return f"{name} (minutes)" if table.question.rows == "time" else name


def _column_heading(table: Table, heading: Heading) -> str:
    return heading.text + _UNITS[table.measured.unit]


def _amount(table: Table, value: int) -> int | Decimal:
    return Decimal(value) / 100 if table.measured.unit is Unit.PENCE else value
