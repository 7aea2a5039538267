"""Native charts beside the tables: drawn by Excel from their cells, with the values in the file."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.question import ENTRIES
from fieldlog.tallies.crosstab import Table
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.looks import LAST_NOTE, SUBTITLE, TITLE
from fieldlog.workbook.report import NightReport
from fieldlog.workbook.sheet_setup import set_up, set_widths, write

CHARTS = "Charts"
_COLOURS = ("1D4F76", "C8651B", "5B8C5A", "8A4F7D", "B8A02E", "4FA3B8", "7A7A7A", "B0413E")
"""Told apart by lightness too; a legend names each."""
_CHARTS = (
    (("action", "time"), "Entries by action taken", "bar", True),
    (("hour", "kind"), "Entries by hour and kind of entry", "col", False),
    (("agency", "kind"), "Entries by agency and kind of entry", "bar", False),
)
"""Axes of the table, title, direction, and whether its totals are drawn rather than its parts."""
_MOST_ROWS = 30
_WIDTH, _ROW_HEIGHT = 26.0, 0.53
"""Centimetres: of a chart, and of the sheet's rows."""


def can_chart(report: NightReport) -> bool:
    """Tell whether there is a table to draw."""
    return any(_sheet_of(report, (), axes) for axes, *_ in _CHARTS)


def write_charts(sheet: Worksheet, report: NightReport, titles: Sequence[str]) -> None:
    """Draw the tables that there are on ``sheet``; ``titles`` are those of the tables' sheets."""
    set_up(sheet, report.banner)
    # A chart across two pages would be cut in two.
    sheet.page_setup.fitToHeight = 1
    set_widths(sheet, [100])
    write(sheet, 1, 1, "Charts", TITLE)
    write(sheet, 2, 1, report.byline, SUBTITLE)
    write(sheet, 3, 1, "Drawn from the tables; each table has its own sheet.", LAST_NOTE)
    row = 4
    for axes, title, direction, totals in _CHARTS:
        found = _sheet_of(report, titles, axes)
        if found:
            name, table = found
            workbook: Any = sheet.parent
            chart = _chart(workbook, name, table, direction, totals=totals)
            chart.title = _words(title, 1400, bold=True)
            sheet.add_chart(chart, f"A{row}")
            row += int(chart.height / _ROW_HEIGHT) + 2


def alt_texts(report: NightReport) -> list[str]:
    """Return what each chart shows, in the order they are drawn, for those who hear it."""
    return [
        f"{title}. The figures are on the sheet of this table."
        for axes, title, *_ in _CHARTS
        if _sheet_of(report, (), axes)
    ]


def _sheet_of(
    report: NightReport, titles: Sequence[str], axes: tuple[str, str]
) -> tuple[str, Table] | None:
    for place, part in enumerate(report.tables):
        question = part.table.question
        asked = (question.rows, question.columns, question.measure)
        if asked == (*axes, ENTRIES) and 0 < len(part.table.rows) <= _MOST_ROWS:
            return titles[place] if titles else "", part.table
    return None


def _chart(workbook: Workbook, name: str, table: Table, direction: str, *, totals: bool) -> Any:
    (marked,) = workbook[name].tables.values()
    header = int(marked.ref.partition(":")[0][1:])
    chart: Any = BarChart()
    chart.type = direction
    chart.grouping = "clustered" if totals else "stacked"
    chart.overlap = None if totals else 100
    chart.gapWidth = 60
    chart.width = _WIDTH
    chart.height = max(7.5, 2.5 + 0.9 * len(table.rows)) if direction == "bar" else 9.0
    quoted = "'" + name.replace("'", "''") + "'"
    rows = (header + 1, header + len(table.rows))
    labels = [escaped(row.text) for row in table.rows]
    columns = [len(table.columns)] if totals else range(len(table.columns))
    for number, place in enumerate(columns):
        values = table.row_totals if totals else [cells[place] for cells in table.cells]
        letter = get_column_letter(place + 2)
        heading = "Entries" if totals else escaped(table.columns[place].text)
        series = _series(number, quoted, letter, rows, values)
        series.tx = SeriesLabel(
            strRef=StrRef(
                f=f"{quoted}!${letter}${header}",
                strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=heading)]),
            )
        )
        series.cat = AxDataSource(
            strRef=StrRef(
                f=f"{quoted}!$A${rows[0]}:$A${rows[1]}",
                strCache=StrData(
                    ptCount=len(labels), pt=[StrVal(idx=i, v=it) for i, it in enumerate(labels)]
                ),
            )
        )
        chart.series.append(series)
    _dress(chart, direction, totals=totals)
    return chart


def _series(
    number: int, sheet: str, letter: str, rows: tuple[int, int], values: Sequence[int]
) -> Any:
    cache = NumData(
        formatCode="General",
        ptCount=len(values),
        pt=[NumVal(idx=place, v=str(value)) for place, value in enumerate(values)],
    )
    place = f"{sheet}!${letter}${rows[0]}:${letter}${rows[1]}"
    look = GraphicalProperties(solidFill=_COLOURS[number % len(_COLOURS)])
    look.line = LineProperties(solidFill="FFFFFF", w=6350)
    return Series(
        idx=number,
        order=number,
        spPr=look,
        invertIfNegative=False,
        val=NumDataSource(numRef=NumRef(f=place, numCache=cache)),
    )


def _dress(chart: Any, direction: str, *, totals: bool) -> None:
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="CBD5DD"))
    chart.y_axis.number_format = "#,##0"
    chart.x_axis.txPr = chart.y_axis.txPr = _text_look(1000)
    chart.y_axis.title = _words("Entries", 1000)
    if direction == "bar":
        # The first row of the table is the uppermost bar.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    if totals:
        chart.legend = None
        chart.dataLabels = DataLabelList(showVal=True)
        for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(chart.dataLabels, name, False)
    else:
        chart.legend.position = "b"


def _text_look(size: int) -> RichText:
    look = CharacterProperties(sz=size, latin=None, solidFill="1B2733")
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)
    return RichText(p=[paragraph])


def _words(text: str, size: int, *, bold: bool = False) -> Any:
    from openpyxl.chart.text import Text
    from openpyxl.chart.title import Title

    look = CharacterProperties(sz=size, b=bold, solidFill="1B2733")
    run = RegularTextRun(rPr=look, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    title = Title(tx=Text(rich=RichText(p=[paragraph])))
    title.overlay = False
    return title
