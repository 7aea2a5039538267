"""Put the workbook of a night together: cover, figures, tables, notices and the whole log."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook

from fieldlog.workbook.cells import Cut
from fieldlog.workbook.cover_sheet import HEADLINE, LOG, NOTICES, write_cover
from fieldlog.workbook.crosstab_sheet import write_crosstab
from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.headline_sheet import write_headline
from fieldlog.workbook.log_sheet import write_log
from fieldlog.workbook.looks import NORMAL_FONT
from fieldlog.workbook.names import sheet_title
from fieldlog.workbook.notices_sheet import write_notices
from fieldlog.workbook.package import save
from fieldlog.workbook.report import NightReport

COVER = "Cover"


@dataclass(frozen=True)
class Written:
    """What became of a workbook: cells of the log whose text Excel has no room for."""

    cuts: tuple[Cut, ...]


def write_night_workbook(report: NightReport, target: Path | IO[bytes]) -> Written:
    """Write the workbook of ``report`` to a path or a binary stream.

    Raises DoesNotMatch if the log does not hold the entries that the figures count, TooManyRows
    if Excel has no room for them, OSError if the disk is full. What was written until then is of
    no use: write to a temporary file first.
    """
    workbook = Workbook()
    _describe(workbook, report)
    cover = workbook.worksheets[0]
    cover.title = COVER
    titles: list[str] = []
    for part in report.tables:
        titles.append(sheet_title(part.title, [COVER, HEADLINE, NOTICES, LOG, *titles]))
    write_cover(cover, report, titles)
    write_headline(workbook.create_sheet(HEADLINE), report)
    for title, part in zip(titles, report.tables, strict=True):
        write_crosstab(workbook.create_sheet(title), report, part)
    write_notices(workbook.create_sheet(NOTICES), report)
    log = write_log(workbook.create_sheet(LOG), report)
    workbook.active = 0
    save(workbook, target, {LOG: log.pour}, report.as_at)
    return Written(tuple(log.cuts))


def _describe(workbook: Workbook, report: NightReport) -> None:
    """Set the typeface of every cell and what the file says of itself."""
    styles: Any = workbook
    styles._named_styles["Normal"].font = NORMAL_FONT
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = "fieldlog"
    properties.title = escaped(report.title)
    properties.category = report.marking.label
    properties.language = "en-GB"
    properties.description = f"{report.marking.label}. Made by fieldlog."
