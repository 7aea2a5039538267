"""List tasks: for whoever runs the night, for an officer who is out, and one with its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fieldlog.core.folding import folded
from fieldlog.core.night import night_of
from fieldlog.core.person import Person
from fieldlog.core.task import Happening, Source, Task, TaskEvent
from fieldlog.services.offer_deployments import deployments_ahead
from fieldlog.services.plan_deployment import tonight
from fieldlog.services.plan_tasks import UnknownTask
from fieldlog.store import officers, rosters, task_history, tasks
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


@dataclass(frozen=True)
class Out:
    """A person who is out tonight: on which deployments, and who is in which crew there.

    ``crews`` is (deployment id, folded name of a crew) → whether this person is in it.
    """

    person: Person
    deployments: frozenset[int]
    crews: Mapping[tuple[int, str], bool]

    def in_crew(self, task: Task) -> bool | None:
        """Say whether the person is in the crew that has the task; None if no roster says so."""
        plan = task.plan
        night = self.deployments if plan.deployment_id is None else {plan.deployment_id}
        named = [(one, folded(plan.crew)) for one in night] if plan.crew else []
        known = [self.crews[key] for key in named if key in self.crews]
        rostered = any(self.crews.values())
        return any(known) if known and (any(known) or rostered) else None


def who_is_out(db: Database, person: Person, *, now: datetime) -> Out:
    """Return where a person is out tonight, by the rosters."""
    deployments = frozenset(one.id for one in tonight(db, now))
    crews = {
        (one, folded(crew.name)): person.officer_id in {it.officer_id for it in crew.members}
        for one in deployments
        for crew in rosters.crews_of(db, one)
    }
    return Out(person, deployments, crews)


def tasks_for(db: Database, out: Out, *, now: datetime) -> list[Task]:
    """Return the open tasks that somebody who is out should see."""
    return [task for task in tasks.find(db, is_open=True) if is_for(task, out, now)]


def is_for(task: Task, out: Out, now: datetime) -> bool:
    """Say whether a task is an officer's own, their crew's, their agency's, or anybody's tonight.

    A task of another crew on the roster is that crew's alone. Where no roster tells who is in a
    crew, its tasks are shown to everyone who is out. What falls due on a later night waits for it.
    """
    if is_own(task, out):
        return True
    if task.plan.officer_id is not None or out.in_crew(task) is False:
        return False
    if task.plan.deployment_id is not None:
        return task.plan.deployment_id in out.deployments
    return task.plan.due is None or task.plan.due.day <= night_of(now)


def is_own(task: Task, out: Out) -> bool:
    """Say whether a task went to this officer, to their crew or to the agency they are of."""
    if task.plan.officer_id is not None:
        return task.plan.officer_id == out.person.officer_id
    of_agency = bool(task.plan.crew) and folded(task.plan.crew) == folded(out.person.agency)
    return of_agency or bool(out.in_crew(task))


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


def crews_to_assign(db: Database, task: Task | None, *, now: datetime) -> list[str]:
    """Return the names of the crews that a task can go to: of its night, or of those ahead.

    The one that has it is among them, on a roster or not.
    """
    kept = task.plan.deployment_id if task else None
    nights = [kept] if kept is not None else [one.id for one in deployments_ahead(db, now)]
    names = [crew.name for night in nights for crew in rosters.crews_of(db, night)]
    has_it = [task.plan.crew] if task and task.plan.crew else []
    return list({folded(name): name for name in [*names, *has_it]}.values())


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
