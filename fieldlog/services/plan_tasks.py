"""Plan tasks: take a report in, change what it says, assign it, close it or open it again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from fieldlog.core.rules import LONGEST_TEXT, Problem, Refused, reason_given, text_problems
from fieldlog.core.task import LONGEST_ASKED, LONGEST_CREW, Happening, Task, TaskPlan
from fieldlog.store import deployments, officers, premises, tasks
from fieldlog.store.connection import Database, write_transaction

SENT_AGAIN = timedelta(minutes=5)


class UnknownTask(Exception):
    """There is no task with that number."""


def add_task(db: Database, plan: TaskPlan, *, by: int, now: datetime) -> int:
    """Take a task in; return its number. Raises Refused.

    The very same from the same person within a few minutes is one task: a form sent again after
    its answer was lost would send two crews.
    """
    with write_transaction(db):
        whole = _checked(db, plan)
        who, since = officers.name_of(db, by), now - SENT_AGAIN
        for known in tasks.find(db, is_open=True):
            if known.plan == whole and known.created_by == who and known.created_at >= since:
                return known.id
        return tasks.add_task(db, whole, by=by, at=now)


def change_task(db: Database, task_id: int, plan: TaskPlan, *, by: int, now: datetime) -> None:
    """Say something else of a task; whom it went to stays. Raises Refused, UnknownTask."""
    with write_transaction(db):
        task = _existing(db, task_id)
        kept = replace(plan, officer_id=task.plan.officer_id, crew=task.plan.crew)
        whole = _checked(db, replace(kept, source=task.plan.source))
        if whole != task.plan:
            tasks.add_event(db, task_id, whole, Happening.CHANGED, by=by, at=now)


def assign_task(
    db: Database, task_id: int, *, officer_id: int | None, crew: str, by: int, now: datetime
) -> None:
    """Give a task to an officer, to a crew or to nobody. Raises Refused, UnknownTask."""
    with write_transaction(db):
        task = _existing(db, task_id)
        plan = replace(task.plan, officer_id=officer_id, crew=" ".join(crew.split()))
        _refuse(_assigned_problems(db, plan))
        if plan != task.plan:
            tasks.add_event(db, task_id, plan, Happening.ASSIGNED, by=by, at=now)


def close_task(db: Database, task_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Close a task that needs no entry any more. Closing it again changes nothing.

    Raises Refused without a reason, UnknownTask.
    """
    with write_transaction(db):
        task = _existing(db, task_id)
        why = reason_given(reason, "Say why it is closed, for example “reported twice”.")
        if task.open:
            tasks.add_event(db, task_id, task.plan, Happening.CLOSED, by=by, at=now, reason=why)


def reopen_task(db: Database, task_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Open a closed task again; entries made before this moment do not close it any more.

    Raises Refused without a reason, UnknownTask.
    """
    with write_transaction(db):
        task = _existing(db, task_id)
        why = reason_given(
            reason, "Say why it is opened again, for example “still noisy at 23:00”."
        )
        if not task.open:
            tasks.add_event(db, task_id, task.plan, Happening.REOPENED, by=by, at=now, reason=why)


def _existing(db: Database, task_id: int) -> Task:
    task = tasks.get(db, task_id)
    if task is None:
        raise UnknownTask(str(task_id))
    return task


def _checked(db: Database, plan: TaskPlan) -> TaskPlan:
    place = " ".join(plan.place.split())
    chosen = premises.get(db, plan.premises_id) if plan.premises_id else None
    known = chosen.id if chosen else premises.named(db, place) if _is_text(place) else None
    whole = replace(
        plan,
        asked=plan.asked.strip().replace("\r\n", "\n"),
        premises_id=known,
        place="" if known else place,
        crew=" ".join(plan.crew.split()),
    )
    _refuse(_problems(db, whole))
    return whole


def _is_text(place: str) -> bool:
    return bool(place) and not any(text_problems("place", place))


def _problems(db: Database, plan: TaskPlan) -> Iterator[Problem]:
    if not plan.asked:
        yield Problem("asked", "Say what is to be done, for example “loud music, speak to them”.")
    yield from _long("asked", "What is to be done", plan.asked, LONGEST_ASKED)
    if plan.premises_id is None and not plan.place:
        yield Problem("place", "Say where: a premises, or any other place.")
    yield from _long("place", "The place", plan.place, LONGEST_TEXT["place"])
    if plan.deployment_id is not None and deployments.get(db, plan.deployment_id) is None:
        yield Problem("deployment", "Choose one of those shown.")
    yield from _assigned_problems(db, plan)


def _assigned_problems(db: Database, plan: TaskPlan) -> Iterator[Problem]:
    if plan.officer_id is not None and not officers.name_of(db, plan.officer_id):
        yield Problem("officer", "Choose one of those shown.")
    if plan.officer_id is not None and plan.crew:
        yield Problem("crew", "Choose an officer or name a crew, not both.")
    yield from _long("crew", "The name of the crew", plan.crew, LONGEST_CREW)


def _long(field: str, name: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text) > longest:
        yield Problem(
            field,
            f"{name} can be at most {longest} characters; this has {len(text):,}. Shorten it.",
        )
    yield from text_problems("notes", text)


def _refuse(problems: Iterator[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise Refused(found)
