"""Who is signed in: one row per sign-in, found by the hash of what the cookie holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text


@dataclass(frozen=True)
class Session:
    """One sign-in of one person; moments are aware UTC."""

    officer_id: int
    created_at: datetime
    last_seen_at: datetime


def start_session(db: Database, token_hash: str, officer_id: int, now: datetime) -> None:
    """Keep a new session. Call inside a write transaction."""
    db.conn.execute(
        "INSERT INTO sessions (token_hash, officer_id, created_at, last_seen_at) "
        "VALUES (?, ?, ?, ?)",
        [token_hash, officer_id, utc_text(now), utc_text(now)],
    )


def session_of(db: Database, token_hash: str) -> Session | None:
    """Return a session that nobody has ended, or None."""
    row = db.execute(
        "SELECT officer_id, created_at, last_seen_at FROM sessions "
        "WHERE token_hash = ? AND ended_at IS NULL",
        [token_hash],
    ).fetchone()
    return Session(row[0], from_utc_text(row[1]), from_utc_text(row[2])) if row else None


def seen(db: Database, token_hash: str, now: datetime) -> None:
    """Write that the session was used at ``now``."""
    db.conn.execute(
        "UPDATE sessions SET last_seen_at = ? WHERE token_hash = ?", [utc_text(now), token_hash]
    )


def end_session(db: Database, token_hash: str, now: datetime) -> None:
    """End one session; harmless if it has ended."""
    db.conn.execute(
        "UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL",
        [utc_text(now), token_hash],
    )


def end_sessions_of(db: Database, officer_id: int, now: datetime, but: str | None = None) -> None:
    """End every session of a person, ``but`` the one with that hash."""
    db.conn.execute(
        "UPDATE sessions SET ended_at = ? WHERE officer_id = ? AND ended_at IS NULL "
        "AND token_hash IS NOT ?",
        [utc_text(now), officer_id, but],
    )
