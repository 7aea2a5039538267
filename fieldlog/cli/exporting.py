"""Write files to hand over: figures of a night or a period, the log, a tally; check one again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from fieldlog.cli.asking import Command, named, question, says_what_to_count, says_which_entries
from fieldlog.cli.how_far import progress_bar
from fieldlog.cli.plainly import NIGHT, examples, indented, opened, say, utc_now
from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.issue import FigureChange
from fieldlog.core.question import Filter
from fieldlog.services.name_filter import Named, filter_named
from fieldlog.services.write_whole import Exported
from fieldlog.store.connection import Database
from fieldlog.tallies.kept_figures import says_change

FIGURES = (".xlsx", ".ods", ".csv")


def out_option(*suffixes: str) -> Callable[[Command], Command]:
    """Return the option that says where to write."""

    def checked(_ctx: click.Context, _parameter: click.Parameter, path: Path) -> Path:
        if path.suffix.lower() not in suffixes:
            raise click.BadParameter(f"“{path.name}” must end in {' or '.join(suffixes)}.")
        return path

    return click.option(
        "--out",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        callback=checked,
        metavar=f"FILE{suffixes[0]}",
        help=f"Where to write it, ending in {' or '.join(suffixes)}; a file there is replaced.",
    )


def says_which_edition(usual: Edition) -> Callable[[Command], Command]:
    """Return the options that say for whom a file is made."""

    def given(command: Command) -> Command:
        command = click.option(
            "--hide-small", is_flag=True, help="Hide 1 to 4, in the committee edition."
        )(command)
        return click.option(
            "--edition",
            type=click.Choice([one.value for one in Edition]),
            default=usual.value,
            show_default=True,
            help="working names officers, premises and people; committee names nobody.",
        )(command)

    return given


def output_for(out: Path, edition: str, hide_small: bool) -> Output:
    """Return the edition and format that the options ask for. Raises UsageError."""
    if hide_small and edition == Edition.WORKING.value:
        raise click.UsageError("--hide-small is for --edition committee: working shows the log.")
    return Output(Edition(edition), FileFormat(out.suffix.lower().removeprefix(".")), hide_small)


# The workbook floor takes a while to load: each command loads what it needs of it when it runs.


@click.group()
def export() -> None:
    """Write a file to hand over, or check one that came back."""


@export.command(
    epilog=examples(
        "fieldlog export night --night 2020-12-05 --out night.xlsx",
        'fieldlog export night --night 2020-12-05 --operation "Op Emblazen" --out night.xlsx',
        "fieldlog export night --night 2020-12-05 --edition committee --out committee.ods",
    )
)
@click.option("--night", required=True, type=NIGHT, metavar="DATE", help="The date it began on.")
@click.option(
    "--operation", "operations", multiple=True, metavar="NAME", help="Only this operation."
)
@says_which_edition(Edition.WORKING)
@out_option(*FIGURES)
def night(
    night: date, operations: tuple[str, ...], out: Path, edition: str, hide_small: bool
) -> None:
    """Write the figures of a night: cover, tables and, in the working edition, the full log.

    It carries the highest marking of what is inside, and is written whole or not at all.
    """
    db = opened()
    wanted = filter_named(db, Named(operations=operations, nights=(night,)))
    _write_figures(db, wanted, out, output_for(out, edition, hide_small))


@export.command(
    epilog=examples(
        "fieldlog export period --from 2020-12-01 --to 2020-12-31 --out december.xlsx",
        'fieldlog export period --operation "Op Dial" --edition committee --out dial.xlsx',
    )
)
@says_which_entries
@says_which_edition(Edition.WORKING)
@out_option(*FIGURES)
def period(out: Path, edition: str, hide_small: bool, **asked: Any) -> None:
    """Write the figures of a period, an operation or an agency; without any, of everything."""
    db = opened()
    wanted = filter_named(db, named(asked))
    _write_figures(db, wanted, out, output_for(out, edition, hide_small))


def _write_figures(db: Database, wanted: Filter, out: Path, output: Output) -> None:
    from fieldlog.services.export_figures import Order, write_order
    from fieldlog.services.keep_export import HandedOut, keep_download

    now = utc_now()
    with progress_bar() as tell:
        made = write_order(db, Order(wanted, out, None, now, output), tell)
    keep_download(db, HandedOut("night", wanted, out.name, output), made, out, by=None, now=now)
    _say(made)


@export.command(
    epilog=examples(
        "fieldlog export log --out log.csv",
        'fieldlog export log --operation "Op Emblazen" --from 2020-12-01 --out december.csv',
    )
)
@says_which_entries
@out_option(".csv")
def log(out: Path, **asked: Any) -> None:
    """Write the log as CSV for Excel: every entry, struck ones too, oldest first."""
    from fieldlog.services.export_csv import export_log_csv
    from fieldlog.services.keep_export import HandedOut, keep_download

    db, now = opened(), utc_now()
    wanted = filter_named(db, named(asked))
    with progress_bar() as tell:
        made = export_log_csv(db, wanted, out, by=None, now=now, tell=tell)
    handed_out = HandedOut("log", wanted, out.name, file_format="csv")
    keep_download(db, handed_out, made, out, by=None, now=now)
    _say(made)


@export.command(
    epilog=examples(
        "fieldlog export tally --rows action --columns time --out marshals.xlsx",
        "fieldlog export tally --rows ward --columns night --measure spoken_to --out wards.csv",
    )
)
@says_what_to_count
@out_option(".csv", ".xlsx", ".json")
def tally(out: Path, **asked: Any) -> None:
    """Write a tally for Excel, or as JSON; "fieldlog tally --help" explains what can be counted."""
    from fieldlog.services.export_tally import export_tally

    db = opened()
    made = export_tally(db, question(db, asked), out, by=None, now=utc_now())
    say(f"{made.title}, {made.marking.label}, in {out}")


@export.command(epilog=examples("fieldlog export check returned.xlsx"))
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(file: Path) -> None:
    """Say whether FILE is one of ours, unaltered, and whether its figures still hold.

    Ends with status 0 only if all three are so.
    """
    from fieldlog.services.check_file import Verdict, check_file

    found = check_file(opened(), file, by=None, now=utc_now())
    if found.of is None:
        say(f"{file.name} is not one of ours: no export has its hash, and no number is in it.")
        raise SystemExit(1)
    export_ = found.of.export
    which = export_.reference or "a plain download"
    say(f"{file.name}: {which}, {found.of.kind}, {export_.title}")
    if found.verdict is Verdict.ALTERED:
        say("It carries that number, but it is not the file that was issued.")
        if found.altered is None:
            say("Its headline could not be read, so it cannot be said whether it was changed.")
        elif not found.altered:
            say("Its headline figures are still those that were issued.")
        _say_changes("Figures in it that are not those issued", found.altered or ())
    else:
        say(f"It is byte for byte what {found.of.maker} handed out.")
    if found.standing is None:
        say("No figures were kept with it, so that they cannot be compared with the log.")
    elif found.standing.changed:
        _say_changes("Figures that do not hold any more", found.standing.changed)
    else:
        say("Every figure that was handed out is still what the log says.")
    raise SystemExit(0 if found.holds else 1)


def _say_changes(heading: str, changes: tuple[FigureChange, ...]) -> None:
    if changes:
        say(f"{heading}:")
        indented([says_change(one) for one in changes])


def _say(made: Exported) -> None:
    struck = f", {made.struck:,} struck" if made.struck else ""
    entries = f"{made.entries:,} {'entry' if made.entries == 1 else 'entries'}"
    say(f"{made.title}: {entries}{struck}, {made.marking.label}, in {made.path}")
