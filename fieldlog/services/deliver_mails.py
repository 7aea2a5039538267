"""Deliver the mails that wait: through the mail server, or into the outbox folder without one.

A message is marked as being sent before it leaves, and settled after. If fieldlog is killed in
between, nobody can know whether it left: it becomes *unclear* and a person decides. Nothing is sent
twice by itself.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fieldlog.core.mail import (
    OVER,
    TO_BE_TRIED,
    MailSettings,
    MailState,
    address_problem,
    pause_after,
)
from fieldlog.services.mail_message import message_of
from fieldlog.services.smtp import TIMEOUT, Envelope, NobodyKnows, NotTaken, SmtpServer
from fieldlog.services.write_whole import ExportFailed, written_whole
from fieldlog.store import mails
from fieldlog.store.connection import Database, database_path, write_transaction
from fieldlog.store.mails import Mail, Recipient, Told
from fieldlog.store.turn_taking import turn

OUTBOX = "outbox"
TURN = "mail"

INTERRUPTED = (
    "fieldlog was stopped while this message was leaving. Ask whether it arrived before you send "
    "it again."
)
_NOT_IN_FILE_NAMES = re.compile(r"[^\w@.-]+")

Clock = Callable[[], datetime]
Claim = Callable[[], bool]
Carry = Callable[[Mail, Recipient, bytes | None, Claim], MailState | None]
"""Carry one message out and return how it stands; None if it was not ours to carry."""


def deliver_mails(
    db: Database,
    settings: MailSettings,
    instance: Path,
    *,
    clock: Clock,
    stop: Callable[[], bool] = lambda: False,
    timeout: float = TIMEOUT,
) -> Counter[MailState] | None:
    """Try every message that is due once, and return how many ended in which state.

    None if another process or thread is delivering now. ``stop`` is asked between messages.
    """
    with turn(database_path(instance), TURN) as mine:
        if not mine:
            return None
        _doubt_what_was_interrupted(db, clock())
        settled: Counter[MailState] = Counter()
        due = mails.due(db, clock())
        if not due:
            return settled
        with _carrier(settings, instance, timeout) as carry:
            for recipient in due:
                if stop():
                    break
                state = _deliver(db, recipient, settings, carry, clock)
                if state is not None:
                    settled[state] += 1
        return settled


def _doubt_what_was_interrupted(db: Database, now: datetime) -> None:
    # Whoever was sending held the turn, which we hold now: so they are gone.
    for recipient in mails.in_state(db, MailState.SENDING):
        with write_transaction(db):
            mails.tell(db, recipient.id, Told(MailState.UNCLEAR, now, INTERRUPTED))


def _deliver(
    db: Database, recipient: Recipient, settings: MailSettings, carry: Carry, clock: Clock
) -> MailState | None:
    mail = mails.get(db, recipient.mail_id)
    content = mails.content(db, recipient.mail_id)
    refused = address_problem(recipient.address, settings.domains)
    if mail is None or refused:
        return _settle(db, recipient, Told(MailState.FAILED, clock(), refused or ""))
    if mail.attachment is not None and content is None:
        gone = "The file of this mail is not kept any more. Send the night anew."
        return _settle(db, recipient, Told(MailState.FAILED, clock(), gone))

    def claim() -> bool:
        with write_transaction(db):
            known = mails.recipient(db, recipient.id)
            if known is None or known.last.state not in TO_BE_TRIED:
                return False
            mails.tell(db, recipient.id, Told(MailState.SENDING, clock()))
            return True

    try:
        state = carry(mail, recipient, content, claim)
    except NotTaken as not_taken:
        return _settle(db, recipient, _after_a_try(db, recipient, not_taken, clock()))
    except NobodyKnows as unknown:
        return _settle(db, recipient, Told(MailState.UNCLEAR, clock(), str(unknown)))
    if state is None:
        return None
    return _settle(db, recipient, Told(state, clock()))


def _after_a_try(db: Database, recipient: Recipient, why: NotTaken, now: datetime) -> Told:
    if why.for_good:
        return Told(MailState.FAILED, now, str(why))
    pause = pause_after(mails.tries(db, recipient.id) + 1)
    if pause is None:
        return Told(MailState.GIVEN_UP, now, str(why))
    return Told(MailState.WAITING, now, str(why), now + pause)


def _settle(db: Database, recipient: Recipient, told: Told) -> MailState:
    with write_transaction(db):
        mails.tell(db, recipient.id, told)
        let_go_if_over(db, recipient.mail_id)
    return told.state


def let_go_if_over(db: Database, mail_id: int) -> None:
    """Delete the file of a mail that no message waits for. Call in a write transaction."""
    if all(recipient.last.state in OVER for recipient in mails.recipients(db, mail_id)):
        mails.let_go_of_file(db, mail_id)


@contextmanager
def _carrier(settings: MailSettings, instance: Path, timeout: float) -> Iterator[Carry]:
    if not settings.host:
        yield _into_outbox(settings, instance / OUTBOX)
        return
    with SmtpServer(settings, timeout) as server:

        def by_smtp(
            mail: Mail, recipient: Recipient, content: bytes | None, claim: Claim
        ) -> MailState | None:
            message = message_of(mail, recipient, content, sender=settings.sender)
            taken = server.hand_over(Envelope(settings.sender, recipient.address, message), claim)
            return None if taken is None else MailState.SENT

        yield by_smtp


def _into_outbox(settings: MailSettings, folder: Path) -> Carry:
    def by_hand(
        mail: Mail, recipient: Recipient, content: bytes | None, claim: Claim
    ) -> MailState | None:
        message = message_of(mail, recipient, content, sender=settings.sender, draft=True)
        if not claim():
            return None
        try:
            folder.mkdir(exist_ok=True)
            with written_whole(folder / file_name(mail, recipient)) as path:
                path.write_bytes(message)
        except (ExportFailed, OSError) as error:
            raise NotTaken(f"The outbox folder cannot be written: {error}") from error
        return MailState.PUT_OUT

    return by_hand


def file_name(mail: Mail, recipient: Recipient) -> str:
    """Return the name of a message in the outbox folder: mail, night and address, as it sorts."""
    words = f"{recipient.mail_id:05} {mail.title[:60]} {recipient.address}"
    return f"{_NOT_IN_FILE_NAMES.sub('-', words)}.eml"
