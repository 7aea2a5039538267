"""Done against asked at a hotspot, of one week or of several together, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fieldlog.core.hotspot import Asked, Done
from fieldlog.core.patrol import NOTHING, hours
from fieldlog.tallies.hours import plain


@dataclass(frozen=True)
class Standing:
    """What was asked of some weeks together and what was done; None where that is not asked."""

    done: Done
    patrols: int | None = None
    patrol_time: timedelta | None = None
    person_time: timedelta | None = None

    @property
    def asks(self) -> bool:
        """Whether anything was asked at all."""
        return any(one is not None for one in (self.patrols, self.patrol_time, self.person_time))

    @property
    def patrols_short(self) -> int | None:
        """How many patrols are missing; None where no number was asked."""
        return None if self.patrols is None else max(0, self.patrols - self.done.patrols)

    @property
    def patrol_time_short(self) -> timedelta | None:
        """How much time on patrol is missing; None where none was asked."""
        return _short(self.patrol_time, self.done.patrol_time)

    @property
    def person_time_short(self) -> timedelta | None:
        """How much time of people is missing; None where none was asked."""
        return _short(self.person_time, self.done.person_time)

    @property
    def met(self) -> bool:
        """Whether something was asked and all of it was done."""
        return self.asks and not self.missing()

    def missing(self) -> str:
        """Return ``1 patrol, 3 patrol-hours``; empty where nothing is missing."""
        parts = []
        if self.patrols_short:
            parts.append(f"{self.patrols_short:,} patrol{'' if self.patrols_short == 1 else 's'}")
        for short, word in (
            (self.patrol_time_short, "patrol-hour"),
            (self.person_time_short, "person-hour"),
        ):
            if short:
                number = in_hours(short)
                parts.append(f"{number} {word}{'' if number == '1' else 's'}")
        return ", ".join(parts)


def together(weeks: Iterable[tuple[Asked | None, Done]]) -> Standing:
    """Return what was asked of weeks and done in them together; sums of whole weeks only."""
    every = list(weeks)
    asked = [one for one, _ in every if one]
    numbers = [one.patrols for one in asked if one.patrols is not None]
    return Standing(
        done=sum((one for _, one in every), Done()),
        patrols=sum(numbers) if numbers else None,
        patrol_time=_sum(one.patrol_time for one in asked),
        person_time=_sum(one.person_time for one in asked),
    )


def in_hours(length: timedelta) -> str:
    """Return a length in hours as figures are printed: ``9``, ``2.17``."""
    return plain(hours(length))


def out_of(done: str, asked: str | None) -> str:
    """Return ``2 of 3``, or ``2`` where no number was asked."""
    return done if asked is None else f"{done} of {asked}"


def _short(asked: timedelta | None, done: timedelta) -> timedelta | None:
    return None if asked is None else max(NOTHING, asked - done)


def _sum(lengths: Iterable[timedelta | None]) -> timedelta | None:
    found = [one for one in lengths if one is not None]
    return sum(found, NOTHING) if found else None
