"""The phones that may deliver their officer's records: found by the hash of a write-only token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none


@dataclass(frozen=True)
class Device:
    """A phone as its officer enrolled it. Aware UTC moments.

    ``unsent`` is how many records it said it still held when it last reported.
    """

    id: str
    officer_id: int
    officer: str
    name: str
    token_expires_at: datetime
    created_at: datetime
    last_reported_at: datetime | None
    unsent: int
    oldest_unsent_at: datetime | None
    revoked_at: datetime | None


_DEVICES = (
    "SELECT devices.id, officer_id, officers.name, devices.name, token_expires_at, "
    "devices.created_at, last_reported_at, unsent, oldest_unsent_at, revoked_at "
    "FROM devices JOIN officers ON officers.id = officer_id"
)


def add_device(
    db: Database,
    *,
    device_id: str,
    officer_id: int,
    name: str,
    token_hash: str,
    token_expires_at: datetime,
    now: datetime,
) -> None:
    """Insert a device. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO devices (id, officer_id, name, token_hash, token_expires_at, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [device_id, officer_id, name, token_hash, utc_text(token_expires_at), utc_text(now)],
    )


def renew_token(
    db: Database, device_id: str, token_hash: str, expires_at: datetime, *, previous: str | None
) -> None:
    """Give a device another token; an earlier one still opens until the new one is used.

    That is ``previous`` (a hash), None for the latest that was given.
    """
    db.conn.execute(
        "UPDATE devices SET token_hash = ?, previous_token_hash = coalesce(?, token_hash), "
        "token_expires_at = ? WHERE id = ?",
        [token_hash, previous, utc_text(expires_at), device_id],
    )


def rename_device(db: Database, device_id: str, name: str) -> None:
    """Write the name that the officer gives a device."""
    db.conn.execute("UPDATE devices SET name = ? WHERE id = ?", [name, device_id])


def forget_previous_token(db: Database, device_id: str, token_hash: str) -> None:
    """Let the earlier token open nothing any more, now that the present one is used."""
    db.conn.execute(
        "UPDATE devices SET previous_token_hash = NULL WHERE id = ? AND token_hash = ? "
        "AND previous_token_hash IS NOT NULL",
        [device_id, token_hash],
    )


def device_with_token(db: Database, token_hash: str) -> tuple[Device, bool] | None:
    """Return the device that a token is of and whether an earlier token still opens; or None."""
    row = db.execute(
        f"{_DEVICES} WHERE token_hash = :token OR previous_token_hash = :token",
        {"token": token_hash},
    ).fetchone()
    if row is None:
        return None
    has_previous = db.execute(
        "SELECT 1 FROM devices WHERE id = ? AND token_hash = ? AND previous_token_hash IS NOT NULL",
        [row[0], token_hash],
    ).fetchone()
    return _device(row), has_previous is not None


def get_device(db: Database, device_id: str) -> Device | None:
    """Return one device, or None."""
    row = db.execute(f"{_DEVICES} WHERE devices.id = ?", [device_id]).fetchone()
    return _device(row) if row else None


def every_device(db: Database) -> list[Device]:
    """Return every device: those with unsent records first, then by officer and name."""
    rows = db.execute(
        f"{_DEVICES} ORDER BY revoked_at IS NOT NULL, unsent > 0 DESC, officers.folded_name, "
        "devices.name, devices.created_at"
    )
    return [_device(row) for row in rows]


def report(
    db: Database, device_id: str, *, unsent: int, oldest_unsent_at: datetime | None, now: datetime
) -> None:
    """Write what a device said it still holds. Call in a write transaction."""
    db.conn.execute(
        "UPDATE devices SET last_reported_at = ?, unsent = ?, oldest_unsent_at = ? WHERE id = ?",
        [
            utc_text(now),
            unsent,
            utc_text_or_none(oldest_unsent_at),
            device_id,
        ],
    )


def revoke(db: Database, device_id: str, *, by: int, now: datetime) -> None:
    """Mark a device as revoked; harmless if it is."""
    db.conn.execute(
        "UPDATE devices SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL",
        [utc_text(now), by, device_id],
    )


def _device(row: tuple[Any, ...]) -> Device:
    return Device(
        id=row[0],
        officer_id=row[1],
        officer=row[2],
        name=row[3],
        token_expires_at=from_utc_text(row[4]),
        created_at=from_utc_text(row[5]),
        last_reported_at=moment_or_none(row[6]),
        unsent=row[7],
        oldest_unsent_at=moment_or_none(row[8]),
        revoked_at=moment_or_none(row[9]),
    )
