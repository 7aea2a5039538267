"""The people entries are about: with a sign-in, or only named in a file that was imported."""

from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text


def add_officer(
    db: Database,
    *,
    name: str,
    now: datetime,
    agency_id: int | None = None,
    collar_number: str = "",
    post: str | None = None,
) -> int:
    """Insert a person without a sign-in; return the officer's id. Call in a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO officers (name, folded_name, collar_number, agency_id, post, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [" ".join(name.split()), folded(name), collar_number, agency_id, post, utc_text(now)],
    )
    return int(cursor.lastrowid or 0)


def officers_named(db: Database, name: str, agency_id: int | None = None) -> list[int]:
    """Return the ids of the officers of that name, of one agency if it is given, oldest first."""
    rows = db.execute(
        "SELECT id FROM officers WHERE folded_name = :name "
        "AND (:agency IS NULL OR agency_id = :agency) ORDER BY id",
        {"name": folded(name), "agency": agency_id},
    )
    return [int(row[0]) for row in rows]


def without_sign_in(db: Database, *, name: str, agency_id: int, collar_number: str) -> int | None:
    """Return the officer of that name and agency who has no account yet, or None.

    A collar number that is known must be the same: two people may share a name.
    """
    row = db.execute(
        "SELECT id FROM officers WHERE folded_name = ? AND agency_id = ? "
        "AND collar_number IN ('', ?) AND id NOT IN (SELECT officer_id FROM users) "
        "ORDER BY collar_number DESC, id LIMIT 1",
        [folded(name), agency_id, collar_number],
    ).fetchone()
    return int(row[0]) if row else None


def name_of(db: Database, officer_id: int) -> str:
    """Return an officer's name; empty if there is no such officer."""
    row = db.execute("SELECT name FROM officers WHERE id = ?", [officer_id]).fetchone()
    return str(row[0]) if row else ""


def post(db: Database, officer_id: int) -> str | None:
    """Return the code of an officer's post, or None if it is not known."""
    row = db.execute("SELECT post FROM officers WHERE id = ?", [officer_id]).fetchone()
    return str(row[0]) if row and row[0] is not None else None


def change_officer(
    db: Database,
    officer_id: int,
    *,
    name: str,
    agency_id: int,
    collar_number: str,
    post: str | None,
) -> None:
    """Write what is known about an officer now; entries keep the agency they were made for."""
    db.conn.execute(
        "UPDATE officers SET name = ?, folded_name = ?, agency_id = ?, collar_number = ?, "
        "post = ? WHERE id = ?",
        [" ".join(name.split()), folded(name), agency_id, collar_number, post, officer_id],
    )


def with_sign_in(db: Database) -> list[tuple[int, str]]:
    """Return (id, name) of the people who can sign in and log, by name."""
    rows = db.execute(
        "SELECT officers.id, officers.name FROM officers JOIN users ON users.officer_id = "
        "officers.id WHERE users.disabled_at IS NULL AND users.role <> 'viewer' "
        "ORDER BY officers.folded_name, officers.id"
    )
    return [(int(row[0]), str(row[1])) for row in rows]
