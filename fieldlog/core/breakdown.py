"""What a tally with several levels and measures asks, and what the store answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fieldlog.core.question import ENTRIES, Filter, Key, Label, Measured

MOST_LEVELS = 2


@dataclass(frozen=True)
class Breakdown:
    """A table of one or two levels of ``rows`` by none, one or two of ``columns``.

    Rows and columns are dimension codes, the outer level first, each at most once. ``measures``
    stand side by side in every column: at least one code of a measure.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    measures: tuple[str, ...] = (ENTRIES,)
    filter: Filter = field(default_factory=Filter)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that it is counted by, rows first."""
        return (*self.rows, *self.columns)


class Counted(NamedTuple):
    """The entries with the same ``keys``, one key for each dimension of the breakdown.

    Where distinct premises are asked for there is one group for each premises too.
    """

    keys: tuple[Key, ...]
    entries: int
    visits: int
    timed: int
    minutes: int
    premises_id: int | None


class Summed(NamedTuple):
    """What the entries with the same ``keys`` counted of one measure of the list."""

    keys: tuple[Key, ...]
    measure: str
    value: int


@dataclass(frozen=True)
class Found:
    """What the store found for a breakdown; ``labels`` has a mapping for each dimension."""

    breakdown: Breakdown
    groups: tuple[Counted, ...]
    sums: tuple[Summed, ...]
    labels: tuple[Mapping[Key, Label], ...]
    measured: tuple[Measured, ...]
