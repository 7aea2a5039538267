"""The GROUP BY behind every tally, and the sums behind every headline."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from fieldlog.core.question import (
    ENTRIES,
    MINUTES,
    PREMISES,
    VISITS,
    Answer,
    Filter,
    Group,
    Measured,
    Question,
    Sums,
)
from fieldlog.core.words import Unit
from fieldlog.store.filtering import COLUMNS, LOOKED_UP, VISIT, conditions, looked_up
from fieldlog.store.labelling import labels

__all__ = ["MEASURED", "answer", "labels", "measure_codes", "measured", "sums"]

MEASURED: Mapping[str, Measured] = MappingProxyType(
    {
        ENTRIES: Measured("Entries"),
        PREMISES: Measured("Premises visited"),
        MINUTES: Measured("Minutes recorded"),
        VISITS: Measured("Visits"),
    }
)
"""The measures that every entry has; the others are a list that a council edits."""


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
        measured=measured(db, question.measure),
    )


def _groups(db: Database, question: Question) -> tuple[Group, ...]:
    # Struck entries are let in because entries_counted has none to keep out.
    where, values = conditions(question.filter, struck=True)
    value, join = _measured(question.measure, values)
    distinct = question.measure == PREMISES
    visited = f"CASE WHEN {VISIT} THEN entry.premises_id END" if distinct else "NULL"
    # Numbers before words: what is sorted for the GROUP BY is compared by its first column.
    grouped = "visited, row_key, column_key" if distinct else "row_key, column_key"
    sql = (
        f"SELECT {COLUMNS[question.rows]} AS row_key, {COLUMNS[question.columns]} AS column_key, "
        "count(*) AS entries, count(entry.minutes) AS timed, "
        f"coalesce(sum(entry.minutes), 0) AS minutes, {value} AS value, {visited} AS visited "
        f"FROM entries_counted AS entry {join} WHERE {where} GROUP BY {grouped}"
    )
    if LOOKED_UP.keys() & {question.rows, question.columns}:
        sql = _looked_up(question, sql, grouped)
    return tuple(map(Group._make, db.execute(sql, values)))


def _looked_up(question: Question, sql: str, grouped: str) -> str:
    """Group by the id first and look the few ids up afterwards, not every entry's."""
    row = looked_up(question.rows, "row_key")
    column = looked_up(question.columns, "column_key")
    return (
        f"SELECT {row} AS row_key, {column} AS column_key, sum(entries), sum(timed), "
        f"sum(minutes), sum(value), visited FROM ({sql}) AS found "
        f"GROUP BY {grouped.replace('row_key', '1').replace('column_key', '2')}"
    )


def _measured(measure: str, values: dict[str, Any]) -> tuple[str, str]:
    if measure == ENTRIES:
        return "count(*)", ""
    if measure == MINUTES:
        return "coalesce(sum(entry.minutes), 0)", ""
    if measure == PREMISES:
        return "0", ""
    if measure == VISITS:
        return f"count(CASE WHEN {VISIT} THEN 1 END)", ""
    values["measure"] = measure
    return (
        "coalesce(sum(counts.value), 0)",
        "LEFT JOIN counts ON counts.version_id = entry.version_id AND counts.measure = :measure",
    )


def sums(db: Database, wanted: Filter) -> Sums:
    """Return the sums behind the headline figures of the entries that ``wanted`` counts."""
    where, values = conditions(wanted, struck=True)
    entries, visits, premises, timed, minutes = db.execute(
        f"SELECT count(*), count(CASE WHEN {VISIT} THEN 1 END), "
        f"count(DISTINCT CASE WHEN {VISIT} THEN entry.premises_id END), count(entry.minutes), "
        f"coalesce(sum(entry.minutes), 0) FROM entries_counted AS entry WHERE {where}",
        values,
    ).fetchone()
    counted = db.execute(
        "SELECT counts.measure, sum(counts.value) FROM entries_counted AS entry "
        f"JOIN counts ON counts.version_id = entry.version_id WHERE {where} GROUP BY 1",
        values,
    )
    return Sums(entries, visits, premises, timed, minutes, dict(counted.fetchall()))


def measure_codes(db: Database) -> tuple[str, ...]:
    """Return every code that a question may ask for as its measure, in the list's order."""
    listed = db.execute("SELECT code FROM measures ORDER BY position")
    return (*MEASURED, *(code for (code,) in listed))


def measured(db: Database, measure: str) -> Measured:
    """Return the words and the unit of a measure; one that no list has is called by its code."""
    if measure in MEASURED:
        return MEASURED[measure]
    found = db.execute("SELECT label, unit FROM measures WHERE code = ?", [measure]).fetchone()
    return Measured(found[0], Unit(found[1])) if found else Measured(measure)
