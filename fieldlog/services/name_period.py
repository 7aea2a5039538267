"""Say in words which night or period a filter is about, for titles and file names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldlog.core.night import says_date, says_day
from fieldlog.core.question import Filter, Key
from fieldlog.store import deployments
from fieldlog.store.connection import Database
from fieldlog.store.counting import labels

EVERYTHING = "All operations"
_NAMED_ONE_BY_ONE = 4
_NOT_IN_FILE_NAMES = re.compile(r"[^\w ()-]+")


@dataclass(frozen=True)
class Period:
    """What the entries of a filter have in common: operations by name, and nights.

    ``nights`` are the nights it names one by one, in order; without any, ``first`` and ``last``
    bound it, ``None`` where the filter leaves it open.
    """

    operations: tuple[str, ...] = ()
    nights: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def title(self) -> str:
        """``Op Emblazen, night of Saturday 5 December 2020``."""
        return f"{_listed(self.operations) or EVERYTHING}, {self._when()}"

    def _when(self) -> str:
        first, last = self._bounds()
        if first and first == last:
            return f"night of {says_day(first)}"
        if 1 < len(self.nights) <= _NAMED_ONE_BY_ONE:
            return f"nights of {_listed([says_date(night) for night in self.nights])}"
        if first and last:
            return f"nights from {says_date(first)} to {says_date(last)}"
        if first:
            return f"nights from {says_date(first)} on"
        return f"nights up to {says_date(last)}" if last else "all nights"

    def _bounds(self) -> tuple[date | None, date | None]:
        return (self.nights[0], self.nights[-1]) if self.nights else (self.first, self.last)

    def file_name(self, ending: str) -> str:
        """Return a name for a file about it, ``Op Emblazen 2020-12-05.xlsx``."""
        nights = [day.isoformat() for day in dict.fromkeys(self._bounds()) if day]
        words = " ".join([*(self.operations or (EVERYTHING,)), " to ".join(nights)])
        return " ".join(_NOT_IN_FILE_NAMES.sub(" ", words).split())[:120].strip() + ending


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def name_period(db: Database, wanted: Filter) -> Period:
    """Return which operations and nights ``wanted`` is held to."""
    names: dict[str, None] = {}
    nights: set[date] = set()
    for key in wanted.where.get("deployment", ()):
        deployment = deployments.get(db, int(key)) if key is not None else None
        if deployment is not None:
            names[deployment.operation] = None
            nights.add(deployment.night_of)
    operations = labels(db, "operation", set(wanted.where.get("operation", ())))
    names.update({label.text: None for label in operations.values()})
    nights.update(_nights(wanted.where.get("night", ())))
    return Period(tuple(names), tuple(sorted(nights)), wanted.date_from, wanted.date_to)


def _nights(keys: tuple[Key, ...]) -> list[date]:
    return [date.fromisoformat(key) for key in keys if isinstance(key, str)]
