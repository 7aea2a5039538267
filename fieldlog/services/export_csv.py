"""Write a tally or the log as CSV, for Excel or, raw, for programs."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fieldlog.core.log import LogLine
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.services.name_period import name_period
from fieldlog.services.work_apart import Progress, Tell, tell_nobody
from fieldlog.services.write_whole import Exported, ExportFailed, about, written_whole
from fieldlog.store import log
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.crosstab import Table
from fieldlog.workbook.csv_rows import table_csv, write_log_csv

ACT = "export log as CSV"
WRITING_ROWS = "Writing rows"
_LINES_BETWEEN_WORDS = 500


def tally_as_csv(table: Table, *, raw: bool = False) -> bytes:
    """Return a table as the bytes of a CSV file in UTF-8.

    Text that a spreadsheet would take for a formula gets an apostrophe in front and the file
    starts with the mark that Excel looks for. ``raw`` leaves both out and pence as pence.
    """
    return table_csv(table, raw=raw).encode("utf-8", "replace")


def export_log_csv(
    db: Database,
    wanted: Filter,
    target: Path,
    *,
    by: Person | None,
    now: datetime,
    raw: bool = False,
    tell: Tell = tell_nobody,
) -> Exported:
    """Write the entries that ``wanted`` counts, and struck ones, to ``target`` as CSV.

    ``by`` is who asks, ``None`` for the command line; ``now`` an aware moment. The file is written
    whole or not at all, from one snapshot, and the audit says who took what out. ``raw`` is for
    programs: see ``tally_as_csv``; ``tell`` hears how far it is. Raises ExportFailed, and the
    errors of ``store.connection``.
    """
    with written_whole(target) as path:
        with read_snapshot(db):
            exported = log_csv_in_snapshot(db, wanted, path, raw=raw, tell=tell)
        with write_transaction(db):
            officer_id = by.officer_id if by else None
            add_to_audit(db, ACT, at=now, officer_id=officer_id, about=about(exported))
    return replace(exported, path=target)


def log_csv_in_snapshot(
    db: Database,
    wanted: Filter,
    path: Path,
    *,
    raw: bool = False,
    tell: Tell = tell_nobody,
) -> Exported:
    """Write the log to ``path`` inside a snapshot that the caller holds. Raises ExportFailed."""
    counted = log.count_lines(db, wanted)
    shown = log.count_lines(db, wanted, struck=True)
    measures = sorted(load_lists(db).measures.values(), key=lambda it: it.position)
    lines = log.find_lines(db, wanted, struck=True, newest_first=False)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        written = write_log_csv(file, told_of(lines, shown, tell), measures, raw=raw)
    if written != shown:
        raise ExportFailed(
            f"The log should have {shown:,} entries, but {written:,} were found. "
            "It was not written. Run: fieldlog check"
        )
    return Exported(
        path=path,
        title=name_period(db, wanted).title,
        marking=highest_marking(db, wanted, struck=True),
        entries=counted,
        struck=shown - counted,
    )


def told_of(lines: Iterable[LogLine], of: int, tell: Tell) -> Iterator[LogLine]:
    """Pass ``lines`` on as they are written and tell how many of how many have passed."""
    tell(Progress(WRITING_ROWS, 0, of))
    for number, line in enumerate(lines, 1):
        yield line
        if number % _LINES_BETWEEN_WORDS == 0 or number == of:
            tell(Progress(WRITING_ROWS, number, of))
