"""Read an officer's entries of a night, and one entry with every version it ever had."""

from datetime import date
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter
from fieldlog.store import log
from fieldlog.store.connection import Database
from fieldlog.store.counting import sums

NIGHTS_LISTED = 30


def entries_of_night(
    db: Database, officer_id: int, night: date, *, limit: int = -1
) -> list[LogLine]:
    """Return an officer's entries of a night, the latest first; struck ones are among them."""
    return list(log.find_lines(db, _by(officer_id, night), struck=True, limit=limit))


def counts_of_night(db: Database, officer_id: int, night: date) -> dict[str, int]:
    """Return measure code → what an officer's entries of a night sum to."""
    return dict(sums(db, _by(officer_id, night)).measures)


def nights_with_entries(db: Database, officer_id: int) -> list[date]:
    """Return the latest nights on which an officer has entries, the newest first."""
    return log.nights_of(db, officer_id, NIGHTS_LISTED)


def versions_of(db: Database, entry_id: UUID) -> list[LogLine]:
    """Return every version of an entry, oldest first; an empty list if there is none."""
    return log.versions(db, entry_id)


def version_of(db: Database, entry_id: UUID, number: int) -> Entry | None:
    """Return an entry as one of its versions has it, or None."""
    return log.entry_version(db, entry_id, number)


def _by(officer_id: int, night: date) -> Filter:
    return Filter(where={"officer": (officer_id,), "night": (night.isoformat(),)})
