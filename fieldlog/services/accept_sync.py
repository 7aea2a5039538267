"""Accept what a phone sends: each record is answered on its own, stored once, and never dropped.

The answer about a record is final where the server has it: *stored*, *already-stored*, *conflict*
and *set-aside*. *Rejected* and *waiting* stay on the phone: the first to be mended by its officer,
the second (the entry it changes has not arrived) to be sent again as it is. What the server cannot
trust it sets aside for a person to judge, and what it refuses of a type that no form mends.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fieldlog.core.rules import Problem, Refused
from fieldlog.services.amend_entry import AmendedMeanwhile
from fieldlog.services.delivery import (
    CONFLICTS,
    NOT_YET,
    SAYS,
    SETTLED,
    Answer,
    Delivery,
    Doubt,
    Sender,
    State,
)
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.phone_writer import (
    ConflictWithStored,
    EntrySetAside,
    NotYet,
    Prepared,
    ReadsForms,
    Writer,
)
from fieldlog.services.record_from_phone import prepare
from fieldlog.services.unwrap_record import Unreadable, Unwrapped, unwrap
from fieldlog.store import arrivals, devices
from fieldlog.store.arrivals import Arrival
from fieldlog.store.connection import (
    Database,
    StoreError,
    translated_errors,
    write_transaction,
)
from fieldlog.store.importing import row_of_its_own
from fieldlog.store.lists import load_lists
from fieldlog.store.set_aside import Kept, reason_set_aside, set_aside

log = logging.getLogger("fieldlog")

IN_ONE_TRANSACTION = 50
"""Records stored behind one write to the disk; other phones wait while they are."""


DOUBT_OF: Mapping[type[Exception], Doubt] = {
    AmendedMeanwhile: Doubt.AMENDED_MEANWHILE,
    ConflictWithStored: Doubt.CONFLICT,
    EntrySetAside: Doubt.ENTRY_SET_ASIDE,
}

Placed = tuple[int, Unwrapped]
"""A record with its place in the delivery."""


def accept_sync(
    db: Database, delivery: Delivery, sender: Sender, *, forms: ReadsForms, key: SealingKey
) -> list[Answer]:
    """Store what can be stored of ``delivery``; return an answer for each record, in its order.

    Raises the errors of ``store.connection``: then some records may be stored, and the same
    delivery sent again says so.
    """
    work = _Delivering(db, delivery, sender, forms)
    new: list[Placed] = []
    changes: list[Placed] = []
    for place, raw in enumerate(delivery.records):
        try:
            one = unwrap(raw, key)
        except Unreadable as unreadable:
            work.answers[place] = Answer(unreadable.id, State.REJECTED, unreadable.problems)
        else:
            (changes if one.changes else new).append((place, one))
    for start in range(0, len(new), IN_ONE_TRANSACTION):
        work.store(new[start : start + IN_ONE_TRANSACTION])
    work.change(sorted(changes, key=lambda placed: placed[1].captured_at or delivery.received_at))
    work.report()
    return [work.answers[place] for place in range(len(delivery.records))]


class _Delivering:
    """One delivery on its way into the database."""

    def __init__(self, db: Database, delivery: Delivery, sender: Sender, forms: ReadsForms) -> None:
        self.db = db
        self.delivery = delivery
        self.sender = sender
        self.forms = forms
        self.lists = load_lists(db)
        self.answers: dict[int, Answer] = {}
        self._reported = False

    def store(self, group: Sequence[Placed]) -> None:
        """Store a group in one transaction."""
        ready: list[tuple[int, Unwrapped, Prepared | Doubt | Refused]] = []
        for place, one in group:
            outcome = self._known(one) or self._prepared(one)
            if isinstance(outcome, Answer):
                self.answers[place] = outcome
            else:
                ready.append((place, one, outcome))
        if ready:
            with write_transaction(self.db):
                for place, one, what in ready:
                    self.answers[place] = self._written(one, what)
                self._report()

    def change(self, changes: Sequence[Placed]) -> None:
        """Store changes one by one, each read when those before it are stored.

        What waits for another one is tried again for as long as anything moves: a phone's clock
        may have been put back between two of them.
        """
        while changes:
            for placed in changes:
                self.store([placed])
            waiting = [one for one in changes if self.answers[one[0]].state is State.WAITING]
            changes = waiting if len(waiting) < len(changes) else []

    def report(self) -> None:
        """Write what the phone still holds, where no transaction of its records has."""
        if self.sender.device and not self._reported:
            with write_transaction(self.db):
                self._report()

    def _report(self) -> None:
        if self.sender.device is None:
            return
        settled = sum(answer.state in SETTLED for answer in self.answers.values())
        unsent = max(0, self.delivery.unsent - settled)
        devices.report(
            self.db,
            self.sender.device.id,
            unsent=unsent,
            oldest_unsent_at=self.delivery.oldest_unsent_at if unsent else None,
            now=self.delivery.received_at,
        )
        self._reported = True

    def _known(self, one: Unwrapped) -> Answer | None:
        """Return the answer to a record that has been here before, or None."""
        if one.record and arrivals.arrived_as(self.db, one.record.id) == one.hash:
            return Answer(one.id, State.ALREADY_STORED)
        reason = reason_set_aside(self.db, one.id, one.hash)
        return _answer_about(one, Doubt(reason)) if reason else None

    def _prepared(self, one: Unwrapped) -> Prepared | Doubt | Refused | Answer:
        doubt = self._doubt(one)
        if doubt or one.record is None:
            return doubt or Doubt.BROKEN_SEAL
        try:
            with translated_errors():
                return prepare(self.db, one.record, self._writer(), self.forms)
        except Refused as refused:
            return _rejected(one, refused) if one.can_be_mended else refused
        except NotYet:
            return Answer(one.id, State.WAITING, (NOT_YET,))
        except (AmendedMeanwhile, EntrySetAside) as found:
            return DOUBT_OF[type(found)]
        except StoreError:
            raise
        except Exception:
            log.exception("Mistake in reading record %s", one.id)
            return Doubt.MISTAKE

    def _writer(self) -> Writer:
        officer = self.sender.officer
        if officer is None:
            raise LookupError("Nobody's record passed the doubts")
        delivery, sender = self.delivery, self.sender
        return Writer(
            officer,
            sender.by,
            delivery.received_at,
            self.lists,
            delivery.clock,
            sender.vouched,
        )

    def _doubt(self, one: Unwrapped) -> Doubt | None:
        if one.record is None:
            return Doubt.BROKEN_SEAL
        officer = self.sender.officer
        if self.sender.doubt or officer is None:
            return self.sender.doubt or Doubt.UNKNOWN_OFFICER
        if one.record.officer_id != officer.officer_id:
            return Doubt.OTHER_OFFICER
        # The same record may have been stored by another request since it was looked for.
        arrived = arrivals.arrived_as(self.db, one.record.id)
        return Doubt.CONFLICT if arrived and arrived != one.hash else None

    def _written(self, one: Unwrapped, what: Prepared | Doubt | Refused) -> Answer:
        if isinstance(what, Doubt):
            return self._kept_aside(one, what)
        if isinstance(what, Refused):
            return self._refused(one, what)
        try:
            with row_of_its_own(self.db), translated_errors():
                return self._landed(one, what)
        except Refused as refused:
            return self._refused(one, refused)
        except (AmendedMeanwhile, ConflictWithStored) as found:
            return self._kept_aside(one, DOUBT_OF[type(found)])
        except StoreError:
            raise
        except Exception:
            log.exception("Mistake in storing record %s", one.id)
            return self._kept_aside(one, Doubt.MISTAKE)

    def _landed(self, one: Unwrapped, store: Prepared) -> Answer:
        record = one.record
        if record is None:
            raise LookupError("A broken seal passed the doubts")
        arrived = arrivals.arrived_as(self.db, record.id)
        if arrived is not None:
            # Another request brought it between our looking and our turn to write.
            if arrived != one.hash:
                raise ConflictWithStored(one.id)
            return Answer(one.id, State.ALREADY_STORED)
        landed = store()
        delivery, device = self.delivery, self.sender.device
        arrival = Arrival(
            record_id=record.id,
            record_hash=one.hash,
            entry_id=landed.entry_id,
            version=landed.version,
            device_id=device.id if device else None,
            captured_at=record.captured_at,
            sent_at=delivery.sent_at,
            received_at=delivery.received_at,
            clock_difference=delivery.seconds_ahead,
        )
        arrivals.add_arrival(self.db, arrival)
        return Answer(one.id, State(landed.recorded.value))

    def _refused(self, one: Unwrapped, refused: Refused) -> Answer:
        """Leave it to its officer to mend; to the coordinator what no form on the phone mends."""
        if one.can_be_mended:
            return _rejected(one, refused)
        aside = self._kept_aside(one, Doubt.REFUSED)
        return replace(aside, problems=(*refused.problems, *aside.problems))

    def _kept_aside(self, one: Unwrapped, doubt: Doubt) -> Answer:
        keep_aside(self.db, one, doubt, self.delivery, self.sender)
        return _answer_about(one, doubt)


def keep_aside(
    db: Database, one: Unwrapped, doubt: Doubt, delivery: Delivery, sender: Sender
) -> None:
    """Set a record aside. Call in a write transaction."""
    claimed = sender.officer.officer_id if sender.officer else None
    kept = Kept(
        record_id=one.id,
        record_hash=one.hash,
        reason=doubt.value,
        body=one.body,
        received_at=delivery.received_at,
        officer_id=one.record.officer_id if one.record else claimed,
        delivered_by=sender.by,
        device_id=sender.device.id if sender.device else None,
        sent_at=delivery.sent_at,
        clock_difference=delivery.seconds_ahead,
    )
    set_aside(db, kept)


def _rejected(one: Unwrapped, refused: Refused) -> Answer:
    return Answer(one.id, State.REJECTED, refused.problems)


def _answer_about(one: Unwrapped, doubt: Doubt) -> Answer:
    state = State.CONFLICT if doubt in CONFLICTS else State.SET_ASIDE
    return Answer(one.id, state, (Problem("record", SAYS[doubt]),))
