"""The nights that anything is known of."""

from datetime import date

from sqlite_utils import Database


def every_night(db: Database) -> list[date]:
    """Return every night with an entry or a deployment, the newest first."""
    rows = db.execute(
        "SELECT night_of FROM entries_counted UNION SELECT night_of FROM deployments "
        "ORDER BY night_of DESC"
    )
    return [date.fromisoformat(row[0]) for row in rows]


def nights_with_entries(db: Database) -> list[date]:
    """Return every night with an entry that counts, the newest first."""
    rows = db.execute("SELECT DISTINCT night_of FROM entries_counted ORDER BY night_of DESC")
    return [date.fromisoformat(row[0]) for row in rows]
