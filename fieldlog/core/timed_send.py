"""What a timed send is: which night goes out by itself, when, and what became of each one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldlog.core.editions import Output
from fieldlog.core.night import NIGHT_ENDS, from_uk, to_uk
from fieldlog.core.question import Filter
from fieldlog.core.words import Labelled, Marking

CATCH_UP = timedelta(hours=12)
"""How late a send may still go: after that the night is shown as missed, and a person decides."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class WhenOpen(Labelled):
    """What happens to a night that is not closed yet when its send is due."""

    SEND = "send", "It goes as it stands, and says so"
    HOLD = "hold", "It waits until the night is closed"


class WhenEmpty(Labelled):
    """What happens to a night in which nothing was logged."""

    TELL = "tell", "They are told that nothing was logged"
    SKIP = "skip", "Nothing goes"


class Act(Labelled):
    """What somebody did with a timed send."""

    SET_UP = "set_up", "Set up"
    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Resumed"
    ENDED = "ended", "Ended"


MAY_FOLLOW = {
    Act.SET_UP: (Act.PAUSED, Act.ENDED),
    Act.PAUSED: (Act.RESUMED, Act.ENDED),
    Act.RESUMED: (Act.PAUSED, Act.ENDED),
    Act.ENDED: (),
}
GOING = frozenset({Act.SET_UP, Act.RESUMED})


class Outcome(Labelled):
    """What became of one night of a timed send."""

    SENT = "sent", "In the queue of mails"
    TOLD = "told", "Told that nothing was logged"
    NOTHING = "nothing", "Nothing was logged"
    ALREADY = "already", "They had the same figures already"
    HELD = "held", "Held"
    FAILED = "failed", "Failed"
    MISSED = "missed", "Missed"

    @property
    def needs_somebody(self) -> bool:
        """Whether a person has to look at it."""
        return self in {Outcome.HELD, Outcome.FAILED, Outcome.MISSED}


@dataclass(frozen=True)
class TimedSend:
    """Figures that go to a distribution list by themselves.

    ``operations`` empty means all of them. ``days`` are weekdays, 0 for Monday, on which it goes
    at ``clock``, UK local time; what goes is the night before. ``output`` is the file that goes
    along, None for the figures in the mail alone. ``marking`` is the highest that it may carry.
    """

    list_id: int | None
    list_name: str
    operations: tuple[int, ...]
    days: tuple[int, ...]
    clock: time
    output: Output | None
    marking: Marking
    when_open: WhenOpen
    when_empty: WhenEmpty

    @property
    def says_days(self) -> str:
        """``every day``, or the days it goes on."""
        if len(self.days) == len(DAYS):
            return "every day"
        return ", ".join(DAYS[day] for day in self.days)

    @property
    def says_when(self) -> str:
        """``Saturday, Sunday at 08:00``."""
        return f"{self.says_days} at {self.clock:%H:%M}"


@dataclass(frozen=True)
class Due:
    """A night whose send fell due at an aware moment."""

    night: date
    at: datetime


def filter_of(timed: TimedSend, due: Due) -> Filter:
    """Return the entries that one night of a timed send is about."""
    operations = {"operation": timed.operations} if timed.operations else {}
    return Filter({"night": (due.night.isoformat(),), **operations})


def fell_due(timed: TimedSend, since: datetime, until: datetime) -> Iterator[Due]:
    """Yield the nights whose send fell due after ``since`` and not after ``until``, oldest first.

    A day of UK clocks has one send, however the clocks change in it: a time that they skip is
    taken as ``from_uk`` does, and one that they show twice counts once.
    """
    day = to_uk(since).date()
    while day <= to_uk(until).date():
        at = from_uk(day, timed.clock)
        if day.weekday() in timed.days and since < at <= until:
            yield Due(day - timedelta(days=1), at)
        day += timedelta(days=1)


def next_due(timed: TimedSend, now: datetime) -> Due | None:
    """Return what falls due next after ``now``."""
    return next(fell_due(timed, now, now + timedelta(days=8)), None)


def too_early(clock: time) -> bool:
    """Say whether the night before is not over yet at ``clock``."""
    return clock < NIGHT_ENDS
