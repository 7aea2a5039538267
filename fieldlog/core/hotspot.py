"""A hotspot: where it is, what is asked of patrols there, and what a patrol counts towards it.

A hotspot is a square of 250 metres of the national grid or an outline. What is asked holds for
whole weeks, Monday to Sunday, from the week it was given for until the next. A patrol belongs to
the week of its night, and counts only the time inside the bands and on the days that are asked;
pauses, and time that an earlier patrol of the same people has already, are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldlog.core.national_grid import GridPoint
from fieldlog.core.night import NIGHT_ENDS, from_uk, says_date, says_length
from fieldlog.core.outline import Outline
from fieldlog.core.patrol import (
    NOTHING,
    Counted,
    Mode,
    Patrol,
    Span,
    State,
    lasted,
    qualifies,
)
from fieldlog.core.period import Period, PeriodKind, period_of

SQUARE = 250
"""Metres: the side of a hotspot that is a square; its corner is divisible by it."""
EVERY_DAY = frozenset(range(1, 8))
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Band:
    """A band of time on UK clocks; one that finishes at or before its start goes past midnight."""

    starts: time
    finishes: time

    def says(self) -> str:
        """Return ``18:00 to 03:00``."""
        return f"{self.starts:%H:%M} to {self.finishes:%H:%M}"

    def on(self, night: date) -> Span:
        """Return when it is on a night: what starts after midnight is on the next date."""
        day = night + DAY if self.starts < NIGHT_ENDS else night
        last = day + DAY if self.finishes <= self.starts else day
        return Span(from_uk(day, self.starts), from_uk(last, self.finishes))


WHOLE_DAY = Band(NIGHT_ENDS, NIGHT_ENDS)
"""From the end of one night to the end of the next."""


@dataclass(frozen=True)
class Asked:
    """What is asked of one week: None where that is not asked.

    ``crew`` is the fewest people of a patrol, ``least_minutes`` what it has to last inside the
    bands to qualify; no ``modes`` means any, no ``bands`` the whole day. ``days`` are 1 for Monday
    to 7, by the night they begin.
    """

    from_week: date
    patrols: int | None = None
    patrol_time: timedelta | None = None
    person_time: timedelta | None = None
    crew: int = 1
    least_minutes: int = 0
    modes: frozenset[Mode] = frozenset()
    days: frozenset[int] = EVERY_DAY
    bands: tuple[Band, ...] = ()

    @property
    def any_time(self) -> bool:
        """Whether no time of the week is left out."""
        return not self.bands and self.days == EVERY_DAY

    def windows(self, first: date, last: date) -> tuple[Span, ...]:
        """Return when it is asked for on the nights from ``first`` to ``last``, none twice."""
        every = [
            band.on(first + timedelta(days=day))
            for day in range((last - first).days + 1)
            if (first + timedelta(days=day)).isoweekday() in self.days
            for band in self.bands or (WHOLE_DAY,)
        ]
        merged: list[Span] = []
        for span in sorted(every, key=lambda one: (one.start, one.finish)):
            before = merged.pop() if merged and span.start <= merged[-1].finish else span
            merged.append(Span(before.start, max(before.finish, span.finish)))
        return tuple(merged)

    def says_when(self) -> str:
        """Return ``18:00 to 03:00, Monday to Saturday``."""
        bands = " and ".join(band.says() for band in self.bands) or "any time"
        return f"{bands}, {says_days(self.days)}"

    def says_modes(self) -> str:
        """Return ``on foot or by cycle``."""
        return " or ".join(one.label.lower() for one in Mode if one in self.modes)


@dataclass(frozen=True)
class Hotspot:
    """A hotspot as its newest version has it. ``operations`` are id → name.

    ``last`` is the last night it is in force, None while nobody has said. ``asked`` is what was
    asked of it, the latest week first.
    """

    id: int
    name: str
    outline: Outline
    is_square: bool
    first: date
    last: date | None
    operations: dict[int, str]
    asked: tuple[Asked, ...] = ()
    version: int = 1

    def in_force(self, night: date) -> bool:
        """Say whether patrols of a night count towards it."""
        return self.first <= night and (self.last is None or night <= self.last)

    def in_force_during(self, period: Period) -> bool:
        """Say whether it is in force on any night of a period."""
        return self.first <= period.last and (self.last is None or period.first <= self.last)

    def retired(self, night: date) -> bool:
        """Say whether it is past its last night."""
        return self.last is not None and self.last < night

    def asked_in(self, week: date) -> Asked | None:
        """Return what is asked of the week that begins on a Monday, or None before the first."""
        return next((one for one in self.asked if one.from_week <= week), None)

    def holds(self, point: GridPoint) -> bool:
        """Say whether a place lies inside."""
        return self.outline.holds(point)


@dataclass(frozen=True)
class Judged:
    """A patrol beside what is asked: what it counts, and why it does not qualify in words.

    ``patrol_time`` and ``person_time`` are inside the bands; ``lasted`` is how long it was out.
    """

    patrol: Patrol
    lasted: timedelta
    patrol_time: timedelta
    person_time: timedelta
    reasons: tuple[str, ...]

    @property
    def qualifies(self) -> bool:
        """Whether it counts as one of the patrols that are asked for."""
        return not self.reasons


@dataclass(frozen=True)
class Done:
    """What patrols have done of one week or several. ``days`` are nights with one that qualifies.

    The hours are those of patrols that qualify; those of others stand apart.
    """

    patrols: int = 0
    patrol_time: timedelta = NOTHING
    person_time: timedelta = NOTHING
    days: int = 0
    others: int = 0
    others_time: timedelta = NOTHING
    going: int = 0

    def __add__(self, more: "Done") -> "Done":
        """Return both together; they are of different nights."""
        return Done(
            *(getattr(self, name) + getattr(more, name) for name in self.__dataclass_fields__)
        )


def within(spans: Sequence[Span], windows: Sequence[Span]) -> tuple[Span, ...]:
    """Return what of ``spans`` lies inside ``windows``, which do not overlap."""
    pieces = (
        Span(max(span.start, window.start), min(span.finish, window.finish))
        for span in spans
        for window in windows
    )
    return tuple(piece for piece in pieces if piece.length > NOTHING)


def judge(counted: Counted, hotspot: Hotspot, *, mode: Mode, night: date) -> Judged:
    """Return what an ended patrol counts towards a hotspot, by what was asked of its week."""
    asked = hotspot.asked_in(period_of(PeriodKind.WEEK, night).first)
    own, people = counted.own, counted.people
    if asked:
        windows = asked.windows(night - DAY, night + 2 * DAY)
        own = within(own, windows)
        people = tuple(within(spans, windows) for spans in people)
    inside = lasted(own)
    reasons = tuple(_reasons(counted, inside, hotspot, asked, mode, night))
    whole = lasted(counted.patrol.spans())
    return Judged(counted.patrol, whole, inside, sum(map(lasted, people), NOTHING), reasons)


def judge_going(patrol: Patrol, now: datetime) -> Judged:
    """Return how a patrol stands that nobody has finished: it counts nothing yet."""
    reason = "Paused: it counts when it is finished"
    if patrol.state is State.RUNNING:
        reason = "Still out: it counts when it is finished"
    return Judged(patrol, lasted(patrol.spans(until=now)), NOTHING, NOTHING, (reason,))


def _reasons(
    counted: Counted,
    inside: timedelta,
    hotspot: Hotspot,
    asked: Asked | None,
    mode: Mode,
    night: date,
) -> Iterator[str]:
    if not hotspot.in_force(night):
        yield f"The hotspot was not in force on {says_date(night)}"
    if asked is None:
        yield "Nothing was asked of that week"
        return
    if inside <= NOTHING or not qualifies(inside, asked.least_minutes):
        yield _too_short(counted, inside, asked)
    people = len(counted.people)
    if people < asked.crew:
        yield f"{people} {'person' if people == 1 else 'people'}, {asked.crew} asked"
    if asked.modes and mode not in asked.modes:
        yield f"{mode.label}, {asked.says_modes()} asked"


def _too_short(counted: Counted, inside: timedelta, asked: Asked) -> str:
    """Return ``14 minutes, 15 asked``, and what was left out of a longer patrol."""
    least = f"{asked.least_minutes} asked" if asked.least_minutes else "none of it counts"
    whole = lasted(counted.patrol.spans())
    length = says_length(inside)
    if inside == whole:
        return f"{length}, {least}"
    why = []
    if counted.overlap:
        why.append(f"{says_length(counted.overlap)} are counted with an earlier patrol")
    if inside < lasted(counted.own):
        why.append(f"it counts {asked.says_when()}")
    return f"{length} of its {says_length(whole)} count, {least}: {'; '.join(why)}"


def done(judged: Iterable[tuple[date, Judged]]) -> Done:
    """Return what (night, patrol) pairs have done together."""
    every = list(judged)
    good = [one for _, one in every if one.qualifies]
    others = [one for _, one in every if not one.qualifies and not one.patrol.going]
    return Done(
        patrols=len(good),
        patrol_time=sum((one.patrol_time for one in good), NOTHING),
        person_time=sum((one.person_time for one in good), NOTHING),
        days=len({night for night, one in every if one.qualifies}),
        others=len(others),
        others_time=sum((one.patrol_time for one in others), NOTHING),
        going=len(every) - len(good) - len(others),
    )


def says_days(days: frozenset[int]) -> str:
    """Return ``every day``, ``Monday to Saturday`` or ``Friday and Saturday``."""
    if days >= EVERY_DAY:
        return "every day"
    numbers = sorted(days)
    names = [DAYS[number - 1] for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]} to {names[-1]}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
