"""Store a photo that a phone sends: it belongs to an entry that has arrived."""

from fieldlog.core.phone_record import PhoneRecord
from fieldlog.services.add_photos import Added, opened_whole, photo_within
from fieldlog.services.phone_writer import (
    ConflictWithStored,
    Landed,
    Prepared,
    Writer,
    entry_named_by,
    not_there,
    require_own,
)
from fieldlog.services.record_entry import Recorded
from fieldlog.store import log
from fieldlog.store.connection import Database


def prepare_photo(db: Database, record: PhoneRecord, writer: Writer) -> Prepared:
    """Open a photo and return what stores it. Raises Refused, NotYet, EntrySetAside."""
    entry_id, sent = entry_named_by(record), record.photo
    entry = log.entry_version(db, entry_id, 1)
    if entry is None or sent is None:
        raise not_there(db, str(entry_id))
    require_own(entry.officer_id, writer)
    added = Added(record.id, sent, opened_whole(sent), record.captured_at)

    def run() -> Landed:
        officer_id, now = writer.officer.officer_id, writer.now
        outcome = photo_within(db, entry_id, added, officer_id=officer_id, by=writer.by, now=now)
        if outcome is Recorded.CONFLICT:
            raise ConflictWithStored(str(record.id))
        return Landed(entry_id, 1, outcome)

    return run
