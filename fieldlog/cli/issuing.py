"""Issue figures as final, with a number and a version, and see what was issued."""

from pathlib import Path
from typing import Any

import click

from fieldlog.cli.asking import named, says_which_entries
from fieldlog.cli.exporting import FIGURES, out_option, output_for, says_which_edition
from fieldlog.cli.how_far import writing_here
from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.config import instance_folder
from fieldlog.core.editions import Edition
from fieldlog.services.name_filter import filter_named
from fieldlog.store.connection import database_path
from fieldlog.tallies.kept_figures import says_change


@click.group()
def issue() -> None:
    """Issue figures as final: a number, a version, and what changed since the one before."""


@issue.command(
    epilog=examples(
        "fieldlog issue make --night 2020-12-05 --out committee.xlsx",
        "fieldlog issue make --from 2020-12-01 --to 2020-12-31 --edition working --out dec.xlsx",
    )
)
@says_which_entries
@says_which_edition(Edition.COMMITTEE)
@out_option(*FIGURES)
def make(out: Path, edition: str, hide_small: bool, **asked: Any) -> None:
    """Issue the figures of a night or a period, and write the file to hand over.

    Issuing the same entries in the same edition again makes the next version.
    """
    from fieldlog.services.fetch_export import fetch_export
    from fieldlog.services.issue_export import Issuing, issue_export
    from fieldlog.services.write_whole import written_whole

    db, now = opened(), utc_now()
    wanted = filter_named(db, named(asked))
    issuing = Issuing(wanted, output_for(out, edition, hide_small))
    database = database_path(instance_folder())
    with writing_here() as written:
        export_id = issue_export(db, issuing, database=database, by=None, now=now, make=written)
    found = fetch_export(db, export_id, by=None, now=now)
    if found is None:
        raise LookupError(export_id)
    export, body = found
    with written_whole(out) as path:
        path.write_bytes(body)
    say(f"{export.reference}: {export.title}, {export.marking.label}, in {out}")
    if export.changes:
        say(f"Changed since version {(export.version or 1) - 1}:")
        indented([says_change(one) for one in export.changes])


@issue.command(name="list", epilog=examples("fieldlog issue list"))
def list_() -> None:
    """List what was issued, the newest first."""
    from fieldlog.services.read_exports import read_exports

    found = read_exports(opened(), issued=True, size=50)
    if not found.exports:
        say("Nothing issued yet.")
    for one in found.exports:
        at = f"{one.export.made_at:%Y-%m-%d %H:%M} UTC"
        say(f"{one.export.reference}  {at}  {one.kind}  {one.export.title}")
