"""Tasks: what was reported, to whom it went, and the entries that dealt with it."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text
from fieldlog.core.task import Due, Happening, Priority, Source, Task, TaskPlan

_TASKS = """
SELECT task.*, premises.id AS premises_id, premises.name AS premises,
    premises.address AS premises_address,
    officers.name AS officer, maker.name AS maker, operations.name AS operation,
    closing.closed_at, closing.entry_id AS closing_entry, closing.reason AS closing_reason,
    closer.name AS closer
FROM tasks_now AS task
LEFT JOIN premises AS named ON named.id = task.premises_id
LEFT JOIN premises ON premises.id = coalesce(named.merged_into, named.id)
LEFT JOIN officers ON officers.id = task.officer_id
LEFT JOIN officers AS maker ON maker.id = task.created_by
LEFT JOIN deployments ON deployments.id = task.deployment_id
LEFT JOIN operations ON operations.id = deployments.operation_id
LEFT JOIN (SELECT task_id, min(at) AS closed_at, entry_id, by, reason FROM task_closings
    GROUP BY task_id) AS closing ON closing.task_id = task.id
LEFT JOIN officers AS closer ON closer.id = closing.by
"""
_IN_ORDER = """
ORDER BY closing.closed_at IS NOT NULL, closing.closed_at DESC, task.due_by IS NULL, task.due_by,
    instr('urgent normal low', task.priority), task.id
"""


def add_task(
    db: Database,
    plan: TaskPlan,
    *,
    by: int | None,
    at: datetime,
    from_entry: str | None = None,
    about: str | None = None,
) -> int:
    """Insert a task with the first line of its history; return its id.

    ``from_entry`` and ``about`` say which entry asked for it, and in answer to what. Call inside
    a write transaction, like all changes here.
    """
    cursor = db.conn.execute(
        "INSERT INTO tasks (source, from_entry, about) VALUES (?, ?, ?)",
        [plan.source.value, from_entry, about],
    )
    task_id = int(cursor.lastrowid or 0)
    add_event(db, task_id, plan, Happening.CREATED, by=by, at=at)
    return task_id


def add_event(
    db: Database,
    task_id: int,
    plan: TaskPlan,
    what: Happening,
    *,
    by: int | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Add a line to the history of a task: all that is said of it from now on."""
    db.conn.execute(
        "INSERT INTO task_events (task_id, number, what, at, by, reason, asked, premises_id, "
        "place, due_by, due_timed, priority, officer_id, crew, deployment_id) VALUES (:task, "
        "1 + (SELECT count(*) FROM task_events WHERE task_id = :task), :what, :at, :by, :reason, "
        ":asked, :premises, :place, :due_by, :due_timed, :priority, :officer, :crew, :deployment)",
        {
            "task": task_id,
            "what": what.value,
            "at": utc_text(at),
            "by": by,
            "reason": reason,
            "asked": plan.asked,
            "premises": plan.premises_id,
            "place": plan.place,
            "due_by": utc_text(plan.due.by) if plan.due else None,
            "due_timed": int(plan.due.timed) if plan.due else 0,
            "priority": plan.priority.value,
            "officer": plan.officer_id,
            "crew": plan.crew,
            "deployment": plan.deployment_id,
        },
    )


def find(
    db: Database,
    *,
    is_open: bool | None = None,
    overdue_at: datetime | None = None,
    ids: Iterable[int] | None = None,
    premises_id: int | None = None,
    source: str = "",
    officer_id: int | None = None,
    limit: int = -1,
) -> list[Task]:
    """Return tasks: open ones by when they fall due, closed ones with the latest first.

    What is None or empty does not narrow the search. With ``overdue_at`` come those that should
    have been dealt with by then and are open.
    """
    asked: dict[str, Any] = {
        "overdue": overdue_at and utc_text(overdue_at),
        "ids": None if ids is None else json.dumps(sorted(ids)),
        "premises": premises_id,
        "source": source,
        "officer": officer_id,
        "limit": limit,
    }
    where = [
        *([] if is_open is None else [f"closing.closed_at IS {'' if is_open else 'NOT '}NULL"]),
        *(["closing.closed_at IS NULL AND task.due_by <= :overdue"] if overdue_at else []),
        *([] if ids is None else ["task.id IN (SELECT value FROM json_each(:ids))"]),
        *([] if premises_id is None else ["premises.id = :premises"]),
        *(["task.source = :source"] if source else []),
        *([] if officer_id is None else ["task.officer_id = :officer"]),
    ]
    sql = f"{_TASKS} WHERE {' AND '.join(where) or '1'} {_IN_ORDER} LIMIT :limit"
    return [_task(row) for row in db.query(sql, asked)]


def get(db: Database, task_id: int) -> Task | None:
    """Return one task, or None."""
    return next(iter(find(db, ids=[task_id])), None)


def asked_by(db: Database, entry_id: str) -> list[Task]:
    """Return the tasks that an entry asked for."""
    rows = db.execute("SELECT id FROM tasks WHERE from_entry = ?", [entry_id]).fetchall()
    return find(db, ids=[row[0] for row in rows]) if rows else []


def unknown(db: Database, ids: Sequence[int]) -> list[int]:
    """Return those of ``ids`` that are no task."""
    if not ids:
        return []
    sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM tasks)"
    return [int(row[0]) for row in db.execute(sql, [json.dumps(list(ids))])]


def words_of(db: Database, ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """Return (id, what is asked) of tasks, in the order of their ids."""
    rows = db.execute(
        "SELECT id, asked FROM tasks_now WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        [json.dumps(sorted(ids))],
    )
    return tuple((int(row[0]), str(row[1])) for row in rows)


def dealt_with_by(db: Database, entry_ids: Iterable[str]) -> set[int]:
    """Return the tasks that the versions in force of some entries say they deal with."""
    rows = db.execute(
        "SELECT DISTINCT link.task_id FROM entry_tasks AS link JOIN entries_in_force AS entry "
        "ON entry.version_id = link.version_id "
        "WHERE entry.id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(entry_ids))],
    )
    return {int(row[0]) for row in rows}


def _task(row: dict[str, Any]) -> Task:
    return Task(
        id=row["id"],
        plan=plan_of(row),
        created_at=from_utc_text(row["created_at"]),
        created_by=row["maker"] or "",
        premises=row["premises"] or "",
        premises_address=row["premises_address"] or "",
        officer=row["officer"] or "",
        operation=row["operation"] or "",
        from_entry=row["from_entry"],
        about=row["about"],
        closed_at=moment_or_none(row["closed_at"]),
        closing_entry=row["closing_entry"],
        closed_by=row["closer"] or "",
        closing_reason=row["closing_reason"] or "",
    )


def plan_of(row: dict[str, Any]) -> TaskPlan:
    """Return what a row of ``tasks_now``, or of an event joined to its task, says."""
    due = Due(from_utc_text(row["due_by"]), bool(row["due_timed"])) if row["due_by"] else None
    return TaskPlan(
        source=Source(row["source"]),
        asked=row["asked"],
        premises_id=row["premises_id"],
        place=row["place"],
        due=due,
        priority=Priority(row["priority"]),
        officer_id=row["officer_id"],
        crew=row["crew"],
        deployment_id=row["deployment_id"],
    )


def changed_by_hand(db: Database, task_id: int) -> bool:
    """Say whether somebody has changed what a task is about since its entry asked for it."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM task_events "
        "WHERE task_id = ? AND what = 'changed' AND reason = '')"
    )
    return bool(db.execute(sql, [task_id]).fetchone()[0])
