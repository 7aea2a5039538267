"""List tasks: for whoever runs the night, for an officer who is out, and one with its history."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fieldlog.core.folding import folded
from fieldlog.core.night import night_of
from fieldlog.core.person import Person
from fieldlog.core.task import Happening, Source, Task, TaskEvent
from fieldlog.services.plan_deployment import tonight
from fieldlog.services.plan_tasks import UnknownTask
from fieldlog.store import officers, task_history, tasks
from fieldlog.store.connection import Database
from fieldlog.store.task_history import TaskChange

OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
STATES = (OPEN, OVERDUE, CLOSED)
MOST_LISTED = 500
MOST_ON_PHONES = 300


@dataclass(frozen=True)
class TaskHistory:
    """A task as it stands, with everything that happened to it, the latest first."""

    task: Task
    events: Sequence[TaskEvent]


def list_tasks(
    db: Database, state: str, *, now: datetime, source: str = "", officer_id: int | None = None
) -> list[Task]:
    """Return tasks of one of ``STATES``; at most ``MOST_LISTED``."""
    return tasks.find(
        db,
        is_open=state != CLOSED,
        overdue_at=now if state == OVERDUE else None,
        source=source,
        officer_id=officer_id,
        limit=MOST_LISTED,
    )


def count_tasks(db: Database, *, now: datetime) -> dict[str, int]:
    """Return how many tasks are open, and how many of them are overdue."""
    found = tasks.find(db, is_open=True)
    return {OPEN: len(found), OVERDUE: sum(task.overdue(now) for task in found)}


def tasks_for(db: Database, person: Person, *, now: datetime) -> list[Task]:
    """Return the open tasks that an officer who is out should see."""
    deployments = {one.id for one in tonight(db, now)}
    return [task for task in tasks.find(db, is_open=True) if is_for(task, person, deployments, now)]


def is_for(task: Task, person: Person, deployments: Collection[int], now: datetime) -> bool:
    """Say whether a task is an officer's own, their agency's, or anybody's tonight.

    Crews are names that a coordinator types: nobody but the crew knows who is in it, so tasks of a
    crew are shown to everyone who is out. What falls due on a later night waits for that night.
    """
    if is_own(task, person):
        return True
    if task.plan.officer_id is not None:
        return False
    if task.plan.deployment_id is not None:
        return task.plan.deployment_id in deployments
    return task.plan.due is None or task.plan.due.day <= night_of(now)


def is_own(task: Task, person: Person) -> bool:
    """Say whether a task went to this officer, or to the agency they are of."""
    if task.plan.officer_id is not None:
        return task.plan.officer_id == person.officer_id
    return bool(task.plan.crew) and folded(task.plan.crew) == folded(person.agency)


def tasks_a_form_offers(
    db: Database, *, also: Iterable[int] = (), limit: int = MOST_ON_PHONES
) -> list[Task]:
    """Return the open tasks that an entry may deal with, and those with a number of ``also``."""
    found = tasks.find(db, is_open=True, limit=limit)
    known = {task.id for task in found}
    missing = [number for number in also if number not in known]
    return [*found, *(tasks.find(db, ids=missing) if missing else [])]


def tasks_on_a_phone(db: Database, entry_ids: Iterable[str]) -> list[Task]:
    """Return the open tasks, and those that the entries of ``entry_ids`` dealt with."""
    return tasks_a_form_offers(db, also=sorted(tasks.dealt_with_by(db, entry_ids)))


def tasks_of_premises(db: Database, premises_id: int) -> list[Task]:
    """Return every task of a premises, the open ones first."""
    return tasks.find(db, premises_id=premises_id)


def tasks_of_entry(db: Database, entry_id: str) -> list[Task]:
    """Return the tasks that an entry asked for."""
    return tasks.asked_by(db, entry_id)


def officers_to_assign(db: Database) -> list[tuple[int, str]]:
    """Return (id, name) of everybody who can be given a task, by name."""
    return officers.with_sign_in(db)


def task_with_history(db: Database, task_id: int) -> TaskHistory:
    """Return one task with its history. Raises UnknownTask."""
    task = tasks.get(db, task_id)
    if task is None:
        raise UnknownTask(str(task_id))
    events = [*_changes(task_history.changes_of(db, task_id)), *_dealings(db, task_id)]
    return TaskHistory(task, sorted(events, key=lambda event: event.at)[::-1])


def _changes(changes: Sequence[TaskChange]) -> Iterator[TaskEvent]:
    for place, change in enumerate(changes):
        before = changes[place - 1] if place else None
        said = "" if before is None else "; ".join(_differences(before, change))
        yield TaskEvent(change.at, change.what.label, change.by, change.reason, said)


def _differences(before: TaskChange, after: TaskChange) -> Iterator[str]:
    if after.what is Happening.ASSIGNED:
        yield f"to {after.officer or after.plan.crew or 'nobody'}"
        return
    one, other = before.plan, after.plan
    if one.asked != other.asked:
        yield f"asked before: “{one.asked}”"
    if before.where != after.where:
        yield f"was at {before.where}"
    if one.due != other.due:
        yield f"was due {one.due.says(after.at) if one.due else 'at no set time'}"
    if one.priority is not other.priority:
        yield f"priority was {one.priority.label.lower()}"
    if one.deployment_id != other.deployment_id:
        yield "for another operation before"


def _dealings(db: Database, task_id: int) -> Iterator[TaskEvent]:
    """When an entry began and ceased to say that it deals with the task."""
    naming = task_history.versions_naming(db, task_id)
    for entry_id, versions in groupby(naming, key=lambda version: version.entry_id):
        counted = False
        for version in versions:
            if version.counts is counted:
                continue
            counted = version.counts
            what = "Dealt with" if counted else "Open again"
            said = "" if counted else _why_not(version.struck)
            at, by = version.received_at, version.by
            yield TaskEvent(at, what, by, version.reason, said, entry_id)


def _why_not(struck: bool) -> str:
    return "the entry was struck out" if struck else "the entry no longer says so"


SOURCES = tuple((source.value, source.label) for source in Source)
"""Where tasks come from, to filter by."""
