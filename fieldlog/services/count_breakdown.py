"""Count a tally with several levels and measures, for the screen, the command line and files."""

from fieldlog.core.breakdown import MOST_LEVELS, Breakdown
from fieldlog.services.count_tally import UnknownCode, refuse_unknown
from fieldlog.store.breakdowns import answer_breakdown
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.tallies.showing import EVERYTHING, Showing
from fieldlog.tallies.spread import Spread, check_spread, lay_out_breakdown

MOST_MEASURES = 12


def count_breakdown(db: Database, breakdown: Breakdown, showing: Showing = EVERYTHING) -> Spread:
    """Return what ``breakdown`` asks for, from one snapshot of the database.

    Raises UnknownCode, and DoesNotAddUp if a total does not agree with its parts.
    """
    with read_snapshot(db):
        return breakdown_in_snapshot(db, breakdown, showing)


def breakdown_in_snapshot(
    db: Database, breakdown: Breakdown, showing: Showing = EVERYTHING
) -> Spread:
    """Return the same inside a snapshot that the caller holds."""
    _refuse_impossible(breakdown)
    refuse_unknown(db, breakdown.dimensions, breakdown.measures, breakdown.filter)
    return check_spread(lay_out_breakdown(answer_breakdown(db, breakdown), showing))


def _refuse_impossible(breakdown: Breakdown) -> None:
    if not 1 <= len(breakdown.rows) <= MOST_LEVELS or len(breakdown.columns) > MOST_LEVELS:
        raise UnknownCode("A table has one or two levels of rows, and of columns two at most.")
    if len(set(breakdown.dimensions)) < len(breakdown.dimensions):
        raise UnknownCode("Choose different things for each level of rows and columns.")
    if not 1 <= len(set(breakdown.measures)) == len(breakdown.measures) <= MOST_MEASURES:
        raise UnknownCode(f"Count one to {MOST_MEASURES} measures, each once.")
