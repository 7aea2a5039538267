"""Import spreadsheets of entries and of premises, and report on every row that came back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.services.import_entries import import_entries
from fieldlog.services.import_premises import HowToRead, import_premises
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

PREMISES_HELP = """
Import FILE (.csv or .xlsx), a register of premises.

Titles may stand above the headings, and the headings may take up to three rows, merged or not.
Which row they are in and what each column is, is found out; say otherwise with --header-row and
--map. A premises has these fields:

\b
name            the only one that a file has to have
address         several columns may be: they are put together
postcode
uprn            1 to 12 digits; one that lost digits as 1.00E+11 is refused
licence_number
type            a type of the list, by its label; one or many makes no difference
ward            a ward of today; one that fieldlog does not know is made and listed
grid_reference  TL 9952 2525; or easting and northing. Cut off at a metre, never rounded
aliases         other names, with a semicolon between them

A row is matched with what is known by its UPRN, else by its licence number, else by its name with
postcode or address. What could be several is refused. What is new is added, what differs is
changed and the change kept with what was before, a blank cell changes nothing. A name that a crew
typed on the night becomes the registered premises. Premises that the file does not name are listed
and stay.

New, changed, unchanged and refused rows are together every row of the file. All good rows are
written at once or none is. Refused rows are written to a file beside FILE, with the reasons: mend
them there and import that file. The exit status is then 1.
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


def _columns_said(
    _ctx: click.Context, _param: click.Parameter, said: tuple[str, ...]
) -> dict[str, str]:
    """Return column → field of options like "Venue title=name"."""
    found = {}
    for one in said:
        column, equals, field = one.rpartition("=")
        if not equals or not column.strip():
            raise click.BadParameter(f"“{one}” is not like “Column=field”.")
        found[column] = field
    return found


@import_.command(
    "premises",
    help=PREMISES_HELP,
    epilog=examples(
        "fieldlog import premises register.csv --dry-run",
        "fieldlog import premises register.xlsx --header-row 3-4 --report what-happened.csv",
        'fieldlog import premises venues.csv --map "Venue title=name" --map "F=ignore"',
    ),
)
@FILE
@SHEET
@click.option(
    "--header-row",
    "heading_rows",
    metavar="ROW",
    default="",
    help="The row of the headings, or the first and the last like 3-4.",
)
@click.option(
    "--map",
    "maps",
    metavar='"COLUMN=FIELD"',
    multiple=True,
    callback=_columns_said,
    help="What a column is, by its heading or letter. Give it once for each.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option(
    "--report",
    "report_to",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Write what became of every row as CSV.",
)
def premises_(
    file: Path,
    sheet: str | None,
    heading_rows: str,
    maps: dict[str, str],
    dry_run: bool,
    report_to: Path | None,
) -> None:
    """Import a register of premises."""
    db = opened()
    how = HowToRead(sheet, heading_rows, maps)
    label = "Checking premises" if dry_run else "Importing premises"
    with _progress_bar(label) as progress:
        report = import_premises(
            db,
            file,
            now=utc_now(),
            how=how,
            dry_run=dry_run,
            report_to=report_to,
            progress=progress,
        )
    _finish(file, report, dry_run=dry_run)


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


def _finish(file: Path, report: ImportReport, *, dry_run: bool = False) -> None:
    """Print what became of the rows; end with status 1 if any was refused."""
    say(f"{file.name}: {_many(report.rows, 'row')}{', dry run' if dry_run else ''}")
    indented([f"{number:,} {outcome}" for outcome, number in report.counts.items() if number])
    if report.refused:
        indented([f"{len(report.refused):,} refused"])
    indented(list(report.remarks))
    for kind, names in report.created.items():
        say(f"New {kind}: {len(names):,}")
        indented(list(names))
    if report.ignored:
        say(f"Columns that mean nothing to fieldlog, ignored: {', '.join(report.ignored)}")
    if dry_run:
        say("Nothing was written.")
    _refuse(report, dry_run=dry_run)


def _refuse(report: ImportReport, *, dry_run: bool) -> None:
    if not report.refused:
        return
    say("Refused:")
    for row in report.refused[:MOST_REFUSED]:
        indented([f"row {row.number}, {column}: {reason}" for column, reason in row.problems])
    if len(report.refused) > MOST_REFUSED:
        say(f"  and {_many(len(report.refused) - MOST_REFUSED, 'more row')}")
    many = f"{len(report.refused):,} of {_many(report.rows, 'row')}"
    if dry_run:
        raise click.ClickException(f"{many} would not be kept.")
    refused = f"{many} not kept"
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
