"""Run a patrol: start it, pause and resume it, finish it, take that back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fieldlog.core.night import night_of
from fieldlog.core.patrol import Event, EventKind, Mode
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.store import deployments, hotspots, patrols
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.patrols import Happening, NewPatrol, StoredPatrol

MOST_OTHERS = 99
BY_OFFICERS = frozenset(EventKind) - {EventKind.CLOSE}
"""What an officer records of a patrol; closing it is the coordinator's."""

Fields = Mapping[str, str]


class UnknownPatrol(Exception):
    """The patrol, or the event to be taken back, has not arrived."""


@dataclass(frozen=True)
class Stamp:
    """The times of an event, aware UTC, and the officer id of who answers for recording it.

    ``at`` is by the server's clock, ``captured_at`` by the phone's.
    """

    at: datetime
    captured_at: datetime
    received_at: datetime
    by: int | None


def run_patrol(
    db: Database,
    record_id: UUID,
    fields: Fields,
    *,
    officer_id: int,
    stamp: Stamp,
    any_officers: bool = False,
) -> Callable[[], UUID]:
    """Read what happened and return what stores it; that returns the patrol's id.

    ``fields``: event; for a start mode, deployment, area, hotspot (its id, or empty), members
    (officer ids) and others; for what follows patrol (the id, which is its start's), for an undo
    undoes. Call what is returned in a write transaction. Raises Refused, and UnknownPatrol for
    what may still arrive.
    """
    kind = _kind(fields)
    if kind is EventKind.START:
        new, at = _new(db, record_id, fields, officer_id, stamp), _hotspot(db, fields)
        return lambda: _started(db, new, at, stamp)
    patrol_id = _uuid(fields, "patrol")
    found = patrols.get_patrol(db, patrol_id)
    if found is None:
        raise UnknownPatrol(str(patrol_id))
    if found.patrol.officer_id != officer_id and not any_officers:
        raise _refused("patrol", "Only your own patrol can be changed. Tell the coordinator.")
    undoes = _undone(db, fields, found) if kind is EventKind.UNDO else None
    event = Event(record_id, kind, stamp.at, undoes)
    return lambda: _happened(db, patrol_id, event, stamp)


def run_patrol_now(
    db: Database, record_id: UUID, fields: Fields, *, officer_id: int, now: datetime
) -> UUID:
    """Store what happens now, said on a page; the same twice is stored once. Raises Refused."""
    try:
        run = run_patrol(
            db, record_id, fields, officer_id=officer_id, stamp=Stamp(now, now, now, officer_id)
        )
    except UnknownPatrol:
        raise _refused("patrol", "There is no such patrol. Open Tonight again.") from None
    with write_transaction(db):
        return patrols.event_of(db, record_id) or run()


def _kind(fields: Fields) -> EventKind:
    try:
        kind = EventKind(fields.get("event", ""))
    except ValueError:
        kind = EventKind.CLOSE
    if kind not in BY_OFFICERS:
        raise _refused("event", f"event must be one of {', '.join(sorted(BY_OFFICERS))}.")
    return kind


def _new(db: Database, record_id: UUID, fields: Fields, officer_id: int, stamp: Stamp) -> NewPatrol:
    try:
        mode = Mode(fields.get("mode", ""))
    except ValueError:
        raise _refused("mode", "Say how the patrol gets about.") from None
    deployment_id, night = _deployment(db, fields)
    area = " ".join(fields.get("area", "").split())
    problems = tuple(text_problems("area", area))
    if problems:
        raise Refused(problems)
    members = {_whole(text, "members") for text in fields.get("members", "").split()} | {officer_id}
    if members - patrols.known_officers(db, members):
        raise _refused("members", "Nobody knows one of the people on the patrol. Choose again.")
    others = _whole(fields.get("others", "").strip() or "0", "others")
    if others > MOST_OTHERS:
        raise _refused("others", f"At most {MOST_OTHERS} more people can be out with a patrol.")
    return NewPatrol(
        id=record_id,
        officer_id=officer_id,
        members=frozenset(members),
        others=others,
        mode=mode,
        area=area,
        deployment_id=deployment_id,
        night_of=night or night_of(stamp.at),
    )


def _deployment(db: Database, fields: Fields) -> tuple[int | None, date | None]:
    text = fields.get("deployment", "").strip()
    if text in {"", "none"}:
        return None, None
    deployment_id = _whole(text, "deployment")
    night = deployments.night_of(db, deployment_id)
    if night is None:
        raise _refused("deployment", "Choose one of those shown.")
    return deployment_id, night


def _hotspot(db: Database, fields: Fields) -> int | None:
    """Return the hotspot it is at; one that is not in force now may have been on an old list."""
    text = fields.get("hotspot", "").strip()
    if not text:
        return None
    hotspot_id = _whole(text, "hotspot")
    if not hotspots.is_hotspot(db, hotspot_id):
        raise _refused("hotspot", "Choose one of those shown.")
    return hotspot_id


def _started(db: Database, new: NewPatrol, hotspot_id: int | None, stamp: Stamp) -> UUID:
    patrols.add_patrol(db, new)
    if hotspot_id is not None:
        hotspots.give_patrol(db, new.id, hotspot_id, by=stamp.by, now=stamp.received_at)
    return _happened(db, new.id, Event(new.id, EventKind.START, stamp.at), stamp)


def _happened(db: Database, patrol_id: UUID, event: Event, stamp: Stamp) -> UUID:
    what = Happening(event, stamp.captured_at, stamp.received_at, stamp.by)
    patrols.add_event(db, patrol_id, what)
    return patrol_id


def _undone(db: Database, fields: Fields, found: StoredPatrol) -> UUID:
    undoes = _uuid(fields, "undoes")
    of = patrols.event_of(db, undoes)
    if of is None:
        raise UnknownPatrol(str(undoes))
    kinds = {one.event.id: one.event.kind for one in found.happenings}
    if kinds.get(undoes) in {None, EventKind.UNDO, EventKind.CLOSE}:
        raise _refused("undoes", "Only what an officer did to this patrol can be taken back.")
    return undoes


def _uuid(fields: Fields, name: str) -> UUID:
    try:
        return UUID(fields.get(name, ""))
    except ValueError:
        raise _refused(name, f"{name} must be a UUID.") from None


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _refused(name, f"{name} must be whole numbers, like 1.")
    return int(text)


def _refused(field: str, message: str) -> Refused:
    return Refused((Problem(field, message),))
