"""The accounts: who may sign in, with which role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import moment_or_none, utc_text, utc_text_or_none
from fieldlog.core.person import Account, Person
from fieldlog.core.words import Role

ACCOUNT = """
SELECT users.officer_id, officers.name, users.role, officers.collar_number, officers.agency_id,
    coalesce(agencies.name, '') AS agency, officers.post, users.username,
    users.must_change_password, users.disabled_at,
    (SELECT max(created_at) FROM sessions WHERE sessions.officer_id = users.officer_id)
        AS last_signed_in
FROM users JOIN officers ON officers.id = users.officer_id
LEFT JOIN agencies ON agencies.id = officers.agency_id
"""


@dataclass(frozen=True)
class Credentials:
    """What signing in is checked against."""

    officer_id: int
    username: str
    password_hash: str
    disabled: bool


def credentials_of(db: Database, username: str) -> Credentials | None:
    """Return what the account called ``username`` is checked against, or None."""
    row = db.execute(
        "SELECT officer_id, username, password_hash, disabled_at IS NOT NULL FROM users "
        "WHERE username = ?",
        [username],
    ).fetchone()
    return Credentials(row[0], row[1], row[2], bool(row[3])) if row else None


def account_of(db: Database, officer_id: int) -> Account | None:
    """Return one account, or None if the officer has none."""
    return next((as_account(row) for row in _rows(db, "WHERE officer_id = ?", [officer_id])), None)


def every_account(db: Database) -> list[Account]:
    """Return every account, disabled ones included, by name."""
    return [as_account(row) for row in _rows(db, "ORDER BY officers.folded_name, username", [])]


def _rows(db: Database, condition: str, values: list[Any]) -> Any:
    return db.query(ACCOUNT + condition, values)


def as_account(row: dict[str, Any]) -> Account:
    """Return the account that a row of ``ACCOUNT`` holds."""
    person = Person(
        officer_id=row["officer_id"],
        name=row["name"],
        role=Role(row["role"]),
        collar_number=row["collar_number"],
        agency_id=row["agency_id"],
        agency=row["agency"],
        post=row["post"],
    )
    return Account(
        person=person,
        username=row["username"],
        must_change_password=bool(row["must_change_password"]),
        disabled_at=moment_or_none(row["disabled_at"]),
        last_signed_in=moment_or_none(row["last_signed_in"]),
    )


def add_user(
    db: Database,
    *,
    officer_id: int,
    username: str,
    password_hash: str,
    role: Role,
    must_change_password: bool,
    now: datetime,
) -> None:
    """Give an officer an account. Raises sqlite3.IntegrityError if there is one."""
    db.conn.execute(
        "INSERT INTO users (officer_id, username, password_hash, role, must_change_password, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?)",
        [officer_id, username, password_hash, role.value, must_change_password, utc_text(now)],
    )


def set_role(db: Database, officer_id: int, role: Role) -> None:
    """Write the role of an account; it counts on the person's next request."""
    db.conn.execute("UPDATE users SET role = ? WHERE officer_id = ?", [role.value, officer_id])


def set_password_hash(
    db: Database, officer_id: int, password_hash: str, *, must_change: bool = False
) -> None:
    """Write the hash of a new password."""
    db.conn.execute(
        "UPDATE users SET password_hash = ?, must_change_password = ? WHERE officer_id = ?",
        [password_hash, must_change, officer_id],
    )


def set_disabled_at(db: Database, officer_id: int, at: datetime | None) -> None:
    """Disable an account from ``at``, or with None let it be used again."""
    db.conn.execute(
        "UPDATE users SET disabled_at = ? WHERE officer_id = ?",
        [utc_text_or_none(at), officer_id],
    )


def other_administrators(db: Database, officer_id: int) -> int:
    """Return how many people besides one could administer fieldlog now."""
    row = db.execute(
        "SELECT count(*) FROM users WHERE role = 'administrator' AND disabled_at IS NULL "
        "AND officer_id <> ?",
        [officer_id],
    ).fetchone()
    return int(row[0])
