"""Send apart what takes long: a mail whose file takes minutes is started, followed, met again.

Everything that can be refused at once is refused before anything is started. What was looked at is
looked at once more when the file is written, and the mail goes into the queue in one transaction:
whether it is there is asked of the database and never of the process, which may have been killed
on either side of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.person import Person
from fieldlog.services.export_apart import MODULE, said_of, takes_long
from fieldlog.services.issue_export import Issuing
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.run_apart import NIGHT, Job
from fieldlog.services.send_report import Press, agreed, send_report
from fieldlog.services.work_apart import Task, Work, look, start_work
from fieldlog.store import mails
from fieldlog.store.connection import Database, database_path


@dataclass(frozen=True)
class Going:
    """What a press of the button came to: a mail in the queue, or the key of work that makes it."""

    mail_id: int | None = None
    work: str = ""


@dataclass(frozen=True)
class LookAgain:
    """Where a page looks at the same mail again, and what was ``typed`` there: field → text."""

    address: str
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Sending:
    """A mail that somebody looked at and pressed the button for.

    ``again`` is for the page of the work, should the mail not go. ``work_key`` is the key that the
    work is to have, that of the press where it is empty: pressed twice, it is started once.
    """

    asked: Asked
    settings: MailSettings
    press: Press
    again: LookAgain
    work_key: str = ""

    @property
    def key(self) -> str:
        """What the work is found by."""
        return self.work_key or self.press.send_key


def send_or_start(
    db: Database, instance: Path, sending: Sending, *, by: Person, now: datetime
) -> Going:
    """Put the mail into the queue, or start writing its file where nobody should wait for it.

    Raises FiguresChanged, Refused, DoesNotAddUp, ExportFailed: then nothing was sent or started.
    """
    asked, settings, press = sending.asked, sending.settings, sending.press
    if mails.id_of(db, press.send_key) is None and _takes_long(db, asked):
        if look(instance, sending.key, by=by.officer_id, now=now) is not None:
            return Going(work=sending.key)
        ready = agreed(db, asked, settings, press, now=now)
        # A version that still holds is not written again.
        if ready.attached is not None and ready.attached.export_id is None:
            task = Task(MODULE, f"Mail about {ready.title}", _said(sending, instance, by, now))
            started = start_work(instance, task, by=by.officer_id, now=now, key=sending.key)
            return Going(work=started)
    database = database_path(instance)
    return Going(send_report(db, asked, settings, press, database=database, by=by, now=now))


def _takes_long(db: Database, asked: Asked) -> bool:
    return asked.output is not None and takes_long(db, NIGHT, Issuing(asked.wanted, asked.output))


def _said(sending: Sending, instance: Path, by: Person, now: datetime) -> dict[str, object]:
    issuing = Issuing(sending.asked.wanted, sending.asked.output or Output())
    return said_of(NIGHT, issuing, instance, by, now) | {"mail": mail_as_data(sending)}


def again_of(work: Work) -> LookAgain | None:
    """Return where the mail that the work makes is looked at again, None if it makes none."""
    mail = work.task.said.get("mail")
    return LookAgain(**mail["again"]) if mail else None


def mail_as_data(sending: Sending) -> dict[str, Any]:
    """Return a mail as plain data that JSON carries, but for what a ``Job`` says already.

    Of the settings only what decides about the mail: the password stays where it is.
    """
    asked, settings, press = sending.asked, sending.settings, sending.press
    again = sending.again
    return {
        "deployment_id": asked.deployment_id,
        "subject": asked.subject,
        "list_id": asked.list_id,
        "addresses": list(asked.addresses),
        "sensitive_allowed": asked.sensitive_allowed,
        "send_key": press.send_key,
        "as_at": utc_text(press.as_at),
        "seen": press.seen,
        "sender": settings.sender,
        "domains": list(settings.domains),
        "largest_file": settings.largest_file,
        "again": {"address": again.address, "typed": dict(again.typed)},
    }


def mail_from_data(job: Job, said: Mapping[str, Any]) -> tuple[Asked, MailSettings, Press]:
    """Return the mail that ``mail_as_data`` made plain; ``job`` says which entries and file."""
    asked = Asked(
        wanted=job.wanted,
        deployment_id=said["deployment_id"],
        subject=said["subject"],
        list_id=said["list_id"],
        addresses=tuple(said["addresses"]),
        output=job.output,
        sensitive_allowed=said["sensitive_allowed"],
    )
    settings = MailSettings(
        sender=said["sender"],
        domains=tuple(said["domains"]),
        largest_file=said["largest_file"],
    )
    return asked, settings, Press(said["send_key"], from_utc_text(said["as_at"]), said["seen"])
