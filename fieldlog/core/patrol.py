"""A patrol and its hours: derived from what happened to it and from who was out with it.

Patrol-hours and person-hours differ: two people for three hours are 3 patrol-hours and 6
person-hours. A stretch of time that two patrols with a member in common claim is counted once, for
the patrol that started first, and told as an overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from uuid import UUID

from fieldlog.core.words import Labelled

LONGEST_PATROL = timedelta(hours=12)
"""A patrol that runs for longer was left running."""
GRACE = timedelta(hours=1)
"""How long after the planned finish of its deployment a patrol may still run."""
NOTHING = timedelta(0)


class EventKind(Labelled):
    """What happened to a patrol, in the order in which events of one second are read."""

    START = "start", "Started"
    RESUME = "resume", "Resumed"
    PAUSE = "pause", "Paused"
    FINISH = "finish", "Finished"
    CLOSE = "close", "Closed by the coordinator"
    UNDO = "undo", "Taken back"


class Mode(Labelled):
    """How a patrol gets about."""

    FOOT = "foot", "On foot"
    VEHICLE = "vehicle", "By vehicle"
    CYCLE = "cycle", "By cycle"
    STATIC = "static", "Static"


class State(Labelled):
    """How a patrol stands. ``NEVER``: its start was taken back."""

    RUNNING = "running", "Running"
    PAUSED = "paused", "Paused"
    FINISHED = "finished", "Finished"
    CLOSED = "closed", "Closed by the coordinator"
    NEVER = "never", "Start taken back"


ORDER = {kind: place for place, kind in enumerate(EventKind)}
OUT = frozenset({EventKind.START, EventKind.RESUME})


@dataclass(frozen=True)
class Event:
    """One thing that happened to a patrol; ``at`` is aware UTC, ``undoes`` what it takes back."""

    id: UUID
    kind: EventKind
    at: datetime
    undoes: UUID | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of time between two aware moments."""

    start: datetime
    finish: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasted."""
        return self.finish - self.start


@dataclass(frozen=True)
class Patrol:
    """One crew's stretch of a night. ``members`` are officer ids, the one who leads it included.

    ``others`` is how many more people were out with it whom nobody named.
    """

    id: UUID
    officer_id: int
    members: frozenset[int]
    others: int
    events: tuple[Event, ...]

    @cached_property
    def standing(self) -> tuple[Event, ...]:
        """The events that were not taken back, in their order; of one second, as one can follow."""
        undone = {event.undoes for event in self.events if event.kind is EventKind.UNDO}
        left = [e for e in self.events if e.kind is not EventKind.UNDO and e.id not in undone]
        left.sort(key=lambda one: (one.at, ORDER[one.kind], str(one.id)))
        for place in range(1, len(left) - 1):
            before, one, then = left[place - 1 : place + 2]
            if one.at == then.at and then.kind is EventKind.PAUSE and before.kind in OUT:
                left[place : place + 2] = [then, one]
        return tuple(left)

    @property
    def started_at(self) -> datetime | None:
        """When it started; None where the start was taken back."""
        first = [one.at for one in self.standing if one.kind is EventKind.START]
        return min(first, default=None)

    @property
    def ended_by(self) -> Event | None:
        """What ended it: its officer's own finish, however late it arrived, before any closing."""
        for kind in (EventKind.FINISH, EventKind.CLOSE):
            found = [one for one in self.standing if one.kind is kind]
            if found:
                return found[0]
        return None

    @property
    def state(self) -> State:
        """How it stands now."""
        if self.started_at is None:
            return State.NEVER
        end = self.ended_by
        if end:
            return State.FINISHED if end.kind is EventKind.FINISH else State.CLOSED
        turns = [one.kind for one in self.standing if one.kind in {*OUT, EventKind.PAUSE}]
        return State.PAUSED if turns[-1] is EventKind.PAUSE else State.RUNNING

    @property
    def going(self) -> bool:
        """Whether nobody has finished or closed it."""
        return self.state in {State.RUNNING, State.PAUSED}

    def spans(self, until: datetime | None = None) -> tuple[Span, ...]:
        """Return the stretches it was out, pauses left out.

        One that still runs has its last stretch up to ``until``, or not at all without it.
        """
        end = self.ended_by.at if self.ended_by else until
        since = self.started_at
        found = []
        for event in self.standing if since else ():
            if event.kind is EventKind.PAUSE and since is not None:
                found.append((since, event.at))
                since = None
            elif event.kind is EventKind.RESUME and since is None:
                since = event.at
        if since is not None and end is not None:
            found.append((since, end))
        whole = [Span(start, min(finish, end or finish)) for start, finish in found]
        return tuple(span for span in whole if span.length > NOTHING)

    def holds(self, moment: datetime) -> bool:
        """Say whether a moment lies between its start and its finish, pauses included."""
        started, end = self.started_at, self.ended_by
        if started is None or moment < started:
            return False
        return end is None or moment <= max(end.at, started)

    def left_running(self, now: datetime, planned_finish: datetime | None) -> bool:
        """Say whether somebody has forgotten to finish it."""
        started = self.started_at
        if started is None or not self.going:
            return False
        longest = started + LONGEST_PATROL
        due = min(planned_finish + GRACE, longest) if planned_finish else longest
        return now > max(due, started + GRACE)


