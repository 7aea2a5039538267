"""The agencies that people belong to."""

from sqlite_utils import Database

from fieldlog.core.folding import folded


def every_agency(db: Database) -> dict[int, str]:
    """Return id → name of every agency, by name."""
    return dict(db.execute("SELECT id, name FROM agencies ORDER BY folded_name").fetchall())


def agency_named(db: Database, name: str) -> int | None:
    """Return the id of the agency of that name, however it is spaced and capitalised, or None."""
    row = db.execute("SELECT id FROM agencies WHERE folded_name = ?", [folded(name)]).fetchone()
    return int(row[0]) if row else None


def agency_named_or_new(db: Database, name: str) -> int:
    """Return the id of the agency of that name, added if there is none.

    Call inside a write transaction.
    """
    found = agency_named(db, name)
    if found is not None:
        return found
    cursor = db.conn.execute(
        "INSERT INTO agencies (name, folded_name) VALUES (?, ?)",
        [" ".join(name.split()), folded(name)],
    )
    return int(cursor.lastrowid or 0)
