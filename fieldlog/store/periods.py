"""Questions about periods: which night came before, how much of the register was visited."""

from datetime import date

from sqlite_utils import Database

from fieldlog.core.question import Filter
from fieldlog.store.filtering import VISIT, conditions


def last_night(db: Database, wanted: Filter) -> date | None:
    """Return the latest night with an entry that ``wanted`` counts, or None."""
    where, values = conditions(wanted, struck=True)
    (night,) = db.execute(
        f"SELECT max(night_of) FROM entries_counted AS entry WHERE {where}", values
    ).fetchone()
    return date.fromisoformat(night) if night else None


def registered_visited(db: Database, wanted: Filter) -> int:
    """Return how many premises of the register the entries that ``wanted`` counts visited."""
    where, values = conditions(wanted, struck=True)
    (many,) = db.execute(
        f"SELECT count(DISTINCT entry.premises_id) FROM entries_counted AS entry "
        f"JOIN premises ON premises.id = entry.premises_id AND premises.registered = 1 "
        f"WHERE {VISIT} AND {where}",
        values,
    ).fetchone()
    return int(many)


def registered(db: Database) -> int:
    """Return how many premises are on the register now."""
    (many,) = db.execute(
        "SELECT count(*) FROM premises WHERE registered = 1 AND merged_into IS NULL"
    ).fetchone()
    return int(many)


def closures_by_law(db: Database, wanted: Filter) -> list[tuple[str, int]]:
    """Return (provision, closures) of the laws that entries with closures name; empty for none."""
    where, values = conditions(wanted, struck=True)
    rows = db.execute(
        "SELECT coalesce(laws.provision, ''), sum(counts.value) FROM entries_counted AS entry "
        "JOIN counts ON counts.version_id = entry.version_id AND counts.measure = 'closures' "
        f"LEFT JOIN laws ON laws.code = entry.law WHERE {where} AND counts.value > 0 "
        "GROUP BY 1 ORDER BY 1 = '', 1",
        values,
    )
    return [(provision, many) for provision, many in rows]
