"""Wordings: what somebody made of the figures of a period before it went into a paper."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text


@dataclass(frozen=True)
class Wording:
    """A wording as it was kept: ``counted`` is what the figures themselves said at that moment.

    Both are empty once it was removed under a retention rule. ``ref`` is what the register of
    removals calls it: a number may be given again once wordings were forgotten.
    """

    ref: str
    wording: str
    counted: str
    kept_by: str
    kept_at: datetime


REF = "(wordings.id || ' ' || wordings.kept_at)"


def latest(db: Database, period: str) -> Wording | None:
    """Return the last wording that was kept for a period, or None."""
    row = db.execute(
        f"SELECT {REF}, wording, counted, officers.name, kept_at FROM wordings "
        "JOIN officers ON officers.id = kept_by WHERE period = ? ORDER BY wordings.id DESC LIMIT 1",
        [period],
    ).fetchone()
    return Wording(row[0], row[1], row[2], row[3], from_utc_text(row[4])) if row else None


def keep(db: Database, *, period: str, wording: str, counted: str, by: int, now: datetime) -> None:
    """Keep a wording; earlier ones of the period stay. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO wordings (period, wording, counted, kept_by, kept_at) VALUES (?, ?, ?, ?, ?)",
        [period, wording, counted, by, utc_text(now)],
    )


def forget(db: Database, period: str) -> None:
    """Delete every wording of a period. Call in a write transaction."""
    db.conn.execute("DELETE FROM wordings WHERE period = ?", [period])
