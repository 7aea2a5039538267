"""Import spreadsheets of entries and of premises, and report on every row that came back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.services.import_entries import import_entries
from fieldlog.services.import_premises import import_premises
from fieldlog.services.importing.report import ImportReport, Progress

LONG = 2_000
"""Rows from which on a file shows its progress."""

MOST_REFUSED = 100
"""Refused rows that are printed; the file of refused rows has them all."""

FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
SHEET = click.option("--sheet", metavar="NAME", help="The sheet of a workbook; else its first.")


ENTRIES_HELP = """
Import FILE (.csv or .xlsx), one row for each thing done.

The first row has the headings, in any order: happened_at, and as many as you have of operation,
night_of, officer, agency, kind, premises, ward, action_taken, minutes, notes, four_e, capacity,
marking, id, and the code of any count (spoken_to, warned, arrests, fpn and so on). Case and
spaces in headings do not matter; columns with other headings are ignored and named.

\b
happened_at   2020-12-05 21:40, UK time; 2020-12-05T21:40:00Z; an Excel date and time
night_of      2020-12-05; without it, the night of the operation's deployment that
              was under way, else the evening before until 6 in the morning
kind          premises visit, encounter, patrol note, notice, arrest, test purchase,
              referral, other; blank is other. Only premises visits count as visits
action_taken  an action of the list, by its label or code
minutes       15, 15 Mins, 1.25 hrs, 2 hours; blank is not recorded, which is not 0
counts        whole numbers; blank is not recorded, which is not 0
officer       name or collar number; with an agency, somebody of that agency
capacity      my own, witnessed, referred or joint visit; blank is my own
id            a UUID; without one, a row is known again by what it says

What the file names and fieldlog does not know is made and listed: operations, nights, agencies,
wards, premises, and officers as people without a sign-in.

Importing a file again adds nothing, whatever program saved it; two rows that say the same in one
file are two entries. Rows that cannot be kept are written to a file beside FILE, with the reasons:
mend them there and import that file. The exit status is then 1.
"""


@click.group("import")
def import_() -> None:
    """Import spreadsheets of entries or of premises."""


@import_.command(
    "entries",
    help=ENTRIES_HELP,
    epilog=examples(
        "fieldlog import entries marshals.csv",
        'fieldlog import entries night.xlsx --sheet "5 December"',
    ),
)
@FILE
@SHEET
@click.option("--day-first", is_flag=True, help="Read 05/12/2020 as 5 December.")
def entries_(file: Path, sheet: str | None, day_first: bool) -> None:
    """Import a spreadsheet of entries."""
    db = opened()
    with _progress_bar("Importing entries") as progress:
        report = import_entries(
            db, file, now=utc_now(), day_first=day_first, sheet=sheet, progress=progress
        )
    _finish(file, report)


@import_.command(
    "premises",
    epilog=examples(
        "fieldlog import premises register.csv",
    ),
)
@FILE
@SHEET
def premises_(file: Path, sheet: str | None) -> None:
    """Import FILE (.csv or .xlsx), a register of premises.

    The first row has the headings, in any order: name, and as many as you have of address,
    postcode, uprn (1 to 12 digits), licence_number, type, ward, grid_reference.

    A row is matched with what is known by its UPRN, else by its licence number, else by its name
    with postcode or address. What is new is added, what differs is changed, a blank cell changes
    nothing. A name that a crew typed on the night becomes the registered premises.
    """
    db = opened()
    with _progress_bar("Importing premises") as progress:
        report = import_premises(db, file, now=utc_now(), sheet=sheet, progress=progress)
    _finish(file, report)


@contextmanager
def _progress_bar(label: str) -> Iterator[Progress]:
    """Show a bar on standard error while a long file is read by somebody who is watching."""
    bars: list[Any] = []

    def progress(done: int, rows: int) -> None:
        if rows < LONG or not sys.stderr.isatty():
            return
        if not bars:
            bars.append(click.progressbar(length=rows, label=label, file=sys.stderr))
            bars[0].__enter__()
        bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        if bars:
            bars[0].__exit__(None, None, None)


def _finish(file: Path, report: ImportReport) -> None:
    """Print what became of the rows; end with status 1 if any was refused."""
    say(f"{file.name}: {_many(report.rows, 'row')}")
    indented([f"{number:,} {outcome}" for outcome, number in report.counts.items() if number])
    if report.refused:
        indented([f"{len(report.refused):,} refused"])
    indented(list(report.remarks))
    for kind, names in report.created.items():
        say(f"New {kind}: {len(names):,}")
        indented(list(names))
    if report.ignored:
        say(f"Columns that mean nothing to fieldlog, ignored: {', '.join(report.ignored)}")
    _refuse(report)


def _refuse(report: ImportReport) -> None:
    if not report.refused:
        return
    say("Refused:")
    for row in report.refused[:MOST_REFUSED]:
        indented([f"row {row.number}, {column}: {reason}" for column, reason in row.problems])
    if len(report.refused) > MOST_REFUSED:
        say(f"  and {_many(len(report.refused) - MOST_REFUSED, 'more row')}")
    refused = f"{len(report.refused):,} of {_many(report.rows, 'row')} not kept"
    if report.refused_file is None:
        raise click.ClickException(
            f"{refused}, and no file of them could be written ({report.refused_file_problem}). "
            "The others are kept. Make room or copy the file elsewhere and import it again."
        )
    raise click.ClickException(
        f"{refused}. See {report.refused_file} for the reasons, mend the rows there and import "
        "that file."
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
