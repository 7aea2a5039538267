"""Write files to hand over: the workbook of a night, and CSV of a tally or of the log."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from fieldlog.cli.asking import Command, named, question, says_what_to_count, says_which_entries
from fieldlog.cli.plainly import NIGHT, examples, opened, say, utc_now
from fieldlog.services.count_tally import count_tally
from fieldlog.services.name_filter import Named, filter_named
from fieldlog.services.write_whole import Exported, written_whole
from fieldlog.tallies.writing import title


def _out(suffix: str) -> Callable[[Command], Command]:
    """Return the option that says where to write."""

    def checked(_ctx: click.Context, _parameter: click.Parameter, path: Path) -> Path:
        if path.suffix.lower() != suffix:
            raise click.BadParameter(f"“{path.name}” must end in {suffix}.")
        return path

    return click.option(
        "--out",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        callback=checked,
        metavar=f"FILE{suffix}",
        help="Where to write it; a file of that name is replaced.",
    )


# The workbook floor takes a while to load: each command loads what it needs of it when it runs.


@click.group()
def export() -> None:
    """Write a file to hand over."""


@export.command(
    epilog=examples(
        "fieldlog export night --night 2020-12-05 --out night.xlsx",
        'fieldlog export night --night 2020-12-05 --operation "Op Emblazen" --out night.xlsx',
    )
)
@click.option("--night", required=True, type=NIGHT, metavar="DATE", help="The date it began on.")
@click.option(
    "--operation", "operations", multiple=True, metavar="NAME", help="Only this operation."
)
@_out(".xlsx")
def night(night: date, operations: tuple[str, ...], out: Path) -> None:
    """Write the workbook of a night: cover, figures, tables, notices and the full log.

    It carries the highest marking of what is inside, and is written whole or not at all.
    """
    from fieldlog.services.export_figures import export_figures

    db = opened()
    wanted = filter_named(db, Named(operations=operations, nights=(night,)))
    _say(export_figures(db, wanted, out, by=None, now=utc_now()))


@export.command(
    epilog=examples(
        "fieldlog export log --out log.csv",
        'fieldlog export log --operation "Op Emblazen" --from 2020-12-01 --out december.csv',
    )
)
@says_which_entries
@_out(".csv")
def log(out: Path, **asked: Any) -> None:
    """Write the log as CSV for Excel: every entry, struck ones too, oldest first."""
    from fieldlog.services.export_csv import export_log_csv

    db = opened()
    _say(export_log_csv(db, filter_named(db, named(asked)), out, by=None, now=utc_now()))


@export.command(
    epilog=examples(
        "fieldlog export tally --rows action --columns time --out marshals.csv",
        "fieldlog export tally --rows ward --columns night --measure spoken_to --out wards.csv",
    )
)
@says_what_to_count
@_out(".csv")
def tally(out: Path, **asked: Any) -> None:
    """Write a tally as CSV for Excel; "fieldlog tally --help" explains what can be counted."""
    from fieldlog.services.export_csv import tally_as_csv

    db = opened()
    table = count_tally(db, question(db, asked))
    with written_whole(out) as path:
        path.write_bytes(tally_as_csv(table))
    say(f"{title(table)}, in {out}")


def _say(made: Exported) -> None:
    struck = f", {made.struck:,} struck" if made.struck else ""
    say(f"{made.title}: {made.entries:,} entries{struck}, {made.marking.label}, in {made.path}")
