"""Count any dimension by any other, for the screen, the command line and the workbook alike."""

from collections.abc import Iterable

from fieldlog.core.question import DIMENSIONS, Filter, Question
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.counting import MEASURED, answer, measure_codes
from fieldlog.tallies.crosstab import Table, check, lay_out


class UnknownCode(ValueError):
    """A dimension or measure that there is none of; the message names those there are."""


def count_tally(db: Database, question: Question) -> Table:
    """Return the table that ``question`` asks for, from one snapshot of the database.

    Raises UnknownCode, and DoesNotAddUp if a total does not equal its parts.
    """
    with read_snapshot(db):
        return tally_in_snapshot(db, question)


def tally_in_snapshot(db: Database, question: Question) -> Table:
    """Return the same table inside a snapshot that the caller holds."""
    refuse_unknown(db, (question.rows, question.columns), (question.measure,), question.filter)
    return check(lay_out(answer(db, question)))


def refuse_unknown(
    db: Database, dimensions: Iterable[str], measures: Iterable[str], wanted: Filter
) -> None:
    """Raise UnknownCode for a dimension or measure that there is none of."""
    for dimension in (*dimensions, *wanted.where, *wanted.without):
        if dimension not in DIMENSIONS:
            raise UnknownCode(_message("dimension", dimension, DIMENSIONS))
    listed = {*measures, wanted.holding} - MEASURED.keys() - {None}
    known = measure_codes(db) if listed else ()
    for measure in listed:
        if measure not in known:
            raise UnknownCode(_message("measure", str(measure), known))


def _message(sort: str, code: str, known: Iterable[str]) -> str:
    return f"There is no {sort} “{code}”. Choose one of: {', '.join(known)}."
