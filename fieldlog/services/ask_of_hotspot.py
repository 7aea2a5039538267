"""Ask something of a hotspot: patrols, hours, people and times a week, from a week on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from fieldlog.core.hotspot import EVERY_DAY, Asked, Band, Hotspot
from fieldlog.core.night import says_date
from fieldlog.core.patrol import Mode
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.core.rules import Problem, Refused
from fieldlog.store import hotspots
from fieldlog.store.connection import Database, write_transaction

MOST_PATROLS = 999
MOST_HOURS = 2_000
MOST_CREW = 99
MOST_LEAST_MINUTES = 720
MOST_BANDS = 3


@dataclass(frozen=True)
class AskPlan:
    """What is asked a week: hours as they are typed; ``week`` is any day of the first one."""

    week: date | None
    patrols: int | None = None
    patrol_hours: str = ""
    person_hours: str = ""
    crew: int | None = None
    least_minutes: int | None = None
    modes: Sequence[str] = ()
    days: Sequence[str] = ()
    bands: Sequence[tuple[time | None, time | None]] = ()


def ask_of_hotspot(
    db: Database, hotspot: Hotspot, asked: AskPlan, *, by: int, now: datetime
) -> Asked:
    """Keep what is asked from a week on, until something else is; return it. Raises Refused."""
    problems = list(ask_problems(asked))
    if asked.week is None:
        problems.append(Problem("week", "Give a day of the first week it is asked for."))
    elif monday_of(asked.week) < monday_of(hotspot.first):
        message = f"The hotspot begins on {says_date(hotspot.first)}. Nothing is asked before."
        problems.append(Problem("week", message))
    if problems:
        raise Refused(tuple(problems))
    found = asked_of(asked)
    with write_transaction(db):
        hotspots.ask(db, hotspot.id, found, by=by, now=now)
    return found


def ask_problems(plan: AskPlan) -> Iterator[Problem]:
    """Yield what is wrong with a plan besides its week."""
    if plan.patrols is None and not plan.patrol_hours and not plan.person_hours:
        yield Problem("patrols", "Ask for something: patrols, patrol-hours or person-hours a week.")
    numbers = (
        ("patrols", plan.patrols, 1, MOST_PATROLS, "Patrols a week"),
        ("crew", plan.crew, 1, MOST_CREW, "People in a patrol"),
        ("least_minutes", plan.least_minutes, 0, MOST_LEAST_MINUTES, "Minutes of a patrol"),
    )
    for field, number, least, most, label in numbers:
        if number is not None and not least <= number <= most:
            yield Problem(field, f"{label} must be from {least} to {most}.")
    for field, text in (("patrol_hours", plan.patrol_hours), ("person_hours", plan.person_hours)):
        if text and _minutes(text) is None:
            message = f"Hours a week must be a number up to {MOST_HOURS:,}, like 9 or 2.5."
            yield Problem(field, message)
    yield from _time_problems(plan)


def _time_problems(plan: AskPlan) -> Iterator[Problem]:
    if not set(plan.days) <= set("1234567") or not plan.days:
        yield Problem("days", "Choose the days patrols are asked for.")
    if not set(plan.modes) <= {mode.value for mode in Mode}:
        yield Problem("modes", "Choose among those shown.")
    for number, (starts, finishes) in enumerate(plan.bands, 1):
        if (starts is None) != (finishes is None):
            yield Problem(f"starts_{number}", f"Band {number}: give both times, or neither.")
        elif starts is not None and starts == finishes:
            yield Problem(f"starts_{number}", f"Band {number}: it starts when it finishes.")


def asked_of(plan: AskPlan) -> Asked:
    """Return what a plan without problems asks, from the Monday of its week."""
    if plan.week is None:
        raise ValueError("no week is given")
    bands = {
        Band(starts, finishes)
        for starts, finishes in plan.bands
        if starts is not None and finishes is not None
    }
    return Asked(
        from_week=monday_of(plan.week),
        patrols=plan.patrols,
        patrol_time=_length(plan.patrol_hours),
        person_time=_length(plan.person_hours),
        crew=1 if plan.crew is None else plan.crew,
        least_minutes=plan.least_minutes or 0,
        modes=frozenset(map(Mode, plan.modes)),
        days=frozenset(map(int, plan.days)) or EVERY_DAY,
        bands=tuple(sorted(bands)),
    )


def _minutes(text: str) -> int | None:
    """Return the whole minutes of hours as typed, or None for what are no such hours."""
    try:
        hours = Decimal(text)
    except InvalidOperation:
        return None
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:
        return None
    return round(hours * 60) or None


def _length(text: str) -> timedelta | None:
    minutes = _minutes(text) if text else None
    return None if minutes is None else timedelta(minutes=minutes)


def monday_of(day: date) -> date:
    """Return the first day of the week of a day."""
    return period_of(PeriodKind.WEEK, day).first
