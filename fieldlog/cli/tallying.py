"""Count any dimension by any other, in levels too, as text, JSON or CSV."""

import json
from typing import Any

import click

from fieldlog.cli.asking import question, says_what_to_count
from fieldlog.cli.plainly import examples, opened
from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import DIMENSIONS, Question
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.services.count_tally import count_tally
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order, Showing
from fieldlog.tallies.spread import Spread
from fieldlog.tallies.spread_writing import spread_data, spread_text
from fieldlog.tallies.writing import as_data, as_text

_DIMENSION = click.Choice(list(DIMENSIONS))


@click.command(
    epilog=examples(
        "fieldlog tally --rows action --columns time",
        'fieldlog tally --rows agency --columns kind --operation "Op Emblazen" --night 2020-12-05',
        "fieldlog tally --rows action --then-rows agency --columns kind --percent row",
        "fieldlog tally --rows premises --no-columns --measure visits --also spoken_to --top 10",
        "fieldlog tally --rows ward --columns night --measure spoken_to --format csv",
        "fieldlog tally --rows night --columns kind --measure premises --format json",
    )
)
@says_what_to_count
@click.option(
    "--then-rows", type=_DIMENSION, metavar="DIMENSION", help="A second level inside the rows."
)
@click.option(
    "--then-columns",
    type=_DIMENSION,
    metavar="DIMENSION",
    help="A second level inside the columns.",
)
@click.option("--no-columns", is_flag=True, help="Only totals of each row, without columns.")
@click.option(
    "--also",
    multiple=True,
    metavar="MEASURE",
    help="Another measure beside the first. Give it again for more.",
)
@click.option(
    "--percent",
    type=click.Choice([share.value for share in Share]),
    help="Percentages of the row, the column or the total too.",
)
@click.option(
    "--order",
    type=click.Choice([order.value for order in Order]),
    default=Order.USUAL.value,
    show_default=True,
    help="Rows as usual, the other way round, or by their total.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Only that many rows, those with the most; the others together in one.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="CSV here is for programs; for Excel see: fieldlog export tally --help",
)
def tally(form: str, **asked: Any) -> None:
    """Count entries by any of their dimensions, in one or two levels of rows and of columns.

    What was not recorded has a row and a column of its own: (blank) in text and CSV, null in
    JSON. Times sort by length. Hours come with their method: how many records had a time, what
    these sum to, how many had none. Give "(blank)" as a name to ask for what was not recorded.

    With a second level, more measures, percentages, an order or a top, JSON lists the labels of
    each level and the numbers of each measure.
    """
    levels = {name: asked.pop(name) for name in _LEVELS}
    percent, showing = asked.pop("percent"), _showing(asked)
    db = opened()
    plain = question(db, asked)
    if not any(levels.values()) and percent is None and showing == Showing():
        _write(count_tally(db, plain), form)
        return
    spread = count_breakdown(db, _breakdown(plain, **levels), showing)
    _write_spread(spread, form, Share(percent) if percent else None)


_LEVELS = ("then_rows", "then_columns", "no_columns", "also")


def _showing(asked: dict[str, Any]) -> Showing:
    return Showing(Order(asked.pop("order")), asked.pop("top"))


def _breakdown(
    plain: Question,
    then_rows: str | None,
    then_columns: str | None,
    no_columns: bool,
    also: tuple[str, ...],
) -> Breakdown:
    if no_columns and then_columns:
        raise click.UsageError("--no-columns and --then-columns exclude each other.")
    columns = () if no_columns else (plain.columns, then_columns)
    return Breakdown(
        rows=tuple(filter(None, (plain.rows, then_rows))),
        columns=tuple(filter(None, columns)),
        measures=tuple(dict.fromkeys((plain.measure, *also))),
        filter=plain.filter,
    )


def _write(table: Table, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(as_data(table), indent=2, ensure_ascii=False))
    elif form == "csv":
        # The workbook floor takes a while to load and is not needed otherwise.
        from fieldlog.services.export_csv import tally_as_csv

        click.echo(tally_as_csv(table, raw=True), nl=False)
    else:
        click.echo(as_text(table))


def _write_spread(spread: Spread, form: str, share: Share | None) -> None:
    if form == "json":
        click.echo(json.dumps(spread_data(spread, share), indent=2, ensure_ascii=False))
    elif form == "csv":
        from fieldlog.services.export_spread import spread_as_csv

        click.echo(spread_as_csv(spread, raw=True), nl=False)
    else:
        click.echo(spread_text(spread, share))
