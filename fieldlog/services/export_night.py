"""Write the workbook of a night or a period: figures, tables and log from one snapshot."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking, highest
from fieldlog.services.choose_filter import in_words
from fieldlog.services.name_period import name_period
from fieldlog.services.night_figures import figures_in_snapshot
from fieldlog.services.write_whole import Exported, ExportFailed, about, written_whole
from fieldlog.store import log
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.facts import is_demonstration
from fieldlog.store.lists import load_lists
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.narrowing import narrowed
from fieldlog.workbook.log_sheet import DoesNotMatch
from fieldlog.workbook.night import write_night_workbook
from fieldlog.workbook.poured_rows import TooManyRows
from fieldlog.workbook.report import NightReport, TableSheet

ACT = "export night workbook"
ON_THE_SERVER = "fieldlog, on the server"
_TITLES = ("Action by time", "By agency", "By premises", "By hour")
"""The sheet of each table, in the order of ``NightFigures.tables``."""


def export_night(
    db: Database,
    wanted: Filter,
    target: Path,
    *,
    by: Person | None,
    now: datetime,
    marking: Marking = Marking.OFFICIAL,
) -> Exported:
    """Write the workbook of the entries that ``wanted`` counts to ``target`` and return what it is.

    ``by`` is who asks, ``None`` for the command line; ``now`` is the aware moment it is made. The
    workbook carries the highest marking of what is inside, and never less than ``marking``. It is
    written whole or not at all, and the audit says who took what out.

    Raises ExportFailed with a message: a total does not equal its records, the disk is full, the
    folder is missing, there are more entries than Excel holds. Raises UnknownCode for a dimension
    or measure that there is none of, and the errors of ``store.connection``.
    """
    with written_whole(target) as path:
        exported = _write(db, wanted, path, by, now, marking)
        with write_transaction(db):
            officer_id = by.officer_id if by else None
            add_to_audit(db, ACT, at=now, officer_id=officer_id, about=about(exported))
    return replace(exported, path=target)


def _write(
    db: Database, wanted: Filter, path: Path, by: Person | None, now: datetime, least: Marking
) -> Exported:
    try:
        with read_snapshot(db):
            report = _report(db, wanted, by, now, least)
            written = write_night_workbook(report, path)
    except (DoesNotAddUp, DoesNotMatch, TooManyRows) as error:
        raise ExportFailed(str(error)) from error
    return Exported(
        path, report.title, report.marking, report.counted, report.struck, len(written.cuts)
    )


def _report(
    db: Database, wanted: Filter, by: Person | None, now: datetime, least: Marking
) -> NightReport:
    """Return everything the workbook shows, inside a snapshot that the caller holds."""
    figures = figures_in_snapshot(db, wanted)
    lists = load_lists(db)
    with_notice = narrowed(wanted, {"law": tuple(lists.laws)})
    return NightReport(
        title=name_period(db, wanted).title,
        as_at=now,
        by=f"{by.name}, {by.agency}".removesuffix(", ") if by else ON_THE_SERVER,
        marking=highest([least, highest_marking(db, wanted, struck=True)]),
        headline=figures.headline,
        tables=[
            TableSheet(title, table) for title, table in zip(_TITLES, figures.tables, strict=True)
        ],
        notices=list(log.find_lines(db, with_notice, struck=True, newest_first=False)),
        lines=log.find_lines(db, wanted, struck=True, newest_first=False),
        counted=figures.sums.entries,
        struck=log.count_lines(db, wanted, struck=True) - figures.sums.entries,
        measures=sorted(lists.measures.values(), key=lambda measure: measure.position),
        about=[(part.heading, part.text) for part in in_words(db, wanted)],
        demonstration=is_demonstration(db),
    )
