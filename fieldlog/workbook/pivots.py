"""Native pivot tables over the log: Excel refreshes them on opening, other viewers see the cells.

A pivot is a cache that says where the records are and a definition that says what is laid out
how. The records are the Excel table of the log itself, so that the cache holds none: Excel and
LibreOffice read them from there, also 100,000 of them, and the file is not written twice as long.
The cells are written beside it as they will be: for viewers that only show what is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.pivot.cache import (
    CacheDefinition,
    CacheField,
    CacheSource,
    SharedItems,
    WorksheetSource,
)
from openpyxl.pivot.fields import Text
from openpyxl.pivot.table import (
    DataField,
    FieldItem,
    Location,
    PageField,
    PivotField,
    PivotTableStyle,
    RowColField,
    TableDefinition,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.folding import folded
from fieldlog.core.question import ENTRIES, Key
from fieldlog.tallies.crosstab import BLANK, GRAND_TOTAL, Heading, Table
from fieldlog.workbook.cells import WHOLE, Content
from fieldlog.workbook.log_columns import COUNTED
from fieldlog.workbook.looks import (
    BODY,
    HEADING,
    LAST_NOTE,
    NOTE,
    NUMBER_HEADING,
    ROW_TOTAL,
    TITLE,
    TOTAL,
    TOTAL_LABEL,
    VALUE,
)
from fieldlog.workbook.report import NightReport
from fieldlog.workbook.sheet_setup import fitted_width, set_up, set_widths, write

PIVOT, TO_REARRANGE = "Pivot action by time", "Pivot to rearrange"
_FIELDS = {
    "action": "Action taken",
    "time": "Minutes",
    "agency": "Agency",
    "kind": "Kind of entry",
}
_PIVOTS = (
    (PIVOT, ("action", "time"), "Action taken by minutes: how many entries."),
    (
        TO_REARRANGE,
        ("agency", "kind"),
        "Yours to rearrange: click into it and drag any column of the log to rows or columns.",
    ),
)
_REFRESH = (
    "It counts the sheet “Log” again on opening; after changes: Data, Refresh All. "
    "“Counted: Yes” leaves struck entries out."
)
_VERSION = 6
"""Excel 2016: what it was made with and can be refreshed by at least."""
_FILTER_ROW, _TOP = 4, 6
_YES_AND_NO = ("Yes", "No")


@dataclass(frozen=True)
class _Laid:
    """A table as a pivot lays it out: keys in order, blanks last, empty where there is none."""

    rows: tuple[Content, ...]
    columns: tuple[Content, ...]
    cells: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class PivotSheet:
    """A pivot to write: the title of its sheet, what it counts, and the table it lays out."""

    title: str
    says: str
    table: Table


def pivot_tables(report: NightReport) -> list[PivotSheet]:
    """Return each pivot that ``report`` has the table for; none where there is nothing to count.

    Excel would complain on opening that the pivot of an empty log has no records.
    """
    if not report.counted:
        return []
    found = [(title, says, _table(report, axes)) for title, axes, says in _PIVOTS]
    return [PivotSheet(title, says, table) for title, says, table in found if table is not None]


def write_pivot(
    sheet: Worksheet, report: NightReport, pivot: PivotSheet, cache: CacheDefinition
) -> None:
    """Fill ``sheet`` with a pivot over ``cache``, and with the cells that it will show."""
    names = [field.name for field in cache.cacheFields]
    question = pivot.table.question
    axes = [_FIELDS[question.rows], _FIELDS[question.columns]]
    area = _write_cells(sheet, report, pivot)
    definition = _definition(pivot.title, axes, names, area)
    definition.cache = cache
    sheet.add_pivot(definition)


def _table(report: NightReport, axes: tuple[str, str]) -> Table | None:
    for part in report.tables:
        question = part.table.question
        if (question.rows, question.columns, question.measure) == (*axes, ENTRIES):
            return part.table
    return None


def _write_cells(sheet: Worksheet, report: NightReport, pivot: PivotSheet) -> str:
    """Write what the pivot shows and return the area it takes."""
    set_up(sheet, report.banner)
    table = pivot.table
    laid = _laid(table)
    write(sheet, 1, 1, pivot.title, TITLE)
    write(sheet, 2, 1, pivot.says, NOTE)
    write(sheet, 3, 1, _REFRESH, LAST_NOTE)
    write(sheet, _FILTER_ROW, 1, COUNTED, HEADING)
    write(sheet, _FILTER_ROW, 2, _YES_AND_NO[0], BODY)
    row_field, column_field = _FIELDS[table.question.rows], _FIELDS[table.question.columns]
    write(sheet, _TOP, 1, table.measured.label, HEADING)
    write(sheet, _TOP, 2, column_field, HEADING)
    width = len(laid.columns) + 2
    for place in range(3, width + 1):
        write(sheet, _TOP, place, None, HEADING)
    for place, name in enumerate((row_field, *laid.columns, GRAND_TOTAL), 1):
        write(sheet, _TOP + 1, place, name, HEADING if place == 1 else NUMBER_HEADING)
    row = _TOP + 1
    for label, cells in zip(laid.rows, laid.cells, strict=True):
        row += 1
        write(sheet, row, 1, label, BODY)
        for place, value in enumerate(cells, 2):
            write(sheet, row, place, value, VALUE, WHOLE)
        write(sheet, row, width, sum(value or 0 for value in cells), ROW_TOTAL, WHOLE)
    row += 1
    write(sheet, row, 1, GRAND_TOTAL, TOTAL_LABEL)
    totals = [sum(value or 0 for value in column) for column in zip(*laid.cells, strict=True)]
    for place, total in enumerate((*totals, sum(totals)), 2):
        write(sheet, row, place, total, TOTAL, WHOLE)
    labels = [str(label) for label in (*laid.rows, row_field)]
    widths = [fitted_width(labels, 26, 50)]
    widths += [fitted_width([str(name)], 10, 20) for name in (*laid.columns, GRAND_TOTAL)]
    set_widths(sheet, widths)
    return f"A{_TOP}:{get_column_letter(width)}{row}"


def _laid(table: Table) -> _Laid:
    """Return a table in the order of a pivot: ascending, as words or as numbers, blanks last."""
    rows = sorted(enumerate(table.rows), key=lambda pair: _place(pair[1]))
    columns = sorted(enumerate(table.columns), key=lambda pair: _place(pair[1]))
    return _Laid(
        tuple(_label(table.question.rows, heading) for _, heading in rows),
        tuple(_label(table.question.columns, heading) for _, heading in columns),
        tuple(tuple(table.cells[row][column] or None for column, _ in columns) for row, _ in rows),
    )


def _place(heading: Heading) -> tuple[bool, int, str]:
    key: Key = heading.key
    return key is None, key if isinstance(key, int) else 0, folded(heading.text)


def _label(dimension: str, heading: Heading) -> Content:
    if heading.key is None:
        return BLANK
    return heading.key if dimension == "time" else heading.text


def cache_over(log: Worksheet) -> CacheDefinition:
    """Return the cache that pivots over the table of ``log`` share."""
    (source,) = log.tables.values()
    names = [column.name for column in source.tableColumns]
    fields = [CacheField(name=name, numFmtId=0, sharedItems=_shared(name)) for name in names]
    return CacheDefinition(
        cacheSource=CacheSource(
            type="worksheet", worksheetSource=WorksheetSource(name=source.displayName)
        ),
        cacheFields=fields,
        saveData=False,
        refreshOnLoad=True,
        refreshedBy="fieldlog",
        createdVersion=_VERSION,
        refreshedVersion=_VERSION,
        minRefreshableVersion=3,
    )


def _shared(name: str) -> SharedItems:
    said: Any = [Text(v=word) for word in _YES_AND_NO] if name == COUNTED else ()
    return SharedItems(_fields=said)


def _definition(
    title: str, axes: Sequence[str], names: Sequence[str], area: str
) -> TableDefinition:
    row, column = (names.index(name) for name in axes)
    return TableDefinition(
        name=title,
        cacheId=1,
        dataCaption="Values",
        applyWidthHeightFormats=True,
        useAutoFormatting=True,
        itemPrintTitles=True,
        createdVersion=_VERSION,
        updatedVersion=_VERSION,
        minRefreshableVersion=3,
        compact=False,
        compactData=False,
        gridDropZones=False,
        multipleFieldFilters=False,
        location=Location(
            ref=area,
            firstHeaderRow=1,
            firstDataRow=2,
            firstDataCol=1,
            rowPageCount=1,
            colPageCount=1,
        ),
        pivotFields=[_field(name, axes) for name in names],
        rowFields=[RowColField(x=row)],
        colFields=[RowColField(x=column)],
        pageFields=[PageField(fld=names.index(COUNTED), item=0, hier=-1)],
        dataFields=[
            DataField(
                name="Entries", fld=names.index("Entry"), subtotal="count", baseField=0, baseItem=0
            )
        ],
        pivotTableStyleInfo=PivotTableStyle(
            name="PivotStyleLight16",
            showRowHeaders=True,
            showColHeaders=True,
            showRowStripes=False,
            showColStripes=False,
            showLastColumn=True,
        ),
    )


def _field(name: str, axes: Sequence[str]) -> PivotField:
    more: dict[str, Any] = {"compact": False, "outline": False, "showAll": False}
    if name in axes:
        more["axis"] = ("axisRow", "axisCol")[axes.index(name)]
        more["sortType"] = "ascending"
        more["items"] = [FieldItem(t="default")]
    elif name == COUNTED:
        more["axis"] = "axisPage"
        more["items"] = [FieldItem(x=0), FieldItem(x=1), FieldItem(t="default")]
    elif name == "Entry":
        more["dataField"] = True
    return PivotField(**more)
