"""Who may send figures: asked again when a mail goes, since its file may have taken minutes."""

from fieldlog.core.person import Person
from fieldlog.core.words import Role
from fieldlog.store.connection import Database
from fieldlog.store.users import account_of

SENDERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def sender(db: Database, officer_id: int) -> Person | None:
    """Return an officer as they are now, None if they may not send figures any more."""
    account = account_of(db, officer_id)
    if account is None or account.disabled or account.person.role not in SENDERS:
        return None
    return account.person
