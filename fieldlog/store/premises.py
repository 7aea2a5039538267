"""The premises register: found by a few letters, added to when a crew types a new name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text
from fieldlog.store.filtering import like_escaped


@dataclass(frozen=True)
class Premises:
    """A premises; ``registered`` is false for a name typed on the night."""

    id: int
    name: str
    address: str
    postcode: str
    uprn: str | None
    licence_number: str
    premises_type: str | None
    ward_id: int | None
    grid_reference: str
    registered: bool


@dataclass(frozen=True)
class Registration:
    """A line of a licensing register; ``uprn`` is 1-12 digits as text, or None if not known."""

    name: str
    address: str = ""
    postcode: str = ""
    uprn: str | None = None
    licence_number: str = ""
    premises_type: str | None = None
    ward_id: int | None = None
    grid_reference: str = ""


_COLUMNS = (
    "id, name, address, postcode, uprn, licence_number, premises_type, ward_id, "
    "grid_reference, registered"
)


def search(db: Database, letters: str, limit: int = 8) -> list[Premises]:
    """Return premises whose names or address hold every word of ``letters``, best first.

    Names that begin with the letters come first; registered ones before typed ones. One that was
    merged is found as the one that stayed.
    """
    words = folded(letters).split()
    if not words:
        return []
    where, values = matching(words)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM premises WHERE {where} ORDER BY "
        "folded_name LIKE :start ESCAPE '\\' DESC, registered DESC, folded_name LIMIT :limit",
        values | {"start": f"{like_escaped(' '.join(words))}%", "limit": limit},
    )
    return [_premises(row) for row in rows]


def matching(words: list[str]) -> tuple[str, dict[str, Any]]:
    """Return (SQL condition, named values) for the premises that hold every one of ``words``.

    They may be in any name, in the address or the postcode, of one that was merged into it too.
    """
    parts = []
    values: dict[str, Any] = {}
    for number, word in enumerate(words):
        values[f"word_{number}"] = f"%{like_escaped(word)}%"
        like = f"LIKE :word_{number} ESCAPE '\\'"
        parts.append(
            f"(folded_name {like} OR address {like} OR postcode {like} OR id IN "
            f"(SELECT premises_id FROM premises_aliases WHERE folded_name {like}))"
        )
    found = f"SELECT coalesce(merged_into, id) FROM premises WHERE {' AND '.join(parts)}"
    return f"id IN ({found})", values


def get(db: Database, premises_id: int) -> Premises | None:
    """Return one premises, or None."""
    row = db.execute(f"SELECT {_COLUMNS} FROM premises WHERE id = ?", [premises_id]).fetchone()
    return _premises(row) if row else None


def same_as(db: Database, premises_id: int) -> list[int]:
    """Return the ids of all that are, by merges, one with these premises: the one that stays first.

    An empty list if the id is unknown.
    """
    rows = db.execute(
        "SELECT same.id FROM premises AS one JOIN premises AS same "
        "ON coalesce(same.merged_into, same.id) = coalesce(one.merged_into, one.id) "
        "WHERE one.id = ? ORDER BY same.merged_into IS NOT NULL, same.id",
        [premises_id],
    )
    return [same for (same,) in rows]


def merged_away(db: Database) -> dict[int, int]:
    """Return premises id → the id it counts as, for those that were merged into others."""
    rows = db.execute("SELECT id, merged_into FROM premises WHERE merged_into IS NOT NULL")
    return dict(rows.fetchall())


def _premises(row: tuple[Any, ...]) -> Premises:
    return Premises(*[*row[:-1], bool(row[-1])])


def named(db: Database, name: str) -> int | None:
    """Return the id of the premises with that name, a registered one first; None if there is none.

    Spaces and case do not matter.
    """
    row = db.execute(
        "SELECT coalesce(merged_into, id) FROM premises WHERE folded_name = ? "
        "ORDER BY registered DESC, id LIMIT 1",
        [folded(name)],
    ).fetchone()
    return int(row[0]) if row else None


def add_typed(db: Database, name: str, now: datetime, ward_id: int | None = None) -> int:
    """Add a premises that a crew or a spreadsheet named and the register does not know."""
    cursor = db.conn.execute(
        "INSERT INTO premises (name, folded_name, ward_id, registered, created_at) "
        "VALUES (?, ?, ?, 0, ?)",
        [" ".join(name.split()), folded(name), ward_id, utc_text(now)],
    )
    return int(cursor.lastrowid or 0)


def written(line: Registration) -> tuple[object, ...]:
    """Return a line of the register as its columns are written, from name to grid reference."""
    return (
        " ".join(line.name.split()),
        folded(line.name),
        line.address,
        line.postcode,
        line.uprn,
        line.licence_number,
        line.premises_type,
        line.grid_reference,
    )


def add_registered(db: Database, line: Registration, now: datetime) -> int:
    """Add a premises of the register; return its id. Raises sqlite3.IntegrityError on its UPRN."""
    cursor = db.conn.execute(
        "INSERT INTO premises (name, folded_name, address, postcode, uprn, licence_number, "
        "premises_type, grid_reference, ward_id, registered, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
        [*written(line), line.ward_id, utc_text(now)],
    )
    return int(cursor.lastrowid or 0)
