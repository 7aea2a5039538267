"""Apply the retention rules: say what is due, remove it with a reason, set a period.

Nothing is ever removed by itself: an administrator looks at what is due and says why. What the
audit and the register keep of it is how much, when, by whom and under which rule, never a copy of
what was removed (Data Protection Act 2018, s.62).
"""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.night import says_date, to_uk
from fieldlog.core.person import Person
from fieldlog.core.retention import MOST_MONTHS, Retained, Rule, months_before, says_months
from fieldlog.core.rules import Problem, Refused, reason_given
from fieldlog.core.words import Role
from fieldlog.store import retention
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import (
    Database,
    StoreError,
    read_snapshot,
    write_anew,
    write_transaction,
)
from fieldlog.store.facts import COPIES_LEFT, fact, forget_fact, set_fact
from fieldlog.store.falling_due import Due, find_due
from fieldlog.store.removing import overwrite_what_goes, remove
from fieldlog.store.retention import Disposal

__all__ = ["CopiesLeft", "Disposal", "Due", "Moved", "Standing", "apply_retention", "look"]


MAY_BE_LEFT = (
    "Copies of what was removed may be left in parts of the database file that nothing reads. When "
    "it is quiet, run: fieldlog retention overwrite"
)


class Moved(Exception):
    """What is due is not what the person saw; nothing was removed."""


class CopiesLeft(Exception):
    """It was removed and the register says so, but copies may be left in the database file."""

    def __init__(self, disposal: Disposal) -> None:
        """Keep the ``disposal``; the message says what to do."""
        super().__init__(
            f"It is removed, as number {disposal.id} in the register. But the database file could "
            "not be written anew, since it was busy or the disk is too full for that: it takes the "
            f"room of the file twice. {MAY_BE_LEFT}"
        )
        self.disposal = disposal


@dataclass(frozen=True)
class Standing:
    """A kind with its period in force, and what is due of it at a moment."""

    rule: Rule
    before: datetime
    due: Due


def look(db: Database, kind: Retained, *, now: datetime) -> Standing:
    """Return what is due of one kind: a dry run that changes nothing."""
    with read_snapshot(db):
        return _standing(db, kind, now)


def standings(db: Database, *, now: datetime) -> list[Standing]:
    """Return every kind with its period and what is due of it."""
    with read_snapshot(db):
        return [_standing(db, kind, now) for kind in Retained]


def _standing(db: Database, kind: Retained, now: datetime) -> Standing:
    rule = retention.rules(db)[kind]
    before = months_before(now, rule.months)
    return Standing(rule, before, find_due(db, kind, before))


def apply_retention(
    db: Database,
    kind: Retained,
    *,
    by: Person,
    now: datetime,
    reason: str,
    seen: str | None = None,
) -> Disposal | None:
    """Remove what is due of a kind; return the entry in the register, or None where nothing is.

    ``seen`` is that of the ``Due`` the person looked at: if other things are due now, Moved is
    raised and nothing goes. Raises Refused for anybody but an administrator, and without a reason;
    CopiesLeft where it was removed but could not be overwritten everywhere.
    """
    _check_administrator(by)
    reason = reason_given(reason, "Say why, like “yearly review, nothing under appeal”.")
    overwrite_what_goes(db)
    with write_transaction(db):
        standing = _standing(db, kind, now)
        due = standing.due
        if seen not in {None, due.seen}:
            raise Moved
        if not due.total:
            return None
        disposal_id = retention.add_disposal(
            db,
            standing.rule,
            due_before=standing.before,
            items=due.total,
            reason=reason,
            by=by.officer_id,
            at=now,
        )
        remove(db, kind, due.items, standing.before, disposal_id)
        # Kept with the removal: whoever is killed on the way to the next step cannot say so.
        set_fact(db, COPIES_LEFT, str(disposal_id))
        about = f"{kind.label}: {due.total}, removal {disposal_id}"
        add_to_audit(db, "retention applied", at=now, officer_id=by.officer_id, about=about)
    removed = next(one for one in retention.disposals(db) if one.id == disposal_id)
    try:
        overwrite(db)
    except StoreError as error:
        raise CopiesLeft(removed) from error
    return removed


def overwrite(db: Database) -> None:
    """Write the database file anew, so that no copy of what was removed is left in it.

    Raises StoreError where it could not be done: ``copies_left`` goes on saying so.
    """
    owed = fact(db, COPIES_LEFT)
    write_anew(db)
    if owed is not None:
        with write_transaction(db):
            forget_fact(db, COPIES_LEFT, owed)


def copies_left(db: Database) -> str:
    """Return that copies of what was removed may be left, and what to do; empty where none are."""
    return MAY_BE_LEFT if fact(db, COPIES_LEFT) is not None else ""


def set_period(
    db: Database, kind: Retained, months: int | None, source: str, *, by: Person, now: datetime
) -> None:
    """Set how long a kind is kept, in whole months, and where that comes from.

    Raises Refused for anybody but an administrator, for months outside 1 to 1,200, and without a
    source.
    """
    _check_administrator(by)
    if months is None or not 1 <= months <= MOST_MONTHS:
        message = f"Enter whole months from 1 to {MOST_MONTHS:,}, like 72 for six years."
        raise Refused((Problem("months", message),))
    wanted = "Say where the period comes from, like “council’s schedule of 2026, line 14”."
    source = reason_given(source, wanted, "source")
    with write_transaction(db):
        before = retention.rules(db)[kind].months
        retention.set_rule(db, kind, months, source, by=by.officer_id, now=now)
        about = f"{kind.label}: {says_months(before)} before, {says_months(months)} now"
        add_to_audit(db, "retention period set", at=now, officer_id=by.officer_id, about=about)


def periods_of(db: Database, kind: Retained) -> list[Rule]:
    """Return every period a kind has had, the one in force first."""
    return retention.rules_before(db, kind)


def disposals(db: Database) -> list[Disposal]:
    """Return the register of removals, the newest first."""
    return retention.disposals(db)


def removal_of(db: Database, kind: str, ref: object) -> Disposal | None:
    """Return when and why something was removed, or None.

    ``kind`` is what the register calls it: what was written in an ``entry``, a ``photo``, a
    ``task`` and so on; ``ref`` its id.
    """
    return retention.disposal_of(db, kind, str(ref))


def says_removed(what: str, disposal: Disposal) -> str:
    """Return ``The picture was removed on 5 December 2026 under the retention rule`` and why."""
    day = says_date(to_uk(disposal.removed_at).date())
    return (
        f"{what} removed on {day} under the retention rule "
        f"({says_months(disposal.months)}), by {disposal.removed_by}. "
        f"Reason: {disposal.reason.rstrip('.')}"
    )


def _check_administrator(by: Person) -> None:
    if by.role is not Role.ADMINISTRATOR:
        message = "Only an administrator sets periods and removes what is due."
        raise Refused((Problem("kind", message),))
