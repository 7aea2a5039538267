"""Count any dimension by any other, as text, JSON or CSV."""

import json
from typing import Any

import click

from fieldlog.cli.asking import question, says_what_to_count
from fieldlog.cli.plainly import examples, opened
from fieldlog.services.count_tally import count_tally
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.writing import as_data, as_text


@click.command(
    epilog=examples(
        "fieldlog tally --rows action --columns time",
        'fieldlog tally --rows agency --columns kind --operation "Op Emblazen" --night 2020-12-05',
        "fieldlog tally --rows ward --columns night --measure spoken_to --format csv",
        "fieldlog tally --rows night --columns kind --measure premises --format json",
    )
)
@says_what_to_count
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="CSV here is for programs; for Excel see: fieldlog export tally --help",
)
def tally(form: str, **asked: Any) -> None:
    """Count entries by any two of their dimensions.

    What was not recorded has a row and a column of its own: (blank) in text and CSV, null in
    JSON. Times sort by length. Hours come with their method: how many records had a time, what
    these sum to, how many had none. Give "(blank)" as a name to ask for what was not recorded.
    """
    db = opened()
    _write(count_tally(db, question(db, asked)), form)


def _write(table: Table, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(as_data(table), indent=2, ensure_ascii=False))
    elif form == "csv":
        # The workbook floor takes a while to load and is not needed otherwise.
        from fieldlog.services.export_csv import tally_as_csv

        click.echo(tally_as_csv(table, raw=True), nl=False)
    else:
        click.echo(as_text(table))
