"""Records that the server could not simply store: kept as they came until a person decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none
from fieldlog.core.phone_clock import PhoneClock

REMOVED = "{}"
"""What stands for the body of a record that was removed under a retention rule."""


@dataclass(frozen=True)
class Kept:
    """A record to be set aside. ``body`` is its JSON, sealed or plain, as it came.

    ``officer_id`` is whose it says it is, ``delivered_by`` whose session or device brought it.
    ``clock_difference`` is how many seconds the phone was ahead, None if not known.
    """

    record_id: str
    record_hash: str
    reason: str
    body: str
    received_at: datetime
    officer_id: int | None = None
    delivered_by: int | None = None
    device_id: str | None = None
    sent_at: datetime | None = None
    clock_difference: int | None = None

    @property
    def clock(self) -> PhoneClock:
        """The phone's clock as it was when it sent."""
        return PhoneClock.kept_as(self.clock_difference, self.received_at)


@dataclass(frozen=True)
class SetAside:
    """A record that was set aside, with names for the screen and what was decided about it.

    ``mended`` says what a person changed in what was typed; it goes when that is removed.
    """

    id: int
    kept: Kept
    officer: str
    deliverer: str
    device: str
    decision: str | None
    decided_at: datetime | None
    decided_by: str
    decision_reason: str
    mended: str
    entry_id: str | None

    @property
    def why(self) -> str:
        """Why it was decided so, with what was mended."""
        return f"{self.decision_reason.rstrip('.')}. {self.mended}".removesuffix(". ")


_ROWS = """
SELECT set_aside.*, officers.name AS officer, deliverers.name AS deliverer, devices.name AS device,
    deciders.name AS decider
FROM set_aside
LEFT JOIN officers ON officers.id = set_aside.officer_id
LEFT JOIN officers AS deliverers ON deliverers.id = set_aside.delivered_by
LEFT JOIN officers AS deciders ON deciders.id = set_aside.decided_by
LEFT JOIN devices ON devices.id = set_aside.device_id
"""


def set_aside(db: Database, kept: Kept) -> None:
    """Keep a record, once however often it comes. Call in a write transaction.

    An officer whom nobody knows is left out: the body still says who.
    """
    db.conn.execute(
        "INSERT INTO set_aside (record_id, record_hash, reason, officer_id, delivered_by, "
        "device_id, sent_at, received_at, clock_difference_seconds, body) "
        "VALUES (?, ?, ?, (SELECT id FROM officers WHERE id = ?), ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (record_id, record_hash) DO NOTHING",
        [
            kept.record_id,
            kept.record_hash,
            kept.reason,
            kept.officer_id,
            kept.delivered_by,
            kept.device_id,
            utc_text_or_none(kept.sent_at),
            utc_text(kept.received_at),
            kept.clock_difference,
            kept.body,
        ],
    )


def reason_set_aside(db: Database, record_id: str, record_hash: str) -> str | None:
    """Return why this very record was set aside, or None if it was not."""
    row = db.execute(
        "SELECT reason FROM set_aside WHERE record_id = ? AND record_hash = ?",
        [record_id, record_hash],
    ).fetchone()
    return str(row[0]) if row else None


def is_set_aside(db: Database, record_id: str) -> bool:
    """Say whether a record of that id waits for a decision, or was refused."""
    row = db.execute(
        "SELECT 1 FROM set_aside WHERE record_id = ? AND decision IS NOT 'accepted'", [record_id]
    ).fetchone()
    return row is not None


def undecided(db: Database) -> list[SetAside]:
    """Return what waits for a decision, the oldest first."""
    rows = db.query(f"{_ROWS} WHERE decision IS NULL ORDER BY set_aside.received_at, set_aside.id")
    return [_set_aside(row) for row in rows]


def decided(db: Database, limit: int) -> list[SetAside]:
    """Return what was decided, the latest first."""
    rows = db.query(
        f"{_ROWS} WHERE decision IS NOT NULL ORDER BY decided_at DESC, set_aside.id DESC LIMIT ?",
        [limit],
    )
    return [_set_aside(row) for row in rows]


def count_undecided(db: Database) -> int:
    """Return how many records wait for a decision."""
    return int(db.execute("SELECT count(*) FROM set_aside WHERE decision IS NULL").fetchone()[0])


def get_set_aside(db: Database, number: int) -> SetAside | None:
    """Return one record that was set aside, or None."""
    row = next(iter(db.query(f"{_ROWS} WHERE set_aside.id = ?", [number])), None)
    return _set_aside(row) if row else None


def accepted_for(db: Database, entry_id: str) -> list[SetAside]:
    """Return the records that a person accepted into an entry, the oldest first."""
    rows = db.query(f"{_ROWS} WHERE entry_id = ? ORDER BY decided_at, set_aside.id", [entry_id])
    return [_set_aside(row) for row in rows]


def decide(
    db: Database,
    number: int,
    *,
    decision: str,
    reason: str,
    by: int | None,
    now: datetime,
    mended: str = "",
    entry_id: str | None = None,
) -> bool:
    """Write a decision; return False if there was one already. Call in a write transaction."""
    cursor = db.conn.execute(
        "UPDATE set_aside SET decision = ?, decision_reason = ?, mended = ?, decided_by = ?, "
        "decided_at = ?, entry_id = ? WHERE id = ? AND decision IS NULL",
        [decision, reason, mended, by, utc_text(now), entry_id, number],
    )
    return cursor.rowcount == 1


def _set_aside(row: dict[str, Any]) -> SetAside:
    kept = Kept(
        record_id=row["record_id"],
        record_hash=row["record_hash"],
        reason=row["reason"],
        body=row["body"],
        received_at=from_utc_text(row["received_at"]),
        officer_id=row["officer_id"],
        delivered_by=row["delivered_by"],
        device_id=row["device_id"],
        sent_at=moment_or_none(row["sent_at"]),
        clock_difference=row["clock_difference_seconds"],
    )
    return SetAside(
        id=row["id"],
        kept=kept,
        officer=row["officer"] or "",
        deliverer=row["deliverer"] or "",
        device=row["device"] or "",
        decision=row["decision"],
        decided_at=moment_or_none(row["decided_at"]),
        decided_by=row["decider"] or "",
        decision_reason=row["decision_reason"],
        mended=row["mended"],
        entry_id=row["entry_id"],
    )
