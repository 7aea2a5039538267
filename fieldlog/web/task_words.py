"""A task in the words of the screen: a line of a list, the rows of its page, how long it took."""

from datetime import datetime
from typing import Any

from flask import url_for

from fieldlog.core.night import (
    says_day,
    says_length,
    says_moment,
    says_time,
    to_uk,
    utc_text,
    utc_text_or_none,
)
from fieldlog.core.task import Due, Priority, Task, TaskEvent
from fieldlog.core.words import EntryKind
from fieldlog.services.list_tasks import Out, is_own
from fieldlog.web.entry_words import kebab

Row = dict[str, Any]


def state_of(task: Task, now: datetime) -> Row:
    """Return the one thing about a task that matters most now: {label, tone}."""
    if not task.open:
        return {"label": "Closed", "tone": "plain"}
    passed = [state for at, state in states_of(task) if at is None or at <= now]
    return passed[-1] if passed else {}


def states_of(task: Task) -> list[tuple[datetime | None, Row]]:
    """Return from when on a task is in which state, in their order; None for always."""
    urgent = task.plan.priority is Priority.URGENT
    states: list[tuple[datetime | None, Row]] = []
    if urgent:
        states.append((None, {"label": "Urgent", "tone": "warn"}))
    if task.plan.due:
        due_now, overdue = "Due now", "Overdue"
        if urgent:
            due_now, overdue = "Urgent, due now", "Urgent, overdue"
        states.append((task.plan.due.counts_from, {"label": due_now, "tone": "warn"}))
        states.append((task.plan.due.by, {"label": overdue, "tone": "bad"}))
    return states


def says_due(due: Due | None) -> str:
    """Return ``Due 22:30, Sat 5 Dec``, the day alone, or nothing."""
    if due is None:
        return ""
    clock = f"{says_time(due.by)}, " if due.timed else ""
    return f"Due {clock}{due.day:%a} {due.day.day} {due.day:%b}"


def whose(task: Task, out: Out) -> str:
    """Return who has a task, as the person who looks would say it."""
    if is_own(task, out):
        return "For you"
    return f"For {task.assigned_to}" if task.assigned_to else "For anyone"


def task_row(task: Task, out: Out, now: datetime) -> Row:
    """Return a task for the list on a phone."""
    parts = (whose(task, out), says_due(task.plan.due), task.plan.source.label)
    return {
        "id": task.id,
        "where": task.where,
        "asked": task.plan.asked,
        "about": " · ".join(part for part in parts if part),
        "state": state_of(task, now),
        "log": log_address(task),
    }


def briefed_task(task: Task, out: Out, *, mine: bool) -> Row:
    """Return a task as a phone keeps it; ``mine`` is whether it is in the officer's list."""
    row = task_row(task, out, task.created_at)
    return {
        "id": task.id,
        "mine": mine,
        "premises": task.plan.premises_id,
        "where": row["where"],
        "asked": row["asked"],
        "about": row["about"],
        "log": row["log"],
        "states": [{"from": utc_text_or_none(at), **state} for at, state in states_of(task)],
        "due_from": utc_text(task.plan.due.counts_from) if task.plan.due else None,
    }


def log_address(task: Task) -> str:
    """Return the form that logs what was done about a task: a visit where it is a premises."""
    kind = EntryKind.PREMISES_VISIT if task.plan.premises_id else EntryKind.PATROL_NOTE
    return url_for("entry_form.new", kind=kebab(kind), task=task.id)


def for_you(mine: int, due: int) -> str:
    """Return ``For you: 2 tasks, 1 due now``; empty where there are none."""
    if not mine:
        return ""
    now = f", {due} due now" if due else ""
    return f"For you: {mine} task{'' if mine == 1 else 's'}{now}"


def rows_of_task(task: Task) -> list[Row]:
    """Return (key, value) of all that is said of a task."""
    plan = task.plan
    where = ", ".join(part for part in (task.where, task.premises_address) if part)
    rows: list[Row] = [
        {"key": "Where", "value": where, **_timeline(task)},
        {"key": "Asked", "value": plan.asked},
        {"key": "Comes from", "value": plan.source.label},
        {"key": "Due", "value": _due_in_full(plan.due)},
        {"key": "Priority", "value": plan.priority.label},
        {"key": "Assigned to", "value": task.assigned_to or "Nobody yet"},
        {"key": "Operation", "value": task.operation or "Whoever is out"},
        {"key": "Taken in", "value": _by(says_moment(task.created_at), task.created_by)},
    ]
    if task.closed_at:
        rows.append({"key": "Closed", "value": _by(says_moment(task.closed_at), task.closed_by)})
        rows.append({"key": "It took", "value": took(task)})
    if task.closing_reason:
        rows.append({"key": "Reason", "value": task.closing_reason})
    return rows


def _timeline(task: Task) -> Row:
    """The way to everything that happened at the premises of a task."""
    if task.plan.premises_id is None:
        return {}
    there = url_for("premises_page.show", premises_id=task.plan.premises_id)
    return {"href": there, "link": "Timeline"}


def _due_in_full(due: Due | None) -> str:
    if due is None:
        return "At no set time"
    return f"{says_time(due.by)}, {says_day(due.day)}" if due.timed else says_day(due.day)


def _by(moment: str, name: str) -> str:
    return f"{moment}, {name}" if name else moment


def took(task: Task) -> str:
    """Return how long a task took, in days where it was more than two."""
    length = task.took
    if length is None:
        return ""
    return f"{length.days} days" if length.days >= 2 else says_length(length)


def event_row(event: TaskEvent, now: datetime) -> Row:
    """Return a line of the history."""
    same_day = to_uk(event.at).date() == to_uk(now).date()
    reason = f"Reason: {event.reason}" if event.reason else ""
    return {
        "at": says_time(event.at) if same_day else says_moment(event.at),
        "what": event.what,
        "by": event.by,
        "said": ". ".join(part for part in (event.said, reason) if part),
        "href": url_for("entries.show", entry_id=event.entry_id) if event.entry_id else None,
    }
