"""The filter that holds exactly the entries behind a figure or a cell."""

from collections.abc import Mapping
from dataclasses import replace

from fieldlog.core.question import ENTRIES, Filter, Key, Question
from fieldlog.tallies.crosstab import Heading

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
    return narrowed(wanted, {}, None if question.measure == ENTRIES else question.measure)
