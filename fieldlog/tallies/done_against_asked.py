"""Done against asked at a hotspot, of one week or of several together, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fieldlog.core.hotspot import Asked, Done
from fieldlog.core.patrol import NOTHING, hours
from fieldlog.tallies.hours import plain


@dataclass(frozen=True)
class Standing:
    """What was asked of some weeks together and what was done; None where that is not asked.

    What is missing (``_short``) is added up week by week: more than asked in one week, or at one
    hotspot, makes up for nothing that is missing in another.
    """

    done: Done
    patrols: int | None = None
    patrol_time: timedelta | None = None
    person_time: timedelta | None = None
    patrols_short: int | None = None
    patrol_time_short: timedelta | None = None
    person_time_short: timedelta | None = None

    @property
    def asks(self) -> bool:
        """Whether anything was asked at all."""
        return any(one is not None for one in (self.patrols, self.patrol_time, self.person_time))

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
    asked = [(one, found) for one, found in every if one]
    patrols = [(one.patrols, found.patrols) for one, found in asked if one.patrols is not None]
    patrol_time, patrol_time_short = _sums(
        (one.patrol_time, found.patrol_time) for one, found in asked
    )
    person_time, person_time_short = _sums(
        (one.person_time, found.person_time) for one, found in asked
    )
    return Standing(
        done=sum((one for _, one in every), Done()),
        patrols=sum(one for one, _ in patrols) if patrols else None,
        patrol_time=patrol_time,
        person_time=person_time,
        patrols_short=sum(max(0, one - found) for one, found in patrols) if patrols else None,
        patrol_time_short=patrol_time_short,
        person_time_short=person_time_short,
    )


def in_hours(length: timedelta) -> str:
    """Return a length in hours as a cell holds it: ``9``, ``2.17``, ``1069.25``."""
    return plain(hours(length)).replace(",", "")


def out_of(done: str, asked: str | None) -> str:
    """Return ``2 of 3``, or ``2`` where no number was asked."""
    return done if asked is None else f"{done} of {asked}"


def _sums(
    weeks: Iterable[tuple[timedelta | None, timedelta]],
) -> tuple[timedelta | None, timedelta | None]:
    """Return the sum of what was asked of (asked, done) weeks, and of what each is short."""
    found = [(asked, done) for asked, done in weeks if asked is not None]
    if not found:
        return None, None
    short = (max(NOTHING, asked - done) for asked, done in found)
    return sum((asked for asked, _ in found), NOTHING), sum(short, NOTHING)
