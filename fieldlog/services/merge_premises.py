"""Merge premises that are one and the same, without losing history; take a merge back.

Entries, tasks and plans keep the premises they were written with. From the merge on tallies,
figures, searches and the timeline count both as the one that stays; undone, they count apart again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldlog.core.rules import Problem, Refused, reason_given
from fieldlog.store import duplicates, premises, premises_merges
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.duplicates import Likely
from fieldlog.store.premises import Premises
from fieldlog.store.premises_merges import FIELDS, Merge, NewEvent
from fieldlog.store.wards import every_ward

__all__ = [
    "Likely",
    "Merge",
    "Pair",
    "Premises",
    "likely_duplicates",
    "merge",
    "merges_of",
    "pair",
    "undo_merge",
    "ward_named",
]

WHY = "Say why, for example “same place, renamed in May”."
MOST_LISTED = 200


@dataclass(frozen=True)
class Pair:
    """Two premises side by side, each standing for itself, with how many visits they count."""

    one: Premises
    other: Premises
    one_visits: int
    other_visits: int

    @property
    def differing(self) -> list[str]:
        """The fields that the two say differently, where there is something to choose."""
        return [name for name in FIELDS if getattr(self.one, name) != getattr(self.other, name)]


def pair(db: Database, one_id: int, other_id: int) -> Pair | None:
    """Return two premises to be merged; None if either is unknown or merged already."""
    one, other = premises.get(db, one_id), premises.get(db, other_id)
    if one is None or other is None or one_id == other_id:
        return None
    if {one_id, other_id} & premises.merged_away(db).keys():
        return None
    visits = duplicates.visits_of(db, [one_id, other_id])
    return Pair(one, other, visits.get(one_id, 0), visits.get(other_id, 0))


def merges_of(db: Database, premises_id: int) -> list[Merge]:
    """Return the events that premises, or those that are one with them, were part of."""
    return premises_merges.merges_of(db, premises.same_as(db, premises_id))


def ward_named(db: Database, ward_id: int) -> str:
    """Return the name of a ward."""
    return next((one.name for one in every_ward(db) if one.id == ward_id), "")


def likely_duplicates(db: Database) -> list[Likely]:
    """Return pairs that may be one: same UPRN or licence number, or same name in one ward."""
    return duplicates.likely(db, MOST_LISTED)


def merge(
    db: Database,
    *,
    kept_id: int,
    gone_id: int,
    taken: Collection[str],
    reason: str,
    by: int,
    now: datetime,
) -> int:
    """Let ``gone_id`` count as ``kept_id``; return the number of the merge.

    ``taken`` are the fields whose values come from the premises that goes. Its UPRN leaves it in
    any case, since a UPRN names one premises. Raises Refused.
    """
    reason = reason_given(reason, WHY)
    with write_transaction(db):
        found = pair(db, kept_id, gone_id)
        if found is None:
            raise Refused((Problem("kept", "One of these was merged meanwhile. Start again."),))
        kept, gone = found.one, found.other
        kept_changed = {
            name: (getattr(kept, name), getattr(gone, name))
            for name in found.differing
            if name in taken
        }
        if gone.registered and not kept.registered:
            # What is on the register stays on it.
            kept_changed["registered"] = (False, True)
        gone_changed = {"uprn": (gone.uprn, None)} if gone.uprn else {}
        number = premises_merges.add(
            db,
            NewEvent(
                kept_id=kept_id,
                gone_id=gone_id,
                by=by,
                at=now,
                reason=reason,
                kept_changed=kept_changed,
                gone_changed=gone_changed,
            ),
        )
        about = f"{gone_id} into {kept_id}"
        add_to_audit(db, "premises merged", at=now, officer_id=by, about=about)
    return number


def undo_merge(db: Database, merge_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Let two premises count apart again; each gets back what the merge changed in it.

    What somebody changed since stays as it is. Raises Refused.
    """
    reason = reason_given(reason, WHY)
    with write_transaction(db):
        event = premises_merges.get(db, merge_id)
        if event is None or event.undoes is not None or event.undone:
            raise Refused((Problem("reason", "This merge was undone already. Open it again."),))
        kept, gone = premises.get(db, event.kept_id), premises.get(db, event.gone_id)
        kept_changed = _put_back(kept, event.kept_changed)
        gone_changed = _put_back(gone, event.gone_changed)
        uprn = gone_changed.get("uprn", (None, None))[1]
        if uprn and duplicates.has_uprn(db, uprn, besides=_giving_up(event, kept_changed)):
            # Another premises of the register has it by now.
            del gone_changed["uprn"]
        premises_merges.add(
            db,
            NewEvent(
                kept_id=event.kept_id,
                gone_id=event.gone_id,
                by=by,
                at=now,
                reason=reason,
                kept_changed=kept_changed,
                gone_changed=gone_changed,
                undoes=merge_id,
            ),
        )
        about = f"{event.gone_id} from {event.kept_id}"
        add_to_audit(db, "merge of premises undone", at=now, officer_id=by, about=about)


def _put_back(
    now_in: Premises | None, changed: Mapping[str, tuple[Any, Any]]
) -> dict[str, tuple[Any, Any]]:
    return {
        name: (after, before)
        for name, (before, after) in changed.items()
        if now_in is not None and getattr(now_in, name) == after
    }


def _giving_up(event: Merge, kept_changed: Mapping[str, tuple[Any, Any]]) -> int | None:
    return event.kept_id if "uprn" in kept_changed else None
