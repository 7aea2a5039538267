"""What a live page asks again and again: has anything changed, who was heard of, what is where."""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.night import from_utc_text
from fieldlog.store.connection import Database

# Each part is a look at the end of an index, or at the few rows of one deployment: it is asked at
# every poll of every viewer. Tables that are only added to are as long as they are new.
_MARK = """
SELECT
    (SELECT max(version_id) FROM entries),
    (SELECT max(id) FROM task_events),
    (SELECT max(id) FROM closings WHERE deployment_id = :deployment),
    (SELECT count(*) FROM patrols JOIN patrol_events ON patrol_id = patrols.id
        WHERE deployment_id = :deployment),
    (SELECT group_concat(id || ' ' || name || ' ' || area, '|') FROM crews
        WHERE deployment_id = :deployment),
    (SELECT group_concat(crew_id || ' ' || officer_id, '|') FROM crew_members
        WHERE deployment_id = :deployment),
    (SELECT group_concat(id || ' ' || coalesce(last_reported_at, '') || ' ' || unsent || ' '
        || coalesce(revoked_at, ''), '|') FROM devices),
    (SELECT max(id) || ' ' || count(decided_at) FROM set_aside),
    (SELECT count(*) FROM hotspot_versions),
    (SELECT max(id) FROM hotspot_asks),
    (SELECT max(id) FROM patrol_hotspots)
"""


@dataclass(frozen=True)
class Heard:
    """Whose entries of a night came in: how many count, when the last came and where it was."""

    officer_id: int | None
    officer: str
    entries: int
    last_received_at: datetime
    last_where: str


def mark_of(db: Database, deployment_id: int) -> tuple[object, ...]:
    """Return what differs as soon as anything that a live page shows has changed."""
    return tuple(db.execute(_MARK, {"deployment": deployment_id}).fetchone())


def heard_of(db: Database, deployment_id: int) -> list[Heard]:
    """Return who has entries on a deployment, the last heard of first; struck ones were heard too.

    SQLite takes the other columns from the row that holds the max().
    """
    rows = db.execute(
        "SELECT entry.officer_id, coalesce(officers.name, ''), "
        "sum(entry.struck = 0), max(first.received_at), coalesce(premises.name, entry.place) "
        "FROM entries_in_force AS entry "
        "JOIN entries AS first ON first.id = entry.id AND first.version = 1 "
        "LEFT JOIN officers ON officers.id = entry.officer_id "
        "LEFT JOIN premises ON premises.id = entry.premises_id "
        "WHERE entry.deployment_id = ? GROUP BY entry.officer_id ORDER BY 4 DESC, 2",
        [deployment_id],
    )
    return [Heard(*[*row[:3], from_utc_text(row[3]), row[4]]) for row in rows]


def entries_by_premises(db: Database, deployment_id: int) -> list[tuple[int, str, str, int]]:
    """Return (premises, name, grid reference, entries that count) of a deployment, by name."""
    rows = db.execute(
        "SELECT premises.id, premises.name, premises.grid_reference, count(*) "
        "FROM entries_in_force AS entry JOIN premises ON premises.id = entry.premises_id "
        "WHERE entry.deployment_id = ? AND entry.struck = 0 GROUP BY 1 "
        "ORDER BY premises.folded_name, premises.id",
        [deployment_id],
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def last_arrived(db: Database, deployment_id: int, limit: int) -> list[tuple[int, datetime]]:
    """Return (version in force, when its first version came) of the entries that came last.

    The latest to arrive comes first, whenever it happened: that is what is new.
    """
    rows = db.execute(
        "SELECT entry.version_id, first.received_at FROM entries_in_force AS entry "
        "JOIN entries AS first ON first.id = entry.id AND first.version = 1 "
        "WHERE entry.deployment_id = ? ORDER BY first.version_id DESC LIMIT ?",
        [deployment_id, limit],
    )
    return [(row[0], from_utc_text(row[1])) for row in rows]
