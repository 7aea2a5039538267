"""Write the figures of any filter to a file: edition, format and suppression are the caller's.

The one path for everything that hands figures over: pages, commands, mail, the register of issues.
``export_figures`` writes in the process that calls it; pages go through ``run_apart`` or, where it
takes long, ``export_apart``, with a ``Job`` that carries the same. What comes back is ``Exported``:
the path of the file, its title and marking, how many entries it counts, and the figures as they are
kept. ``issue`` is what the register gives a file that is issued: it is printed on the cover with
what changed.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.issue import IssueMark
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking, highest
from fieldlog.services.choose_filter import in_words
from fieldlog.services.edition_figures import counted_in_snapshot, hiding
from fieldlog.services.export_csv import log_csv_in_snapshot, told_of
from fieldlog.services.name_period import NAMES_SOMEBODY, name_period
from fieldlog.services.night_figures import figures_in_snapshot
from fieldlog.services.work_apart import Progress, Tell, tell_nobody
from fieldlog.services.write_whole import Exported, ExportFailed, about, written_whole
from fieldlog.store import log
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.facts import is_demonstration
from fieldlog.store.lists import load_lists
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.edition import Counted
from fieldlog.tallies.kept_figures import keep
from fieldlog.tallies.narrowing import narrowed
from fieldlog.tallies.plain_tables import plain_tables
from fieldlog.workbook.committee import write_committee_workbook
from fieldlog.workbook.committee_files import write_committee_csv, write_committee_ods
from fieldlog.workbook.log_sheet import DoesNotMatch
from fieldlog.workbook.long_rows import TooManyRows
from fieldlog.workbook.night import write_night_ods, write_night_workbook
from fieldlog.workbook.report import CommitteeReport, NightReport, TableSheet

ACTS = {
    Output(Edition.WORKING, FileFormat.XLSX): "export night workbook",
    Output(Edition.WORKING, FileFormat.CSV): "export log as CSV",
}
"""What the audit calls an export; every other one is named by its edition and format."""

COUNTING, HIDING = "Counting the figures", "Working out which numbers must be hidden"
WRITING_TABLES = "Writing the tables"
ON_THE_SERVER = "fieldlog, on the server"
NAMES_NOBODY = (
    "The committee edition names nobody, so it cannot be about one officer, one premises or one "
    "place. Take that out of the filter, or choose the working edition."
)
_TITLES = ("Action by time", "By agency", "By premises", "By hour")
"""The sheet of each table, in the order of ``NightFigures.tables``."""
_WARDS = "Ward by action"
_IN_BOTH = {"Notices by law", "Hours", "What came late", "What changed"}
"""What the working edition prints as the committee edition does, besides tables of its own."""


@dataclass(frozen=True)
class Order:
    """What is to be written, for whom and where: the entries ``wanted``, to ``target``.

    ``by`` is who asks, ``None`` for the command line; ``now`` is the aware moment it is made. The
    file carries the highest marking of what is inside, and never less than ``marking``.
    """

    wanted: Filter
    target: Path
    by: Person | None
    now: datetime
    output: Output = field(default_factory=Output)
    marking: Marking = Marking.OFFICIAL
    issue: IssueMark | None = None


def export_figures(
    db: Database,
    wanted: Filter,
    target: Path,
    *,
    output: Output = Output(),  # noqa: B008 - frozen
    by: Person | None,
    now: datetime,
    marking: Marking = Marking.OFFICIAL,
    issue: IssueMark | None = None,
) -> Exported:
    """Write the entries that ``wanted`` counts as ``write_order`` does, without saying how far."""
    return write_order(db, Order(wanted, target, by, now, output, marking, issue))


def write_order(db: Database, order: Order, tell: Tell = tell_nobody) -> Exported:
    """Write what is ordered, and return what it is; ``tell`` hears how far it is.

    The file is written whole or not at all, and the audit says who took what out.

    Raises ExportFailed with a message: a total does not equal its records, the disk is full, the
    folder is missing, there are more entries than a sheet holds, the committee edition would be
    about one officer. Raises UnknownCode for a dimension or measure that there is none of, and the
    errors of ``store.connection``.
    """
    with written_whole(order.target) as path:
        try:
            with read_snapshot(db):
                exported = _write(db, order, path, tell)
        except (DoesNotAddUp, DoesNotMatch, TooManyRows) as error:
            raise ExportFailed(str(error)) from error
        with write_transaction(db):
            officer_id = order.by.officer_id if order.by else None
            act = ACTS.get(order.output) or _act(order.output)
            add_to_audit(db, act, at=order.now, officer_id=officer_id, about=about(exported))
    return replace(exported, path=order.target)


def _act(output: Output) -> str:
    hidden = ", small numbers hidden" if output.suppress else ""
    return f"export {output.edition.label.lower()}, {output.file_format.value}{hidden}"


def _write(db: Database, order: Order, path: Path, tell: Tell) -> Exported:
    tell(Progress(COUNTING))
    if order.output.edition is Edition.COMMITTEE:
        return _committee(db, order, path, tell)
    if order.output.file_format is FileFormat.CSV:
        return log_csv_in_snapshot(db, order.wanted, path, tell=tell)
    return _working(db, order, path, tell)


def _working(db: Database, order: Order, path: Path, tell: Tell) -> Exported:
    wanted, by = order.wanted, order.by
    figures = figures_in_snapshot(db, wanted)
    lists = load_lists(db)
    title = name_period(db, wanted).title
    counted = counted_in_snapshot(db, wanted, figures)
    plain = plain_tables(counted, hiding(counted, suppress=False), title, order.issue)
    with_notice = narrowed(wanted, {"law": tuple(lists.laws)})
    shown = log.count_lines(db, wanted, struck=True)
    lines = log.find_lines(db, wanted, struck=True, newest_first=False)
    report = NightReport(
        title=title,
        as_at=order.now,
        by=f"{by.name}, {by.agency}".removesuffix(", ") if by else ON_THE_SERVER,
        marking=highest([order.marking, highest_marking(db, wanted, struck=True)]),
        headline=figures.headline,
        tables=[
            *(TableSheet(*named) for named in zip(_TITLES, figures.tables, strict=True)),
            *(TableSheet(name, table) for name, table in counted.tables if name == _WARDS),
        ],
        notices=list(log.find_lines(db, with_notice, struck=True, newest_first=False)),
        lines=told_of(lines, shown, tell),
        counted=figures.sums.entries,
        struck=shown - figures.sums.entries,
        measures=sorted(lists.measures.values(), key=lambda measure: measure.position),
        about=[(part.heading, part.text) for part in in_words(db, wanted)],
        demonstration=is_demonstration(db),
        issue=order.issue,
        plain=[it for it in plain if it.name in _IN_BOTH],
    )
    write = write_night_ods if order.output.file_format is FileFormat.ODS else write_night_workbook
    written = write(report, path)
    return Exported(
        path,
        report.title,
        report.marking,
        report.counted,
        report.struck,
        len(written.cuts),
        _kept(counted),
    )


def _committee(db: Database, order: Order, path: Path, tell: Tell) -> Exported:
    wanted, output = order.wanted, order.output
    if wanted.place or NAMES_SOMEBODY & (wanted.where.keys() | wanted.without.keys()):
        raise ExportFailed(NAMES_NOBODY)
    counted = counted_in_snapshot(db, wanted)
    if output.suppress:
        tell(Progress(HIDING))
    hidden = hiding(counted, suppress=output.suppress)
    title = name_period(db, wanted).title
    report = CommitteeReport(
        title=title,
        as_at=order.now,
        by=(order.by.agency if order.by else "") or "The coordinator",
        marking=highest([order.marking, highest_marking(db, wanted)]),
        tables=plain_tables(counted, hidden, title, order.issue),
        suppressed=output.suppress,
        about=[(part.heading, part.text) for part in in_words(db, wanted)],
        demonstration=is_demonstration(db),
        issue=order.issue,
    )
    tell(Progress(WRITING_TABLES, 0, len(report.tables)))
    _COMMITTEE_WRITERS[output.file_format](report, path)
    return Exported(path, title, report.marking, counted.entries, 0, 0, _kept(counted))


def _kept(counted: Counted) -> str:
    tables = [table for _, table in counted.tables]
    return keep(counted.entries, counted.headline, tables).as_text()


_COMMITTEE_WRITERS = {
    FileFormat.XLSX: write_committee_workbook,
    FileFormat.ODS: write_committee_ods,
    FileFormat.CSV: write_committee_csv,
}
