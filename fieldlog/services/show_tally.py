"""Show a tally with the headline figures of the same entries."""

from dataclasses import dataclass, replace

from fieldlog.core.question import Question
from fieldlog.services.count_tally import tally_in_snapshot
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.counting import sums
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.headline import Headline, headline


@dataclass(frozen=True)
class ShownTally:
    """A table and the headline of the entries it counts."""

    table: Table
    headline: Headline
    entries: int


def show_tally(db: Database, question: Question, *, most_first: bool = False) -> ShownTally:
    """Return the table and the headline that ``question`` asks for, from one snapshot.

    With ``most_first`` the rows stand by their totals, the highest first, blanks last. Raises
    UnknownCode, and DoesNotAddUp if a total does not equal its parts.
    """
    with read_snapshot(db):
        table = tally_in_snapshot(db, question)
        figures = sums(db, question.filter)
    if most_first:
        table = ordered_by_total(table)
    return ShownTally(table, headline(figures, question.filter), figures.entries)


def ordered_by_total(table: Table) -> Table:
    """Return ``table`` with its rows by total, the highest first; blanks stay last."""
    rows = sorted(
        zip(table.rows, table.cells, table.row_totals, strict=True),
        key=lambda row: (row[0].key is None, -row[2]),
    )
    return replace(
        table,
        rows=tuple(row[0] for row in rows),
        cells=tuple(row[1] for row in rows),
        row_totals=tuple(row[2] for row in rows),
    )
