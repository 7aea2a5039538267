"""Tries to sign in, kept in the database so that a restart does not forgive them."""

from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.throttle import Scope

_CONDITIONS = {
    Scope.ACCOUNT: "account = :account AND",
    Scope.ADDRESS: "address = :address AND",
    Scope.EVERYBODY: "",
}


def add_attempt(db: Database, *, account: str, address: str, now: datetime) -> None:
    """Keep one try at an account from an address. Call inside a write transaction."""
    db.conn.execute(
        "INSERT INTO sign_in_attempts (at, account, address) VALUES (?, ?, ?)",
        [utc_text(now), account, address],
    )


def nth_latest(
    db: Database, *, account: str, address: str, since: datetime
) -> dict[Scope, datetime | None]:
    """Return for each scope the moment of the try that is as far back as the scope allows.

    Only tries after ``since`` count; ``None`` where there were fewer than allowed.
    """
    found: dict[Scope, datetime | None] = {}
    for scope, condition in _CONDITIONS.items():
        row = db.execute(
            f"SELECT at FROM sign_in_attempts WHERE {condition} at > :since "
            "ORDER BY at DESC LIMIT 1 OFFSET :earlier",
            {
                "account": account,
                "address": address,
                "since": utc_text(since),
                "earlier": scope.allowed - 1,
            },
        ).fetchone()
        found[scope] = from_utc_text(row[0]) if row else None
    return found


def forgive_attempts(db: Database, account: str) -> None:
    """Forget the tries at an account whose owner has signed in."""
    db.conn.execute("DELETE FROM sign_in_attempts WHERE account = ?", [account])


def forget_attempts_before(db: Database, moment: datetime) -> None:
    """Forget tries so old that they no longer count."""
    db.conn.execute("DELETE FROM sign_in_attempts WHERE at <= ?", [utc_text(moment)])
