"""Fetch an issued file again, byte for byte; the audit says who took it out."""

from datetime import datetime

from fieldlog.core.person import Person
from fieldlog.store import exports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.exports import Export


def fetch_export(
    db: Database, export_id: int, *, by: Person | None, now: datetime
) -> tuple[Export, bytes] | None:
    """Return an export and its bytes, or None where there is none or its file is not kept."""
    export = exports.get(db, export_id)
    body = exports.content(db, export.sha256) if export and export.issued else None
    if export is None or body is None:
        return None
    about = f"{export.reference}; {export.title}; {export.marking.label}; {export.sha256[:12]}"
    with write_transaction(db):
        officer_id = by.officer_id if by else None
        add_to_audit(db, "export fetched again", at=now, officer_id=officer_id, about=about)
    return export, body
