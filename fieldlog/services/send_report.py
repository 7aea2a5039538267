"""Send the figures of a night: what would go is shown first, and only that is sent.

The letter comes from the same figures as the screen and the workbook. Between the second look and
the button an entry may come in or be amended: then nothing is sent and the person looks again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fieldlog.core.editions import Edition, Output
from fieldlog.core.mail import (
    MailSettings,
    file_problem,
    marked_subject,
    message_id,
    recipients_problems,
    subject_problems,
    tidy_address,
)
from fieldlog.core.night import says_moment
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Marking
from fieldlog.services.attach_issue import Attached, Make, attach, plan_attachment
from fieldlog.services.edition_figures import hidden_in_snapshot
from fieldlog.services.issue_export import FiguresMoved
from fieldlog.services.name_period import name_period
from fieldlog.services.night_figures import figures_in_snapshot
from fieldlog.services.run_apart import run_apart
from fieldlog.store import distribution_lists, mails
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.facts import is_demonstration
from fieldlog.store.mails import Attachment, Mail
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.letter import Letter, as_html, as_text

LOOK_LASTS = timedelta(hours=1)
"""A second look older than this is taken again, so that its as-at time can be believed."""


class FiguresChanged(Exception):
    """The figures are not those that were looked at; nothing was sent."""


@dataclass(frozen=True)
class Asked:
    """What somebody wants to send and to whom.

    ``subject`` empty means the title. ``output`` is the file that goes with it, None for none.
    ``sensitive_allowed`` is the tick without which nothing above OFFICIAL goes out.
    """

    wanted: Filter
    deployment_id: int | None = None
    subject: str = ""
    list_id: int | None = None
    addresses: tuple[str, ...] = ()
    output: Output | None = None
    sensitive_allowed: bool = False


@dataclass(frozen=True)
class Ready:
    """A mail as it would go out now, for the second look. ``html`` is a piece of a page."""

    title: str
    subject: str
    marking: Marking
    entries: int
    list_name: str
    recipients: tuple[str, ...]
    as_at: datetime
    text: str
    html: str
    figures_hash: str
    attached: Attached | None

    @property
    def file_name(self) -> str:
        """What the attached file is called; empty without one."""
        return self.attached.file_name if self.attached else ""

    @property
    def sensitive(self) -> bool:
        """Whether it needs a tick to go out."""
        return self.marking is not Marking.OFFICIAL


@dataclass(frozen=True)
class Press:
    """One press of the button: ``send_key`` names it, so that a second request sends nothing more.

    ``as_at`` is when the figures were looked at and ``seen`` their hash, None where nobody looked.
    """

    send_key: str
    as_at: datetime
    seen: str | None = None


def preview(db: Database, asked: Asked, *, as_at: datetime) -> Ready:
    """Return what would be sent, without looking at whether it may be.

    Raises DoesNotAddUp where a total does not equal its records.
    """
    attached = plan_attachment(db, asked.wanted, asked.output) if asked.output else None
    working = attached is not None and attached.edition is Edition.WORKING
    suppress = asked.output is not None and asked.output.suppress
    with read_snapshot(db):
        figures = figures_in_snapshot(db, asked.wanted)
        hidden = hidden_in_snapshot(db, asked.wanted, figures) if suppress else None
        marking = highest_marking(db, asked.wanted, struck=working)
        period = name_period(db, asked.wanted)
        demonstration = is_demonstration(db)
        chosen = distribution_lists.get(db, asked.list_id) if asked.list_id is not None else None
    letter = Letter(
        title=period.title,
        as_at=says_moment(as_at),
        marking=marking.label,
        headline=figures.headline,
        table=figures.action_by_time,
        entries=figures.sums.entries,
        enclosed=f"{attached.file_name}, {attached.says}." if attached else "",
        demonstration=demonstration,
        hiding=hidden,
    )
    addresses = [*(chosen.addresses if chosen else ()), *map(tidy_address, asked.addresses)]
    return Ready(
        title=period.title,
        subject=marked_subject(asked.subject or period.title, marking),
        marking=marking,
        entries=figures.sums.entries,
        list_name=chosen.name if chosen else "",
        recipients=tuple(dict.fromkeys(addresses)),
        as_at=as_at,
        text=as_text(letter),
        html=as_html(letter),
        figures_hash=letter.figures_hash(),
        attached=attached,
    )


def make_ready(db: Database, asked: Asked, settings: MailSettings, *, as_at: datetime) -> Ready:
    """Return what would be sent, for the second look.

    Raises Refused with everything that is wrong with subject and recipients, DoesNotAddUp.
    """
    ready = preview(db, asked, as_at=as_at)
    problems = list(subject_problems(asked.subject or ready.title))
    if asked.list_id is not None and not ready.list_name:
        problems.append(Problem("list_id", "There is no such list any more. Choose another one."))
    problems += recipients_problems("addresses", list(ready.recipients), settings.domains)
    if problems:
        raise Refused(tuple(problems))
    return ready


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
    if not timedelta() <= now - press.as_at <= LOOK_LASTS:
        raise FiguresChanged
    ready = make_ready(db, asked, settings, as_at=press.as_at)
    if press.seen not in {None, ready.figures_hash}:
        raise FiguresChanged
    if ready.sensitive and not asked.sensitive_allowed:
        raise Refused((Problem("sensitive", _needs_tick(ready.marking)),))
    enclosed = None
    if asked.output and ready.attached:
        enclosed = _file(db, asked, ready.attached, settings, database, by, now, make)
        # The file was counted a moment later than the letter: both must say the same.
        if preview(db, asked, as_at=ready.as_at).figures_hash != ready.figures_hash:
            raise FiguresChanged
    return _queued(db, asked, ready, settings, press.send_key, enclosed, by, now)


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
    asked: Asked,
    ready: Ready,
    settings: MailSettings,
    send_key: str,
    enclosed: tuple[Attachment, bytes] | None,
    by: Person | None,
    now: datetime,
) -> int:
    file, content = enclosed or (None, None)
    mail = Mail(
        send_key=send_key,
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
        (address, message_id(send_key, number, settings.sender))
        for number, address in enumerate(ready.recipients, 1)
    ]
    with write_transaction(db):
        known = mails.id_of(db, send_key)
        if known is not None:
            return known
        mail_id = mails.add_mail(db, mail, to, content)
        what = f"{file.name} {file.sha256[:12]}" if file else "figures only"
        about = (
            f"{ready.title}; {ready.marking.label}; {what}; {len(to)} recipients; mail {mail_id}"
        )
        add_to_audit(db, "mail sent", at=now, officer_id=mail.created_by, about=about)
    return mail_id


def sent_before(db: Database, ready: Ready) -> Mail | None:
    """Return the latest mail that said the same figures to all of the same people, or None."""
    for mail_id, mail in mails.same_figures(db, ready.figures_hash):
        went_to = {recipient.address for recipient in mails.recipients(db, mail_id)}
        if went_to >= set(ready.recipients):
            return mail
    return None
