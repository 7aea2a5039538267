"""Tallies of a night and of a year against the bare GROUP BY over the entries themselves.

Ours is the service that the screen and the command line call: it checks the codes, takes a
snapshot, counts, reads labels, adds up the hours, lays the table out and checks the totals. Bare is
SQL written by hand on the same file over the base table, with raw sqlite3, the same cache and the
same result, cell for cell. Totals of distinct premises do not follow from the cells, so the bare
statement counts them too.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from fieldlog.core.question import Filter, Question
from fieldlog.services.count_tally import count_tally
from fieldlog.tallies.crosstab import Table
from tests.bench.many_entries import BUSY_NIGHT, YEAR, make_database
from tests.bench.measuring import Result, compare

SIZES = (10_000, 100_000, 1_000_000)
PERIODS = {"night": (BUSY_NIGHT, BUSY_NIGHT), "year": YEAR}

_IN_FORCE = (
    "entry.night_of BETWEEN :first AND :last AND entry.struck = 0 AND NOT EXISTS "
    "(SELECT 1 FROM entries AS later WHERE later.supersedes = entry.version_id)"
)
_VISITED = (
    f"count(DISTINCT premises_id) FROM entries AS entry WHERE {_IN_FORCE} "
    "AND kind = 'premises_visit'"
)
BARE = {
    ("action", "time", "entries"): (
        "SELECT action, minutes, count(*) FROM entries AS entry "
        f"WHERE {_IN_FORCE} GROUP BY action, minutes"
    ),
    ("ward", "operation", "entries"): (
        "SELECT ward_id, operation_id, count(*) FROM entries AS entry "
        "LEFT JOIN deployments ON deployments.id = deployment_id "
        f"WHERE {_IN_FORCE} GROUP BY ward_id, operation_id"
    ),
    ("agency", "hour", "spoken_to"): (
        "SELECT agency_id, hour, coalesce(sum(value), 0) FROM entries AS entry "
        "LEFT JOIN counts ON counts.version_id = entry.version_id AND measure = 'spoken_to' "
        f"WHERE {_IN_FORCE} GROUP BY agency_id, hour"
    ),
    ("action", "hour", "premises"): (
        f"SELECT action, hour, {_VISITED} GROUP BY action, hour "
        f"UNION ALL SELECT action, 'total', {_VISITED} GROUP BY action "
        f"UNION ALL SELECT 'total', hour, {_VISITED} GROUP BY hour "
        f"UNION ALL SELECT 'total', 'total', {_VISITED}"
    ),
}
"""Rows, columns and measure → the GROUP BY somebody would write by hand."""


def run() -> list[Result]:
    """Compare every tally of ``BARE`` at every size, for a night and for a year."""
    with tempfile.TemporaryDirectory(prefix="fieldlog-bench-") as folder:
        return [
            result
            for entries in SIZES
            for result in _of_size(Path(folder) / f"{entries}.sqlite", entries)
        ]


def _of_size(path: Path, entries: int) -> Iterator[Result]:
    db = make_database(path, entries)
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA cache_size=-32768")
    for (rows, columns, measure), sql in BARE.items():
        for period, dates in PERIODS.items():
            question = Question(rows, columns, measure, Filter({}, *dates))
            yield _compared(db, bare, question, sql, f"{entries:>9,} entries, {period:5}")
    bare.close()
    db.close()
    path.unlink()


def _compared(
    db: Database, bare: sqlite3.Connection, question: Question, sql: str, what: str
) -> Result:
    wanted = question.filter
    values = {"first": str(wanted.date_from), "last": str(wanted.date_to)}

    def by_hand() -> list[tuple[object, ...]]:
        return bare.execute(sql, values).fetchall()

    def ours() -> Table:
        return count_tally(db, question)

    _require_the_same(ours(), by_hand())
    return compare(
        f"{what} {question.rows} × {question.columns}, {question.measure}", ours, by_hand
    )


def _require_the_same(table: Table, by_hand: list[tuple[object, ...]]) -> None:
    found = {
        (row.key, column.key): value
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
    }
    if table.question.measure == "premises":
        totals = zip(table.rows, table.row_totals, strict=True)
        found |= {(row.key, "total"): value for row, value in totals}
        totals = zip(table.columns, table.column_totals, strict=True)
        found |= {("total", column.key): value for column, value in totals}
        found["total", "total"] = table.grand_total
    assert {key: value for key, value in found.items() if value} == {
        (row, column): value for row, column, value in by_hand if value
    }
