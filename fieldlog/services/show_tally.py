"""Show a tally with the headline figures of the same entries."""

from dataclasses import dataclass

from fieldlog.core.breakdown import Breakdown
from fieldlog.services.count_breakdown import breakdown_in_snapshot
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.counting import sums
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.headline import Headline, headline
from fieldlog.tallies.showing import EVERYTHING, Showing
from fieldlog.tallies.spread import Spread


@dataclass(frozen=True)
class ShownTally:
    """A table and the headline of the entries it counts."""

    spread: Spread
    headline: Headline
    entries: int


def show_tally(db: Database, breakdown: Breakdown, showing: Showing = EVERYTHING) -> ShownTally:
    """Return the table and the headline that ``breakdown`` asks for, from one snapshot.

    Raises UnknownCode, and DoesNotAddUp if a total does not agree with its parts or with the
    headline.
    """
    with read_snapshot(db):
        spread = breakdown_in_snapshot(db, breakdown, showing)
        figures = sums(db, breakdown.filter)
    shown = headline(figures, breakdown.filter)
    if spread.hours != shown.hours:
        raise DoesNotAddUp(
            f"The table says: {spread.hours.says()} The headline says: {shown.hours.says()} "
            "Neither was shown. Run: fieldlog check"
        )
    return ShownTally(spread, shown, figures.entries)
