"""Put the committee workbook together: cover, contents, notes, and one table on each sheet.

Built to the guidance of the Government Analysis Function on accessible spreadsheets: each sheet
has a heading in A1, its notes in the rows right below, and one table, marked up, without merged,
blank or hidden rows and columns; shorthand is explained, nothing is said by colour alone, and no
panes are frozen, which screen magnifiers cannot pass.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from openpyxl import Workbook

from fieldlog.core.night import says_moment
from fieldlog.tallies.crosstab import BLANK
from fieldlog.tallies.edition import DOES_NOT_APPLY, HIDDEN, NOT_RECORDED
from fieldlog.tallies.plain_tables import PlainTable
from fieldlog.workbook.cover_sheet import DEMONSTRATION
from fieldlog.workbook.describing import describe
from fieldlog.workbook.names import sheet_title
from fieldlog.workbook.package import save
from fieldlog.workbook.plain_sheet import write_plain_sheet
from fieldlog.workbook.report import CommitteeReport

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"

_SHORTHAND = {
    HIDDEN: "hidden, to protect small numbers",
    NOT_RECORDED: "not recorded",
    DOES_NOT_APPLY: "does not apply",
    BLANK: "nobody recorded it",
}


def write_committee_workbook(report: CommitteeReport, target: Path | IO[bytes]) -> None:
    """Write the committee edition of ``report`` to a path or a binary stream. Raises OSError."""
    save(committee_workbook(report), target, {}, report.as_at)


def committee_workbook(report: CommitteeReport) -> Workbook:
    """Return the committee edition as a workbook, to be saved in any format."""
    workbook = Workbook()
    describe(workbook, report)
    sheets = committee_sheets(report)
    taken: list[str] = []
    for table in sheets:
        taken.append(sheet_title(table.name, taken))
    first = workbook.worksheets[0]
    for number, (title, table) in enumerate(zip(taken, sheets, strict=True)):
        sheet = first if number == 0 else workbook.create_sheet()
        sheet.title = title
        links = dict(zip([it.name for it in sheets], taken, strict=True))
        notes = () if number == 0 else (report.byline, *_shorthand_in(table))
        write_plain_sheet(
            sheet, report.banner, table, notes, links if table.name == CONTENTS else {}
        )
    workbook.active = 0
    return workbook


def committee_sheets(report: CommitteeReport) -> list[PlainTable]:
    """Return the table of every sheet: cover, contents, notes, then the figures."""
    notes = PlainTable(
        NOTES,
        "Notes and shorthand",
        "How the figures were counted, and what shorthand in their cells stands for.",
        ("Note", "What it means"),
        tuple(_notes(report)),
        numbers=2,
    )
    contents = PlainTable(
        CONTENTS,
        "Contents",
        "The sheets of this workbook. The name of each leads to it.",
        ("Sheet", "What is on it"),
        tuple((table.name, table.title) for table in (notes, *report.tables)),
        numbers=2,
    )
    return [_cover(report), contents, notes, *report.tables]


def _cover(report: CommitteeReport) -> PlainTable:
    return PlainTable(
        COVER,
        report.title,
        DEMONSTRATION
        if report.demonstration
        else "Figures for a committee: totals only. Nobody and no premises is named.",
        ("About", "What it says"),
        tuple(_facts(report)),
        numbers=2,
    )


def _facts(report: CommitteeReport) -> Iterator[tuple[str, str]]:
    yield "Marking", report.marking.label
    yield "Edition", "Committee edition: totals only; nobody and no premises is named"
    if report.issue:
        yield "Version", report.issue.reference
        yield "Issued", says_moment(report.issue.issued_at)
        changed = len(report.issue.changes)
        if report.issue.version > 1:
            what = f"{changed:,} figures, listed on the sheet “What changed”"
            yield "Changed since", what if changed else "No figure changed"
    yield from report.about
    yield "As at", says_moment(report.as_at)
    yield "Made by", f"{report.by}, with fieldlog"
    yield "Small numbers", _small_numbers(report)


def _small_numbers(report: CommitteeReport) -> str:
    if report.suppressed:
        return f"Numbers from 1 to 4 are hidden as {HIDDEN}, and what they could be worked out from"
    return "Shown as they are"


def _notes(report: CommitteeReport) -> Iterator[tuple[str, str]]:
    if report.suppressed:
        yield HIDDEN, _CONFIDENTIAL
    yield NOT_RECORDED, "Not available: nobody recorded it."
    yield DOES_NOT_APPLY, "Does not apply: there is nothing to be said."
    yield BLANK, "Nobody recorded it. It is not the same as none, and 0 minutes is not a blank."
    yield from _METHOD


_CONFIDENTIAL = (
    "Confidential: a number from 1 to 4, or another number, seldom a 0, that would give one away. "
    "Hours are hidden with any total of the times taken, which add up to them."
)
_METHOD = (
    ("0", "There were none."),
    ("Entry", "One thing done and logged. Entries that were struck out are counted nowhere."),
    ("Visit", "An entry of the kind “Premises visit”, repeated visits too."),
    ("Premises visited", "Each premises once, however often it was visited."),
    ("Night", "An entry belongs to the date its night began on, also after midnight."),
    ("Hour", "UK local time, as clocks showed it."),
    ("Hours recorded", "Minutes that were recorded, divided by 60. Nothing is estimated."),
    (
        "Notices",
        "FPN, PCN, PND, CPW and CPN are five different things and are never added together.",
    ),
)


def _shorthand_in(table: PlainTable) -> tuple[str, ...]:
    """Return one line that explains the shorthand in a table's cells, or none."""
    if table.name == NOTES:
        return ()
    cells = {str(cell) for row in table.rows for cell in row} | set(table.heads)
    found = [f"{sign} means {said}" for sign, said in _SHORTHAND.items() if sign in cells]
    return (f"{'; '.join(found)}.",) if found else ()
