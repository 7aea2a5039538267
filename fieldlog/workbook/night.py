"""Put the working workbook together: cover, figures, tables, charts, pivots and the whole log."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.tallies.plain_tables import PlainTable
from fieldlog.tallies.writing import title
from fieldlog.workbook.cells import Cut
from fieldlog.workbook.charts import CHARTS, alt_texts, can_chart, write_charts
from fieldlog.workbook.cover_sheet import (
    HEADLINE,
    LOG,
    NOTICES,
    Listed,
    entries_in,
    notices_in,
    table_base,
    write_cover,
)
from fieldlog.workbook.crosstab_sheet import write_crosstab
from fieldlog.workbook.describing import describe
from fieldlog.workbook.headline_sheet import write_headline
from fieldlog.workbook.log_sheet import LogPour, Writer, write_log
from fieldlog.workbook.names import sheet_title
from fieldlog.workbook.notices_sheet import write_notices
from fieldlog.workbook.ods import save_ods
from fieldlog.workbook.ods_rows import OdsRowWriter
from fieldlog.workbook.package import save
from fieldlog.workbook.pivots import PIVOT, TO_REARRANGE, cache_over, pivot_tables, write_pivot
from fieldlog.workbook.plain_sheet import write_plain_sheet
from fieldlog.workbook.poured_rows import RowWriter
from fieldlog.workbook.report import NightReport

COVER = "Cover"
_OURS = (COVER, HEADLINE, NOTICES, LOG, CHARTS, PIVOT, TO_REARRANGE)


@dataclass(frozen=True)
class Written:
    """What became of a workbook: cells of the log whose text Excel has no room for."""

    cuts: tuple[Cut, ...]


@dataclass(frozen=True)
class _Sheet:
    """A sheet to come: what the cover says of it, and how it is filled."""

    listed: Listed
    fill: Callable[[Worksheet], None]


def write_night_workbook(report: NightReport, target: Path | IO[bytes]) -> Written:
    """Write the working edition of ``report`` to a path or a binary stream.

    Raises DoesNotMatch if the log does not hold the entries that the figures count, TooManyRows
    if Excel has no room for them, OSError if the disk is full. What was written until then is of
    no use: write to a temporary file first.
    """
    workbook, log = _workbook(report, RowWriter, excel=True)
    cache = cache_over(workbook[LOG])
    for table in pivot_tables(report):
        write_pivot(workbook[table.title], report, table, cache)
    save(workbook, target, {LOG: log.pour}, report.as_at, alt_texts(report))
    return Written(tuple(log.cuts))


def write_night_ods(report: NightReport, target: Path | IO[bytes]) -> Written:
    """Write the same sheets and cells as OpenDocument, without the pivots and charts of Excel."""
    workbook, log = _workbook(report, OdsRowWriter, excel=False)
    save_ods(workbook, target, {LOG: log.pour}, report.as_at, report.banner)
    return Written(tuple(log.cuts))


def _workbook(report: NightReport, rows_as: Writer, *, excel: bool) -> tuple[Workbook, LogPour]:
    workbook = Workbook()
    describe(workbook, report)
    cover = workbook.worksheets[0]
    cover.title = COVER
    taken = list(_OURS)
    for wanted in (*(it.title for it in report.tables), *(it.name for it in report.plain)):
        taken.append(sheet_title(wanted, taken))
    names = taken[len(_OURS) :]
    sheets = list(_sheets(report, names, excel=excel))
    struck = f", and {report.struck:,} struck" if report.struck else ""
    log_listed = Listed(LOG, "Every entry in force, one row each", entries_in(report) + struck)
    write_cover(cover, report, [*(sheet.listed for sheet in sheets), log_listed])
    for sheet in sheets:
        sheet.fill(workbook.create_sheet(sheet.listed.name))
    log = write_log(workbook.create_sheet(LOG), report, rows_as)
    workbook.active = 0
    return workbook, log


def _sheets(report: NightReport, names: list[str], *, excel: bool) -> Iterator[_Sheet]:
    titles = names[: len(report.tables)]
    what = "The night in a few figures, and the hours with their method"
    yield _Sheet(
        Listed(HEADLINE, what, entries_in(report)), lambda sheet: write_headline(sheet, report)
    )
    for name, part in zip(titles, report.tables, strict=True):
        listed = Listed(name, title(part.table), table_base(part.table))
        yield _Sheet(listed, partial(write_crosstab, report=report, part=part))
    if excel and can_chart(report):
        listed = Listed(CHARTS, "The tables drawn as charts", entries_in(report))
        yield _Sheet(listed, lambda sheet: write_charts(sheet, report, titles))
    for table in pivot_tables(report) if excel else ():
        yield _Sheet(Listed(table.title, table.says, entries_in(report)), lambda _: None)
    for name, plain in zip(names[len(report.tables) :], report.plain, strict=True):
        yield _Sheet(
            Listed(name, plain.title, ""),
            partial(_write_plain, report=report, plain=plain),
        )
    what = "Each notice with its Act and section, and whether it counts"
    yield _Sheet(
        Listed(NOTICES, what, notices_in(report)), lambda sheet: write_notices(sheet, report)
    )


def _write_plain(sheet: Worksheet, report: NightReport, plain: PlainTable) -> None:
    write_plain_sheet(sheet, report.banner, plain, (report.byline,))
