"""What a task is: a report or a revisit that somebody has to deal with, and when it falls due.

A task is never edited: each change is an event that holds all that is said of it then. It is dealt
with by the entries that say so. Which ones count follows from the entries in force, so striking
one opens the task again by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldlog.core.night import NIGHT_ENDS, from_uk, night_of, says_day, says_time, to_uk
from fieldlog.core.words import Labelled

LONGEST_ASKED = 500
LONGEST_CREW = 80
SOON = timedelta(hours=1)
"""How long before its time a task counts as due now: somebody has to get there."""
REVISIT = "revisit"
"""What a task is about that an entry asks for as a revisit; the others name their question."""


def about_question(question_id: int) -> str:
    """Return what a task is about that the answer to a question asks for."""
    return f"question {question_id}"


class Source(Labelled):
    """Who a task comes from."""

    POLICE = "police", "Police"
    PUBLIC = "public", "Member of the public"
    OTHER_TEAM = "other_team", "Another team"
    REVISIT = "revisit", "Revisit"
    CHECKLIST = "checklist", "Checklist answer"


TOLD = (Source.POLICE, Source.PUBLIC, Source.OTHER_TEAM, Source.REVISIT)
"""Sources that a coordinator chooses from; entries bring the others with them."""


class Priority(Labelled):
    """How much a task matters beside others that are due."""

    URGENT = "urgent", "Urgent"
    NORMAL = "normal", "Normal"
    LOW = "low", "When you pass"


class Happening(Labelled):
    """What happened to a task."""

    CREATED = "created", "Made"
    CHANGED = "changed", "Changed"
    ASSIGNED = "assigned", "Assigned"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


@dataclass(frozen=True)
class Due:
    """When a task is to be dealt with: ``by`` an aware moment, or on a whole day."""

    by: datetime
    timed: bool

    @property
    def day(self) -> date:
        """The date in UK local time, or the date whose night it has to be done in."""
        return to_uk(self.by).date() if self.timed else night_of(self.by - timedelta(seconds=1))

    @property
    def clock(self) -> time | None:
        """The UK clock time it falls due at, None for a whole day."""
        return to_uk(self.by).time() if self.timed else None

    @property
    def counts_from(self) -> datetime:
        """The moment from which the task is due now."""
        return self.by - SOON if self.timed else from_uk(self.day, NIGHT_ENDS)

    def says(self, now: datetime) -> str:
        """Return ``22:30``, ``22:30, Saturday 12 December 2020`` or the day alone."""
        if not self.timed:
            return says_day(self.day)
        clock = says_time(self.by)
        return clock if self.day == to_uk(now).date() else f"{clock}, {says_day(self.day)}"


def due_on(day: date) -> Due:
    """Return *some time on that date*: until its night has ended, at 06:00 UK local time."""
    return Due(from_uk(day + timedelta(days=1), NIGHT_ENDS), timed=False)


@dataclass(frozen=True)
class TaskPlan:
    """What is said of a task. Premises of the register or any other place; an officer or a crew.

    ``deployment_id`` is the deployment it is for, None for whoever is out. ``crew`` is the name of
    a crew or an agency, as the coordinator says it.
    """

    source: Source
    asked: str
    premises_id: int | None = None
    place: str = ""
    due: Due | None = None
    priority: Priority = Priority.NORMAL
    officer_id: int | None = None
    crew: str = ""
    deployment_id: int | None = None


@dataclass(frozen=True)
class Task:
    """A task as it stands. Names are empty where there is none; moments are aware UTC.

    ``closed_at`` is when it was dealt with, None while it is open: by ``closing_entry`` where an
    entry did, else by somebody with ``closing_reason``.
    """

    id: int
    plan: TaskPlan
    created_at: datetime
    created_by: str
    premises: str
    premises_address: str
    officer: str
    operation: str
    from_entry: str | None
    about: str | None
    closed_at: datetime | None
    closing_entry: str | None
    closed_by: str
    closing_reason: str

    @property
    def where(self) -> str:
        """Premises by name if there is one, else the place as it was typed."""
        return self.premises or self.plan.place

    @property
    def open(self) -> bool:
        """Whether somebody still has to deal with it."""
        return self.closed_at is None

    @property
    def took(self) -> timedelta | None:
        """How long it took from being made to being dealt with; None while it is open."""
        if self.closed_at is None:
            return None
        return max(self.closed_at - self.created_at, timedelta(0))

    @property
    def assigned_to(self) -> str:
        """The officer or the crew that has it; empty if nobody has."""
        return self.officer or self.plan.crew

    def overdue(self, now: datetime) -> bool:
        """Say whether it should have been dealt with by ``now``."""
        return self.open and self.plan.due is not None and self.plan.due.by <= now

    def due_now(self, now: datetime) -> bool:
        """Say whether it is time to deal with it."""
        return self.open and self.plan.due is not None and self.plan.due.counts_from <= now


@dataclass(frozen=True)
class TaskEvent:
    """One line of a task's history: what, when, who, and why where somebody said so.

    ``said`` are the words of what was changed; ``entry_id`` is the entry that brought it about.
    """

    at: datetime
    what: str
    by: str
    reason: str = ""
    said: str = ""
    entry_id: str | None = None
