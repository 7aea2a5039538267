"""The options with which commands say which entries are meant and what of them is counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from fieldlog.cli.plainly import NIGHT
from fieldlog.core.question import DIMENSIONS, ENTRIES, Question
from fieldlog.services.name_filter import Named, filter_named
from fieldlog.store.connection import Database

_DIMENSION = click.Choice(list(DIMENSIONS))
_FILTERS = (
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
_TABLE = (
    click.option(
        "--rows",
        type=_DIMENSION,
        default="action",
        show_default=True,
        metavar="DIMENSION",
        help=f"One of {', '.join(DIMENSIONS)}.",
    ),
    click.option(
        "--columns",
        type=_DIMENSION,
        default="time",
        show_default=True,
        metavar="DIMENSION",
        help="Another of them.",
    ),
    click.option(
        "--measure",
        default=ENTRIES,
        show_default=True,
        metavar="MEASURE",
        help="entries, premises (distinct premises visited), minutes, or the code of a count.",
    ),
)

Command = Callable[..., Any]


def says_which_entries(command: Command) -> Command:
    """Give ``command`` the options that say which entries are meant."""
    return _given(command, _FILTERS)


def says_what_to_count(command: Command) -> Command:
    """Give ``command`` the options of a table: rows, columns, measure, and which entries."""
    return _given(command, (*_TABLE, *_FILTERS))


def _given(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def named(asked: dict[str, Any]) -> Named:
    """Return what the options of ``says_which_entries`` ask for. Raises UsageError."""
    _in_order(asked["date_from"], asked["date_to"])
    return Named(**asked)


def question(db: Database, asked: dict[str, Any]) -> Question:
    """Return what the options of ``says_what_to_count`` ask. Raises UsageError, UnknownName."""
    table = {name: asked.pop(name) for name in ("rows", "columns", "measure")}
    return Question(**table, filter=filter_named(db, named(asked)))


def _in_order(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise click.UsageError(f"--to {last} is before --from {first}.")
