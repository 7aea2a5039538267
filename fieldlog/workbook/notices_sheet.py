"""The sheet of notices: a row for each, with Act and section, amount, officer and capacity."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.log import LogLine, NoticeLine
from fieldlog.core.night import to_uk
from fieldlog.tallies.writing import initials
from fieldlog.workbook.cells import CLOCK, DAY, POUNDS, Content, pounds
from fieldlog.workbook.looks import BODY, LAST_NOTE, NOTE, SUBTITLE, TITLE, VALUE
from fieldlog.workbook.names import headings
from fieldlog.workbook.report import NightReport, counts
from fieldlog.workbook.sheet_setup import (
    fit_rows,
    fitted_width,
    mark_up,
    set_up,
    set_widths,
    write,
    write_headings,
)

_NO_NOTICE = NoticeLine("", "", "", "", "", None, "", "")
_NEVER_ADDED = "FPN, PCN, PND, CPW and CPN are five different things: never add them together."
_KIND = "Kind of notice"
_HEADER_ROW = 5


def _notice(value: Callable[[NoticeLine], Content]) -> Callable[[LogLine], Content]:
    return lambda line: value(line.notice or _NO_NOTICE)


def _counts(line: LogLine) -> bool:
    """Tell whether a notice is in the figures: not struck, and the officer's own."""
    return counts(line) and line.counts.get(line.notice.measure if line.notice else "", 0) > 0


def _counted(line: LogLine) -> str:
    if _counts(line):
        return "Yes"
    return "No, struck" if not counts(line) else f"No, {line.capacity.label.lower()}"


_COLUMNS: tuple[tuple[str, float, str, Callable[[LogLine], Content]], ...] = (
    ("Notice number", 20, "", _notice(lambda notice: notice.number)),
    (_KIND, 16, "", _notice(lambda notice: notice.measure)),
    ("Law", 24, "", _notice(lambda notice: notice.law)),
    ("Act and section", 36, "", _notice(lambda notice: notice.provision)),
    ("Prohibition", 14, "", _notice(lambda notice: notice.prohibition)),
    ("Amount (£)", 14, POUNDS, _notice(lambda notice: pounds(notice.amount_pence))),
    ("Issued on", 13, DAY, lambda line: to_uk(line.happened_at).date()),
    ("Issued at", 10, CLOCK, lambda line: to_uk(line.happened_at).time()),
    ("Officer", 22, "", lambda line: line.officer),
    ("Capacity", 13, "", lambda line: line.capacity.label),
    ("Agency", 24, "", lambda line: line.agency),
    ("Premises or place", 28, "", lambda line: line.where),
    ("Ward", 18, "", lambda line: line.ward),
    ("Recipient", 24, "", _notice(lambda notice: notice.recipient)),
    ("Counted", 14, "", _counted),
)
"""Heading, greatest width, number format (none: text) and value of each column."""
_AMOUNT = range(6, 7)


def write_notices(sheet: Worksheet, report: NightReport) -> None:
    """Fill ``sheet`` with the notices of ``report``; kinds of notice are never added together."""
    set_up(sheet, report.banner, freeze=f"B{_HEADER_ROW + 1}")
    write(sheet, 1, 1, "Notices", TITLE)
    write(sheet, 2, 1, report.byline, SUBTITLE)
    kinds = {measure.code: initials(measure.label) for measure in report.measures}
    write(sheet, 3, 1, _how_many(report, kinds), NOTE)
    write(sheet, 4, 1, _NEVER_ADDED, LAST_NOTE)
    if not report.notices:
        return
    rows = [[value(line) for _, _, _, value in _COLUMNS] for line in report.notices]
    for said in rows:
        said[1] = kinds.get(str(said[1]), said[1])
    names = headings(name for name, _, _, _ in _COLUMNS)
    widths = [
        fitted_width([name, *(str(said[place]) for said in rows if said[place])], 9, most)
        for place, (name, most, _, _) in enumerate(_COLUMNS)
    ]
    set_widths(sheet, widths)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    write_headings(sheet, _HEADER_ROW, names, widths, _AMOUNT)
    for row, said in enumerate(rows, _HEADER_ROW + 1):
        _write_notice(sheet, row, said)
    fit_rows(sheet, widths)
    mark_up(sheet, names, _HEADER_ROW, _HEADER_ROW + len(rows))


def _write_notice(sheet: Worksheet, row: int, said: Sequence[Content]) -> None:
    for column, (value, (_, _, form, _)) in enumerate(zip(said, _COLUMNS, strict=True), 1):
        write(sheet, row, column, value, VALUE if column in _AMOUNT else BODY, form)


def _how_many(report: NightReport, kinds: Mapping[str, str]) -> str:
    """Return how many notices of each kind count, in the order of the catalogue."""
    found = Counter(line.notice.measure for line in report.notices if line.notice and _counts(line))
    left = len(report.notices) - found.total()
    parts = [f"{label}: {found[code]:,}" for code, label in kinds.items() if found[code]]
    said = " · ".join(parts) if parts else "No notices counted"
    if not left:
        return f"{said}."
    more = "more " if parts else ""
    return f"{said}. {left:,} {more}shown and not counted: see the last column."
