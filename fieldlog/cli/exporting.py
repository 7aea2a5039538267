"""Write files to hand over: the workbook of a night."""

from datetime import date
from pathlib import Path

import click

from fieldlog.cli.plainly import NIGHT, examples, opened, say, utc_now
from fieldlog.services.name_filter import Named, filter_named


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
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help="Where to write it; a file of that name is replaced.",
)
def night(night: date, operations: tuple[str, ...], out: Path) -> None:
    """Write the workbook of a night: cover, figures, tables, notices and the full log.

    It carries the highest marking of what is inside, and is written whole or not at all.
    """
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out must end in .xlsx, which {out.name} does not.")
    # The workbook floor takes a while to load and no other command needs it.
    from fieldlog.services.export_night import export_night

    db = opened()
    wanted = filter_named(db, Named(operations=operations, nights=(night,)))
    made = export_night(db, wanted, out, by=None, now=utc_now())
    struck = f", {made.struck} struck" if made.struck else ""
    say(f"{made.title}: {made.entries} entries{struck}, {made.marking.label}, in {out}")
