"""Say in words which night or period a filter is about, for titles and file names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldlog.core.mail import cut_subject
from fieldlog.core.night import says_date, says_day
from fieldlog.core.question import Filter, Key
from fieldlog.services.choose_filter import in_words
from fieldlog.store import deployments
from fieldlog.store.connection import Database
from fieldlog.store.counting import labels

EVERYTHING = "All operations"
NAMES_SOMEBODY = frozenset({"officer", "premises", "prohibition"})
"""Dimensions whose keys may name a person or a place; none is named in a title."""
_IN_TITLE = frozenset({"operation", "deployment", "night"})
_LONGEST_BESIDES = 60
_LONGEST_SUBJECT = 100
_A_PART = "part of the entries"
_NAMED_ONE_BY_ONE = 4
_NOT_IN_FILE_NAMES = re.compile(r"[^\w ()-]+")


@dataclass(frozen=True)
class Period:
    """What the entries of a filter have in common: operations by name, and nights.

    ``nights`` are the nights it names one by one, in order; without any, ``first`` and ``last``
    bound it, ``None`` where the filter leaves it open. ``besides`` says in words what else it is
    held to, empty for nothing: figures of a part must not read as those of the whole.
    """

    operations: tuple[str, ...] = ()
    nights: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None
    besides: str = ""

    @property
    def title(self) -> str:
        """``Op Emblazen, night of Saturday 5 December 2020 (agency Marlshire Police)``."""
        return f"{self.whole} ({self.besides})" if self.besides else self.whole

    @property
    def subject(self) -> str:
        """The title as short as a subject has to be: many operations are told by their number."""
        if len(self.title) <= _LONGEST_SUBJECT or len(self.operations) < 2:
            return cut_subject(self.title)
        return cut_subject(replace(self, operations=(f"{len(self.operations)} operations",)).title)

    @property
    def whole(self) -> str:
        """The title without what only a part of its entries is held to."""
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
        named = [*(self.operations or (EVERYTHING,)), " to ".join(nights), self.besides]
        words = " ".join(named)
        return " ".join(_NOT_IN_FILE_NAMES.sub(" ", words).split())[:120].strip() + ending


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def name_period(db: Database, wanted: Filter) -> Period:
    """Return which operations and nights ``wanted`` is held to, and to what else."""
    keys = [int(key) for key in wanted.where.get("deployment", ()) if key is not None]
    chosen = [found for key in keys if (found := deployments.get(db, key))]
    names = {one.operation: None for one in chosen}
    nights = {one.night_of for one in chosen}
    operations = labels(db, "operation", set(wanted.where.get("operation", ())))
    names.update({label.text: None for label in operations.values()})
    nights.update(_nights(wanted.where.get("night", ())))
    besides = [*_turns(db, chosen), *_without_any(wanted), *_held_to(db, wanted)]
    return Period(
        tuple(names), tuple(sorted(nights)), wanted.date_from, wanted.date_to, "; ".join(besides)
    )


def _turns(db: Database, chosen: Sequence[deployments.Deployment]) -> Iterator[str]:
    """Yield what tells a deployment from others of its operation on its night, if there are any."""
    if len(chosen) > 1:
        if any(one.name for one in chosen):
            yield f"{len(chosen)} deployments"
        return
    for one in chosen:
        same_night = deployments.of_night(db, one.night_of)
        others = [it.name for it in same_night if it.operation_id == one.operation_id]
        if one.name:
            yield one.name
        elif any(others):
            yield f"without {_listed([name for name in others if name])}"


def _without_any(wanted: Filter) -> Iterator[str]:
    for dimension in ("operation", "deployment"):
        keys = wanted.where.get(dimension, ())
        if None in keys:
            yield f"{'and ' if len(keys) > 1 else ''}entries of no {dimension}"


def _held_to(db: Database, wanted: Filter) -> Iterator[str]:
    """Yield what else the entries are held to, without naming anybody."""
    rest = {name: keys for name, keys in wanted.where.items() if name not in _IN_TITLE}
    parts = in_words(db, replace(wanted, where=rest, date_from=None, date_to=None))
    if wanted.place or NAMES_SOMEBODY & (rest.keys() | wanted.without.keys()):
        yield _A_PART
    elif parts:
        said = "; ".join(part.says for part in parts)
        yield said if len(said) <= _LONGEST_BESIDES else _A_PART


def _nights(keys: tuple[Key, ...]) -> list[date]:
    return [date.fromisoformat(key) for key in keys if isinstance(key, str)]
