"""The sheet of notices: a row for each, with Act and section, amount, officer and capacity."""

from collections import Counter
from collections.abc import Callable, Mapping

from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.log import LogLine, NoticeLine
from fieldlog.core.night import to_uk
from fieldlog.workbook.cells import CLOCK, DAY, POUNDS, Content, pounds
from fieldlog.workbook.looks import BODY, NOTE, SUBTITLE, TITLE, VALUE
from fieldlog.workbook.names import headings
from fieldlog.workbook.report import NightReport, counts
from fieldlog.workbook.sheet_setup import mark_up, set_up, set_widths, write, write_headings

_NO_NOTICE = NoticeLine("", "", "", "", "", None, "", "")
_NEVER_ADDED = "FPN, PCN, PND, CPW and CPN are five different things: never add them together."
_KIND = "Kind of notice"
_HEADER_ROW = 5


def _notice(value: Callable[[NoticeLine], Content]) -> Callable[[LogLine], Content]:
    return lambda line: value(line.notice or _NO_NOTICE)


_COLUMNS: tuple[tuple[str, float, str, Callable[[LogLine], Content]], ...] = (
    ("Notice number", 18, "", _notice(lambda notice: notice.number)),
    (_KIND, 20, "", _notice(lambda notice: notice.measure)),
    ("Law", 24, "", _notice(lambda notice: notice.law)),
    ("Act and section", 40, "", _notice(lambda notice: notice.provision)),
    ("Prohibition", 14, "", _notice(lambda notice: notice.prohibition)),
    ("Amount (£)", 13, POUNDS, _notice(lambda notice: pounds(notice.amount_pence))),
    ("Issued on", 13, DAY, lambda line: to_uk(line.happened_at).date()),
    ("Issued at", 10, CLOCK, lambda line: to_uk(line.happened_at).time()),
    ("Officer", 22, "", lambda line: line.officer),
    ("Capacity", 13, "", lambda line: line.capacity.label),
    ("Agency", 24, "", lambda line: line.agency),
    ("Premises or place", 28, "", lambda line: line.where),
    ("Ward", 16, "", lambda line: line.ward),
    ("Recipient", 22, "", _notice(lambda notice: notice.recipient)),
    ("Counted", 10, "", lambda line: "Yes" if counts(line) else "No, struck"),
)
"""Heading, width, number format (none: text) and value of each column."""


def write_notices(sheet: Worksheet, report: NightReport) -> None:
    """Fill ``sheet`` with the notices of ``report``; kinds of notice are never added together."""
    set_up(sheet, report.banner, freeze=f"B{_HEADER_ROW + 1}")
    write(sheet, 1, 1, "Notices", TITLE)
    write(sheet, 2, 1, report.byline, SUBTITLE)
    kinds = {measure.code: measure.label for measure in report.measures}
    write(sheet, 3, 1, _how_many(report, kinds), NOTE)
    write(sheet, 4, 1, _NEVER_ADDED, NOTE)
    sheet.row_dimensions[4].height = 26
    set_widths(sheet, [width for _, width, _, _ in _COLUMNS])
    if not report.notices:
        return
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    names = headings(name for name, _, _, _ in _COLUMNS)
    write_headings(sheet, _HEADER_ROW, names, numbers_from=len(names) + 1)
    for row, line in enumerate(report.notices, _HEADER_ROW + 1):
        _write_notice(sheet, row, line, kinds)
    mark_up(sheet, names, _HEADER_ROW, _HEADER_ROW + len(report.notices))


def _write_notice(sheet: Worksheet, row: int, line: LogLine, kinds: Mapping[str, str]) -> None:
    for column, (name, _, form, value) in enumerate(_COLUMNS, 1):
        said = value(line)
        if name == _KIND:
            said = kinds.get(str(said), said)
        write(sheet, row, column, said, VALUE if form else BODY, form)


def _how_many(report: NightReport, kinds: Mapping[str, str]) -> str:
    """Return how many notices of each kind count, in the order of the catalogue."""
    found = Counter(line.notice.measure for line in report.notices if line.notice and counts(line))
    struck = sum(1 for line in report.notices if not counts(line))
    parts = [f"{label}: {found[code]:,}" for code, label in kinds.items() if found[code]]
    said = " · ".join(parts) if parts else "No notices were recorded"
    return f"{said}. {struck:,} struck, shown and not counted." if struck else f"{said}."
