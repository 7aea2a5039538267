"""Read the log of mails: who got which version, and how each message fared."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.mail import MailState
from fieldlog.store import mails
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.mails import Mail, Recipient, Told
from fieldlog.store.officers import name_of

COMMAND_LINE = "The command line"


@dataclass(frozen=True)
class SentMail:
    """A mail in the log: who sent it, and how many of its messages are in which state."""

    id: int
    mail: Mail
    sender: str
    states: Counter[MailState]


@dataclass(frozen=True)
class SentMails:
    """A page of the log, newest first."""

    mails: tuple[SentMail, ...]
    number: int
    last: int
    total: int
    first_place: int


@dataclass(frozen=True)
class Message:
    """One message of a mail with everything that happened to it."""

    recipient: Recipient
    history: tuple[Told, ...]


def read_mails(db: Database, *, page: int = 1, size: int = 25) -> SentMails:
    """Return a page of the log; a page past the end is the last one."""
    with read_snapshot(db):
        total = mails.count(db)
        last = max(1, -(-total // size))
        number = min(max(1, page), last)
        start = (number - 1) * size
        found = tuple(_sent(db, *each) for each in mails.latest(db, size, start))
    return SentMails(found, number, last, total, start + 1)


def read_mail(db: Database, mail_id: int) -> tuple[SentMail, tuple[Message, ...]] | None:
    """Return one mail with its messages, or None."""
    with read_snapshot(db):
        mail = mails.get(db, mail_id)
        if mail is None:
            return None
        messages = tuple(
            Message(recipient, tuple(mails.history(db, recipient.id)))
            for recipient in mails.recipients(db, mail_id)
        )
        return _sent(db, mail_id, mail), messages


def mail_of(db: Database, recipient_id: int) -> int | None:
    """Return the id of the mail that a message belongs to, or None if there is no such message."""
    found = mails.recipient(db, recipient_id)
    return found.mail_id if found else None


def next_try(messages: tuple[Message, ...]) -> datetime | None:
    """Return when the first of the waiting messages is tried again, or None."""
    times = [message.recipient.last.next_try_at for message in messages]
    return min((at for at in times if at is not None), default=None)


def _sent(db: Database, mail_id: int, mail: Mail) -> SentMail:
    states = Counter(recipient.last.state for recipient in mails.recipients(db, mail_id))
    sender = name_of(db, mail.created_by) if mail.created_by is not None else COMMAND_LINE
    return SentMail(mail_id, mail, sender, states)
