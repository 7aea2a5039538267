"""The workbook of a night, and one with a log of 100,000 entries, against bare openpyxl write-only.

Ours is the service that pages and commands call: it reads the database, counts, checks and writes
every sheet. Bare is handed the finished values of the log and appends them without any style, cell
for cell the same as in our log. The long one is run once each and measured in processor time. The
memory is the highest that the child process of a real export needed.
"""

import io
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlite_utils import Database

from fieldlog.core.log import LogLine
from fieldlog.core.night import to_uk
from fieldlog.core.question import Filter
from fieldlog.services.export_figures import export_figures
from fieldlog.services.run_apart import NIGHT, Job, run_apart
from fieldlog.store.lists import load_lists
from fieldlog.store.log import find_lines
from fieldlog.workbook.columns import Column
from fieldlog.workbook.log_columns import log_columns
from tests.bench.many_entries import BUSY_NIGHT, make_database
from tests.bench.measuring import Result, compare

ENTRIES = 100_000
NOW = datetime(2026, 1, 1, 9, 12, tzinfo=UTC)
ONE_NIGHT = Filter({}, BUSY_NIGHT, BUSY_NIGHT)
Rows = Sequence[Sequence[Any]]


def run() -> list[Result]:
    """Compare a night of some 300 entries and a log of 100,000."""
    with tempfile.TemporaryDirectory(prefix="fieldlog-bench-") as folder:
        path, target = Path(folder) / "fieldlog.sqlite", Path(folder) / "made.xlsx"
        db = make_database(path, ENTRIES)
        # First of all: a child starts out with the memory of the process that made it.
        run_apart(Job(NIGHT, path, Filter(), target, None, NOW))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        results = [_night(db, target), _long_log(db, target, f"{peak:.0f} MB at most")]
        db.close()
        return results


def _night(db: Database, target: Path) -> Result:
    rows = _log_rows(db, ONE_NIGHT)
    ours = partial(export_figures, db, ONE_NIGHT, target, by=None, now=NOW)
    return compare(f"night, {_size(rows)}", ours, partial(_bare, rows))


def _long_log(db: Database, target: Path, note: str) -> Result:
    ours = _processor_ms(partial(export_figures, db, Filter(), target, by=None, now=NOW))
    rows = _log_rows(db, Filter())
    bare = _processor_ms(partial(_bare, rows))
    return Result(f"log, {_size(rows)}", ours, bare, note)


def _processor_ms(way: Callable[[], object]) -> float:
    begin = time.process_time()
    way()
    return (time.process_time() - begin) * 1_000


def _size(rows: Rows) -> str:
    cells = sum(value is not None and value != "" for row in rows for value in row)
    return f"{len(rows) - 1:,} entries, {cells:,} cells"


def _log_rows(db: Database, wanted: Filter) -> Rows:
    """The header and the values of every cell of the log."""
    measures = sorted(load_lists(db).measures.values(), key=lambda measure: measure.position)
    columns, _ = log_columns(measures)
    lines = find_lines(db, wanted, struck=True, newest_first=False)
    return [
        [column.heading for column in columns],
        *([_value(column, line) for column in columns] for line in lines),
    ]


def _value(column: Column[LogLine], line: LogLine) -> Any:
    value = column.value(line)
    if value is None or column.kind not in {"day", "clock", "moment", "pence"}:
        return value or (value if value == 0 else None)
    if column.kind == "pence":
        return value / 100
    local = to_uk(value).replace(tzinfo=None)
    return {"day": local.date, "clock": local.time}.get(column.kind, lambda: local)()


def _bare(rows: Rows) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Log")
    for row in rows:
        sheet.append(row)
    workbook.save(io.BytesIO())
