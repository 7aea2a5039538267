"""Turn what somebody typed on the command line into a filter: names instead of ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fieldlog.core.folding import folded
from fieldlog.core.question import Filter, Key
from fieldlog.core.words import EntryKind
from fieldlog.services.choose_filter import choices
from fieldlog.store.connection import Database
from fieldlog.store.deployments import operation_named
from fieldlog.store.nights import every_night, nights_with_entries
from fieldlog.tallies.crosstab import BLANK

MOST_SHOWN = 20


class UnknownName(ValueError):
    """Something that there is not; the message names what there is."""


@dataclass(frozen=True)
class Named:
    """What entries must have, each by the names that people use; one of several is enough.

    ``deployments`` are numbers or the words they are shown with; ``date_from`` and ``date_to`` are
    dates of the night, both included.
    """

    operations: Sequence[str] = ()
    deployments: Sequence[str] = ()
    agencies: Sequence[str] = ()
    kinds: Sequence[str] = ()
    nights: Sequence[date] = ()
    date_from: date | None = None
    date_to: date | None = None


def filter_named(db: Database, named: Named) -> Filter:
    """Return the filter that ``named`` describes. ``(blank)`` asks for what was not recorded.

    Raises UnknownName.
    """
    where: dict[str, tuple[Key, ...]] = {}
    if named.operations:
        where["operation"] = _keys(db, "operation", named.operations)
    if named.deployments:
        where["deployment"] = _keys(db, "deployment", named.deployments)
    if named.agencies:
        where["agency"] = _keys(db, "agency", named.agencies)
    if named.kinds:
        where["kind"] = tuple(map(_kind, named.kinds))
    if named.nights:
        where["night"] = _nights(db, named.nights)
    return Filter(where, named.date_from, named.date_to)


def _keys(db: Database, dimension: str, names: Iterable[str]) -> tuple[Key, ...]:
    known = choices(db, [dimension])[dimension]
    return tuple(_key(db, dimension, name, known) for name in names)


def _key(db: Database, dimension: str, name: str, known: list[tuple[Key, str]]) -> Key:
    if folded(name) == BLANK:
        return None
    found = [key for key, label in known if folded(label) == folded(name)]
    if dimension == "operation":
        other_name = operation_named(db, name)
        found = found or ([other_name] if other_name else [])
    if dimension == "deployment":
        found = found or [key for key, _ in known if str(key) == name.strip()]
    if not found:
        raise UnknownName(_message(dimension, name, [label for _, label in known]))
    return found[0]


def last_night_over(db: Database, latest: date) -> date | None:
    """Return the latest night with entries that is not after ``latest``, or None."""
    return next((night for night in nights_with_entries(db) if night <= latest), None)


def _kind(name: str) -> str:
    wanted = folded(name).replace("_", " ").replace("-", " ")
    for kind in EntryKind:
        if wanted in {kind.value.replace("_", " "), folded(kind.label)}:
            return kind.value
    raise UnknownName(_message("kind", name, [kind.label for kind in EntryKind]))


def _nights(db: Database, nights: Iterable[date]) -> tuple[Key, ...]:
    known = every_night(db)
    for night in nights:
        if night not in known:
            shown = [day.isoformat() for day in known]
            raise UnknownName(_message("night", night.isoformat(), shown))
    return tuple(night.isoformat() for night in nights)


def _message(sort: str, name: str, known: list[str]) -> str:
    if not known:
        return f"There is no {sort} “{name}”, and no other either."
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    return f"There is no {sort} “{name}”. There are: {', '.join(known[:MOST_SHOWN])}{more}."
