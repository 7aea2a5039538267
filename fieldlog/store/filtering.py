"""Turn a filter into SQL conditions, the same for figures and for the log behind them."""

from typing import Any

from fieldlog.core.folding import folded
from fieldlog.core.question import DIMENSIONS, MINUTES, PREMISES, VISITS, Filter, Key

COLUMNS = {
    "action": "entry.action",
    "time": "entry.minutes",
    "kind": "entry.kind",
    "premises": "entry.premises_id",
    "premises_type": "entry.premises_id",
    "ward": "entry.ward_id",
    "officer": "entry.officer_id",
    "agency": "entry.agency_id",
    "deployment": "entry.deployment_id",
    "operation": "entry.deployment_id",
    "night": "entry.night_of",
    "hour": "entry.hour",
    "four_e": "entry.four_e",
    "law": "entry.law",
    "prohibition": (
        "CASE WHEN entry.law IS NOT NULL THEN (SELECT nullif(prohibition, '') FROM notices "
        "WHERE notices.version_id = entry.version_id) END"
    ),
    "product": (
        "CASE WHEN entry.kind = 'test_purchase' THEN (SELECT product FROM purchases "
        "WHERE purchases.version_id = entry.version_id) END"
    ),
    "result": (
        "CASE WHEN entry.kind = 'test_purchase' THEN (SELECT result FROM purchases "
        "WHERE purchases.version_id = entry.version_id) END"
    ),
    "operation_kind": "entry.deployment_id",
}
"""Dimension code → column of ``entries AS entry``, or of ``entries_counted AS entry``."""

LOOKED_UP = {
    "premises_type": (
        (
            "premises AS looked JOIN premises AS stays "
            "ON stays.id = coalesce(looked.merged_into, looked.id)"
        ),
        "stays.premises_type",
    ),
    "operation": ("deployments AS looked", "operation_id"),
    "operation_kind": (
        "deployments AS looked JOIN operations ON operations.id = looked.operation_id",
        "operations.kind",
    ),
}
"""Dimensions that an entry knows only through the row its column names: (tables, column there)."""

COUNTING_AS = (
    "IN (SELECT same.id FROM premises AS one JOIN premises AS same "
    "ON coalesce(same.merged_into, same.id) = coalesce(one.merged_into, one.id) "
    "WHERE one.id {test})"
)
"""The premises that are, by merges, one and the same as those with an id of ``test``.

It holds for ``entries``, which keep what they were written with, and for ``entries_counted``.
"""

VISIT = "entry.kind = 'premises_visit'"
"""An entry is a visit when its officer said so by its kind; the action taken does not change it."""


def conditions(wanted: Filter, *, struck: bool = False) -> tuple[str, dict[str, Any]]:
    """Return (SQL condition, named values) over ``entries_in_force AS entry``.

    With ``struck`` the struck entries are let in too, and the condition fits ``entries_counted``,
    which has none. Raises KeyError for an unknown dimension.
    """
    parts = ["1"] if struck else ["entry.struck = 0"]
    values: dict[str, Any] = {}
    for dimension, keys in wanted.where.items():
        if dimension not in DIMENSIONS:
            raise KeyError(dimension)
        parts.append(_one_of(dimension, keys, values))
    for dimension, keys in wanted.without.items():
        if dimension not in DIMENSIONS:
            raise KeyError(dimension)
        # What was not recorded is not one of them either, so that unknown must not read as false.
        parts.append(f"{_one_of(dimension, keys, values, 'not_')} IS NOT TRUE")
    if wanted.date_from:
        parts.append("entry.night_of >= :date_from")
        values["date_from"] = wanted.date_from.isoformat()
    if wanted.date_to:
        parts.append("entry.night_of <= :date_to")
        values["date_to"] = wanted.date_to.isoformat()
    if wanted.holding:
        parts.append(_holding(wanted.holding, values))
    parts += _placed(wanted.place, values)
    return " AND ".join(parts), values


def looked_up(dimension: str, key: str) -> str:
    """Return the SQL of a key in the rows ``found``, which were grouped by its id before."""
    if dimension not in LOOKED_UP:
        return f"found.{key}"
    tables, column = LOOKED_UP[dimension]
    return f"(SELECT {column} FROM {tables} WHERE looked.id = found.{key})"


def _one_of(dimension: str, keys: tuple[Key, ...], values: dict[str, Any], prefix: str = "") -> str:
    column = COLUMNS[dimension]
    named = [key for key in keys if key is not None]
    marks = []
    for number, key in enumerate(named):
        name = f"{prefix}{dimension}_{number}"
        values[name] = key
        marks.append(f":{name}")
    choices = [_among(dimension, f"IN ({', '.join(marks)})")] if marks else []
    if None in keys:
        choices.append(f"{column} IS NULL")
        if dimension in LOOKED_UP:
            choices.append(_among(dimension, "IS NULL"))
    return f"({' OR '.join(choices)})" if choices else "0"


def _among(dimension: str, test: str) -> str:
    """The ids first, so that an index on the entries can find them."""
    if dimension == "premises":
        return f"{COLUMNS[dimension]} {COUNTING_AS.format(test=test)}"
    if dimension not in LOOKED_UP:
        return f"{COLUMNS[dimension]} {test}"
    table, column = LOOKED_UP[dimension]
    return f"{COLUMNS[dimension]} IN (SELECT looked.id FROM {table} WHERE {column} {test})"


def _holding(measure: str, values: dict[str, Any]) -> str:
    if measure == PREMISES:
        return f"{VISIT} AND entry.premises_id IS NOT NULL"
    if measure == MINUTES:
        return "entry.minutes IS NOT NULL"
    if measure == VISITS:
        return VISIT
    values["holding"] = measure
    return (
        "EXISTS (SELECT 1 FROM counts WHERE counts.version_id = entry.version_id "
        "AND counts.measure = :holding AND counts.value > 0)"
    )


def _placed(place: str, values: dict[str, Any]) -> list[str]:
    parts = []
    for number, word in enumerate(folded(place).split()):
        name = f"place_{number}"
        values[name] = f"%{like_escaped(word)}%"
        like = f"LIKE :{name} ESCAPE '\\'"
        address = _written("address", like)
        named = f"IN (SELECT id FROM premises WHERE folded_name {like} OR {address})"
        parts.append(
            f"(entry.premises_id {COUNTING_AS.format(test=named)} "
            "OR EXISTS (SELECT 1 FROM entries AS whole WHERE "
            f"whole.version_id = entry.version_id AND {_written('whole.place', like)}))"
        )
    return parts


def _written(column: str, like: str) -> str:
    """What was typed as it was written; LIKE by itself knows the two cases of English letters."""
    return f"({column} {like} OR ({column} GLOB '*[^ -~]*' AND folded({column}) {like}))"


def like_escaped(word: str) -> str:
    """Return ``word`` with the signs that LIKE reads as wildcards made plain by a backslash."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
