"""Place a patrol at a hotspot, at another one, or at none: the coordinator says why."""

from datetime import datetime
from uuid import UUID

from fieldlog.core.rules import Problem, Refused, reason_problems
from fieldlog.store import hotspots, patrols
from fieldlog.store.connection import Database, write_transaction


def place_patrol(
    db: Database, patrol_id: UUID, hotspot_id: int | None, *, reason: str, by: int, now: datetime
) -> None:
    """Keep that a patrol was at a hotspot, None for at none; the one before stays on record.

    Raises Refused, LookupError for an unknown patrol.
    """
    reason = " ".join(reason.split())
    with write_transaction(db):
        stored = patrols.get_patrol(db, patrol_id)
        if stored is None:
            raise LookupError(f"There is no patrol {patrol_id}")
        problems = list(reason_problems(reason, "Say why, for example “chosen by mistake”."))
        if hotspot_id is not None and not hotspots.is_hotspot(db, hotspot_id):
            problems.append(Problem("hotspot", "Choose one of those shown."))
        elif hotspot_id == stored.hotspot_id:
            problems.append(Problem("hotspot", "This is how it stands already."))
        if problems:
            raise Refused(tuple(problems))
        hotspots.give_patrol(db, patrol_id, hotspot_id, by=by, now=now, reason=reason)
