"""Wards: dated names, since their boundaries change and an old entry keeps the one it had."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from fieldlog.core.folding import folded

ALWAYS = date(2000, 1, 1)


@dataclass(frozen=True)
class Ward:
    """A ward by the name it had from one day to another, both included."""

    id: int
    name: str
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Say whether it was a ward on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def every_ward(db: Database) -> list[Ward]:
    """Return every ward of any time, the earliest first."""
    rows = db.execute("SELECT id, name, valid_from, valid_to FROM wards ORDER BY valid_from, id")
    return [
        Ward(number, name, date.fromisoformat(begin), date.fromisoformat(end) if end else None)
        for number, name, begin, end in rows
    ]


def ward_named(db: Database, name: str, day: date | None = None) -> int | None:
    """Return the ward of that name that was valid on ``day`` (``None``: the latest), or None."""
    row = db.execute(
        "SELECT id FROM wards WHERE folded_name = :name "
        "AND (:day IS NULL OR (valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day))) "
        "ORDER BY valid_from DESC LIMIT 1",
        {"name": folded(name), "day": day.isoformat() if day else None},
    ).fetchone()
    return int(row[0]) if row else None


def ward_named_or_new(db: Database, name: str, day: date | None = None) -> int:
    """Return the ward of that name, added as valid since always if there is none.

    Call inside a write transaction.
    """
    found = ward_named(db, name, day)
    if found is not None:
        return found
    cursor = db.conn.execute(
        "INSERT INTO wards (name, folded_name, valid_from) VALUES (?, ?, ?) "
        "ON CONFLICT (folded_name, valid_from) DO UPDATE SET name = name RETURNING id",
        [" ".join(name.split()), folded(name), ALWAYS.isoformat()],
    )
    return int(cursor.fetchone()[0])
