"""Store what one record from a phone says, through the services that pages use.

A record is read first, without the write lock, and then stored inside the transaction of its
batch: ``Prepared`` is what lies between the two.
"""

from dataclasses import replace
from datetime import datetime

from fieldlog.core.entry import Entry
from fieldlog.core.night import from_utc_text, night_of
from fieldlog.core.phone_record import PhoneRecord, RecordType
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.amend_entry import (
    UNDONE,
    AmendedMeanwhile,
    amend_within,
    checked_reason,
)
from fieldlog.services.count_one_more import Tap, entry_of_tap, tap_hash
from fieldlog.services.patrol_from_phone import prepare_patrol
from fieldlog.services.phone_writer import (
    ConflictWithStored,
    Landed,
    NotYet,
    Prepared,
    ReadsForms,
    Writer,
    entry_named_by,
    not_there,
    require_own,
)
from fieldlog.services.photo_from_phone import prepare_photo
from fieldlog.services.record_entry import Recorded, record_within
from fieldlog.services.undo_entry import DELIBERATE, UNDO_ALLOWED
from fieldlog.store import arrivals, deployments, entries, log
from fieldlog.store.connection import Database
from fieldlog.store.set_aside import is_set_aside


def prepare(db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms) -> Prepared:
    """Read a record and return what stores it.

    Raises Refused for what cannot be read or may not be done, NotYet, AmendedMeanwhile,
    EntrySetAside.
    """
    if record.type is RecordType.PHOTO:
        return prepare_photo(db, record, writer)
    if record.type is RecordType.PATROL:
        return prepare_patrol(db, record, writer)
    return {
        RecordType.ENTRY: _new,
        RecordType.TAP: _new,
        RecordType.AMENDMENT: _amendment,
        RecordType.STRIKE: _strike,
        RecordType.UNDO: _undo,
    }[record.type](db, record, writer, forms)


def _new(db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms) -> Prepared:
    entry = read_entry(db, record, writer, forms)
    said = None
    if record.type is RecordType.TAP:
        said = tap_hash(record.id, record.said("measure"), writer.officer)
    return lambda: _recorded(db, entry, writer, said)


def read_entry(db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms) -> Entry:
    """Return the entry that a form or a tap says. Raises Refused."""
    if record.type is RecordType.TAP:
        return _tapped(db, record, writer)
    if record.kind is None:
        raise LookupError("An entry without a kind passed the reader")
    opened_at = writer.clock.ours(_opened_at(record))
    blank = Entry(
        id=record.id,
        kind=record.kind,
        happened_at=opened_at,
        captured_at=record.captured_at,
        night_of=night_of(opened_at),
        officer_id=writer.officer.officer_id,
        agency_id=writer.officer.agency_id,
    )
    return forms.new_entry(db, blank, record.fields, writer.lists)


def _opened_at(record: PhoneRecord) -> datetime:
    """When the form was opened, by the phone's clock; when it was saved, if it does not say."""
    try:
        return min(from_utc_text(record.said("opened_at")), record.captured_at)
    except ValueError:
        return record.captured_at


def _tapped(db: Database, record: PhoneRecord, writer: Writer) -> Entry:
    moment = writer.clock.ours(record.captured_at)
    deployment_id = _whole(record, "deployment", ("", "none"))
    night = deployments.night_of(db, deployment_id) if deployment_id else None
    if deployment_id and night is None:
        raise _refused("deployment", "Choose one of those shown.")
    tap = Tap(
        id=record.id,
        measure=record.said("measure"),
        night_of=night or night_of(moment),
        deployment_id=deployment_id,
        step=_whole(record, "step", ("",)),
    )
    return entry_of_tap(
        writer.lists,
        tap,
        officer=writer.officer,
        happened_at=moment,
        captured_at=record.captured_at,
    )


def _recorded(db: Database, entry: Entry, writer: Writer, said: str | None) -> Landed:
    lists, now = writer.lists, writer.now
    outcome = record_within(db, entry, lists, by=writer.by, now=now, said=said)
    if outcome is Recorded.CONFLICT:
        raise ConflictWithStored(str(entry.id))
    return Landed(entry.id, 1, outcome)


def _amendment(db: Database, record: PhoneRecord, writer: Writer, forms: ReadsForms) -> Prepared:
    before, seen_version = _before(db, record, writer)
    changed = forms.amended(db, before, record.fields, writer.lists)
    return _amends(db, record, writer, changed, seen_version)


def _strike(db: Database, record: PhoneRecord, writer: Writer, _forms: ReadsForms) -> Prepared:
    before, seen_version = _before(db, record, writer)
    return _amends(db, record, writer, replace(before, struck=True), seen_version)


def _amends(
    db: Database, record: PhoneRecord, writer: Writer, changed: Entry, seen_version: int
) -> Prepared:
    reason = checked_reason(record.said("reason"))

    def run() -> Landed:
        before = entries.in_force(db, changed.id)
        number = amend_within(
            db,
            changed,
            reason=reason,
            seen_version=seen_version,
            by=writer.by,
            now=writer.now,
        )
        repeated = before is not None and number <= before[1]
        outcome = Recorded.ALREADY_STORED if repeated else Recorded.STORED
        return Landed(changed.id, number, outcome)

    return run


def _before(db: Database, record: PhoneRecord, writer: Writer) -> tuple[Entry, int]:
    """Return the version that the person had before them, and its number."""
    entry_id = entry_named_by(record)
    seen_version = _seen_version(db, record)
    before = log.entry_version(db, entry_id, seen_version) if seen_version else None
    if before is None or seen_version is None:
        raise NotYet(str(entry_id))
    require_own(before.officer_id, writer)
    return before, seen_version


def _seen_version(db: Database, record: PhoneRecord) -> int | None:
    """The number that the phone says, or the one its own earlier record became."""
    if record.after is None:
        return _whole(record, "seen_version", ())
    made = arrivals.version_made_by(db, record.after)
    if made and made[0] == record.entry_id:
        return made[1]
    if made is None and is_set_aside(db, str(record.after)):
        # What the officer had before them is not what is stored, whatever its number.
        raise AmendedMeanwhile(str(record.entry_id))
    return None


def _undo(db: Database, record: PhoneRecord, writer: Writer, _forms: ReadsForms) -> Prepared:
    """Take back what was saved a moment before, by the phone's own clock for both."""
    entry_id = entry_named_by(record)
    every = log.versions(db, entry_id)
    if not every:
        raise not_there(db, str(entry_id))
    first, line = every[0], every[-1]
    require_own(line.officer_id, writer)
    if line.struck:
        return lambda: Landed(entry_id, line.version, Recorded.ALREADY_STORED)
    taken_back = abs(record.captured_at - first.captured_at) <= UNDO_ALLOWED
    if line.version > 1 or line.kind in DELIBERATE or not taken_back:
        raise _refused(
            "record", "It is too late to undo that in one tap. Strike it out, with a reason."
        )
    standing = log.entry_version(db, entry_id, 1)
    if standing is None:
        raise NotYet(str(entry_id))
    undone = replace(record, fields={"reason": UNDONE})
    return _amends(db, undone, writer, replace(standing, struck=True), 1)


def _whole(record: PhoneRecord, name: str, nothing: tuple[str, ...]) -> int | None:
    """Return the whole number a field says, None where it says nothing. Raises Refused."""
    text = record.said(name)
    if text in nothing:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        raise _refused(name, f"{name} must be a whole number, like 1.")
    return int(text)


def _refused(field: str, message: str) -> Refused:
    return Refused((Problem(field, message),))
