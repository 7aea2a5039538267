"""Speak plainly: a mistake is one line on standard error, never a traceback."""

import os
from datetime import UTC, date, datetime
from typing import Any

import click

from fieldlog.config import WrongSetting, instance_folder
from fieldlog.core.rules import Refused
from fieldlog.services.count_tally import UnknownCode
from fieldlog.services.import_entries import ImportStopped, UnreadableSheet
from fieldlog.services.load_demonstration import NotEmpty
from fieldlog.services.name_filter import UnknownName
from fieldlog.services.open_database import open_database
from fieldlog.services.passwords import TooBusy
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store.connection import Database, StoreError, translated_errors
from fieldlog.tallies.crosstab import DoesNotAddUp

MISTAKES = (
    DoesNotAddUp,
    ExportFailed,
    ImportStopped,
    NotEmpty,
    Refused,
    StoreError,
    TooBusy,
    UnknownCode,
    UnknownName,
    UnreadableSheet,
    WrongSetting,
)
"""What a command may end with whose message is for the person at the terminal."""


class PlainGroup(click.Group):
    """Commands whose mistakes end with status 1 and one line that says what to do."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            with translated_errors():
                return super().invoke(ctx)
        except MISTAKES as mistake:
            raise click.ClickException(printable(" ".join(str(mistake).split()))) from mistake
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f": {os.fspath(error.filename)}" if isinstance(error.filename, str) else ""
            message = f"{error.strerror or error}{where}"
            raise click.ClickException(printable(message)) from error


class Night(click.ParamType[date]):
    """A date like 2020-12-05."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that ``value`` is."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            self.fail(f"“{value}” is not a date. Write it like 2020-12-05.", param, ctx)


NIGHT = Night()


def examples(*lines: str) -> str:
    """Return the end of a help text: commands to copy, one on each line."""
    return as_typed("Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines))


def as_typed(*lines: str) -> str:
    """Return a paragraph of a help text whose lines stay as they are."""
    return "\n".join(["\b", *lines])


def utc_now() -> datetime:
    """Return the moment it is, in UTC, to the second as the database keeps it."""
    return datetime.now(UTC).replace(microsecond=0)


def opened() -> Database:
    """Return the database of the instance folder, closed again when the command ends."""
    db = open_database(instance_folder())
    click.get_current_context().call_on_close(db.close)
    return db


def printable(text: str) -> str:
    """Return ``text`` so that what a file holds cannot move the cursor or colour the screen."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in text)


def say(text: str = "", *, to_stderr: bool = False) -> None:
    """Print a line of plain text."""
    click.echo(printable(text), err=to_stderr)


def indented(lines: list[str]) -> None:
    """Print ``lines`` as a list below what was said before."""
    for line in lines:
        say(f"  {line}")
