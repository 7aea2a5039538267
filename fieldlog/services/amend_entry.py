"""Amend an entry: a new version with a reason, the earlier ones struck through and kept."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from fieldlog.core.entry import Entry, content_hash
from fieldlog.core.lists import Lists
from fieldlog.core.rules import reason_given
from fieldlog.services.record_entry import add_checked, completed, own_measure
from fieldlog.store import entries, log
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists

UNDONE = "Undone at once"
"""The reason a +1 that was taken back at once carries."""


class UnknownEntry(Exception):
    """There is no entry with that id."""


class AmendedMeanwhile(Exception):
    """Somebody made a newer version than the one that was amended; nothing was stored."""


def amend_entry(
    db: Database, changed: Entry, *, reason: str, seen_version: int, by: int, now: datetime
) -> int:
    """Store ``changed`` as the next version of its entry; return the version's number.

    ``seen_version`` is the number of the version that the person had before them. The same
    amendment sent again is stored once. Raises Refused (no reason, or a rule), UnknownEntry,
    AmendedMeanwhile, and the errors of ``store.connection``.
    """
    with write_transaction(db):
        return amend_within(db, changed, reason=reason, seen_version=seen_version, by=by, now=now)


def amend_within(
    db: Database, changed: Entry, *, reason: str, seen_version: int, by: int | None, now: datetime
) -> int:
    """Do the work of ``amend_entry`` inside a write transaction that is already open."""
    reason = checked_reason(reason)
    current = entries.in_force(db, changed.id)
    if current is None:
        raise UnknownEntry(str(changed.id))
    version_id, number = current
    said = content_hash(changed)
    if entries.made_by(db, changed.id, seen_version + 1) == (said, reason, by):
        return seen_version + 1
    if number != seen_version:
        raise AmendedMeanwhile(str(changed.id))
    lists = load_lists(db)
    changed_only = _without_old_count(db, changed, lists)
    whole = completed(db, changed_only, lists, now)
    version = entries.Version(
        number=number + 1,
        content_hash=said,
        received_at=now,
        recorded_by=by,
        supersedes=version_id,
        reason=reason,
    )
    add_checked(db, whole, lists, version)
    return number + 1


def checked_reason(reason: str) -> str:
    """Return why somebody amends, tidied. Raises Refused if they do not say."""
    return reason_given(reason, "Say why, for example “wrong premises”.")


def strike_entry(
    db: Database, entry_id: UUID, *, reason: str, seen_version: int, by: int, now: datetime
) -> int:
    """Strike a whole entry out: it stays to be read and counts nowhere. Raises as amend_entry."""
    entry = log.entry_in_force(db, entry_id)
    if entry is None:
        raise UnknownEntry(str(entry_id))
    struck = replace(entry, struck=True)
    return amend_entry(db, struck, reason=reason, seen_version=seen_version, by=by, now=now)


def _without_old_count(db: Database, changed: Entry, lists: Lists) -> Entry:
    """Drop the count of the earlier version's notice or arrest where it no longer stands."""
    earlier = log.entry_in_force(db, changed.id)
    old = own_measure(earlier, lists) if earlier else None
    if old is None or old == own_measure(changed, lists):
        return changed
    counts = {measure: value for measure, value in changed.counts.items() if measure != old}
    return replace(changed, counts=counts)
