"""What a phone delivers at once, who delivers it, and what each record is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fieldlog.core.person import Person
from fieldlog.core.phone_clock import PhoneClock
from fieldlog.core.rules import Problem
from fieldlog.core.strict_json import Json
from fieldlog.store.devices import Device


class State(StrEnum):
    """What became of a record."""

    STORED = "stored"
    ALREADY_STORED = "already-stored"
    CONFLICT = "conflict"
    SET_ASIDE = "set-aside"
    REJECTED = "rejected"
    WAITING = "waiting"


SETTLED = frozenset({State.STORED, State.ALREADY_STORED, State.CONFLICT, State.SET_ASIDE})
"""The server has the record: the phone need not keep it."""


class Doubt(StrEnum):
    """Why a record was set aside."""

    CONFLICT = "conflict"
    AMENDED_MEANWHILE = "amended-meanwhile"
    OTHER_OFFICER = "other-officer"
    UNKNOWN_OFFICER = "unknown-officer"
    REVOKED_DEVICE = "revoked-device"
    ACCOUNT_DISABLED = "account-disabled"
    MAY_NOT_LOG = "may-not-log"
    BROKEN_SEAL = "broken-seal"
    MISTAKE = "mistake"
    REFUSED = "refused"
    ENTRY_SET_ASIDE = "entry-set-aside"


SAYS = {
    Doubt.CONFLICT: "Something else is stored under this record already. Both are kept; the "
    "coordinator decides.",
    Doubt.AMENDED_MEANWHILE: "The entry was amended or struck meanwhile. Both are kept; the "
    "coordinator decides.",
    Doubt.OTHER_OFFICER: "It was logged by another officer than the one who is signed in. It is "
    "kept for the coordinator to accept.",
    Doubt.UNKNOWN_OFFICER: "It names an officer whom nobody knows. It is kept for the coordinator.",
    Doubt.REVOKED_DEVICE: "This phone was revoked. The record is kept for the coordinator to "
    "accept. Call the coordinator.",
    Doubt.ACCOUNT_DISABLED: "The account is disabled. The record is kept for the coordinator to "
    "accept. Call the coordinator.",
    Doubt.MAY_NOT_LOG: "This account does not log entries any more. The record is kept for the "
    "coordinator to accept.",
    Doubt.BROKEN_SEAL: "The server could not open this record. It is kept as it came; tell the "
    "coordinator.",
    Doubt.MISTAKE: "fieldlog made a mistake with this record. It is kept for the coordinator.",
    Doubt.REFUSED: "It cannot be recorded as it is. It is kept for the coordinator.",
    Doubt.ENTRY_SET_ASIDE: "What it belongs to is with the coordinator. This is kept with it.",
}
"""Why a record was set aside, for the screen of the phone."""

NOT_YET = Problem("record", "What this changes has not arrived yet. It is sent again.")

CONFLICTS = frozenset({Doubt.CONFLICT, Doubt.AMENDED_MEANWHILE})


@dataclass(frozen=True)
class Sender:
    """Who delivers: an officer by their session or their device's token, or a file for them.

    ``officer`` is whose records these are, None where nobody knows. ``doubt`` is why nothing from
    there is stored without a person's judgement, None for no doubt. ``vouched`` says that a person
    delivers them for the officer: ``voucher`` is their officer id, None for the command line.
    """

    officer: Person | None
    device: Device | None = None
    doubt: Doubt | None = None
    vouched: bool = False
    voucher: int | None = None

    @property
    def by(self) -> int | None:
        """Id of the officer who answers for the delivery."""
        return self.voucher if self.vouched or self.officer is None else self.officer.officer_id


@dataclass(frozen=True)
class Delivery:
    """What arrives at once. ``sent_at`` and ``oldest_unsent_at`` are by the phone's clock.

    ``sent_at`` is None for a file, which says nothing of the phone's clock. ``unsent`` is how many
    records the phone holds, those it sends now included.
    """

    records: Sequence[Json]
    sent_at: datetime | None
    received_at: datetime
    unsent: int = 0
    oldest_unsent_at: datetime | None = None

    @property
    def clock_difference(self) -> timedelta | None:
        """How far the phone's clock was ahead when it sent, None if that is not known."""
        return self.sent_at - self.received_at if self.sent_at else None

    @property
    def seconds_ahead(self) -> int | None:
        """The same in whole seconds, as it is kept."""
        difference = self.clock_difference
        return None if difference is None else round(difference.total_seconds())

    @property
    def clock(self) -> PhoneClock:
        """The phone's clock as it was when it sent."""
        return PhoneClock(self.clock_difference, self.received_at)


@dataclass(frozen=True)
class Answer:
    """What became of one record; ``id`` is as it was sent, None if it had none."""

    id: str | None
    state: State
    problems: tuple[Problem, ...] = ()
