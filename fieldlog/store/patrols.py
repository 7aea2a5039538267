"""Patrols and what happened to them: rows are added and never changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.patrol import Event, EventKind, Mode, Patrol


@dataclass(frozen=True)
class NewPatrol:
    """What is said of a patrol when it starts. ``members`` are officer ids, its leader's too."""

    id: UUID
    officer_id: int
    members: frozenset[int]
    others: int
    mode: Mode
    area: str
    deployment_id: int | None
    night_of: date


@dataclass(frozen=True)
class Happening:
    """An event as it was recorded; ``reason`` is given where a coordinator closed the patrol."""

    event: Event
    captured_at: datetime
    received_at: datetime
    recorded_by: int | None
    recorder: str = ""
    reason: str = ""


@dataclass(frozen=True)
class StoredPatrol:
    """A patrol with everything that is known of it; ``names`` are officer id → name.

    ``hotspot_id`` is the hotspot it is at, ``hotspot`` its name.
    """

    patrol: Patrol
    mode: Mode
    area: str
    deployment_id: int | None
    night_of: date
    leader: str
    agency: str
    names: dict[int, str]
    happenings: tuple[Happening, ...]
    hotspot_id: int | None = None
    hotspot: str = ""


def add_patrol(db: Database, new: NewPatrol) -> None:
    """Insert a patrol with its members. Call in a write transaction, before its first event."""
    db.conn.execute(
        "INSERT INTO patrols (id, deployment_id, night_of, officer_id, mode, area, others) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            str(new.id),
            new.deployment_id,
            new.night_of.isoformat(),
            new.officer_id,
            new.mode.value,
            new.area,
            new.others,
        ],
    )
    db.conn.executemany(
        "INSERT INTO patrol_members (patrol_id, officer_id) VALUES (?, ?)",
        [(str(new.id), member) for member in sorted(new.members | {new.officer_id})],
    )


def add_event(db: Database, patrol_id: UUID, what: Happening) -> None:
    """Insert an event. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO patrol_events (id, patrol_id, kind, at, undoes, captured_at, received_at, "
        "recorded_by, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            str(what.event.id),
            str(patrol_id),
            what.event.kind.value,
            utc_text(what.event.at),
            str(what.event.undoes) if what.event.undoes else None,
            utc_text(what.captured_at),
            utc_text(what.received_at),
            what.recorded_by,
            what.reason,
        ],
    )


def get_patrol(db: Database, patrol_id: UUID) -> StoredPatrol | None:
    """Return one patrol, or None."""
    return next(iter(_found(db, "patrols.id = ?", [str(patrol_id)])), None)


def of_deployment(db: Database, deployment_id: int) -> list[StoredPatrol]:
    """Return the patrols of a deployment, the first to start first."""
    return _found(db, "deployment_id = ?", [deployment_id])


def of_deployments(db: Database, deployment_ids: Iterable[int]) -> list[StoredPatrol]:
    """Return the patrols of several deployments."""
    ids = list(deployment_ids)
    return _found(db, f"deployment_id IN ({_marks(ids)})", ids)


def without_deployment(db: Database, since: date) -> list[StoredPatrol]:
    """Return the patrols that belong to no deployment: of nights since one, and all that go on."""
    where = (
        "deployment_id IS NULL AND (night_of >= ? OR NOT EXISTS "
        "(SELECT 1 FROM patrol_events AS one WHERE one.patrol_id = patrols.id "
        "AND one.kind IN ('finish', 'close') AND NOT EXISTS "
        "(SELECT 1 FROM patrol_events AS other WHERE other.undoes = one.id)))"
    )
    return _found(db, where, [since.isoformat()])


def of_nights(db: Database, first: date, last: date) -> list[StoredPatrol]:
    """Return the patrols of the nights from ``first`` to ``last``, with a deployment or without."""
    return _found(db, "night_of BETWEEN ? AND ?", [first.isoformat(), last.isoformat()])


def of_officer(db: Database, officer_id: int, nights: Iterable[date]) -> list[StoredPatrol]:
    """Return the patrols that an officer leads or is a member of, on some nights."""
    days = [night.isoformat() for night in nights]
    where = (
        f"night_of IN ({_marks(days)}) AND patrols.id IN "
        "(SELECT patrol_id FROM patrol_members WHERE patrol_members.officer_id = ?)"
    )
    return _found(db, where, [*days, officer_id])


def moments_of(
    db: Database, officer_ids: Iterable[int], nights: Iterable[date]
) -> list[tuple[int, datetime, int]]:
    """Return (officer, when it happened, version id) of every entry that officers have on nights.

    Those in force, and none that is struck.
    """
    officers, days = list(officer_ids), [night.isoformat() for night in nights]
    rows = db.execute(
        "SELECT officer_id, happened_at, version_id FROM entries_in_force AS entry "
        f"WHERE struck = 0 AND officer_id IN ({_marks(officers)}) AND night_of IN ({_marks(days)})",
        [*officers, *days],
    )
    return [(row[0], from_utc_text(row[1]), row[2]) for row in rows]


def known_officers(db: Database, officer_ids: Iterable[int]) -> set[int]:
    """Return which of some ids are officers'."""
    ids = list(officer_ids)
    rows = db.execute(f"SELECT id FROM officers WHERE id IN ({_marks(ids)})", ids)
    return {row[0] for row in rows}


