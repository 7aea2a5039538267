"""Count any dimension by any other, as text, JSON or CSV."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from fieldlog.cli.plainly import NIGHT, examples, opened
from fieldlog.core.question import DIMENSIONS, ENTRIES, Question
from fieldlog.services.count_tally import count_tally
from fieldlog.services.name_filter import Named, filter_named
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.writing import as_data, as_rows, as_text

FILTERS = (
    click.option(
        "--operation",
        "operations",
        multiple=True,
        metavar="NAME",
        help="Only this operation, by its name or an alias. Give it again for another one too.",
    ),
    click.option(
        "--deployment",
        "deployments",
        multiple=True,
        metavar="NAME",
        help="Only this deployment, like “Op Emblazen · 5 December 2020”.",
    ),
    click.option(
        "--night", "nights", multiple=True, type=NIGHT, metavar="DATE", help="Only this night."
    ),
    click.option(
        "--from", "date_from", type=NIGHT, metavar="DATE", help="Nights from this date on."
    ),
    click.option(
        "--to", "date_to", type=NIGHT, metavar="DATE", help="Nights up to this date, included."
    ),
    click.option("--agency", "agencies", multiple=True, metavar="NAME", help="Only this agency."),
    click.option(
        "--kind", "kinds", multiple=True, metavar="KIND", help="Only entries of this kind."
    ),
)
"""The options that say which entries are meant."""


def filtered(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the options that say which entries are meant."""
    for option in reversed(FILTERS):
        command = option(command)
    return command


def named(asked: dict[str, Any]) -> Named:
    """Return what the options of ``filtered`` ask for."""
    _in_order(asked["date_from"], asked["date_to"])
    return Named(**asked)


def _in_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise click.UsageError(f"--to {last} is before --from {first}.")


_DIMENSION = click.Choice(list(DIMENSIONS))


@click.command(
    epilog=examples(
        "fieldlog tally --rows action --columns time",
        'fieldlog tally --rows agency --columns kind --operation "Op Emblazen" --night 2020-12-05',
        "fieldlog tally --rows ward --columns night --measure spoken_to --format csv > wards.csv",
        "fieldlog tally --rows night --columns kind --measure premises --format json",
    )
)
@click.option("--rows", type=_DIMENSION, default="action", show_default=True)
@click.option("--columns", type=_DIMENSION, default="time", show_default=True)
@click.option(
    "--measure",
    default=ENTRIES,
    show_default=True,
    metavar="MEASURE",
    help="entries, premises (distinct premises visited), minutes, or the code of a count.",
)
@filtered
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
)
def tally(rows: str, columns: str, measure: str, form: str, **asked: Any) -> None:
    """Count entries by any two of their dimensions.

    Dimensions are action, time, kind, premises, ward, officer and so on.

    What was not recorded has a row and a column of its own: (blank) in text and CSV, null in
    JSON. Times sort by length. Hours come with their method: how many records had a time, what
    these sum to, how many had none. Give "(blank)" as a name to ask for what was not recorded.
    """
    db = opened()
    wanted = filter_named(db, named(asked))
    table = count_tally(db, Question(rows, columns, measure, wanted))
    click.echo(WRITTEN[form](table))


def _as_json(table: Table) -> str:
    return json.dumps(as_data(table), indent=2, ensure_ascii=False)


def _as_csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(as_rows(table))
    return text.getvalue().removesuffix("\n")


WRITTEN: dict[str, Callable[[Table], str]] = {"text": as_text, "json": _as_json, "csv": _as_csv}
