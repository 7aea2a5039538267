"""Close a patrol that was left running, with a reason."""

from datetime import datetime
from uuid import UUID

from fieldlog.core.night import says_time
from fieldlog.core.patrol import Event, EventKind
from fieldlog.core.rules import CLOCK_TOLERANCE, Problem, Refused, reason_problems
from fieldlog.store import patrols
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.patrols import Happening


def close_patrol(
    db: Database,
    patrol_id: UUID,
    event_id: UUID,
    *,
    at: datetime | None,
    reason: str,
    by: int,
    now: datetime,
) -> None:
    """Close a patrol as of ``at``, named by whoever closes it; its officer's own finish beats it.

    ``event_id`` is the name of the closing: the same one again changes nothing. Raises Refused.
    """
    reason = " ".join(reason.split())
    with write_transaction(db):
        if patrols.event_of(db, event_id) == patrol_id:
            return
        stored = patrols.get_patrol(db, patrol_id)
        if stored is None or not stored.patrol.going or stored.patrol.started_at is None:
            raise Refused((Problem("reason", "This patrol has ended already. Nothing to close."),))
        problems = list(reason_problems(reason, "Say why, for example “phone out of battery”."))
        if at is None:
            problems.append(Problem("closed_time", "Give the time it ended, like 03:00."))
        elif not stored.patrol.started_at <= at <= now + CLOCK_TOLERANCE:
            since = says_time(stored.patrol.started_at)
            message = f"It ended between {since}, when it started, and now. Check the time."
            problems.append(Problem("closed_time", message))
        if problems or at is None:
            raise Refused(tuple(problems))
        event = Event(event_id, EventKind.CLOSE, at)
        patrols.add_event(db, patrol_id, Happening(event, now, now, by, reason=reason))