def event_of(db: Database, event_id: UUID) -> UUID | None:
    """Return the patrol that an event happened to, or None if there is no such event."""
    row = db.execute("SELECT patrol_id FROM patrol_events WHERE id = ?", [str(event_id)]).fetchone()
    return UUID(row[0]) if row else None


def _found(db: Database, where: str, values: list[Any]) -> list[StoredPatrol]:
    rows = db.execute(
        "SELECT patrols.id, patrols.officer_id, others, mode, area, deployment_id, night_of, "
        "officers.name, coalesce(agencies.name, ''), "
        # Asked for each patrol alone: a view of them all would be built for every question.
        "(SELECT hotspot_id FROM patrol_hotspots AS given WHERE given.patrol_id = patrols.id "
        "ORDER BY given.id DESC LIMIT 1) AS hotspot_id FROM patrols "
        "JOIN officers ON officers.id = patrols.officer_id "
        f"LEFT JOIN agencies ON agencies.id = officers.agency_id WHERE {where}",
        values,
    ).fetchall()
    ids = [row[0] for row in rows]
    members, happenings = _members(db, ids), _happenings(db, ids)
    hotspots = _hotspot_names(db) if any(row[9] for row in rows) else {}
    found = [
        StoredPatrol(
            patrol=Patrol(
                UUID(row[0]),
                row[1],
                frozenset(members[row[0]]),
                row[2],
                tuple(one.event for one in happenings[row[0]]),
            ),
            mode=Mode(row[3]),
            area=row[4],
            deployment_id=row[5],
            night_of=date.fromisoformat(row[6]),
            leader=row[7],
            agency=row[8],
            names=members[row[0]],
            happenings=tuple(happenings[row[0]]),
            hotspot_id=row[9],
            hotspot=hotspots.get(row[9], ""),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (str(one.patrol.started_at), str(one.patrol.id)))


def _hotspot_names(db: Database) -> dict[int, str]:
    return dict(db.execute("SELECT hotspot_id, name FROM hotspots_now").fetchall())


def _members(db: Database, ids: list[str]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {one: {} for one in ids}
    for patrol_id, officer_id, name in db.execute(
        "SELECT patrol_id, officer_id, name FROM patrol_members "
        f"JOIN officers ON officers.id = officer_id WHERE patrol_id IN ({_marks(ids)}) "
        "ORDER BY folded_name",
        ids,
    ):
        found[patrol_id][officer_id] = name
    return found


def _happenings(db: Database, ids: list[str]) -> dict[str, list[Happening]]:
    found: dict[str, list[Happening]] = {one: [] for one in ids}
    for row in db.execute(
        "SELECT patrol_id, patrol_events.id, kind, at, undoes, captured_at, received_at, "
        "recorded_by, coalesce(officers.name, ''), reason FROM patrol_events "
        "LEFT JOIN officers ON officers.id = recorded_by "
        f"WHERE patrol_id IN ({_marks(ids)}) ORDER BY at, received_at, patrol_events.id",
        ids,
    ):
        found[row[0]].append(
            Happening(
                Event(
                    UUID(row[1]),
                    EventKind(row[2]),
                    from_utc_text(row[3]),
                    UUID(row[4]) if row[4] else None,
                ),
                from_utc_text(row[5]),
                from_utc_text(row[6]),
                *row[7:],
            )
        )
    return found


def _marks(ids: Sequence[object]) -> str:
    return ", ".join("?" * len(ids))


def patrols_are_whole(db: Database) -> Iterator[str]:
    """Look for patrols without a start, and for events that take back one of another patrol."""
    for (patrol_id,) in db.execute(
        "SELECT id FROM patrols WHERE NOT EXISTS (SELECT 1 FROM patrol_events "
        "WHERE patrol_id = patrols.id AND kind = 'start')"
    ):
        yield f"Patrol {patrol_id} has no start."
    for (patrol_id,) in db.execute(
        "SELECT id FROM patrols WHERE NOT EXISTS (SELECT 1 FROM patrol_members "
        "WHERE patrol_id = patrols.id AND patrol_members.officer_id = patrols.officer_id)"
    ):
        yield f"Patrol {patrol_id} is without the officer who leads it."
    for event_id, patrol_id in db.execute(
        "SELECT one.id, one.patrol_id FROM patrol_events AS one JOIN patrol_events AS other "
        "ON other.id = one.undoes WHERE other.patrol_id <> one.patrol_id"
    ):
        yield f"Event {event_id} of patrol {patrol_id} takes back what is not of that patrol."
