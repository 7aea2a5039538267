"""Sign somebody out, so that a copy of their cookie is worth nothing either."""

from datetime import datetime

from fieldlog.services.sign_in import token_hash
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.sessions import end_session


def sign_out(db: Database, token: str, *, officer_id: int, now: datetime) -> None:
    """End the session that ``token`` belongs to; harmless if it has ended."""
    with write_transaction(db):
        end_session(db, token_hash(token), now)
        add_to_audit(db, "signed out", at=now, officer_id=officer_id)
