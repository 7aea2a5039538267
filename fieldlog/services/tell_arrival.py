"""Tell how an entry arrived: what its phone's clock showed, and who accepted what was set aside."""

from fieldlog.store import arrivals, set_aside
from fieldlog.store.arrivals import Arrival
from fieldlog.store.connection import Database
from fieldlog.store.set_aside import SetAside

__all__ = ["Arrival", "arrivals_of", "decisions_about"]


def arrivals_of(db: Database, entry_id: str) -> list[Arrival]:
    """Return how the versions of an entry arrived from phones, oldest first."""
    return arrivals.arrivals_of(db, entry_id)


def decisions_about(db: Database, entry_id: str) -> list[SetAside]:
    """Return the records that somebody accepted into an entry, oldest first."""
    return set_aside.accepted_for(db, entry_id)
