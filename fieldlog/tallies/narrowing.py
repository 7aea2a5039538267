"""The filter that holds exactly the entries behind a figure or a cell."""

from collections.abc import Mapping
from dataclasses import replace

from fieldlog.core.question import ENTRIES, VISITS, Filter, Key, Question
from fieldlog.core.words import EntryKind
from fieldlog.tallies.crosstab import Heading
from fieldlog.tallies.spread import Left, Path, Spread

Where = Mapping[str, tuple[Key, ...]]


def narrowed(wanted: Filter, where: Where, holding: str | None = None) -> Filter:
    """Return ``wanted`` held also to the keys of ``where``, and to entries holding a measure.

    Where both name a dimension, only keys of both are left, which may be none. A measure that
    ``wanted`` holds to already stays: what it leaves out is in no figure.
    """
    both = dict(wanted.where)
    for dimension, keys in where.items():
        asked = both.get(dimension)
        both[dimension] = keys if asked is None else tuple(key for key in asked if key in keys)
    return replace(wanted, where=both, holding=wanted.holding or holding)


def behind(
    question: Question, *, row: Heading | None = None, column: Heading | None = None
) -> Filter:
    """Return the filter of the entries behind a cell; without a row or column, behind a total.

    For the measure ``entries`` there are exactly as many as the cell says. For any other measure
    they are the entries that recorded more than nothing of it.
    """
    wanted = question.filter
    if row is not None:
        wanted = narrowed(wanted, {question.rows: (row.key,)})
    if column is not None:
        wanted = narrowed(wanted, {question.columns: (column.key,)})
    return holding_measure(wanted, question.measure)


def behind_spread(spread: Spread, row: Path, column: Path, measure: int = 0) -> Filter:
    """Return the filter of the entries behind the number of a breakdown where two lines meet."""
    breakdown = spread.breakdown
    wanted = breakdown.filter
    for dimension, step in (
        *zip(breakdown.rows, row, strict=False),
        *zip(breakdown.columns, column, strict=False),
    ):
        if isinstance(step, Left):
            # What nobody recorded has a line of its own, so the others are without that too.
            without = (*wanted.without.get(dimension, ()), *spread.apart, None)
            keys = tuple(dict.fromkeys(without))
            wanted = replace(wanted, without={**wanted.without, dimension: keys})
        else:
            wanted = narrowed(wanted, {dimension: (step,)})
    return holding_measure(wanted, breakdown.measures[measure])


def holding_measure(wanted: Filter, measure: str) -> Filter:
    """Return ``wanted`` held to the entries that recorded more than nothing of ``measure``."""
    if measure == VISITS:
        return narrowed(wanted, {"kind": (EntryKind.PREMISES_VISIT.value,)})
    return narrowed(wanted, {}, None if measure == ENTRIES else measure)
