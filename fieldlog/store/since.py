"""What came into the log after a certain version of it: entries that came late, amended, struck."""

from dataclasses import dataclass

from sqlite_utils import Database

from fieldlog.core.question import Filter
from fieldlog.store.filtering import conditions


@dataclass(frozen=True)
class Touched:
    """An entry that a filter counts, or counted, and that has a version newer than asked about.

    ``new`` means that it had no version then; ``struck`` and ``inside`` how it stands now.
    """

    entry_id: str
    new: bool
    struck: bool
    inside: bool


def newest_version(db: Database) -> int:
    """Return the id of the newest version of any entry; 0 in an empty log."""
    return int(db.execute("SELECT coalesce(max(version_id), 0) FROM entries").fetchone()[0])


def touched_since(db: Database, wanted: Filter, version_id: int) -> list[Touched]:
    """Return the entries of ``wanted`` with a version after ``version_id``, the oldest first.

    An entry that was amended out of the filter is among them: it was counted and is not any more.
    """
    where, values = conditions(wanted)
    counted_now = (
        "EXISTS (SELECT 1 FROM entries AS entry WHERE entry.version_id = latest.version_id "
        f"AND {where})"
    )
    counted_then = (
        "EXISTS (SELECT 1 FROM entries AS entry WHERE entry.id = latest.id "
        "AND entry.version_id <= :since AND NOT EXISTS (SELECT 1 FROM entries AS later "
        "WHERE later.supersedes = entry.version_id AND later.version_id <= :since) "
        f"AND {where})"
    )
    known_then = (
        "EXISTS (SELECT 1 FROM entries AS old WHERE old.id = latest.id "
        "AND old.version_id <= :since)"
    )
    rows = db.execute(
        f"SELECT id, NOT {known_then}, struck, {counted_now} AS inside "
        "FROM entries_in_force AS latest WHERE version_id > :since "
        f"AND (inside OR {counted_then}) ORDER BY version_id",
        {**values, "since": version_id},
    )
    return [Touched(row[0], bool(row[1]), bool(row[2]), bool(row[3])) for row in rows]
