"""Hold a record: it is kept whatever its period says, until somebody lifts the hold with a reason.

For instance while a licence is reviewed, a complaint looked into or a notice under appeal.
"""

from datetime import datetime
from uuid import UUID

from fieldlog.core.rules import Problem, Refused, reason_given
from fieldlog.core.task import Task
from fieldlog.store import briefings, log, premises, retention, task_history, timed_sends
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.mails import Mail
from fieldlog.store.retention import Hold
from fieldlog.store.set_aside import SetAside

ENTRY, PREMISES, ISSUE, NIGHT = "entry", "premises", "issue", "night"
TASK, PERIOD, MAIL, IMPORT, SET_ASIDE = "task", "period", "mail", "import", "set_aside"
SAID = {
    ENTRY: "this entry",
    PREMISES: "everything at these premises",
    ISSUE: "this issue",
    NIGHT: "everything of this night",
    TASK: "this task",
    PERIOD: "the wordings of this period",
    MAIL: "this mail",
    IMPORT: "the rows of this import",
    SET_ASIDE: "this record",
}
"""What can be held: premises and a night with all their entries, tasks and briefings."""

__all__ = ["SAID", "Hold", "every_hold", "lift_hold", "place_hold"]


def place_hold(db: Database, what: str, ref: str, reason: str, *, by: int, now: datetime) -> None:
    """Hold one of ``SAID``, for ``reason``; ``ref`` is its id, number or address.

    Raises Refused without a reason, and where it is held already.
    """
    reason = reason_given(reason, "Say why it is kept, like “licence review”.")
    with write_transaction(db):
        if retention.holds_on(db, what, ref):
            raise Refused((Problem("reason", f"There is a hold on {SAID[what]} already."),))
        retention.add_hold(db, what, ref, reason, by=by, now=now)
        add_to_audit(db, "hold placed", at=now, officer_id=by, about=f"{what} {ref}: {reason}")


def lift_hold(db: Database, hold_id: int, reason: str, *, by: int, now: datetime) -> Hold | None:
    """End a hold and return it; None where somebody has ended it. Raises Refused."""
    reason = reason_given(reason, "Say why it need not be held any more, like “review decided”.")
    with write_transaction(db):
        hold = retention.get_hold(db, hold_id)
        if hold:
            retention.lift(db, hold_id, reason, by=by, now=now)
            about = f"{hold.what} {hold.ref}: {reason}"
            add_to_audit(db, "hold lifted", at=now, officer_id=by, about=about)
    return hold


def holds_keeping(
    db: Database, *held: tuple[str, object], premises_id: int | None = None
) -> list[Hold]:
    """Return the holds on any of (what, ref), and on premises with all that count as the same."""
    found = [
        hold
        for what, ref in dict.fromkeys(held)
        if ref is not None
        for hold in retention.holds_on(db, what, str(ref))
    ]
    if premises_id is not None:
        found += retention.holds_on_premises(db, premises_id)
    return found


def holds_on_entry(
    db: Database, entry_id: UUID | str, premises_id: int | None, deployment_id: int | None
) -> list[Hold]:
    """Return what keeps an entry: holds on itself, on its premises and on its night."""
    held = ((ENTRY, entry_id), (NIGHT, deployment_id))
    return holds_keeping(db, *held, premises_id=premises_id)


def holds_on_task(db: Database, task: Task) -> list[Hold]:
    """Return what keeps a task: holds on itself, its premises, its night and entries about it."""
    entries = {one.entry_id for one in task_history.versions_naming(db, task.id)}
    return holds_keeping(
        db,
        (TASK, task.id),
        (NIGHT, task.plan.deployment_id),
        (ENTRY, task.from_entry),
        *((ENTRY, entry_id) for entry_id in sorted(entries)),
        premises_id=task.plan.premises_id,
    )


def holds_on_briefing(db: Database, deployment_id: int) -> list[Hold]:
    """Return what keeps a briefing: holds on its night, and on premises it asked to visit."""
    found = holds_keeping(db, (NIGHT, deployment_id))
    for premises_id in briefings.premises_asked(db, deployment_id):
        found += retention.holds_on_premises(db, premises_id)
    return list(dict.fromkeys(found))


def holds_on_mail(db: Database, mail_id: int, mail: Mail, issue: int | None) -> list[Hold]:
    """Return what keeps a mail: holds on itself, its night and the issue that went with it."""
    nights = (mail.deployment_id, *timed_sends.deployments_mailed(db, mail.send_key))
    return holds_keeping(db, (MAIL, mail_id), *((NIGHT, one) for one in nights), (ISSUE, issue))


def holds_on_record(db: Database, kept: SetAside) -> list[Hold]:
    """Return what keeps a record set aside: holds on itself, and what keeps its entry."""
    found = holds_keeping(db, (SET_ASIDE, kept.id))
    for entry_id in dict.fromkeys((kept.entry_id, kept.kept.record_id)):
        for line in log.versions(db, entry_id)[-1:] if entry_id else []:
            found += holds_on_entry(db, line.id, line.premises_id, line.deployment_id)
    return found


def name_of_premises(db: Database, premises_id: int) -> str | None:
    """Return the name of premises that can be held, or None where there are none."""
    found = premises.get(db, premises_id)
    return found.name if found else None


def every_hold(db: Database) -> list[Hold]:
    """Return every hold that nobody has ended, the newest first."""
    return retention.holds(db)


def current_hold(db: Database, hold_id: int) -> Hold | None:
    """Return a hold that nobody has ended, or None."""
    return retention.get_hold(db, hold_id)
