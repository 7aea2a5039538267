"""The sheet of the whole log: one row for each entry in force, struck ones marked, as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.log import LogLine
from fieldlog.workbook.cells import Cut
from fieldlog.workbook.columns import NUMBERS, TEXT, Column
from fieldlog.workbook.log_columns import log_columns
from fieldlog.workbook.looks import HEADING, NUMBER_HEADING
from fieldlog.workbook.ods_rows import OdsRowWriter
from fieldlog.workbook.package import Pour
from fieldlog.workbook.poured_rows import RowWriter
from fieldlog.workbook.report import NightReport, counts
from fieldlog.workbook.sheet_setup import (
    FILTER_ARROW,
    LINE,
    fitted_width,
    lines_in,
    mark_up,
    set_up,
    set_widths,
    stretch,
    write,
)

FROZEN = "D2"
_SAMPLE = 300
"""Lines looked at to fit the widths before the first row is written."""


class DoesNotMatch(Exception):
    """The log that was written is not the log that was counted; the workbook must not go out."""


@dataclass
class LogPour:
    """The rows of the log on their way into the workbook, and the cells that had to be cut."""

    pour: Pour
    cuts: list[Cut]


Writer = type[RowWriter[LogLine]] | type[OdsRowWriter[LogLine]]


def write_log(sheet: Worksheet, report: NightReport, rows_as: Writer = RowWriter) -> LogPour:
    """Write the header and the setup of the log and return its rows, to be poured in on saving.

    ``rows_as`` makes the rows of the format that it is saved in.

    Saving raises DoesNotMatch if ``report.lines`` holds another number of entries than
    ``report.counted`` and ``report.struck`` say, TooManyRows if Excel has no room for them.
    """
    columns, printed = log_columns(report.measures)
    set_up(sheet, report.banner, freeze=FROZEN)
    sheet.sheet_view.showGridLines = True
    sheet.print_title_rows = "1:1"
    lines = iter(report.lines)
    sample = list(islice(lines, _SAMPLE))
    widths = _widths(columns, sample)
    set_widths(sheet, widths)
    _write_headings(sheet, columns, widths)
    table = mark_up(sheet, [column.heading for column in columns], 1, 2)
    writer = rows_as(sheet, columns, widths, lambda line: not counts(line), ruled=printed)
    tally = _Tally(report)

    def reach(rows: int) -> None:
        last_row = max(rows + 1, 2)
        stretch(table, 1, last_row, len(columns))
        sheet.print_area = f"A1:{get_column_letter(printed)}{last_row}"

    def finish(rows: int) -> None:
        tally.check()
        reach(rows)

    reach(report.counted + report.struck)
    rows = writer.rows(tally.counting(chain(sample, lines)), first=2)
    area = f"A1:{get_column_letter(len(columns))}{report.counted + report.struck + 1}"
    return LogPour(Pour(rows, area, finish), writer.cuts)


def _write_headings(
    sheet: Worksheet, columns: Sequence[Column[LogLine]], widths: Sequence[float]
) -> None:
    for place, column in enumerate(columns, 1):
        look = NUMBER_HEADING if column.kind in NUMBERS else HEADING
        write(sheet, 1, place, column.heading, look)
    lines = max(
        lines_in(column.heading, width - 2) for column, width in zip(columns, widths, strict=True)
    )
    sheet.row_dimensions[1].height = lines * LINE + FILTER_ARROW


class _Tally:
    """Counts the lines as they pass, since a snapshot may be read only once."""

    def __init__(self, report: NightReport) -> None:
        self._wanted = (report.counted, report.struck)
        self._found = [0, 0]

    def counting(self, lines: Iterable[LogLine]) -> Iterator[LogLine]:
        for line in lines:
            self._found[not counts(line)] += 1
            yield line

    def check(self) -> None:
        """Raise DoesNotMatch unless as many lines passed as were announced."""
        if tuple(self._found) != self._wanted:
            raise DoesNotMatch(
                f"The figures count {self._wanted[0]:,} entries and {self._wanted[1]:,} struck, "
                f"but the log has {self._found[0]:,} and {self._found[1]:,}. "
                "The workbook was not written. Run: fieldlog check"
            )


def _widths(columns: Sequence[Column[LogLine]], sample: Sequence[LogLine]) -> list[float]:
    """Return a width for each column: as its words need, within what the column allows."""
    widths: list[float] = []
    for column in columns:
        # A heading takes two lines at most.
        words = [*column.heading.split(), "x" * (len(column.heading) // 2 + 1)]
        least = fitted_width(words, 0, 60)
        texts: list[Any] = [column.value(line) or "" for line in sample]
        longest = fitted_width(texts, 0, column.widest) if column.kind == TEXT else column.widest
        widths.append(max(least, longest))
    return widths