def lasted(spans: Iterable[Span]) -> timedelta:
    """Return how long spans that do not overlap lasted together."""
    return sum((span.length for span in spans), NOTHING)


def without(spans: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    """Return what is left of ``spans`` outside all of ``taken``."""
    left = list(spans)
    for other in taken:
        pieces = []
        for span in left:
            pieces.append(Span(span.start, min(span.finish, other.start)))
            pieces.append(Span(max(span.start, other.finish), span.finish))
        left = [piece for piece in pieces if piece.length > NOTHING]
    return tuple(left)


def qualifies(length: timedelta, least_minutes: int) -> bool:
    """Say whether a patrol lasted the minutes that are asked: 14 minutes are not 15."""
    return length >= timedelta(minutes=least_minutes)


def hours(length: timedelta) -> Decimal:
    """Return a length in hours to two decimals (half up)."""
    seconds = Decimal(int(length.total_seconds()))
    return (seconds / 3600).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@dataclass(frozen=True)
class Counted:
    """What one finished patrol counts: its time, its people's time, and what another one has.

    ``own`` are the stretches counted with it, ``people`` those of each of its people.
    """

    patrol: Patrol
    own: tuple[Span, ...]
    people: tuple[tuple[Span, ...], ...]

    @property
    def patrol_time(self) -> timedelta:
        """How long it counts."""
        return lasted(self.own)

    @property
    def person_time(self) -> timedelta:
        """How long its people count together."""
        return sum(map(lasted, self.people), NOTHING)

    @property
    def overlap(self) -> timedelta:
        """What is counted with an earlier patrol of the same people."""
        return lasted(self.patrol.spans()) - self.patrol_time


@dataclass(frozen=True)
class PatrolTime:
    """The time of several patrols together. ``going`` ones have no hours until they end."""

    counted: tuple[Counted, ...]
    going: int

    @property
    def patrol_time(self) -> timedelta:
        """Patrol-hours, as a length."""
        return sum((one.patrol_time for one in self.counted), NOTHING)

    @property
    def person_time(self) -> timedelta:
        """Person-hours, as a length."""
        return sum((one.person_time for one in self.counted), NOTHING)

    @property
    def overlap(self) -> timedelta:
        """What more than one patrol claims, beyond the once that it is counted."""
        return sum((one.overlap for one in self.counted), NOTHING)


def count_time(patrols: Iterable[Patrol]) -> PatrolTime:
    """Return what patrols count together; of one that still runs, nothing yet."""
    every = [one for one in patrols if one.state is not State.NEVER]
    ended = sorted((one for one in every if not one.going), key=_first)
    counted: list[Counted] = []
    for place, patrol in enumerate(ended):
        before = ended[:place]
        spans = patrol.spans()
        own = without(spans, _spans([one for one in before if one.members & patrol.members]))
        people = [
            without(spans, _spans([one for one in before if officer in one.members]))
            for officer in sorted(patrol.members)
        ]
        counted.append(Counted(patrol, own, (*people, *[own] * patrol.others)))
    return PatrolTime(tuple(counted), len(every) - len(ended))


def _first(patrol: Patrol) -> tuple[str, str]:
    return str(patrol.started_at), str(patrol.id)


def _spans(patrols: Iterable[Patrol]) -> list[Span]:
    return [span for one in patrols for span in one.spans()]


def gaps(patrols: Iterable[Patrol], officer_id: int) -> tuple[Span, ...]:
    """Return the times between an officer's patrols, of those that have ended or still run."""
    mine = sorted(
        (one for one in patrols if officer_id in one.members and one.started_at), key=_first
    )
    found = []
    latest: datetime | None = None
    for one, other in pairwise(mine):
        end = one.ended_by
        if end is None or other.started_at is None:
            break
        latest = max(latest or end.at, end.at)
        if other.started_at > latest:
            found.append(Span(latest, other.started_at))
    return tuple(found)


def patrol_of(patrols: Iterable[Patrol], officer_id: int, moment: datetime) -> Patrol | None:
    """Return the patrol that something an officer did at a moment belongs to, or None.

    Where they were in two at once it is their own before another's, then the latest to start.
    """
    found = [one for one in patrols if officer_id in one.members and one.holds(moment)]
    return max(found, key=lambda one: (one.officer_id == officer_id, _first(one)), default=None)
