"""What a coordinator watches of several nights, or of one: sums by deployment, last entries."""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.night import from_utc_text
from fieldlog.core.question import Filter, Sums
from fieldlog.store.connection import Database
from fieldlog.store.filtering import VISIT, conditions


@dataclass(frozen=True)
class Seen:
    """An officer who logged, how many entries, and the last of them: when (aware UTC) and where."""

    officer_id: int | None
    officer: str
    collar_number: str
    agency: str
    entries: int
    last_at: datetime
    last_where: str
    last_id: str


def sums_by_deployment(db: Database, deployment_ids: list[int]) -> dict[int, Sums]:
    """Return the sums of each deployment that has entries, from one reading of their entries."""
    # Struck entries are let in because entries_counted has none to keep out.
    where, values = conditions(Filter(where={"deployment": tuple(deployment_ids)}), struck=True)
    measures: dict[int, dict[str, int]] = {}
    for deployment_id, measure, value in db.execute(
        "SELECT entry.deployment_id, counts.measure, sum(counts.value) "
        "FROM entries_counted AS entry "
        f"JOIN counts ON counts.version_id = entry.version_id WHERE {where} GROUP BY 1, 2",
        values,
    ):
        measures.setdefault(deployment_id, {})[measure] = value
    rows = db.execute(
        f"SELECT entry.deployment_id, count(*), count(CASE WHEN {VISIT} THEN 1 END), "
        f"count(DISTINCT CASE WHEN {VISIT} THEN entry.premises_id END), count(entry.minutes), "
        f"coalesce(sum(entry.minutes), 0) FROM entries_counted AS entry WHERE {where} GROUP BY 1",
        values,
    )
    return {row[0]: Sums(*[*row[1:], measures.get(row[0], {})]) for row in rows}


def last_entries(db: Database, deployment_id: int) -> list[Seen]:
    """Return who logged on a deployment with their last entry, the latest first.

    SQLite takes the other columns from the row that holds the max().
    """
    rows = db.execute(
        "SELECT entry.officer_id, coalesce(officers.name, ''), coalesce(collar_number, ''), "
        "coalesce(agencies.name, ''), count(*), max(entry.happened_at), "
        "coalesce(premises.name, entry.place), entry.id FROM entries_in_force AS entry "
        "LEFT JOIN officers ON officers.id = entry.officer_id "
        "LEFT JOIN agencies ON agencies.id = entry.agency_id "
        "LEFT JOIN premises ON premises.id = entry.premises_id "
        "WHERE entry.deployment_id = ? AND entry.struck = 0 GROUP BY entry.officer_id "
        "ORDER BY 6 DESC, 2",
        [deployment_id],
    )
    return [Seen(*[*row[:5], from_utc_text(row[5]), *row[6:]]) for row in rows]
