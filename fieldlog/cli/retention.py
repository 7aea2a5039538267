"""Say what is due under the retention rules, and remove it for an administrator with a reason."""

import click

from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.core.folding import folded
from fieldlog.core.night import says_moment
from fieldlog.core.person import Person
from fieldlog.core.retention import Retained, says_months
from fieldlog.services.apply_retention import (
    CopiesLeft,
    apply_retention,
    copies_left,
    look,
    standings,
)
from fieldlog.services.apply_retention import overwrite as overwrite_file
from fieldlog.services.list_users import user_named
from fieldlog.store.connection import Database

MOST_LISTED = 20
KIND = click.argument("kind", type=click.Choice([kind.value for kind in Retained]))


@click.group()
def retention() -> None:
    """See what is kept how long, and remove what is due.

    Nothing is ever removed by itself. Entries stay for good: what goes are pictures, files and
    words, while the row, its hash and every figure stay. See docs/records.md.
    """


@retention.command(
    "list",
    epilog=examples(
        "fieldlog retention list",
    ),
)
def list_() -> None:
    """List every kind with its period, and how many are due now or held."""
    db = opened()
    rows = [("Kind", "Kept for", "Due", "Held", "")]
    rows += [
        (
            one.rule.kind.value,
            says_months(one.rule.months),
            f"{one.due.total:,}",
            f"{len(one.due.held):,}",
            one.rule.kind.label,
        )
        for one in standings(db, now=utc_now())
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    if left := copies_left(db):
        say(left, to_stderr=True)


@retention.command(
    epilog=examples(
        "fieldlog retention apply photos --dry-run",
        'fieldlog retention apply photos --by ada.finch --reason "Yearly review"',
    )
)
@KIND
@click.option("--by", "username", help="User name of the administrator who decides.")
@click.option("--reason", default="", help="Why it is removed now; it stays in the register.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
def apply(kind: str, username: str | None, reason: str, dry_run: bool) -> None:
    """Remove what is due of KIND, or say with --dry-run what would go."""
    db, retained = opened(), Retained(kind)
    if dry_run:
        _say_due(db, retained)
        return
    if not username:
        raise click.UsageError("Give --by with the user name of an administrator, or --dry-run.")
    by = _person(db, username)
    try:
        removed = apply_retention(db, retained, by=by, now=utc_now(), reason=reason)
    except CopiesLeft as left:
        raise click.ClickException(str(left)) from left
    if removed is None:
        say(f"Nothing is due: {retained.label}.")
        return
    say(f"Removed {removed.items:,}: {retained.label}. It is number {removed.id} in the register.")


@retention.command(epilog=examples("fieldlog retention overwrite"))
def overwrite() -> None:
    """Write the database file anew, so that no copy of what was removed is left in it.

    Each removal does this by itself; it is for when one could not, because the database was busy
    or the disk too full. It needs twice the room that the database has. Nobody can save
    meanwhile, about ten seconds for each gigabyte.
    """
    overwrite_file(opened())
    say("Written anew. The file holds what is in its tables and nothing else.")


def _say_due(db: Database, kind: Retained) -> None:
    standing = look(db, kind, now=utc_now())
    due = standing.due
    say(f"{due.total:,} due, from before {says_moment(standing.before)}: {kind.label}.")
    indented([f"{item.words}, {says_moment(item.since)}" for item in due.items[:MOST_LISTED]])
    if len(due.items) > MOST_LISTED:
        say(f"  and {len(due.items) - MOST_LISTED:,} more")
    if due.held:
        say(f"{len(due.held):,} more are held.")


def _person(db: Database, username: str) -> Person:
    account = user_named(db, folded(username))
    if account is None or account.disabled:
        raise click.ClickException(
            f"Nobody can sign in as “{username}”. To see them all: fieldlog user list"
        )
    return account.person
