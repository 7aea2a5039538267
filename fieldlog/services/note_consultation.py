"""Note who opens another officer's entry: consultation is logged as alteration is.

Data Protection Act 2018, s.62 asks for a log of who consulted personal data and when, where law
enforcement processing (Part 3) applies. Lists and figures are not noted; what is exported is in the
register of exports, and another officer's photo that is opened has a line of its own.
"""

from datetime import datetime

from fieldlog.core.log import LogLine
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction


def note_opened(db: Database, line: LogLine, *, by: int, now: datetime) -> None:
    """Keep that officer ``by`` opened an entry at ``now``, unless it is their own."""
    if by == line.officer_id:
        return
    with write_transaction(db):
        add_to_audit(db, "entry opened", at=now, officer_id=by, about=line.id)
