"""What every sheet has alike: view, paper, marking at top and bottom, and tables marked up."""

from collections.abc import Sequence
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.workbook.cells import Content, put
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.looks import HEADING, NOUGHT_FONT, NUMBER_HEADING, TYPEFACE, Look
from fieldlog.workbook.names import table_name
from fieldlog.workbook.report import Banner

A4 = 9
LINE, ROOM, TALLEST = 14.5, 5, 409
"""Points: a line of text, the room around the lines of a row, the most that Excel allows."""
FILTER_ARROW = 15
LETTERS = 1.15
"""Letters that stand in the width of a digit, on average: widths are counted in digits."""
NO_NUMBERS = range(0)
LONGEST_HEADER = 80
"""Characters of the title in a printed header; the whole header may have 255."""


def set_up(sheet: Worksheet, banner: Banner, *, freeze: str | None = None) -> None:
    """Prepare a sheet for the screen and for A4 paper, landscape, as wide as the page."""
    view = sheet.sheet_view
    view.showGridLines = False
    view.zoomScale = 100
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = False
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.9
    margins.header = margins.footer = 0.4
    if freeze:
        sheet.freeze_panes = freeze
    _print_banner(sheet, banner)


def _print_banner(sheet: Worksheet, banner: Banner) -> None:
    marking = _coded(banner.marking)
    left = "DEMONSTRATION, not real" if banner.demonstration else "fieldlog"
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    for place in (header, footer):
        place.center.text = marking
        place.center.font = f"{TYPEFACE},Bold"
        place.center.size = 11
    header.left.text = left
    header.right.text = "&A"
    footer.left.text = _coded(banner.title[:LONGEST_HEADER])
    footer.right.text = "Page &P of &N"
    sheet.HeaderFooter.oddHeader = header
    sheet.HeaderFooter.oddFooter = footer


def _coded(text: str) -> str:
    """Return ``text`` for a printed header, where an ampersand starts a code."""
    return escaped(text).replace("&", "&&")


def write(
    sheet: Worksheet, row: int, column: int, value: Content, look: Look, form: str = ""
) -> Cell:
    """Put a value with its look and return its cell; the row gets the height the look asks for."""
    anywhere: Any = sheet
    cell: Cell = anywhere.cell(row, column)
    put(cell, value, form)
    _dress(cell, look)
    if look.height is not None:
        sheet.row_dimensions[row].height = look.height
    return cell


_dressed: WeakKeyDictionary[Any, dict[tuple[int, str, bool], Any]] = WeakKeyDictionary()


def _dress(cell: Any, look: Look) -> None:
    """Give ``cell`` its look; the second cell that looks the same takes the first one's style.

    openpyxl looks every font, border and fill up by its content: that is most of the time that a
    table of a hundred thousand cells takes.
    """
    styles = _dressed.setdefault(cell.parent.parent, {})
    key = (id(look), cell.number_format, bool(cell.quotePrefix))
    if key not in styles:
        look.on(cell)
        styles[key] = cell._style
    cell._style = copy(styles[key])


def write_headings(
    sheet: Worksheet,
    row: int,
    names: Sequence[str],
    widths: Sequence[float],
    numbers: range,
    *,
    filters: bool = True,
) -> None:
    """Write the header row; ``numbers`` are the columns that hold numbers, A being 1.

    The row has room for the longest heading in its column, and for the filters below the words.
    """
    for column, name in enumerate(names, 1):
        write(sheet, row, column, name, NUMBER_HEADING if column in numbers else HEADING)
    lines = max(lines_in(name, width - 2) for name, width in zip(names, widths, strict=True))
    sheet.row_dimensions[row].height = lines * LINE + (FILTER_ARROW if filters else ROOM)


def mark_up(
    sheet: Worksheet,
    names: Sequence[str],
    first_row: int,
    last_row: int,
    *,
    filters: bool = True,
) -> Table:
    """Make the rows an Excel table with the columns ``names`` and return it.

    It starts in column A. A table needs a row below its header: an empty one, if there is none.
    """
    workbook: Any = sheet.parent
    taken = [name for other in workbook.worksheets for name in other.tables]
    table = Table(
        displayName=table_name(sheet.title, taken),
        ref=f"A{first_row}",
        autoFilter=AutoFilter(ref=f"A{first_row}") if filters else None,
        tableColumns=[TableColumn(id=place, name=name) for place, name in enumerate(names, 1)],
    )
    stretch(table, first_row, max(last_row, first_row + 1), len(names))
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    return table


def stretch(table: Table, first_row: int, last_row: int, width: int) -> None:
    """Say how far a table and its filters reach."""
    table.ref = f"A{first_row}:{get_column_letter(width)}{last_row}"
    if table.autoFilter is not None:
        table.autoFilter.ref = table.ref


def quiet_noughts(sheet: Worksheet, area: str) -> None:
    """Show a nought in ``area`` in grey, so that the other numbers stand out."""
    look = DifferentialStyle(font=NOUGHT_FONT)
    sheet.conditional_formatting.add(
        area, Rule(type="cellIs", operator="equal", formula=["0"], dxf=look)
    )


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from A on, in characters of the normal font."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fit_rows(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Give each row without a height one that its wrapped text fits in.

    Excel would do it by itself on opening; LibreOffice and viewers on phones do not.
    """
    for row, cells in enumerate(sheet.iter_rows(max_col=len(widths)), 1):
        if sheet.row_dimensions[row].height is None:
            lines = max(
                lines_in(str(cell.value), width - 2) if cell.data_type == "s" else 1
                for cell, width in zip(cells, widths, strict=True)
            )
            sheet.row_dimensions[row].height = min(lines * LINE + ROOM, TALLEST)


def lines_in(text: str, width: float) -> int:
    """Return about how many lines ``text`` takes in a column of ``width`` characters, or one more.

    Words that go to the next line leave room behind them: a tenth of a long text's.
    """
    room = max(int(width * LETTERS), 1)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(
        1 if len(line) <= room else -(-len(line) * 10 // (room * 9)) for line in text.splitlines()
    )


def fitted_width(texts: Sequence[str], least: float, most: float) -> float:
    """Return a width in which most of ``texts`` stand on one line."""
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    return min(max(longest * 1.1 + 2.5, least), most)
