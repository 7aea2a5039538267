"""Watch the patrols of a night: their hours, gaps and overlaps, and which entries they made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldlog.core.log import LogLine
from fieldlog.core.night import night_of
from fieldlog.core.patrol import (
    Counted,
    Patrol,
    PatrolTime,
    Span,
    State,
    count_time,
    gaps,
    lasted,
    patrol_of,
)
from fieldlog.store import deployments, log, patrols
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.deployments import Deployment
from fieldlog.store.patrols import Happening, StoredPatrol

LOOSE_SHOWN = 28
"""Nights for which patrols without a deployment stay listed once they have ended."""

__all__ = ["Deployment", "Gap", "Happening", "StoredPatrol", "Watched", "WatchedPatrols"]


@dataclass(frozen=True)
class Watched:
    """A patrol with what follows from it. ``so_far`` is its length, up to now if it still runs.

    ``counted`` is None until it has ended; ``made`` are the versions in force of the entries that
    its members made meanwhile.
    """

    stored: StoredPatrol
    so_far: timedelta
    counted: Counted | None
    made: tuple[int, ...]
    left_running: bool

    @property
    def entries(self) -> int:
        """How many entries its members made meanwhile."""
        return len(self.made)

    @property
    def patrol(self) -> Patrol:
        """The patrol itself."""
        return self.stored.patrol


@dataclass(frozen=True)
class Gap:
    """When an officer was on none of their patrols, between two of them."""

    officer: str
    span: Span


@dataclass(frozen=True)
class WatchedPatrols:
    """The patrols of a deployment with the time they count together."""

    every: tuple[Watched, ...]
    time: PatrolTime
    gaps: tuple[Gap, ...]

    @property
    def going(self) -> tuple[Watched, ...]:
        """Those that nobody has finished or closed."""
        return tuple(one for one in self.every if one.patrol.going)

    @property
    def left_running(self) -> tuple[Watched, ...]:
        """Those that somebody has forgotten to finish."""
        return tuple(one for one in self.every if one.left_running)


def watch_patrols(db: Database, deployment_id: int, now: datetime) -> WatchedPatrols:
    """Return the patrols of a deployment as they stand at ``now``, from one snapshot."""
    with read_snapshot(db):
        return patrols_in_snapshot(db, deployment_id, now)


def patrols_in_snapshot(db: Database, deployment_id: int, now: datetime) -> WatchedPatrols:
    """Return the same inside a snapshot that the caller holds."""
    planned = deployments.get(db, deployment_id)
    finish = planned.finishes_at if planned else None
    return _watched(db, patrols.of_deployment(db, deployment_id), finish, now)


def loose_patrols(db: Database, now: datetime) -> WatchedPatrols:
    """Return the patrols that belong to no deployment: of the last nights, and all that go on."""
    with read_snapshot(db):
        stored = patrols.without_deployment(db, night_of(now) - timedelta(days=LOOSE_SHOWN))
        return _watched(db, stored, None, now)


def _watched(
    db: Database, stored: list[StoredPatrol], finish: datetime | None, now: datetime
) -> WatchedPatrols:
    time = time_of(stored)
    counted = {one.patrol.id: one for one in time.counted}
    entries = _entries(db, stored)
    every = [
        Watched(
            stored=one,
            so_far=lasted(one.patrol.spans(until=now)),
            counted=counted.get(one.patrol.id),
            made=entries[one.patrol.id],
            left_running=one.patrol.left_running(now, finish),
        )
        for one in stored
        if one.patrol.state is not State.NEVER
    ]
    return WatchedPatrols(tuple(every), time, _gaps(stored))


def time_of(stored: Sequence[StoredPatrol]) -> PatrolTime:
    """Return what patrols count together."""
    return count_time(one.patrol for one in stored)


def _entries(db: Database, stored: Sequence[StoredPatrol]) -> dict[UUID, tuple[int, ...]]:
    """Return patrol → the versions in force of what its members did meanwhile."""
    found: dict[UUID, tuple[int, ...]] = {one.patrol.id: () for one in stored}
    every = [one.patrol for one in stored]
    members = {officer for one in every for officer in one.members}
    nights = {one.night_of for one in stored}
    for officer_id, moment, version_id in patrols.moments_of(db, members, nights):
        patrol = patrol_of(every, officer_id, moment)
        if patrol:
            found[patrol.id] += (version_id,)
    return found


def _gaps(stored: Sequence[StoredPatrol]) -> tuple[Gap, ...]:
    names = {officer: name for one in stored for officer, name in one.names.items()}
    every = [one.patrol for one in stored]
    return tuple(
        Gap(name, span)
        for officer, name in sorted(names.items(), key=lambda named: named[1])
        for span in gaps(every, officer)
    )


def patrol_called(db: Database, patrol_id: UUID, now: datetime) -> Watched | None:
    """Return one patrol with what follows from it beside the others of its deployment, or None."""
    with read_snapshot(db):
        stored = patrols.get_patrol(db, patrol_id)
        if stored is None:
            return None
        if stored.deployment_id is not None:
            watched = patrols_in_snapshot(db, stored.deployment_id, now)
            found = [one for one in watched.every if one.patrol.id == patrol_id]
            if found:
                return found[0]
        time = time_of([stored])
        return Watched(
            stored=stored,
            so_far=lasted(stored.patrol.spans(until=now)),
            counted=time.counted[0] if time.counted else None,
            made=_entries(db, [stored])[patrol_id],
            left_running=stored.patrol.left_running(now, None),
        )


def entries_made(db: Database, watched: Watched) -> list[LogLine]:
    """Return the entries that a patrol's members made meanwhile, the newest first."""
    lines = log.lines_of(db, watched.made).values()
    return sorted(lines, key=lambda line: (line.happened_at, line.version_id), reverse=True)


def patrol_of_entry(db: Database, line: LogLine) -> StoredPatrol | None:
    """Return the patrol that an entry was made on, as it stands now, or None."""
    if line.officer_id is None:
        return None
    stored = patrols.of_officer(db, line.officer_id, [line.night_of])
    found = patrol_of([one.patrol for one in stored], line.officer_id, line.happened_at)
    return next((one for one in stored if found and one.patrol.id == found.id), None)


def own_patrol(db: Database, officer_id: int, night: date) -> StoredPatrol | None:
    """Return the patrol that an officer leads and started last, of a night and the one before."""
    stored = patrols.of_officer(db, officer_id, [night, night - timedelta(days=1)])
    own = [
        one
        for one in stored
        if one.patrol.officer_id == officer_id and one.patrol.state is not State.NEVER
    ]
    return own[-1] if own else None
