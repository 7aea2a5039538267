"""Tallies with two levels and several measures against the bare GROUP BYs of their cells.

Ours is the service behind the page: it checks the codes, takes a snapshot, counts, reads labels,
lays every level out with its subtotals, and checks each total. Bare is SQL written by hand over the
base table for the same cells of the innermost level: one statement for the entries, one for each
other measure, without subtotals. Distinct premises do not follow from their cells, so the bare
statement counts their subtotals and totals too.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from sqlite_utils import Database

from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import ENTRIES, PREMISES, Filter
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.tallies.spread import Spread
from tests.bench.many_entries import YEAR, make_database
from tests.bench.measuring import Result, compare

SIZES = (100_000, 1_000_000)
COLUMNS = {"action": "action", "agency": "agency_id", "kind": "kind", "hour": "hour"}

_IN_FORCE = (
    "entry.night_of BETWEEN :first AND :last AND entry.struck = 0 AND NOT EXISTS "
    "(SELECT 1 FROM entries AS later WHERE later.supersedes = entry.version_id)"
)
_SUMMED = (
    "SELECT {keys}, sum(value) FROM entries AS entry JOIN counts ON "
    "counts.version_id = entry.version_id AND measure = '{measure}' "
    f"WHERE {_IN_FORCE} GROUP BY {{keys}}"
)
_COUNTED = f"SELECT {{keys}}, count(*) FROM entries AS entry WHERE {_IN_FORCE} GROUP BY {{keys}}"
_VISITED = (
    "SELECT {shown}, count(DISTINCT premises_id) FROM entries AS entry "
    f"WHERE {_IN_FORCE} AND kind = 'premises_visit' {{grouped}}"
)
QUESTIONS = (
    (("action", "agency"), ("kind",), (ENTRIES, "spoken_to", "warned")),
    (("action", "agency"), ("kind", "hour"), (ENTRIES, "spoken_to")),
    (("action", "agency"), ("hour",), (ENTRIES, PREMISES)),
)


def run() -> list[Result]:
    """Compare every question at every size, for a year."""
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
    for rows, columns, measures in QUESTIONS:
        breakdown = Breakdown(rows, columns, measures, Filter({}, *YEAR))
        yield _compared(db, bare, breakdown, f"{entries:>9,} entries, year")
    bare.close()
    db.close()
    path.unlink()


def _compared(db: Database, bare: sqlite3.Connection, asked: Breakdown, what: str) -> Result:
    values = {"first": str(asked.filter.date_from), "last": str(asked.filter.date_to)}
    statements = [_statement(asked, measure) for measure in asked.measures]

    def by_hand() -> list[list[tuple[object, ...]]]:
        return [bare.execute(sql, values).fetchall() for sql in statements]

    def ours() -> Spread:
        return count_breakdown(db, asked)

    _require_the_same(ours(), by_hand())
    said = " × ".join("/".join(side) for side in (asked.rows, asked.columns))
    return compare(f"{what} {said}, {' + '.join(asked.measures)}", ours, by_hand)


def _statement(asked: Breakdown, measure: str) -> str:
    keys = ", ".join(COLUMNS[dimension] for dimension in asked.dimensions)
    if measure == ENTRIES:
        return _COUNTED.format(keys=keys)
    if measure != PREMISES:
        return _SUMMED.format(keys=keys, measure=measure)
    return " UNION ALL ".join(
        _visited(asked.rows, up_to, asked.columns, left_to)
        for up_to, left_to in product(range(len(asked.rows) + 1), range(len(asked.columns) + 1))
    )


def _visited(rows: tuple[str, ...], up_to: int, columns: tuple[str, ...], left_to: int) -> str:
    shown = [
        COLUMNS[dimension] if place < many else "'total'"
        for side, many in ((rows, up_to), (columns, left_to))
        for place, dimension in enumerate(side)
    ]
    grouped = [COLUMNS[one] for one in (*rows[:up_to], *columns[:left_to])]
    return _VISITED.format(
        shown=", ".join(shown), grouped=f"GROUP BY {', '.join(grouped)}" if grouped else ""
    )


def _require_the_same(spread: Spread, by_hand: list[list[tuple[object, ...]]]) -> None:
    rows, columns = len(spread.breakdown.rows), len(spread.breakdown.columns)
    for place, (measure, found) in enumerate(zip(spread.breakdown.measures, by_hand, strict=True)):
        whole = measure == PREMISES
        ours = {
            (
                *row,
                *["total"] * (rows - len(row)),
                *column,
                *["total"] * (columns - len(column)),
            ): n[place]
            for (row, column), n in spread.values.items()
            if whole or (len(row), len(column)) == (rows, columns)
        }
        assert {keys: n for keys, n in ours.items() if n} == {
            keys: n for *keys_, n in found if n for keys in [tuple(keys_)]
        }
