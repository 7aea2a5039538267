"""Decide about what was set aside: accept it as its officer's or refuse it, with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid5

from fieldlog.core.entry import Entry
from fieldlog.core.person import Person
from fieldlog.core.phone_record import PhoneRecord, RecordType
from fieldlog.core.rules import Problem, Refused, problems_of, reason_given
from fieldlog.core.strict_json import read_json
from fieldlog.services.amend_entry import AmendedMeanwhile, amend_within
from fieldlog.services.delivery import CONFLICTS, Doubt
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.phone_writer import (
    ConflictWithStored,
    EntrySetAside,
    Landed,
    NotYet,
    Prepared,
    ReadsForms,
    Writer,
)
from fieldlog.services.record_entry import Recorded
from fieldlog.services.record_from_phone import prepare, read_entry
from fieldlog.services.unwrap_record import Unwrapped, unwrap
from fieldlog.store import arrivals, entries, log
from fieldlog.store import set_aside as store
from fieldlog.store.arrivals import Arrival
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.set_aside import SetAside
from fieldlog.store.users import account_of

DECIDED_SHOWN = 50
LONGEST_QUOTED = 60
ACCEPTED, REFUSED = "accepted", "refused"


class DecidedAlready(Exception):
    """Somebody decided about the record before."""


@dataclass(frozen=True)
class Mended:
    """What a form says once a person has mended it; ``changed`` is (label, before, now) each."""

    fields: Mapping[str, str]
    changed: Sequence[tuple[str, str, str]]

    @property
    def in_words(self) -> str:
        """What was changed, to be kept with the decision; long texts can be read in both places."""
        said = []
        for label, before, now in self.changed:
            short = max(len(before), len(now)) <= LONGEST_QUOTED
            said.append(f"{label} “{before}” is now “{now}”" if short else f"{label} is another")
        return f"Mended: {'; '.join(said)}." if said else "Nothing was changed."


def can_mend(kept: SetAside, record: PhoneRecord | None) -> bool:
    """Say whether a person can mend what was set aside: a form that the rules refuse."""
    new = record is not None and record.type is RecordType.ENTRY
    return new and not kept.decision and kept.kept.reason not in CONFLICTS


def list_set_aside(db: Database) -> tuple[list[SetAside], list[SetAside]]:
    """Return what waits for a decision, oldest first, and what was decided last."""
    return store.undecided(db), store.decided(db, DECIDED_SHOWN)


def set_aside_called(db: Database, number: int) -> SetAside | None:
    """Return one record that was set aside, or None."""
    return store.get_set_aside(db, number)


def waiting_for_decision(db: Database) -> int:
    """Return how many records wait for a decision."""
    return store.count_undecided(db)


def opened(kept: SetAside, key: SealingKey) -> PhoneRecord | None:
    """Return what a record says, None where its seal is broken or what it said was removed."""
    if kept.kept.body == store.REMOVED:
        return None
    return _unwrapped(kept, key).record


def _unwrapped(kept: SetAside, key: SealingKey) -> Unwrapped:
    return unwrap(read_json(kept.kept.body.encode("ascii")), key)


def refuse_record(db: Database, number: int, *, reason: str, by: int, now: datetime) -> None:
    """Refuse a record for good; it stays where it is to be read. Raises Refused, DecidedAlready."""
    reason = _checked(reason)
    with write_transaction(db):
        if not store.decide(db, number, decision=REFUSED, reason=reason, by=by, now=now):
            raise DecidedAlready
        _to_audit(db, number, REFUSED, by, now)


def accept_record(
    db: Database,
    number: int,
    *,
    reason: str,
    by: int | None,
    now: datetime,
    forms: ReadsForms,
    key: SealingKey,
    mended: Mended | None = None,
) -> Landed:
    """Record what was set aside as the officer's who logged it; return where it went.

    ``by`` is the officer who accepts it: they are kept as the one who recorded the version. What
    conflicts with a stored entry becomes its next version, with ``reason``. With ``mended`` the
    entry says that instead of what came, which stays where it is. Raises Refused for what the
    rules refuse, DecidedAlready.
    """
    reason = _checked(reason)
    kept = store.get_set_aside(db, number)
    if kept is None or kept.decision:
        raise DecidedAlready
    one = _unwrapped(kept, key)
    if one.record is None:
        raise _refused("Its seal does not open, so there is nothing that could be recorded.")
    record = replace(one.record, fields=mended.fields) if mended else one.record
    writer = Writer(_claimed(db, record), by, now, load_lists(db), kept.kept.clock, vouched=True)
    run = _prepared(db, kept, record, writer, forms, reason)
    with write_transaction(db):
        if arrivals.arrived_as(db, one.record.id) == one.hash:
            raise _refused("It has arrived in the meantime. Refuse it: nothing is lost.")
        landed = _run(run)
        if not store.decide(
            db,
            number,
            decision=ACCEPTED,
            reason=reason,
            mended=mended.in_words if mended else "",
            by=by,
            now=now,
            entry_id=str(landed.entry_id),
        ):
            raise DecidedAlready
        if arrivals.arrived_as(db, one.record.id) is None:
            arrivals.add_arrival(db, _arrival(kept, one, landed))
        _to_audit(db, number, ACCEPTED, by, now)
    return landed


def _prepared(
    db: Database,
    kept: SetAside,
    record: PhoneRecord,
    writer: Writer,
    forms: ReadsForms,
    reason: str,
) -> Prepared:
    try:
        if record.photo:
            # Two photos under one name are both kept, the second under a name of its own.
            name = uuid5(record.id, record.photo.sha256)
            taken = kept.kept.reason in CONFLICTS
            return prepare(db, replace(record, id=name) if taken else record, writer, forms)
        if record.type is RecordType.PATROL:
            return _of_patrol(db, kept, record, writer, forms)
        if kept.kept.reason in CONFLICTS or _is_stored(db, record):
            return _on_top(db, record, writer, forms, reason)
        return prepare(db, record, writer, forms)
    except NotYet:
        raise _refused("The entry or patrol that it changes has not arrived.") from None
    except EntrySetAside:
        first = "What it belongs to is set aside too, or was refused. Accept that first."
        raise _refused(first) from None
    except AmendedMeanwhile:
        return _on_top(db, record, writer, forms, reason)


def _of_patrol(
    db: Database, kept: SetAside, record: PhoneRecord, writer: Writer, forms: ReadsForms
) -> Prepared:
    if kept.kept.reason in CONFLICTS:
        raise _refused("Another event is stored under its name. It can only be refused.")
    return prepare(db, record, writer, forms)


def _is_stored(db: Database, record: PhoneRecord) -> bool:
    new = record.type in {RecordType.ENTRY, RecordType.TAP}
    return new and entries.first_hash(db, record.id) is not None


def _on_top(
    db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms, reason: str
) -> Prepared:
    """Return what makes the record the next version of the entry that is stored."""
    changed = _as_it_would_be(db, record, writer, forms)
    current = entries.in_force(db, changed.id)
    seen = current[1] if current else 0

    def run() -> Landed:
        now = writer.now
        number = amend_within(db, changed, reason=reason, seen_version=seen, by=writer.by, now=now)
        return Landed(changed.id, number, Recorded.STORED)

    return run


def would_record(
    db: Database, record: PhoneRecord, kept: SetAside, forms: ReadsForms, now: datetime
) -> Entry:
    """Return the entry as it would be if the record were accepted now. Raises Refused."""
    officer = _claimed(db, record)
    writer = Writer(officer, None, now, load_lists(db), kept.kept.clock, vouched=True)
    entry = _as_it_would_be(db, record, writer, forms)
    problems = problems_of(entry, writer.lists, officer.post, now)
    if problems:
        raise Refused(problems)
    return entry


def _as_it_would_be(db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms) -> Entry:
    if record.entry_id is None:
        return read_entry(db, record, writer, forms)
    found = log.entry_in_force(db, record.entry_id)
    if found is None:
        raise _refused("The entry that it changes has not arrived.")
    if record.type is RecordType.AMENDMENT:
        return forms.amended(db, found, record.fields, writer.lists)
    return replace(found, struck=True)


def _run(run: Prepared) -> Landed:
    try:
        return run()
    except (AmendedMeanwhile, ConflictWithStored):
        raise _refused("The entry was amended a moment ago. Look at it again.") from None


def _claimed(db: Database, record: PhoneRecord) -> Person:
    account = account_of(db, record.officer_id)
    if account is None:
        raise _refused("It names an officer whom nobody knows. It can only be refused.")
    return account.person


def _arrival(kept: SetAside, one: Unwrapped, landed: Landed) -> Arrival:
    if one.record is None:
        raise LookupError("A broken seal was accepted")
    return Arrival(
        record_id=one.record.id,
        record_hash=one.hash,
        entry_id=landed.entry_id,
        version=landed.version,
        device_id=kept.kept.device_id,
        captured_at=one.record.captured_at,
        sent_at=kept.kept.sent_at,
        received_at=kept.kept.received_at,
        clock_difference=kept.kept.clock_difference,
    )


def _to_audit(db: Database, number: int, decision: str, by: int | None, now: datetime) -> None:
    add_to_audit(db, f"set-aside record {decision}", at=now, officer_id=by, about=f"no. {number}")


def _checked(reason: str) -> str:
    return reason_given(reason, "Say why, for example “confirmed by telephone”.")


def _refused(message: str) -> Refused:
    return Refused((Problem("record", message),))


__all__ = [
    "DecidedAlready",
    "Doubt",
    "Mended",
    "SetAside",
    "accept_record",
    "can_mend",
    "list_set_aside",
    "opened",
    "refuse_record",
    "set_aside_called",
    "waiting_for_decision",
    "would_record",
]
