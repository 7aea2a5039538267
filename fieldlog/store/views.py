"""Saved views: names for questions that somebody asks again."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text

_VIEWS = (
    "SELECT views.id, views.name, owner_id, officers.name, shared, address FROM views "
    "JOIN officers ON officers.id = owner_id "
)


@dataclass(frozen=True)
class View:
    """A question with a name: ``address`` is the part of the tallies' address after the ``?``."""

    id: int
    name: str
    owner_id: int
    owner: str
    shared: bool
    address: str


def views_seen_by(db: Database, officer_id: int) -> list[View]:
    """Return somebody's own views and those that others share, by name, their own first."""
    rows = db.execute(
        f"{_VIEWS} WHERE shared = 1 OR owner_id = :me ORDER BY owner_id <> :me, views.folded_name",
        {"me": officer_id},
    )
    return [_view(row) for row in rows]


def get(db: Database, view_id: int) -> View | None:
    """Return one view, or None."""
    row = db.execute(f"{_VIEWS} WHERE views.id = ?", [view_id]).fetchone()
    return _view(row) if row else None


def named(db: Database, owner_id: int, name: str) -> View | None:
    """Return somebody's view of that name, however it is spelled, or None."""
    row = db.execute(
        f"{_VIEWS} WHERE owner_id = ? AND views.folded_name = ?", [owner_id, folded(name)]
    ).fetchone()
    return _view(row) if row else None


def add(
    db: Database, *, owner_id: int, name: str, shared: bool, address: str, now: datetime
) -> int:
    """Insert a view; return its id. Call in a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO views (owner_id, name, folded_name, shared, address, created_at, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [owner_id, name, folded(name), shared, address, utc_text(now), utc_text(now)],
    )
    return int(cursor.lastrowid or 0)


def change(db: Database, view_id: int, *, name: str, shared: bool, now: datetime) -> None:
    """Let a view have this name and be shared or not. Call in a write transaction."""
    db.conn.execute(
        "UPDATE views SET name = ?, folded_name = ?, shared = ?, changed_at = ? WHERE id = ?",
        [name, folded(name), shared, utc_text(now), view_id],
    )


def remove(db: Database, view_id: int) -> None:
    """Delete a view. Call in a write transaction."""
    db.conn.execute("DELETE FROM views WHERE id = ?", [view_id])


def _view(row: tuple[int, str, int, str, int, str]) -> View:
    view_id, name, owner_id, owner, shared, address = row
    return View(view_id, name, owner_id, owner, bool(shared), address)
