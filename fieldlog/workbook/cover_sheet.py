"""The cover: what this is, when, as at, by whom, how it is marked, what is in it, how it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.night import says_moment
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import BLANK, Table
from fieldlog.workbook.log_columns import log_columns
from fieldlog.workbook.looks import BODY, BODY_LINK, LABEL, PLAIN, SECTION, TITLE, WARNING
from fieldlog.workbook.report import NightReport
from fieldlog.workbook.sheet_setup import (
    NO_NUMBERS,
    fit_rows,
    mark_up,
    set_up,
    set_widths,
    write,
    write_headings,
)

HEADLINE, NOTICES, LOG = "Headline figures", "Notices", "Log"
_WIDTHS = (28, 84, 32)
_CONTENTS = ("Sheet", "What it counts", "Base")
DEMONSTRATION = "DEMONSTRATION. The people, the premises and the entries are made up."


@dataclass(frozen=True)
class Listed:
    """A line of the contents: the name of a sheet, what it counts, and of how much."""

    name: str
    what: str
    base: str


def write_cover(sheet: Worksheet, report: NightReport, contents: Sequence[Listed]) -> None:
    """Fill ``sheet``, the cover; ``contents`` are the sheets in their order."""
    set_up(sheet, report.banner)
    set_widths(sheet, _WIDTHS)
    write(sheet, 1, 1, report.title, TITLE)
    row = 2
    if report.demonstration:
        for column, said in enumerate((DEMONSTRATION, None, None), 1):
            write(sheet, row, column, said, WARNING)
        row += 1
    for label, said in _facts(report):
        write(sheet, row, 1, label, LABEL)
        write(sheet, row, 2, said, PLAIN)
        row += 1
    write(sheet, row, 1, "What is in this workbook", SECTION)
    row = _write_contents(sheet, contents, row + 1)
    write(sheet, row, 1, "How it was counted", SECTION)
    for label, said in _method(report):
        row += 1
        write(sheet, row, 1, label, LABEL)
        write(sheet, row, 2, said, PLAIN)
    fit_rows(sheet, _WIDTHS)


def _facts(report: NightReport) -> Iterator[tuple[str, str]]:
    yield "Marking", report.marking.label
    yield "Edition", "Working edition: for those who may read the log; it names people"
    if report.issue:
        yield "Version", report.issue.reference
        by = f"{says_moment(report.issue.issued_at)}, by {report.issue.issued_by}"
        yield "Issued", by.removesuffix(", by ")
        changed = _many(len(report.issue.changes), "figure", "figures")
        if report.issue.version > 1:
            some = f"{changed}, listed on the sheet “What changed”"
            yield "Changed since", some if report.issue.changes else "No figure changed"
    yield from report.about
    yield "As at", says_moment(report.as_at)
    yield "Made by", report.by
    yield "Entries counted", f"{report.counted:,}"
    if report.struck:
        yield "Entries struck", f"{report.struck:,}, shown in the log and counted nowhere"


def _write_contents(sheet: Worksheet, contents: Sequence[Listed], row: int) -> int:
    """Write the table of contents with its header in ``row`` and return the row below it."""
    write_headings(sheet, row, _CONTENTS, _WIDTHS, NO_NUMBERS, filters=False)
    last = row
    for last, listed in enumerate(contents, row + 1):
        cell = write(sheet, last, 1, listed.name, BODY_LINK)
        place = "'" + listed.name.replace("'", "''") + "'!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=listed.name)
        write(sheet, last, 2, listed.what, BODY)
        write(sheet, last, 3, listed.base, BODY)
    mark_up(sheet, _CONTENTS, row, last, filters=False)
    return last + 1


def entries_in(report: NightReport) -> str:
    """Return how many entries the figures count, in words."""
    return _many(report.counted, "entry", "entries")


def notices_in(report: NightReport) -> str:
    """Return how many notices are shown, in words."""
    return _many(len(report.notices), "notice", "notices")


def table_base(table: Table) -> str:
    """Return what a table adds up to, in words."""
    if table.measured.unit is Unit.PENCE:
        return f"£{table.grand_total / 100:,.2f} {table.measured.label.lower()}"
    return f"{table.grand_total:,} {table.measured.label.lower()}"


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _method(report: NightReport) -> Iterator[tuple[str, str]]:
    """Yield a heading and a sentence or two for everything a reader might take for granted."""
    _, printed = log_columns(report.measures)
    yield "Hours", report.headline.hours.says()
    yield from _METHOD
    yield "The log on paper", f"It shows its first {printed} columns; on the screen there are more."


_METHOD = (
    ("Visits", "A visit is an entry of the kind “Premises visit”, repeated visits too."),
    (
        "Premises visited",
        "Each premises once, however often it was visited; its totals are not sums of its parts.",
    ),
    (
        "Notices",
        "FPN, PCN, PND, CPW and CPN are five different things and are never added together.",
    ),
    (
        "The night",
        "An entry belongs to the date its night began on, also after midnight.",
    ),
    ("Dates and times", "UK local time, as clocks showed it."),
    (BLANK, "Nobody recorded it. It is not the same as none, and 0 minutes is not a blank."),
    (
        "Amended entries",
        "The log shows the version in force of each entry; fieldlog keeps the earlier ones.",
    ),
    (
        "Struck entries",
        "They stay in the log, struck through; their column “Counted” says No.",
    ),
    (
        "Adding up the log",
        "It is an Excel table: filter “Counted” to Yes and its columns add up to the figures.",
    ),
)
