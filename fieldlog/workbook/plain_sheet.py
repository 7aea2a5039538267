"""A sheet for a plain table: heading, notes in the rows right below, and the table marked up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.tallies.plain_tables import PlainTable, Printed
from fieldlog.workbook.cells import HOURS, WHOLE
from fieldlog.workbook.looks import (
    BODY,
    BODY_LABEL,
    BODY_LINK,
    FLUSH_HEADING,
    FLUSH_ROW_TOTAL,
    FLUSH_TOTAL,
    FLUSH_VALUE,
    LAST_NOTE,
    NOTE,
    TITLE,
    TOTAL_LABEL,
    Look,
)
from fieldlog.workbook.names import headings
from fieldlog.workbook.report import Banner
from fieldlog.workbook.sheet_setup import (
    fit_rows,
    fitted_width,
    mark_up,
    set_up,
    set_widths,
    write,
    write_headings,
)

_FIRST, _WORDS, _NUMBER = (26, 48), (20, 84), (13, 20)
"""The least and the greatest width of the first column, of other words, of numbers."""


def write_plain_sheet(
    sheet: Worksheet,
    banner: Banner,
    table: PlainTable,
    notes: Sequence[str] = (),
    links: Mapping[str, str] | None = None,
) -> None:
    """Fill ``sheet`` with ``table``; ``links`` says which sheet a first cell leads to."""
    set_up(sheet, banner)
    write(sheet, 1, 1, table.title, TITLE)
    *others, last = (table.says, *notes)
    for row, note in enumerate(others, 2):
        write(sheet, row, 1, note, NOTE)
    write(sheet, len(others) + 2, 1, last, LAST_NOTE)
    header = len(others) + 3
    names = headings(table.heads)
    widths = [_width(table, place) for place in range(len(names))]
    set_widths(sheet, widths)
    sheet.print_title_rows = f"{header}:{header}"
    numbers = _number_columns(table)
    write_headings(sheet, header, names, widths, numbers, filters=False)
    for column in numbers:
        write(sheet, header, column, names[column - 1], FLUSH_HEADING)
    for row, cells in enumerate(table.rows, header + 1):
        final = table.totals and row == header + len(table.rows)
        for column, value in enumerate(cells, 1):
            look = _look(table, column, value, numbers, final=final)
            # Shorthand gets the format of the numbers around it: one look for the whole column.
            form = HOURS if isinstance(value, Decimal) else WHOLE
            cell = write(sheet, row, column, value, look, form if column in numbers else "")
            if column == 1 and links and str(value) in links:
                place = "'" + links[str(value)].replace("'", "''") + "'!A1"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=str(value))
                BODY_LINK.on(cell)
    fit_rows(sheet, widths)
    mark_up(sheet, names, header, header + len(table.rows), filters=False)


def _number_columns(table: PlainTable) -> range:
    """Return the columns of numbers, A being 1; they end where the first row has words again."""
    first = table.rows[0] if table.rows else ()
    last = table.numbers
    while last < len(table.heads) and not _is_words(first, last):
        last += 1
    return range(table.numbers + 1, last + 1)


def _is_words(row: Sequence[Printed], place: int) -> bool:
    return place < len(row) and isinstance(row[place], str) and not str(row[place]).startswith("[")


def _look(table: PlainTable, column: int, value: Printed, numbers: range, *, final: bool) -> Look:
    if final:
        return FLUSH_TOTAL if column in numbers else TOTAL_LABEL
    if column in numbers:
        total = table.totals and column == len(table.heads)
        return FLUSH_ROW_TOTAL if total or not table.totals else FLUSH_VALUE
    return BODY_LABEL if column == 1 and isinstance(value, str) and not table.totals else BODY


def _width(table: PlainTable, place: int) -> float:
    texts = [table.heads[place], *(str(row[place]) for row in table.rows)]
    if place == 0:
        return fitted_width(texts, *_FIRST)
    if place + 1 in _number_columns(table):
        return fitted_width(table.heads[place].split(), *_NUMBER)
    return fitted_width(texts, *_WORDS)
