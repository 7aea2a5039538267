"""What a tally asks and what the store answers with: dimensions, filters and grouped counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from fieldlog.core.words import Unit

Key = str | int | None
"""One value of a dimension as the store keeps it; ``None`` means nobody recorded it."""

DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "action": "Action taken",
        "time": "Time taken",
        "kind": "Kind of entry",
        "premises": "Premises",
        "premises_type": "Type of premises",
        "ward": "Ward",
        "officer": "Officer",
        "agency": "Agency",
        "deployment": "Deployment",
        "operation": "Operation",
        "night": "Night of",
        "hour": "Hour",
        "four_e": "Four Es",
        "law": "Law",
        "prohibition": "Prohibition",
        "product": "Product asked for",
        "result": "Test purchase",
        "operation_kind": "Kind of operation",
    }
)
"""Code → heading of everything an entry can be counted by."""

ENTRIES = "entries"
VISITS = "visits"
PREMISES = "premises"
MINUTES = "minutes"


@dataclass(frozen=True)
class Filter:
    """Which entries a figure counts.

    ``where`` maps a dimension code to the keys that are wanted, ``None`` among them for blanks;
    ``without`` maps one to the keys that are not.
    ``date_from`` and ``date_to`` are dates of the night, both included. ``holding`` names a
    measure: only entries that recorded more than nothing of it (or, for ``premises``, visits
    to a premises; for ``minutes``, timed entries). ``place`` is words that the premises' name or
    address, or the place as it was typed, must hold, each of them; empty means anywhere.
    """

    where: Mapping[str, tuple[Key, ...]] = field(default_factory=lambda: MappingProxyType({}))
    date_from: date | None = None
    date_to: date | None = None
    holding: str | None = None
    place: str = ""
    without: Mapping[str, tuple[Key, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Question:
    """A two-way table: ``rows`` by ``columns`` (dimension codes) of ``measure``.

    ``measure`` is ``entries``, ``visits``, ``premises`` (distinct premises with a visit),
    ``minutes``, or the code of a counted measure, whose values are summed.
    """

    rows: str
    columns: str
    measure: str = ENTRIES
    filter: Filter = field(default_factory=Filter)


class Group(NamedTuple):
    """One row of the GROUP BY behind a table; a plain tuple, since a year may have thousands.

    ``entries`` is how many, ``timed`` how many of them have minutes, ``minutes`` their sum,
    ``value`` the measure's sum. When distinct premises are asked for there is one group for each
    premises too, named by ``premises_id`` (``None``: no visit to a premises).
    """

    row: Key
    column: Key
    entries: int
    timed: int
    minutes: int
    value: int
    premises_id: int | None = None


@dataclass(frozen=True)
class Label:
    """How a key is shown and where it stands among its fellows (lowest ``position`` first)."""

    text: str
    position: int = 0


@dataclass(frozen=True)
class Measured:
    """What the numbers of a table are: the words shown, and the unit of each of them."""

    label: str = "Entries"
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Answer:
    """What the store found for a question: groups, and a label for each key of each dimension."""

    question: Question
    groups: tuple[Group, ...]
    row_labels: Mapping[Key, Label]
    column_labels: Mapping[Key, Label]
    measured: Measured = Measured()


@dataclass(frozen=True)
class Sums:
    """The plain sums behind a headline, all over the same entries.

    ``premises_visited`` is distinct premises with a visit; ``visits`` counts every visit;
    ``measures`` maps each recorded measure code to its sum.
    """

    entries: int
    visits: int
    premises_visited: int
    timed: int
    minutes: int
    measures: Mapping[str, int]
