"""The GROUP BY behind every tally, and the labels of what it grouped."""

from datetime import date
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import NIGHT_ENDS, says_date
from fieldlog.core.question import (
    ENTRIES,
    MINUTES,
    PREMISES,
    Answer,
    Filter,
    Group,
    Key,
    Label,
    Question,
    Sums,
)
from fieldlog.core.words import EntryKind, FourE
from fieldlog.store.filtering import COLUMNS, VISIT, conditions


def answer(db: Database, question: Question) -> Answer:
    """Return the groups and labels that ``question`` asks for, from one GROUP BY.

    Raises KeyError for an unknown dimension.
    """
    groups = _groups(db, question)
    return Answer(
        question=question,
        groups=groups,
        row_labels=labels(db, question.rows, {group.row for group in groups}),
        column_labels=labels(db, question.columns, {group.column for group in groups}),
    )


def _groups(db: Database, question: Question) -> tuple[Group, ...]:
    where, values = conditions(question.filter)
    row, column = COLUMNS[question.rows], COLUMNS[question.columns]
    value, join = _measured(question.measure, values)
    premises = f"CASE WHEN {VISIT} THEN entry.premises_id END"
    if question.measure != PREMISES:
        premises = "NULL"
    sql = (
        f"SELECT {row}, {column}, count(*), count(entry.minutes), "
        f"coalesce(sum(entry.minutes), 0), {value}, {premises} AS visited "
        f"FROM entries_in_force AS entry {join} WHERE {where} GROUP BY 1, 2"
        + (", visited" if question.measure == PREMISES else "")
    )
    return tuple(Group(*row) for row in db.execute(sql, values))


def _measured(measure: str, values: dict[str, Any]) -> tuple[str, str]:
    if measure == ENTRIES:
        return "count(*)", ""
    if measure == MINUTES:
        return "coalesce(sum(entry.minutes), 0)", ""
    if measure == PREMISES:
        return "0", ""
    values["measure"] = measure
    return (
        "coalesce(sum(counts.value), 0)",
        "LEFT JOIN counts ON counts.version_id = entry.version_id AND counts.measure = :measure",
    )


def sums(db: Database, wanted: Filter) -> Sums:
    """Return the sums behind the headline figures of the entries that ``wanted`` counts."""
    where, values = conditions(wanted)
    entries, visits, premises, timed, minutes = db.execute(
        f"SELECT count(*), count(CASE WHEN {VISIT} THEN 1 END), "
        f"count(DISTINCT CASE WHEN {VISIT} THEN entry.premises_id END), count(entry.minutes), "
        f"coalesce(sum(entry.minutes), 0) FROM entries_in_force AS entry WHERE {where}",
        values,
    ).fetchone()
    measured = db.execute(
        "SELECT counts.measure, sum(counts.value) FROM entries_in_force AS entry "
        f"JOIN counts ON counts.version_id = entry.version_id WHERE {where} GROUP BY 1",
        values,
    )
    return Sums(entries, visits, premises, timed, minutes, dict(measured.fetchall()))


_NAMED = {
    "action": "SELECT code, label, position FROM actions",
    "premises": "SELECT id, name, 0 FROM premises",
    "premises_type": "SELECT code, label, position FROM list_items WHERE list = 'premises_type'",
    "ward": "SELECT id, name, 0 FROM wards",
    "officer": "SELECT id, name, 0 FROM officers",
    "agency": "SELECT id, name, 0 FROM agencies",
    "operation": "SELECT id, name, 0 FROM operations",
    "law": "SELECT code, label, position FROM laws",
}
_TELLING_APART = {
    "premises": "SELECT id, address FROM premises",
    "ward": "SELECT id, 'from ' || substr(valid_from, 1, 4) FROM wards",
    "officer": "SELECT id, collar_number FROM officers",
}


def labels(db: Database, dimension: str, keys: set[Key]) -> dict[Key, Label]:
    """Return a label for each key of ``dimension``; blanks (None) have none.

    Two keys of the same name are told apart by address, collar number or year.
    """
    wanted = {key for key in keys if key is not None}
    if dimension in _NAMED:
        return _named(db, dimension, wanted)
    if dimension == "deployment":
        return _deployments(db, wanted)
    return {key: _fixed(dimension, key, place) for place, key in enumerate(sorted(wanted, key=str))}


def _named(db: Database, dimension: str, wanted: set[Key]) -> dict[Key, Label]:
    found = {
        key: Label(name, position)
        for key, name, position in db.execute(_NAMED[dimension])
        if key in wanted
    }
    names = [label.text for label in found.values()]
    if dimension in _TELLING_APART and len(set(names)) < len(names):
        seen = {name for name in names if names.count(name) > 1}
        for key, more in db.execute(_TELLING_APART[dimension]):
            if key in found and found[key].text in seen:
                found[key] = Label(f"{found[key].text} ({more or f'no. {key}'})")
    return found | {key: Label(str(key)) for key in wanted - found.keys()}


def _deployments(db: Database, wanted: set[Key]) -> dict[Key, Label]:
    rows = db.execute(
        "SELECT deployments.id, operations.name, deployments.night_of, deployments.name "
        "FROM deployments JOIN operations ON operations.id = operation_id ORDER BY night_of"
    )
    return {
        key: Label(
            " · ".join(filter(None, [operation, says_date(date.fromisoformat(night)), name])), place
        )
        for place, (key, operation, night, name) in enumerate(rows)
        if key in wanted
    }


def _fixed(dimension: str, key: Key, place: int) -> Label:
    if dimension == "kind":
        kind = EntryKind(key)
        return Label(kind.label, list(EntryKind).index(kind))
    if dimension == "four_e":
        stage = FourE(key)
        return Label(stage.label, list(FourE).index(stage))
    if dimension == "time":
        return Label(f"{key} min", int(key or 0))
    if dimension == "hour":
        # A night runs over midnight: 18:00 comes before 01:00, so the day is read from 06:00.
        return Label(f"{int(key or 0):02}:00", (int(key or 0) - NIGHT_ENDS.hour) % 24)
    return Label(str(key), place)
