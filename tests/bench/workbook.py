"""The workbook of a night, and a log of 100,000 entries, against bare openpyxl write-only.

Ours is the service that pages and commands call: it reads the database, counts, checks and writes.
Bare is handed the finished values and appends them without any style, cell for cell the same as in
our file. The memory is the highest that the child process of a real export needed.
"""

import io
import resource
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlite_utils import Database

from fieldlog.core.question import Filter
from fieldlog.services.export_night import export_night
from fieldlog.services.run_apart import NIGHT, Job, run_apart
from tests.bench.many_entries import BUSY_NIGHT, make_database
from tests.bench.measuring import Result, compare

ENTRIES = 100_000
NOW = datetime(2026, 1, 1, 9, 12, tzinfo=UTC)
NIGHT_OF_ONE = Filter({}, BUSY_NIGHT, BUSY_NIGHT)
Sheets = Sequence[Sequence[Sequence[Any]]]


def run() -> list[Result]:
    """Compare a night of some 300 entries and a log of 100,000."""
    with tempfile.TemporaryDirectory(prefix="fieldlog-bench-") as folder:
        path = Path(folder) / "fieldlog.sqlite"
        db = make_database(path, ENTRIES)
        target = Path(folder) / "made.xlsx"
        night = _compared(db, "night", NIGHT_OF_ONE, target, rounds=9)
        log = _compared(db, "log", Filter(), target, rounds=1)
        db.close()
        run_apart(Job(NIGHT, path, Filter(), target, None, NOW))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return [night, Result(log.what, log.ours_ms, log.bare_ms, f"{peak:.0f} MB at most")]


def _compared(db: Database, what: str, wanted: Filter, target: Path, rounds: int) -> Result:
    made = export_night(db, wanted, target, by=None, now=NOW)
    sheets = _values(target)
    cells = sum(value is not None for rows in sheets for row in rows for value in row)
    return compare(
        f"{what} of {made.entries:,} entries, {cells:,} cells",
        partial(export_night, db, wanted, target, by=None, now=NOW),
        partial(_bare, sheets),
        rounds=rounds,
    )


def _values(path: Path) -> Sheets:
    """Every value of a workbook, so that both ways write the same ones."""
    workbook = load_workbook(path, read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets]
    workbook.close()
    return sheets


def _bare(sheets: Sheets) -> None:
    workbook = Workbook(write_only=True)
    for rows in sheets:
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
    workbook.save(io.BytesIO())
