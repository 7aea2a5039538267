"""Close a night with a statement, open it again with a reason, and see what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.log import LogLine
from fieldlog.core.night import end_of_night
from fieldlog.core.rules import Problem, Refused, reason_given, text_problems
from fieldlog.core.task import Task
from fieldlog.services.complete_entries import Lacking, lacking_of
from fieldlog.services.find_silent_phones import SilentPhone, silent_phones
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.tell_night import may_be_of
from fieldlog.services.watch_patrols import WatchedPatrols, patrols_in_snapshot
from fieldlog.store import closings, deployments, devices, tasks
from fieldlog.store.closings import CLOSED, REOPENED, After, Closing
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.deployments import Deployment
from fieldlog.store.devices import Device
from fieldlog.store.log import count_lines
from fieldlog.store.set_aside import undecided

LONG_OVER = timedelta(hours=12)
"""So long after its end a night is watched no more: what phones still held has come, or is late."""

__all__ = ["After", "Closing", "Device", "SilentPhone", "Standing", "Task", "ToClose"]


@dataclass(frozen=True)
class ToClose:
    """What a coordinator looks at before closing a night.

    ``phones`` say themselves that they hold something; of those that are ``silent`` nobody knows.
    ``set_aside`` are records that may be of this night, ``set_aside_elsewhere`` those that are not.
    """

    deployment: Deployment
    entries: int
    patrols: WatchedPatrols
    phones: tuple[Device, ...]
    silent: tuple[SilentPhone, ...]
    lacking: tuple[Lacking, ...]
    tasks: tuple[Task, ...]
    set_aside: int
    set_aside_elsewhere: int

    @property
    def outstanding(self) -> str:
        """What is not finished, in a sentence that is kept with the closing."""
        unsent = sum(phone.unsent for phone in self.phones)
        phones = f"{_many(len(self.phones), 'phone')} with {_many(unsent, 'unsent entry')}"
        said = (
            (len(self.patrols.going), f"{_many(len(self.patrols.going), 'patrol')} still out"),
            (len(self.phones), phones),
            (len(self.lacking), f"{_many(len(self.lacking), 'visit')} without time or action"),
            (len(self.tasks), f"{_many(len(self.tasks), 'task')} open"),
            (self.set_aside, f"{_many(self.set_aside, 'record')} set aside"),
        )
        return ", ".join(words for number, words in said if number)


def _many(number: int, thing: str) -> str:
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number} {thing if number == 1 else many}"


@dataclass(frozen=True)
class Standing:
    """Whether a night is closed, by which act, and what came after; every act, latest first."""

    closing: Closing | None
    after: After | None
    history: tuple[Closing, ...]


def to_close(
    db: Database, deployment_id: int, now: datetime, key: SealingKey | None = None
) -> ToClose | None:
    """Return what there is to see before a deployment's night is closed, or None.

    Without the ``key`` that opens sealed records, those set aside are told by when they arrived.
    """
    with read_snapshot(db):
        return _to_close(db, deployment_id, now, key)


def _to_close(
    db: Database, deployment_id: int, now: datetime, key: SealingKey | None
) -> ToClose | None:
    deployment = deployments.get(db, deployment_id)
    if deployment is None:
        return None
    wanted = of_deployment(deployment_id)
    waiting = undecided(db)
    of_night = sum(may_be_of(db, one, deployment, key) for one in waiting)
    return ToClose(
        deployment=deployment,
        entries=count_lines(db, wanted),
        patrols=patrols_in_snapshot(db, deployment_id, now),
        phones=_holding(db, deployment),
        silent=tuple(silent_phones(db, deployment, now)),
        lacking=lacking_of(db, wanted),
        tasks=_open_tasks(db, deployment),
        set_aside=of_night,
        set_aside_elsewhere=len(waiting) - of_night,
    )


def _holding(db: Database, deployment: Deployment) -> tuple[Device, ...]:
    """Return the phones that say that they hold something which may be of a deployment's night."""
    ended = deployment.finishes_at or end_of_night(deployment.night_of)
    return tuple(
        one
        for one in devices.every_device(db)
        if one.unsent
        and one.revoked_at is None
        and (one.oldest_unsent_at is None or one.oldest_unsent_at <= ended)
    )


def _open_tasks(db: Database, deployment: Deployment) -> tuple[Task, ...]:
    """Return the open tasks of a deployment, and those for anybody that fall due by its night."""
    found = []
    for task in tasks.find(db, is_open=True):
        due = task.plan.due
        for_anybody = task.plan.deployment_id is None and due is not None
        if task.plan.deployment_id == deployment.id or (
            for_anybody and due is not None and due.day <= deployment.night_of
        ):
            found.append(task)
    return tuple(found)


def close_night(
    db: Database,
    deployment_id: int,
    *,
    statement: str,
    by: int,
    now: datetime,
    key: SealingKey | None = None,
) -> Closing:
    """Close a night as at ``now``; entries that arrive later still count and are marked late.

    ``key`` opens sealed records: see ``to_close``.

    Raises Refused for a night that is closed already, and for an overlong statement.
    """
    statement = " ".join(statement.split())
    problems = tuple(text_problems("reason", statement))
    if problems:
        raise Refused(tuple(Problem("words", one.message) for one in problems))
    with write_transaction(db):
        seen = _to_close(db, deployment_id, now, key)
        latest = _latest(db, deployment_id)
        if seen is None or (latest and latest.closed):
            raise Refused((Problem("words", "This night is closed already."),))
        closing = Closing(
            deployment_id, CLOSED, now, by, "", statement, seen.entries, seen.outstanding
        )
        closings.add_closing(db, closing)
    return closing


def reopen_night(db: Database, deployment_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Open a closed night again. Raises Refused without a reason, or where it is not closed."""
    reason = reason_given(reason, "Say why, for example “a crew is still out”.")
    with write_transaction(db):
        latest = _latest(db, deployment_id)
        if latest is None or not latest.closed:
            raise Refused((Problem("reason", "This night is open."),))
        entries = count_lines(db, of_deployment(deployment_id))
        again = Closing(deployment_id, REOPENED, now, by, "", reason, entries, "")
        closings.add_closing(db, again)


def _latest(db: Database, deployment_id: int) -> Closing | None:
    return next(iter(closings.closings_of(db, deployment_id)), None)


def standing_of(db: Database, deployment_id: int) -> Standing:
    """Return whether a night is closed, and what came after it was."""
    history = tuple(closings.closings_of(db, deployment_id))
    closing = history[0] if history and history[0].closed else None
    return Standing(closing, closings.after_closing(db, closing) if closing else None, history)


def is_over(deployment: Deployment, closing: Closing | None, now: datetime) -> bool:
    """Return whether nobody watches a night any more: it is closed, or its end is long past."""
    end = deployment.finishes_at or end_of_night(deployment.night_of)
    return closing is not None or now - end > LONG_OVER


def late_among(db: Database, lines: Iterable[LogLine]) -> frozenset[str]:
    """Return the ids of those entries that came when their night was closed already."""
    return closings.came_after(db, [line.id for line in lines])
