"""The GROUP BYs behind a tally with several levels and measures: two of them, however many.

One goes over the entries and counts what every entry has: entries, visits, times, and premises
where distinct ones are asked for. The other goes over the counts of the measures asked for.
"""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from fieldlog.core.breakdown import Breakdown, Counted, Found, Summed
from fieldlog.core.question import PREMISES, Filter
from fieldlog.store.counting import MEASURED, labels, measured
from fieldlog.store.filtering import COLUMNS, LOOKED_UP, VISIT, conditions, looked_up

_SUMMED = ("entries", "visits", "timed", "minutes")


def answer_breakdown(db: Database, breakdown: Breakdown) -> Found:
    """Return what was counted for ``breakdown``. Raises KeyError for an unknown dimension."""
    groups = tuple(_groups(db, breakdown))
    keys = list(zip(*{group.keys for group in groups}, strict=True))
    return Found(
        breakdown=breakdown,
        groups=groups,
        sums=tuple(_sums(db, breakdown)),
        labels=tuple(
            labels(db, dimension, set(keys[place]) if keys else set())
            for place, dimension in enumerate(breakdown.dimensions)
        ),
        measured=tuple(measured(db, measure) for measure in breakdown.measures),
    )


def _groups(db: Database, breakdown: Breakdown) -> Iterator[Counted]:
    names = _names(breakdown)
    visited = PREMISES in breakdown.measures
    premises = f"CASE WHEN {VISIT} THEN entry.premises_id END" if visited else "NULL"
    # Struck entries are let in because entries_counted has none to keep out.
    where, values = conditions(breakdown.filter, struck=True)
    # Numbers before words: what is sorted for the GROUP BY is compared by its first column.
    grouped = ", ".join(["visited", *names] if visited else names)
    sql = (
        f"SELECT {_keys(breakdown)}, count(*) AS entries, "
        f"count(CASE WHEN {VISIT} THEN 1 END) AS visits, count(entry.minutes) AS timed, "
        f"coalesce(sum(entry.minutes), 0) AS minutes, {premises} AS visited "
        f"FROM entries_counted AS entry WHERE {where} GROUP BY {grouped}"
    )
    found = db.execute(_looked_up(breakdown, sql, _SUMMED, "visited"), values)
    many = len(names)
    for row in found:
        yield Counted(row[:many], *row[many:])


def _sums(db: Database, breakdown: Breakdown) -> Iterator[Summed]:
    counted = [measure for measure in breakdown.measures if measure not in MEASURED]
    if not counted:
        return
    names = _names(breakdown)
    where, values = _of_measures(breakdown.filter, counted)
    sql = (
        f"SELECT {_keys(breakdown)}, sum(counts.value) AS value, counts.measure AS measure "
        "FROM entries_counted AS entry JOIN counts ON counts.version_id = entry.version_id "
        f"WHERE {where} GROUP BY {', '.join(names)}, counts.measure"
    )
    many = len(names)
    for row in db.execute(_looked_up(breakdown, sql, ("value",), "measure"), values):
        yield Summed(row[:many], measure=row[many + 1], value=row[many])


def _of_measures(wanted: Filter, counted: list[str]) -> tuple[str, dict[str, Any]]:
    where, values = conditions(wanted, struck=True)
    names = {f"measure_{number}": measure for number, measure in enumerate(counted)}
    marks = ", ".join(f":{name}" for name in names)
    return f"{where} AND counts.measure IN ({marks})", values | names


def _names(breakdown: Breakdown) -> list[str]:
    return [f"key_{place}" for place in range(len(breakdown.dimensions))]


def _keys(breakdown: Breakdown) -> str:
    named = zip(breakdown.dimensions, _names(breakdown), strict=True)
    return ", ".join(f"{COLUMNS[dimension]} AS {name}" for dimension, name in named)


def _looked_up(breakdown: Breakdown, sql: str, sums: tuple[str, ...], last: str) -> str:
    """Group by the ids first and look the few ids up afterwards, not every entry's."""
    if not LOOKED_UP.keys() & set(breakdown.dimensions):
        return sql
    keys = [
        looked_up(dimension, name)
        for dimension, name in zip(breakdown.dimensions, _names(breakdown), strict=True)
    ]
    places = ", ".join(str(place) for place in range(1, len(keys) + 1))
    values = ", ".join(f"sum({name})" for name in sums)
    return (
        f"SELECT {', '.join(keys)}, {values}, {last} FROM ({sql}) AS found "
        f"GROUP BY {places}, {last}"
    )
