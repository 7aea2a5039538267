"""Settle a message of which nobody knows whether it left: a person found out and says so."""

from datetime import datetime

from fieldlog.core.mail import MailState
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.deliver_mails import let_go_if_over
from fieldlog.store import mails
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.mails import Told


def it_arrived(db: Database, recipient_id: int, *, by: int, now: datetime) -> None:
    """Keep that the recipient has the message. Raises Refused if it is not unclear."""
    _settle(db, recipient_id, MailState.ARRIVED, by, now)


def send_again(db: Database, recipient_id: int, *, by: int, now: datetime) -> None:
    """Queue the message anew, under the same Message-ID. Raises Refused if it is not unclear."""
    _settle(db, recipient_id, MailState.QUEUED, by, now)


def _settle(db: Database, recipient_id: int, state: MailState, by: int, now: datetime) -> None:
    with write_transaction(db):
        known = mails.recipient(db, recipient_id)
        if known is None or known.last.state is not MailState.UNCLEAR:
            raise Refused((Problem("", "Somebody has settled this message already."),))
        mails.tell(db, recipient_id, Told(state, now, officer_id=by))
        let_go_if_over(db, known.mail_id)
