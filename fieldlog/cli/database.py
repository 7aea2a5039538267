"""The commands that make, fill and check the database."""

import click

from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.config import instance_folder
from fieldlog.services.apply_retention import copies_left
from fieldlog.services.check_integrity import Checked, check_integrity
from fieldlog.services.load_demonstration import NotEmpty, load_demonstration, plan_tonight
from fieldlog.services.open_database import initialise
from fieldlog.services.passwords import ARGON2

MOST_PROBLEMS = 10


@click.command(
    epilog=examples(
        "fieldlog init",
        "FIELDLOG_INSTANCE=/srv/fieldlog fieldlog init",
    )
)
def init() -> None:
    """Make the database, or bring it up to date.

    Run it once before anything else, and again after installing a newer fieldlog. It is harmless
    where there is nothing to do, and never touches what was recorded.
    """
    instance = instance_folder()
    new = initialise(instance)
    say(f"{'Made' if new else 'Up to date:'} the database in {instance}")


@click.command(
    epilog=examples(
        "fieldlog demo",
        "fieldlog demo --if-empty",
    )
)
@click.option("--if-empty", is_flag=True, help="Do nothing, and say so, if it is in use already.")
def demo(if_empty: bool) -> None:
    """Fill an empty database with a demonstration.

    The people and premises are fictional; the figures are those that were published of four
    nights of action and of the marshals' 483 records. Nothing is added to a database that anybody
    has used.
    """
    db = opened()
    try:
        added = load_demonstration(db, now=utc_now(), passwords=ARGON2)
    except NotEmpty as in_use:
        if not if_empty:
            raise
        plan_tonight(db, now=utc_now())
        say(str(in_use))
    else:
        say(f"Added {added} demonstration entries.")


@click.command(
    epilog=examples(
        "fieldlog check",
        'fieldlog check || echo "look at the backup"',
    )
)
def check() -> None:
    """Check that the database is whole, its figures add up and its key is there.

    Prints each thing that is checked with "ok" or with what is wrong; the exit status is 1 if
    anything is. It changes nothing and may run while people are logging.
    """
    db = opened()
    found = check_integrity(db, _report, instance=instance_folder())
    wrong = sum(bool(checked.problems) for checked in found)
    if wrong:
        raise click.ClickException(
            f"{wrong} of {len(found)} checks failed. Keep the file as it is and take advice "
            "before anybody logs more."
        )
    say(f"All {len(found)} checks passed.")
    if left := copies_left(db):
        say(left, to_stderr=True)


def _report(checked: Checked) -> None:
    if not checked.problems:
        say(f"ok     {checked.what}")
        return
    say(f"WRONG  {checked.what}")
    more = len(checked.problems) - MOST_PROBLEMS
    indented([f"     {problem}" for problem in checked.problems[:MOST_PROBLEMS]])
    if more > 0:
        say(f"       and {more} more")
