"""Facts about this database as a whole, such as that it is a demonstration."""

from sqlite_utils import Database

DEMONSTRATION = "demonstration"
COPIES_LEFT = "copies_left"
"""The number of the last removal after which the file was not written anew; none where it was."""


def set_fact(db: Database, name: str, value: str) -> None:
    """Write one fact. Call inside a write transaction."""
    db.conn.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])


def forget_fact(db: Database, name: str, value: str) -> None:
    """Forget a fact if it is still ``value``. Call inside a write transaction."""
    db.conn.execute("DELETE FROM facts WHERE name = ? AND value = ?", [name, value])


def fact(db: Database, name: str) -> str | None:
    """Return a fact, or None."""
    row = db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else None


def is_demonstration(db: Database) -> bool:
    """Say whether this database was filled with demonstration data."""
    return fact(db, DEMONSTRATION) == "1"


def in_use(db: Database) -> bool:
    """Say whether anybody has recorded, planned or registered anything, or has an account."""
    tables = ("entries", "operations", "premises", "users", "officers")
    return any(
        db.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] for table in tables
    )
