"""Hold a record: it is kept whatever its period says, until somebody lifts the hold with a reason.

For instance while a licence is reviewed, a complaint looked into or a notice under appeal.
"""

from datetime import datetime
from uuid import UUID

from fieldlog.core.rules import Problem, Refused, reason_given
from fieldlog.store import premises, retention
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.retention import Hold

ENTRY, PREMISES, ISSUE = "entry", "premises", "issue"
SAID = {ENTRY: "this entry", PREMISES: "everything at these premises", ISSUE: "this issue"}

__all__ = ["ENTRY", "ISSUE", "PREMISES", "Hold", "every_hold", "lift_hold", "place_hold"]


def place_hold(db: Database, what: str, ref: str, reason: str, *, by: int, now: datetime) -> None:
    """Hold an entry, premises or an issue, for ``reason``.

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


def holds_on_entry(db: Database, entry_id: UUID | str, premises_id: int | None) -> list[Hold]:
    """Return what keeps an entry: holds on itself, and on its premises."""
    found = retention.holds_on(db, ENTRY, str(entry_id))
    if premises_id is not None:
        found += retention.holds_on_premises(db, premises_id)
    return found


def name_of_premises(db: Database, premises_id: int) -> str | None:
    """Return the name of premises that can be held, or None where there are none."""
    found = premises.get(db, premises_id)
    return found.name if found else None


def holds_on_premises(db: Database, premises_id: int) -> list[Hold]:
    """Return what keeps everything at premises."""
    return retention.holds_on_premises(db, premises_id)


def holds_on_issue(db: Database, number: int) -> list[Hold]:
    """Return what keeps the files of an issue."""
    return retention.holds_on(db, ISSUE, str(number))


def every_hold(db: Database) -> list[Hold]:
    """Return every hold that nobody has ended, the newest first."""
    return retention.holds(db)


def current_hold(db: Database, hold_id: int) -> Hold | None:
    """Return a hold that nobody has ended, or None."""
    return retention.get_hold(db, hold_id)
