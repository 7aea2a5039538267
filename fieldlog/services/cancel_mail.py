"""Cancel what still waits of a mail: messages that have not left never will."""

from datetime import datetime

from fieldlog.core.mail import TO_BE_TRIED, MailState
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.deliver_mails import let_go_if_over
from fieldlog.store import mails
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.mails import Told

CANCELLED = "Cancelled before it left."


def cancel_mail(db: Database, mail_id: int, *, by: int | None, now: datetime) -> int:
    """Cancel every message of a mail that waits; return how many there were.

    A message that is leaving at this moment is not among them: whoever sends it has claimed it.
    Raises Refused where none waits any more.
    """
    with write_transaction(db):
        waiting = [
            recipient
            for recipient in mails.recipients(db, mail_id)
            if recipient.last.state in TO_BE_TRIED
        ]
        if not waiting:
            raise Refused((Problem("", "Nothing of this mail waits any more."),))
        for recipient in waiting:
            told = Told(MailState.GIVEN_UP, now, CANCELLED, officer_id=by)
            mails.tell(db, recipient.id, told)
        let_go_if_over(db, mail_id)
        about = f"mail {mail_id}; {len(waiting)} recipients"
        add_to_audit(db, "mail cancelled", at=now, officer_id=by, about=about)
    return len(waiting)
