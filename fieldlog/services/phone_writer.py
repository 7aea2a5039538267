"""Who writes what a phone says, where it went, and what may come in between."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists
from fieldlog.core.person import Person
from fieldlog.core.phone_clock import PhoneClock
from fieldlog.core.phone_record import PhoneRecord
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Role
from fieldlog.services.record_entry import Recorded
from fieldlog.store.connection import Database
from fieldlog.store.set_aside import is_set_aside


class ReadsForms(Protocol):
    """What reads the fields of a form: the very code that reads the form of a page."""

    def new_entry(
        self, db: Database, blank: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``blank`` with what the fields say. Raises Refused."""

    def amended(
        self, db: Database, before: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``before`` as the fields amend it. Raises Refused."""


class NotYet(Exception):
    """The entry, or the version of it, that the record changes has not arrived yet."""


class EntrySetAside(Exception):
    """The entry or patrol that the record belongs to is set aside, or was refused."""


class ConflictWithStored(Exception):
    """Another content is stored under the same id; it stays as it is."""


@dataclass(frozen=True)
class Writer:
    """Whose record it is, who answers for storing it, and what is known of the phone's clock.

    ``by`` is the officer id kept with the version: the sender's own, or that of the person who
    accepted or imported the record (None: the command line), and then ``vouched`` is true.
    ``now`` is when it is stored, later than it arrived where a person accepts it. ``lists`` are
    the lists as they were when the work began.
    """

    officer: Person
    by: int | None
    now: datetime
    lists: Lists
    clock: PhoneClock
    vouched: bool = False

    @property
    def may_change_all(self) -> bool:
        """Whether entries of other officers may be amended too."""
        return self.vouched or self.officer.role is not Role.OFFICER


@dataclass(frozen=True)
class Landed:
    """Where a record went: a version of an entry, and whether that is new.

    ``version`` is 0 for a record that made none: then ``entry_id`` names the patrol it is about.
    """

    entry_id: UUID
    version: int
    recorded: Recorded


Prepared = Callable[[], Landed]
"""What stores a record; call it inside a write transaction. Raises Refused, AmendedMeanwhile,
ConflictWithStored; then nothing was written."""


def not_there(db: Database, named: str) -> NotYet | EntrySetAside:
    """Return what to raise where the entry or patrol that a record names is not there."""
    return EntrySetAside(named) if is_set_aside(db, named) else NotYet(named)


def require_own(officer_id: int | None, writer: Writer) -> None:
    """Raise Refused for an entry of another officer that this one may not change."""
    if officer_id != writer.officer.officer_id and not writer.may_change_all:
        message = "Only your own entries can be changed. Tell the coordinator."
        raise Refused((Problem("record", message),))


def entry_named_by(record: PhoneRecord) -> UUID:
    """Return the id of the entry that a record changes or adds to."""
    if record.entry_id is None:
        raise LookupError("A change without an entry passed the reader")
    return record.entry_id
