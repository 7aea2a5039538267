"""The tokens of programs that read figures, by their hashes, and when each was used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.api_token import TokenScope
from fieldlog.core.night import from_utc_text, moment_or_none, utc_text


@dataclass(frozen=True)
class ApiToken:
    """A token without the token itself, which is nowhere kept. Moments are aware UTC."""

    id: int
    officer_id: int
    owner: str
    name: str
    scope: TokenScope
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def opens(self, now: datetime) -> bool:
        """Whether it was neither revoked nor expired at ``now``."""
        return self.revoked_at is None and self.expires_at > now


_TOKENS = (
    "SELECT api_tokens.id, officer_id, officers.name, api_tokens.name, scope, "
    "api_tokens.created_at, expires_at, last_used_at, revoked_at "
    "FROM api_tokens JOIN officers ON officers.id = officer_id"
)


def add_token(
    db: Database,
    *,
    officer_id: int,
    name: str,
    token_hash: str,
    scope: TokenScope,
    created_at: datetime,
    expires_at: datetime,
) -> int:
    """Insert a token and return its id. Call in a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO api_tokens (officer_id, name, token_hash, scope, created_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [officer_id, name, token_hash, scope.value, utc_text(created_at), utc_text(expires_at)],
    )
    return int(cursor.lastrowid or 0)


def with_hash(db: Database, token_hash: str) -> ApiToken | None:
    """Return the token of that hash, a revoked one too, or None."""
    row = db.execute(f"{_TOKENS} WHERE token_hash = ?", [token_hash]).fetchone()
    return _token(row) if row else None


def get(db: Database, token_id: int) -> ApiToken | None:
    """Return one token, or None."""
    row = db.execute(f"{_TOKENS} WHERE api_tokens.id = ?", [token_id]).fetchone()
    return _token(row) if row else None


def tokens(db: Database, officer_id: int | None = None) -> list[ApiToken]:
    """Return the tokens of one officer, or of all of them, the newest first."""
    rows = db.execute(
        f"{_TOKENS} WHERE :officer IS NULL OR officer_id = :officer ORDER BY api_tokens.id DESC",
        {"officer": officer_id},
    )
    return [_token(row) for row in rows]


def revoke(db: Database, token_id: int, *, by: int, now: datetime) -> None:
    """Mark a token as revoked; harmless if it is. Call in a write transaction."""
    db.conn.execute(
        "UPDATE api_tokens SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL",
        [utc_text(now), by, token_id],
    )


def nth_latest_use(db: Database, token_id: int, nth: int) -> datetime | None:
    """Return when the token was used that many uses ago, None if it was not."""
    row = db.execute(
        "SELECT at FROM api_uses WHERE token_id = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
        [token_id, nth - 1],
    ).fetchone()
    return from_utc_text(row[0]) if row else None


def use(db: Database, token_id: int, now: datetime, *, forget_before: datetime) -> None:
    """Keep that a token is used, and forget uses that count no more. In a write transaction."""
    db.conn.execute(
        "DELETE FROM api_uses WHERE token_id = ? AND at <= ?", [token_id, utc_text(forget_before)]
    )
    db.conn.execute("INSERT INTO api_uses (token_id, at) VALUES (?, ?)", [token_id, utc_text(now)])
    db.conn.execute(
        "UPDATE api_tokens SET last_used_at = ? WHERE id = ?", [utc_text(now), token_id]
    )


def _token(row: tuple[Any, ...]) -> ApiToken:
    return ApiToken(
        id=row[0],
        officer_id=row[1],
        owner=row[2],
        name=row[3],
        scope=TokenScope(row[4]),
        created_at=from_utc_text(row[5]),
        expires_at=from_utc_text(row[6]),
        last_used_at=moment_or_none(row[7]),
        revoked_at=moment_or_none(row[8]),
    )
