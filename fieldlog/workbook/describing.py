"""What a workbook says of itself: typeface, title, marking, and that fieldlog made it."""

from typing import Any

from openpyxl import Workbook

from fieldlog.workbook.escapes import escaped
from fieldlog.workbook.looks import NORMAL_FONT
from fieldlog.workbook.report import CommitteeReport, NightReport


def describe(workbook: Workbook, report: NightReport | CommitteeReport) -> None:
    """Set the typeface of every cell and what the file says of itself."""
    styles: Any = workbook
    styles._named_styles["Normal"].font = NORMAL_FONT
    properties = workbook.properties
    properties.creator = properties.lastModifiedBy = "fieldlog"
    properties.title = escaped(report.title)
    properties.category = report.marking.label
    properties.language = "en-GB"
    version = f" {report.issue.reference}." if report.issue else ""
    properties.description = f"{report.marking.label}. Made by fieldlog.{version}"
