"""Take an entry back at once: it is struck with the reason that it was undone, and stays."""

from datetime import datetime, timedelta
from uuid import UUID

from fieldlog.core.log import LogLine
from fieldlog.core.words import EntryKind
from fieldlog.services.amend_entry import UNDONE, UnknownEntry, strike_entry
from fieldlog.store import log
from fieldlog.store.connection import Database

UNDO_ALLOWED = timedelta(minutes=2)
"""Longer than the button is shown: a slow network must not make it too late."""

DELIBERATE = frozenset({EntryKind.NOTICE, EntryKind.ARREST, EntryKind.TEST_PURCHASE})
"""Kinds that are struck with a reason of one's own only: a notice's number is used for ever."""


class TooLate(Exception):
    """The entry can be struck with a reason, and no longer be undone in one tap."""


def can_undo(line: LogLine, officer_id: int, now: datetime) -> bool:
    """Say whether one tap may take back the entry that ``line`` is the version in force of."""
    return (
        line.officer_id == officer_id
        and line.version == 1
        and line.kind not in DELIBERATE
        and now - line.received_at <= UNDO_ALLOWED
    )


def undo_entry(db: Database, entry_id: UUID, *, officer_id: int, now: datetime) -> None:
    """Strike an entry that its officer has only just made; undoing it again changes nothing.

    Raises UnknownEntry, TooLate, AmendedMeanwhile, and the errors of ``store.connection``.
    """
    every = log.versions(db, entry_id)
    if not every:
        raise UnknownEntry(str(entry_id))
    line = every[-1]
    if line.officer_id == officer_id and line.struck and line.reason == UNDONE:
        return
    if not can_undo(line, officer_id, now):
        raise TooLate(str(entry_id))
    strike_entry(db, entry_id, reason=UNDONE, seen_version=line.version, by=officer_id, now=now)
