"""The history of a task: its own events, and the versions of the entries that name it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text
from fieldlog.core.task import Happening, TaskPlan
from fieldlog.store.tasks import plan_of


@dataclass(frozen=True)
class TaskChange:
    """One event with all that was said of the task from then on; names are empty where none is."""

    what: Happening
    at: datetime
    by: str
    reason: str
    plan: TaskPlan
    officer: str
    where: str


@dataclass(frozen=True)
class NamingVersion:
    """One version of an entry that names the task, or did in an earlier version."""

    entry_id: str
    counts: bool
    struck: bool
    happened_at: datetime
    received_at: datetime
    by: str
    reason: str


def changes_of(db: Database, task_id: int) -> list[TaskChange]:
    """Return the events of a task, oldest first."""
    rows = db.query(
        "SELECT event.*, task.source, maker.name AS maker, officers.name AS officer, "
        "coalesce(premises.name, event.place) AS place_name FROM task_events AS event "
        "JOIN tasks AS task ON task.id = event.task_id "
        "LEFT JOIN officers AS maker ON maker.id = event.by "
        "LEFT JOIN officers ON officers.id = event.officer_id "
        "LEFT JOIN premises ON premises.id = event.premises_id "
        "WHERE event.task_id = ? ORDER BY event.number",
        [task_id],
    )
    return [_change(row) for row in rows]


def _change(row: dict[str, Any]) -> TaskChange:
    return TaskChange(
        what=Happening(row["what"]),
        at=from_utc_text(row["at"]),
        by=row["maker"] or "",
        reason=row["reason"],
        plan=plan_of(row),
        officer=row["officer"] or "",
        where=row["place_name"],
    )


def versions_naming(db: Database, task_id: int) -> Iterator[NamingVersion]:
    """Yield every version of every entry that ever named the task, entry by entry in order."""
    rows = db.execute(
        "SELECT entry.id, EXISTS (SELECT 1 FROM entry_tasks AS link WHERE link.task_id = :task "
        "AND link.version_id = entry.version_id), entry.struck, entry.happened_at, "
        "entry.received_at, officers.name, entry.reason FROM entries AS entry "
        "LEFT JOIN officers ON officers.id = entry.recorded_by "
        "WHERE entry.id IN (SELECT named.id FROM entry_tasks JOIN entries AS named "
        "USING (version_id) WHERE entry_tasks.task_id = :task) ORDER BY entry.id, entry.version",
        {"task": task_id},
    )
    for entry_id, named, struck, happened_at, received_at, by, reason in rows:
        yield NamingVersion(
            entry_id=entry_id,
            counts=bool(named) and not struck,
            struck=bool(struck),
            happened_at=from_utc_text(happened_at),
            received_at=from_utc_text(received_at),
            by=by or "",
            reason=reason,
        )


def open_by_premises(db: Database) -> dict[int, int]:
    """Return premises id → how many tasks are open there."""
    rows = db.execute(
        "SELECT coalesce(premises.merged_into, premises.id), count(*) FROM tasks_now AS task "
        "JOIN premises ON premises.id = task.premises_id "
        "WHERE task.id NOT IN (SELECT task_id FROM task_closings) GROUP BY 1"
    )
    return dict(rows.fetchall())
