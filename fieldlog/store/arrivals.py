"""How each record of a phone arrived: kept for ever, and what tells a repeat from a new record.

A record that made a version of an entry is in ``arrivals``, any other in ``other_arrivals``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none
from fieldlog.core.phone_clock import PhoneClock

NO_VERSION = 0


@dataclass(frozen=True)
class Arrival:
    """What a phone said when a record arrived. Aware UTC moments.

    ``record_hash`` is of what the record says. ``captured_at`` and ``sent_at`` are by the phone's
    clock, ``received_at`` by the server's; ``clock_difference`` is how many seconds the phone was
    ahead (negative: behind), None where that is not known (a file that was imported). ``version``
    is ``NO_VERSION`` for a record that made no version of an entry.
    """

    record_id: UUID
    record_hash: str
    entry_id: UUID
    version: int
    device_id: str | None
    captured_at: datetime
    sent_at: datetime | None
    received_at: datetime
    clock_difference: int | None

    @property
    def clock(self) -> PhoneClock:
        """The phone's clock as it was when it sent."""
        return PhoneClock.kept_as(self.clock_difference, self.received_at)


_COLUMNS = (
    "record_id, record_hash, entry_id, version, device_id, captured_at, sent_at, received_at, "
    "clock_difference_seconds"
)


def add_arrival(db: Database, arrival: Arrival) -> None:
    """Keep an arrival. Call inside the write transaction of what was stored.

    Raises sqlite3.IntegrityError if the record has arrived before.
    """
    if arrival.version == NO_VERSION:
        _add_other(db, arrival)
        return
    db.conn.execute(
        f"INSERT INTO arrivals ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            str(arrival.record_id),
            arrival.record_hash,
            str(arrival.entry_id),
            arrival.version,
            arrival.device_id,
            utc_text(arrival.captured_at),
            utc_text_or_none(arrival.sent_at),
            utc_text(arrival.received_at),
            arrival.clock_difference,
        ],
    )


def arrived_as(db: Database, record_id: UUID) -> str | None:
    """Return the hash of the record that arrived under an id, or None if none has."""
    row = db.execute(
        "SELECT record_hash FROM arrivals WHERE record_id = :id "
        "UNION ALL SELECT record_hash FROM other_arrivals WHERE record_id = :id",
        {"id": str(record_id)},
    ).fetchone()
    return str(row[0]) if row else None


def _add_other(db: Database, arrival: Arrival) -> None:
    db.conn.execute(
        "INSERT INTO other_arrivals (record_id, record_hash, device_id, captured_at, sent_at, "
        "received_at, clock_difference_seconds) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            str(arrival.record_id),
            arrival.record_hash,
            arrival.device_id,
            utc_text(arrival.captured_at),
            utc_text_or_none(arrival.sent_at),
            utc_text(arrival.received_at),
            arrival.clock_difference,
        ],
    )


def version_made_by(db: Database, record_id: UUID) -> tuple[UUID, int] | None:
    """Return (entry id, version number) that a record became, or None if it has not arrived."""
    row = db.execute(
        "SELECT entry_id, version FROM arrivals WHERE record_id = ?", [str(record_id)]
    ).fetchone()
    return (UUID(row[0]), int(row[1])) if row else None


def arrivals_of(db: Database, entry_id: UUID | str) -> list[Arrival]:
    """Return how the versions of an entry arrived, oldest first; its photos are left out."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM arrivals WHERE entry_id = ? "
        "AND record_id NOT IN (SELECT id FROM photos WHERE photos.entry_id = arrivals.entry_id) "
        "ORDER BY version, received_at",
        [str(entry_id)],
    )
    return [_arrival(row) for row in rows]


def _arrival(row: tuple[Any, ...]) -> Arrival:
    return Arrival(
        record_id=UUID(row[0]),
        record_hash=row[1],
        entry_id=UUID(row[2]),
        version=row[3],
        device_id=row[4],
        captured_at=from_utc_text(row[5]),
        sent_at=moment_or_none(row[6]),
        received_at=from_utc_text(row[7]),
        clock_difference=row[8],
    )
