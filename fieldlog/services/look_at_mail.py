"""Look at a mail before it goes: who gets which figures, and what went out before.

What is shown is what would go now. ``Ready.seen`` tells later whether it still is.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from fieldlog.core.editions import Edition, Output
from fieldlog.core.mail import (
    MailSettings,
    marked_subject,
    recipients_problems,
    subject_problems,
    tidy_address,
)
from fieldlog.core.night import says_moment
from fieldlog.core.question import Filter
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Marking
from fieldlog.services.attach_issue import Attached, plan_attachment
from fieldlog.services.edition_figures import hidden_in_snapshot
from fieldlog.services.name_period import name_period
from fieldlog.services.night_figures import figures_in_snapshot
from fieldlog.services.warn_of_subtraction import Earlier, subtractable
from fieldlog.store import distribution_lists, mails
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.facts import is_demonstration
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.letter import Letter, as_html, as_text


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
class Before:
    """An earlier mail that said the same figures to all of the same people."""

    mail_id: int
    at: datetime


@dataclass(frozen=True)
class Ready:
    """A mail as it would go out now, for the second look. ``html`` is a piece of a page.

    ``before`` is the latest mail that makes it a repeat, ``earlier`` what went out that gives away
    what is hidden, now or then.
    """

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
    before: Before | None = None
    earlier: tuple[Earlier, ...] = ()

    @property
    def seen(self) -> str:
        """What tells whether it is still what somebody looked at: figures, people, warnings."""
        before = self.before.mail_id if self.before else 0
        said = [self.figures_hash, f"{before} {len(self.earlier)}", *self.recipients]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    @property
    def file_name(self) -> str:
        """What the attached file is called; empty without one."""
        return self.attached.file_name if self.attached else ""

    @property
    def sensitive(self) -> bool:
        """Whether it needs a tick to go out."""
        return self.marking is not Marking.OFFICIAL


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
        subject=marked_subject(asked.subject or period.subject, marking),
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
    problems = list(subject_problems(asked.subject)) if asked.subject else []
    if asked.list_id is not None and not ready.list_name:
        problems.append(Problem("list_id", "There is no such list any more. Choose another one."))
    problems += recipients_problems("addresses", list(ready.recipients), settings.domains)
    if problems:
        raise Refused(tuple(problems))
    earlier = subtractable(db, asked.wanted, asked.output)
    return replace(ready, before=_sent_before(db, ready), earlier=earlier)


def _sent_before(db: Database, ready: Ready) -> Before | None:
    """Return the latest mail that said the same figures to all of the same people, or None.

    One that nobody has, because all of it was cancelled or refused, does not count.
    """
    for mail_id, mail in mails.same_figures(db, ready.figures_hash):
        # One address that always refuses must not make the others get it again and again.
        to = {recipient.address for recipient in mails.recipients(db, mail_id)}
        if to >= set(ready.recipients) and mails.went_to(db, mail_id):
            return Before(mail_id, mail.created_at)
    return None
