"""Merges of premises: which are one and the same, kept as events that are only added to."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.store.premises_merges_schema import COUNTED_AS

FIELDS = (
    *("address", "postcode", "uprn", "licence_number", "premises_type", "ward_id"),
    "grid_reference",
)
"""What a merge may choose of two premises. Names stay, since entries were written with them."""

_COUNTED_AS = COUNTED_AS.format(id="entries.premises_id")

Changed = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Merge:
    """One event: ``gone_id`` counts as ``kept_id`` from ``at`` on, or ceases to where it undoes.

    ``kept_changed`` and ``gone_changed`` are field → (before, after) of either premises.
    ``undone`` says that a later event took it back.
    """

    id: int
    undoes: int | None
    kept_id: int
    kept: str
    gone_id: int
    gone: str
    at: datetime
    by: str
    reason: str
    kept_changed: Changed
    gone_changed: Changed
    undone: bool


_MERGES = """
SELECT event.id, event.undoes, kept_id, kept.name, gone_id, gone.name, at,
    coalesce(officers.name, ''), reason, changed,
    EXISTS (SELECT 1 FROM premises_merges AS later WHERE later.undoes = event.id)
FROM premises_merges AS event
JOIN premises AS kept ON kept.id = kept_id
JOIN premises AS gone ON gone.id = gone_id
LEFT JOIN officers ON officers.id = by
"""


def merges_of(db: Database, premises_ids: Iterable[int]) -> list[Merge]:
    """Return the events that some premises were part of, oldest first."""
    rows = db.execute(
        f"{_MERGES} WHERE kept_id IN (SELECT value FROM json_each(:ids)) "
        "OR gone_id IN (SELECT value FROM json_each(:ids)) ORDER BY event.id",
        {"ids": json.dumps(list(premises_ids))},
    )
    return [_merge(row) for row in rows]


def get(db: Database, merge_id: int) -> Merge | None:
    """Return one event, or None."""
    row = db.execute(f"{_MERGES} WHERE event.id = ?", [merge_id]).fetchone()
    return _merge(row) if row else None


def _merge(row: tuple[Any, ...]) -> Merge:
    changed = json.loads(row[9])
    kept, gone = (
        {field: (pair[0], pair[1]) for field, pair in changed[whose].items()}
        for whose in ("kept", "gone")
    )
    return Merge(*[*row[:6], from_utc_text(row[6]), *row[7:9], kept, gone, bool(row[10])])


@dataclass(frozen=True)
class NewEvent:
    """An event to be added; ``by`` is an officer id and ``at`` an aware moment."""

    kept_id: int
    gone_id: int
    by: int
    at: datetime
    reason: str
    kept_changed: Changed
    gone_changed: Changed
    undoes: int | None = None


def add(db: Database, event: NewEvent) -> int:
    """Add an event and let premises and what is counted follow it; return its id.

    Call inside a write transaction. Raises sqlite3.IntegrityError if it undoes what is undone.
    """
    changed = {"kept": dict(event.kept_changed), "gone": dict(event.gone_changed)}
    cursor = db.conn.execute(
        "INSERT INTO premises_merges (undoes, kept_id, gone_id, at, by, reason, changed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            *(event.undoes, event.kept_id, event.gone_id, utc_text(event.at), event.by),
            *(event.reason, json.dumps(changed)),
        ],
    )
    both = ((event.gone_id, event.gone_changed), (event.kept_id, event.kept_changed))
    for premises_id, fields in both:
        # A UPRN goes from one to the other and is unique: both give theirs up before.
        _write(db, premises_id, {"uprn": None} if "uprn" in fields else {})
    for premises_id, fields in both:
        _write(db, premises_id, {name: after for name, (_, after) in fields.items()})
    _follow(db)
    return int(cursor.lastrowid or 0)


def _write(db: Database, premises_id: int, values: Mapping[str, Any]) -> None:
    for field in (*FIELDS, "registered"):
        if field in values:
            db.conn.execute(
                f"UPDATE premises SET {field} = ? WHERE id = ?", [values[field], premises_id]
            )


def standing(db: Database) -> dict[int, int]:
    """Return premises id → the premises it was merged into, for the merges that stand."""
    rows = db.execute(
        "SELECT gone_id, kept_id FROM premises_merges AS event WHERE undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM premises_merges AS later WHERE later.undoes = event.id)"
    )
    return dict(rows.fetchall())


def ends(into: Mapping[int, int]) -> dict[int, int]:
    """Return premises id → the one that stays in the end, for each that was merged."""
    found = {}
    for gone, kept in into.items():
        # Chains end: what is gone is never merged into again (see ``services.merge_premises``).
        stays = kept
        while stays in into:
            stays = into[stays]
        found[gone] = stays
    return found


def _follow(db: Database) -> None:
    """Write what premises count as where that changed, and the entries that count with them."""
    last = ends(standing(db))
    rows = db.execute("SELECT id, merged_into FROM premises WHERE merged_into IS NOT NULL")
    before = dict(rows.fetchall())
    moved = [one for one in before.keys() | last.keys() if before.get(one) != last.get(one)]
    for one in moved:
        db.conn.execute("UPDATE premises SET merged_into = ? WHERE id = ?", [last.get(one), one])
    db.conn.execute(
        f"UPDATE entries_counted SET premises_id = (SELECT {_COUNTED_AS} FROM entries "
        "WHERE entries.version_id = entries_counted.version_id) "
        "WHERE (night_of, version_id) IN (SELECT night_of, version_id FROM entries "
        "WHERE premises_id IN (SELECT value FROM json_each(?)))",
        [json.dumps(moved)],
    )


def merges_are_whole(db: Database) -> Iterator[str]:
    """Check that premises say what the merges of them say."""
    last = ends(standing(db))
    rows = db.execute("SELECT id, merged_into FROM premises WHERE merged_into IS NOT NULL")
    written = dict(rows.fetchall())
    for one in sorted(last.keys() | written.keys()):
        if last.get(one) != written.get(one):
            yield f"Premises {one} do not count as what their merges say."
    for merge_id, kept_id, gone_id in db.execute(
        "SELECT undoing.id, undoing.kept_id, undoing.gone_id FROM premises_merges AS undoing "
        "JOIN premises_merges AS undone ON undone.id = undoing.undoes "
        "WHERE undone.kept_id <> undoing.kept_id OR undone.gone_id <> undoing.gone_id "
        "OR undone.undoes IS NOT NULL"
    ):
        yield f"Event {merge_id} undoes a merge of other premises than {kept_id} and {gone_id}."
