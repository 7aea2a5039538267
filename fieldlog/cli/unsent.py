"""Import what a phone could not send by itself."""

from pathlib import Path

import click

from fieldlog.cli.plainly import examples, indented, opened, say, utc_now
from fieldlog.config import from_environment

SAYS = {
    "stored": "recorded",
    "already-stored": "had arrived already",
    "conflict": "set aside, since something else is stored under the same record",
    "set-aside": "set aside for a coordinator's decision",
}


@click.command(
    "unsent",
    epilog=examples("fieldlog import unsent fieldlog-unsent-2020-12-05-21-40.json"),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def unsent(file: Path) -> None:
    """Import FILE, which a phone gives out when it cannot send by itself.

    What has arrived in the meantime is not recorded again, so importing a file twice adds nothing.
    What cannot be recorded as it is is set aside for a coordinator to decide about.
    """
    # The forms of the pages and the cryptography take a while to load.
    from fieldlog.app import reading_forms
    from fieldlog.services.import_unsent import NotAnExport, import_unsent
    from fieldlog.services.open_sealed import sealing_key

    db, config = opened(), from_environment()
    key = sealing_key(config.instance)
    try:
        with reading_forms(config) as forms:
            report = import_unsent(
                db, file.read_bytes(), by=None, now=utc_now(), forms=forms, key=key
            )
    except NotAnExport as error:
        raise click.ClickException(str(error)) from error
    say(f"{file.name}: {report.records:,} record{'' if report.records == 1 else 's'}")
    counted = {state.value: number for state, number in report.states.items()}
    indented([f"{counted[state]:,} {words}" for state, words in SAYS.items() if state in counted])
    for place, problems in report.unreadable:
        indented([f"number {place} is no record: {one.message}" for one in problems])
    if report.unreadable:
        raise click.ClickException(
            f"{len(report.unreadable):,} of {report.records:,} not kept. Keep the file."
        )
