"""Operations, the names they go by, and their deployments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none


@dataclass(frozen=True)
class Operation:
    """Named work with a purpose; ``aliases`` are its other spellings."""

    id: int
    name: str
    kind: str
    kind_label: str
    lead_agency_id: int | None
    lead_agency: str
    aliases: tuple[str, ...]
    deployments: int


@dataclass(frozen=True)
class Deployment:
    """One dated turn-out of an operation; moments are aware UTC, ``None`` if not recorded."""

    id: int
    operation_id: int
    operation: str
    night_of: date
    name: str
    starts_at: datetime | None
    finishes_at: datetime | None


def add_operation(
    db: Database, *, name: str, kind: str, lead_agency_id: int | None, now: datetime
) -> int:
    """Insert an operation under its name; return its id. The name must be free."""
    cursor = db.conn.execute(
        "INSERT INTO operations (name, kind, lead_agency_id, created_at) VALUES (?, ?, ?, ?)",
        [" ".join(name.split()), kind, lead_agency_id, utc_text(now)],
    )
    operation_id = int(cursor.lastrowid or 0)
    add_name(db, operation_id, name)
    return operation_id


def add_name(db: Database, operation_id: int, name: str) -> None:
    """Give an operation one more name to be found by. Raises sqlite3.IntegrityError if taken."""
    db.conn.execute(
        "INSERT INTO operation_names (folded_name, name, operation_id) VALUES (?, ?, ?)",
        [folded(name), " ".join(name.split()), operation_id],
    )


def change_aliases(
    db: Database, operation: Operation, aliases: Sequence[str], *, by: int | None, now: datetime
) -> None:
    """Give an operation these other spellings and no others; what changed is kept.

    Raises sqlite3.IntegrityError for one that another operation has. In a write transaction.
    """
    had = {folded(alias): alias for alias in operation.aliases}
    has = {folded(alias): " ".join(alias.split()) for alias in aliases if alias.strip()}
    has.pop(folded(operation.name), None)
    changes = [("taken off", had[key]) for key in had.keys() - has.keys()]
    changes += [("added", has[key]) for key in has.keys() - had.keys()]
    for act, name in sorted(changes):
        if act == "added":
            add_name(db, operation.id, name)
        else:
            db.conn.execute("DELETE FROM operation_names WHERE folded_name = ?", [folded(name)])
        db.conn.execute(
            "INSERT INTO operation_spellings (operation_id, name, act, at, by) "
            "VALUES (?, ?, ?, ?, ?)",
            [operation.id, name, act, utc_text(now), by],
        )


def spellings(db: Database, operation_id: int) -> list[tuple[str, str, datetime, str]]:
    """Return (spelling, added or taken off, when, by whom) of an operation, the newest first."""
    rows = db.execute(
        "SELECT spelling.name, act, at, coalesce(officers.name, '') "
        "FROM operation_spellings AS spelling LEFT JOIN officers ON officers.id = by "
        "WHERE operation_id = ? ORDER BY spelling.id DESC",
        [operation_id],
    )
    return [(name, act, from_utc_text(at), who) for name, act, at, who in rows]


def operation_named(db: Database, name: str) -> int | None:
    """Return the id of the operation that goes by ``name`` (an alias counts), or None."""
    row = db.execute(
        "SELECT operation_id FROM operation_names WHERE folded_name = ?", [folded(name)]
    ).fetchone()
    return int(row[0]) if row else None


def operations(db: Database) -> list[Operation]:
    """Return all operations by name."""
    names: dict[int, list[str]] = {}
    for operation_id, name in db.execute(
        "SELECT operation_id, name FROM operation_names ORDER BY name"
    ):
        names.setdefault(operation_id, []).append(name)
    rows = db.execute(
        "SELECT operations.id, operations.name, kind, coalesce(list_items.label, kind), "
        "lead_agency_id, coalesce(agencies.name, ''), "
        "(SELECT count(*) FROM deployments WHERE operation_id = operations.id) FROM operations "
        "LEFT JOIN agencies ON agencies.id = lead_agency_id "
        "LEFT JOIN list_items ON list = 'operation_kind' AND code = kind ORDER BY operations.name"
    )
    return [
        Operation(*[*row[:6], tuple(n for n in names.get(row[0], []) if n != row[1]), row[6]])
        for row in rows
    ]


_DEPLOYMENTS = (
    "SELECT deployments.id, operation_id, operations.name, night_of, deployments.name, starts_at, "
    "finishes_at FROM deployments JOIN operations ON operations.id = operation_id"
)


def add_deployment(
    db: Database,
    *,
    operation_id: int,
    night_of: date,
    name: str,
    starts_at: datetime | None,
    finishes_at: datetime | None,
    now: datetime,
) -> int:
    """Insert a deployment; return its id. Raises sqlite3.IntegrityError if that one exists."""
    cursor = db.conn.execute(
        "INSERT INTO deployments (operation_id, night_of, name, starts_at, finishes_at, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            operation_id,
            night_of.isoformat(),
            name,
            utc_text_or_none(starts_at),
            utc_text_or_none(finishes_at),
            utc_text(now),
        ],
    )
    return int(cursor.lastrowid or 0)


def get(db: Database, deployment_id: int) -> Deployment | None:
    """Return one deployment, or None."""
    row = db.execute(f"{_DEPLOYMENTS} WHERE deployments.id = ?", [deployment_id]).fetchone()
    return _deployment(row) if row else None


def of_night(db: Database, night: date) -> list[Deployment]:
    """Return the deployments of one night, by operation."""
    return of_nights(db, night, night)


def of_nights(db: Database, first: date, last: date) -> list[Deployment]:
    """Return the deployments of the nights from ``first`` to ``last``, the newest night first."""
    rows = db.execute(
        f"{_DEPLOYMENTS} WHERE night_of BETWEEN ? AND ? "
        "ORDER BY night_of DESC, operations.name, deployments.name",
        [first.isoformat(), last.isoformat()],
    )
    return [_deployment(row) for row in rows]


def deployments(db: Database, operation_id: int | None = None) -> list[Deployment]:
    """Return all deployments, or those of one operation, the newest night first."""
    rows = db.execute(
        f"{_DEPLOYMENTS} WHERE :operation IS NULL OR operation_id = :operation "
        "ORDER BY night_of DESC, operations.name, deployments.name",
        {"operation": operation_id},
    )
    return [_deployment(row) for row in rows]


def night_of(db: Database, deployment_id: int) -> date | None:
    """Return the night a deployment belongs to, or None if there is no such deployment."""
    row = db.execute("SELECT night_of FROM deployments WHERE id = ?", [deployment_id]).fetchone()
    return date.fromisoformat(row[0]) if row else None


def _deployment(row: tuple[Any, ...]) -> Deployment:
    return Deployment(
        id=row[0],
        operation_id=row[1],
        operation=row[2],
        night_of=date.fromisoformat(row[3]),
        name=row[4],
        starts_at=moment_or_none(row[5]),
        finishes_at=moment_or_none(row[6]),
    )
