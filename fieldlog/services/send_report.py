"""Send the figures of a night: what would go is shown first, and only that is sent.

The letter comes from the same figures as the screen and the workbook. Between the second look and
the button an entry may come in, a list may change, or somebody else may send the same: then nothing
is sent and the person looks again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings, file_problem, message_id
from fieldlog.core.person import Person
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Marking
from fieldlog.services.attach_issue import Attached, Make, attach
from fieldlog.services.issue_export import FiguresMoved
from fieldlog.services.look_at_mail import Asked, Ready, make_ready
from fieldlog.services.may_send import sender
from fieldlog.services.run_apart import run_apart
from fieldlog.store import mails
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.mails import Attachment, Mail

LOOK_LASTS = timedelta(hours=1)
"""A second look older than this is taken again, so that its as-at time can be believed."""
CHANGED = (
    "The figures have changed, or the addresses, or what went out before, or it is a while since "
    "you looked. Look once more, then send."
)

_NO_SENDER = (
    "{who} cannot send figures any more, so nothing was sent. Somebody who can has to send it."
)


class FiguresChanged(Exception):
    """It is not what was looked at any more; nothing was sent."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(CHANGED)


@dataclass(frozen=True)
class Press:
    """One press of the button: ``send_key`` names it, so that a second request sends nothing more.

    ``as_at`` is when it was looked at and ``seen`` that of ``Ready``, None where nobody looked.
    """

    send_key: str
    as_at: datetime
    seen: str | None = None


def send_report(
    db: Database,
    asked: Asked,
    settings: MailSettings,
    press: Press,
    *,
    database: Path,
    by: Person | None,
    now: datetime,
    make: Make = run_apart,
) -> int:
    """Put the mail into the queue, one message for each recipient, and return its id.

    ``database`` is the path of the database file, which the workbook is written from.

    Raises FiguresChanged, Refused, DoesNotAddUp, ExportFailed: then nothing is in the queue.
    """
    known = mails.id_of(db, press.send_key)
    if known is not None:
        return known
    _check_sender(db, by)
    gone_out = mails.latest_gone_out(db)
    ready = agreed(db, asked, settings, press, now=now)
    file, content = None, None
    if asked.output and ready.attached:
        file, content = _file(db, asked, ready.attached, settings, database, by, now, make)
        # Writing takes minutes at times: what goes must still be what was looked at.
        gone_out = mails.latest_gone_out(db)
        if make_ready(db, asked, settings, as_at=ready.as_at).seen != ready.seen:
            raise FiguresChanged
    mail = Mail(
        send_key=press.send_key,
        created_at=now,
        created_by=by.officer_id if by else None,
        deployment_id=asked.deployment_id,
        title=ready.title,
        as_at=ready.as_at,
        subject=ready.subject,
        marking=ready.marking,
        list_name=ready.list_name,
        body_text=ready.text,
        body_html=ready.html,
        figures_hash=ready.figures_hash,
        attachment=file,
    )
    to = [
        (address, message_id(press.send_key, number, settings.sender))
        for number, address in enumerate(ready.recipients, 1)
    ]
    return _queued(db, mail, to, content, gone_out, by)


def agreed(
    db: Database, asked: Asked, settings: MailSettings, press: Press, *, now: datetime
) -> Ready:
    """Return what goes, if it is what was looked at and may go.

    Raises FiguresChanged, Refused, DoesNotAddUp.
    """
    if not timedelta() <= now - press.as_at <= LOOK_LASTS:
        raise FiguresChanged
    ready = make_ready(db, asked, settings, as_at=press.as_at)
    if press.seen not in {None, ready.seen}:
        raise FiguresChanged
    if ready.sensitive and not asked.sensitive_allowed:
        raise Refused((Problem("sensitive", _needs_tick(ready.marking)),))
    return ready


def _check_sender(db: Database, by: Person | None) -> None:
    if by is not None and sender(db, by.officer_id) is None:
        raise Refused((Problem("", _NO_SENDER.format(who=by.name)),))


def _needs_tick(marking: Marking) -> str:
    return (
        f"This is {marking.label}. Tick that everybody it goes to may have it, or leave out what "
        "makes it so."
    )


def _file(
    db: Database,
    asked: Asked,
    planned: Attached,
    settings: MailSettings,
    database: Path,
    by: Person | None,
    now: datetime,
    make: Make,
) -> tuple[Attachment, bytes]:
    """Return what is attached: the version that was looked at, and no other."""
    output = asked.output or Output()
    try:
        export, content = attach(
            db, asked.wanted, output, planned, database=database, by=by, now=now, make=make
        )
    except FiguresMoved as moved:
        raise FiguresChanged from moved
    problem = file_problem(len(content), settings.largest_file)
    if problem:
        raise Refused((Problem("output", problem),))
    if export.marking is not planned.marking:
        raise FiguresChanged
    return Attachment(export.file_name, export.sha256, export.size), content


def _queued(
    db: Database,
    mail: Mail,
    to: list[tuple[str, str]],
    content: bytes | None,
    gone_out: tuple[int, int],
    by: Person | None,
) -> int:
    """Put a mail into the queue, unless something went out since ``gone_out`` was asked.

    Two people who send at the same moment have not seen each other's: one of them looks again.
    """
    with write_transaction(db):
        known = mails.id_of(db, mail.send_key)
        if known is not None:
            return known
        _check_sender(db, by)
        if mails.latest_gone_out(db) != gone_out:
            raise FiguresChanged
        mail_id = mails.add_mail(db, mail, to, content)
        file = mail.attachment
        what = f"{file.name} {file.sha256[:12]}" if file else "figures only"
        about = f"{mail.title}; {mail.marking.label}; {what}; {len(to)} recipients; mail {mail_id}"
        add_to_audit(db, "mail sent", at=mail.created_at, officer_id=mail.created_by, about=about)
    return mail_id
