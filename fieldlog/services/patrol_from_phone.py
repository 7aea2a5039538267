"""Store what a record from a phone says of a patrol."""

from fieldlog.core.phone_record import PhoneRecord
from fieldlog.services.phone_writer import Landed, Prepared, Writer, not_there
from fieldlog.services.record_entry import Recorded
from fieldlog.services.run_patrol import Stamp, UnknownPatrol, run_patrol
from fieldlog.store.arrivals import NO_VERSION
from fieldlog.store.connection import Database


def prepare_patrol(db: Database, record: PhoneRecord, writer: Writer) -> Prepared:
    """Return what starts a patrol or records what happened to it.

    Raises Refused, NotYet, EntrySetAside.
    """
    at, now = writer.clock.ours(record.captured_at), writer.now
    try:
        run = run_patrol(
            db,
            record.id,
            record.fields,
            officer_id=writer.officer.officer_id,
            stamp=Stamp(at, record.captured_at, now, writer.by),
            any_officers=writer.may_change_all,
        )
    except UnknownPatrol as unknown:
        raise not_there(db, str(unknown)) from None
    return lambda: Landed(run(), NO_VERSION, Recorded.STORED)
