"""Tell who holds a session's token, on every request anew.

What is read here counts at once: a session that was ended, an account that was disabled, another
role. A session lasts a shift: it ends when nobody used it for a while, and after the longest shift.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from fieldlog.core.person import Account
from fieldlog.services.sign_in import token_hash
from fieldlog.store.connection import Database, StorageBusy, StorageFull, write_transaction
from fieldlog.store.sessions import seen, session_of
from fieldlog.store.users import account_of

SEEN_EVERY = timedelta(minutes=1)


def recognise_session(
    db: Database, token: str, *, idle: timedelta, longest: timedelta, now: datetime
) -> Account | None:
    """Return the account whose session ``token`` belongs to, or None if it no longer counts.

    Writes that the session was used, at most once a minute; a full disk or a busy database does
    not stop anybody from reading.
    """
    session = session_of(db, token_hash(token))
    if session is None or now - session.last_seen_at > idle or now - session.created_at > longest:
        return None
    account = account_of(db, session.officer_id)
    if account is None or account.disabled:
        return None
    if now - session.last_seen_at >= SEEN_EVERY:
        with suppress(StorageFull, StorageBusy), write_transaction(db):
            seen(db, token_hash(token), now)
    return account
