"""The sheet of headline figures: each with what it counts, and the hours with their method."""

from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.workbook.cells import HOURS, WHOLE
from fieldlog.workbook.looks import BIG_VALUE, BODY, BODY_LABEL, LAST_NOTE, SUBTITLE, TITLE
from fieldlog.workbook.report import NightReport
from fieldlog.workbook.sheet_setup import mark_up, set_up, set_widths, write, write_headings

HEADINGS = ("Figure", "Value", "Unit", "What it counts")
_WIDTHS = (30, 14, 14, 80)
_HEADER_ROW = 4
_NEVER_ADDED = "FPNs, PCNs, PNDs, CPWs and CPNs are five different things: never add them together."


def write_headline(sheet: Worksheet, report: NightReport) -> None:
    """Fill ``sheet`` with a row for each figure of ``report``."""
    set_up(sheet, report.banner, freeze=f"B{_HEADER_ROW + 1}")
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    write(sheet, 1, 1, "Headline figures", TITLE)
    write(sheet, 2, 1, report.byline, SUBTITLE)
    write(sheet, 3, 1, _NEVER_ADDED, LAST_NOTE)
    set_widths(sheet, _WIDTHS)
    write_headings(sheet, _HEADER_ROW, HEADINGS, _WIDTHS, range(2, 3), filters=False)
    row = _HEADER_ROW
    for row, values in enumerate(_rows(report), _HEADER_ROW + 1):
        label, value, unit, basis = values
        write(sheet, row, 1, label, BODY_LABEL)
        write(sheet, row, 2, value, BIG_VALUE, HOURS if isinstance(value, Decimal) else WHOLE)
        write(sheet, row, 3, unit, BODY)
        write(sheet, row, 4, basis, BODY)
        sheet.row_dimensions[row].height = 24
    mark_up(sheet, HEADINGS, _HEADER_ROW, row, filters=False)


def _rows(report: NightReport) -> list[tuple[str, int | Decimal, str, str]]:
    figures = [(it.label, it.value, it.unit, it.basis) for it in report.headline.figures]
    hours = report.headline.hours
    return [
        ("Entries", report.counted, "entries", "every entry in force that is not struck"),
        *figures,
        ("Timed records", hours.timed_records, "entries", "entries with a time taken"),
        ("Untimed records", hours.untimed_records, "entries", "entries without; not in the hours"),
    ]
