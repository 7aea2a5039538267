"""Export apart with progress: what takes long is started, followed, and fetched when it is there.

A file of a few hundred entries is written while its page waits. From ``LONG`` entries on it is
started here: its page says how many rows are written, may be left, and keeps the file for a day.
Exports take turns, so that two of them are no slower for everybody else than one. A mail whose file
takes long goes the same way: see ``send_apart``.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from fieldlog.core.editions import Edition
from fieldlog.core.kept_filter import filter_text
from fieldlog.core.person import Person
from fieldlog.services.issue_export import Issuing
from fieldlog.services.name_period import name_period
from fieldlog.services.run_apart import LOG, NIGHT, Job, as_data, from_data
from fieldlog.services.work_apart import (
    STOPPED_HALFWAY,
    Task,
    Work,
    WorkState,
    look,
    start_work,
    works_of,
)
from fieldlog.store import exports, mails
from fieldlog.store.connection import Database, database_path
from fieldlog.store.log import count_lines

MODULE = "fieldlog.services.exporting_apart"
LONG = 10_000
"""Entries. Two seconds of writing, on two cores that nobody else uses."""
LONG_COUNT = 200_000
"""Entries. The committee edition writes none of them: only counting them takes time."""


@dataclass(frozen=True)
class File:
    """A file that was made apart: where it is, what it is called, and its format."""

    path: Path
    name: str
    format: str


def takes_long(db: Database, what: str, asked: Issuing) -> bool:
    """Say whether an export should not be waited for."""
    few = asked.output.edition is Edition.COMMITTEE and what != LOG
    entries = count_lines(db, asked.wanted, struck=not few)
    return entries >= (LONG_COUNT if few else LONG)


def start_download(
    db: Database, instance: Path, what: str, asked: Issuing, *, by: Person, now: datetime
) -> str:
    """Start writing a file to download and return the key of the work.

    The register of exports says that it was handed out as soon as it is written.
    """
    name = name_period(db, asked.wanted).file_name(asked.output.file_format.ending)
    said = said_of(what, asked, instance, by, now) | {"name": name}
    return start_work(instance, Task(MODULE, name, said), by=by.officer_id, now=now)


def start_issue(
    db: Database, instance: Path, asked: Issuing, seen: str, *, by: Person, now: datetime
) -> str:
    """Start issuing what was ``seen`` and return the key of the work."""
    title = f"Issue of {name_period(db, asked.wanted).title}"
    said = said_of(NIGHT, asked, instance, by, now) | {"seen": seen}
    return start_work(instance, Task(MODULE, title, said), by=by.officer_id, now=now)


def said_of(
    what: str, asked: Issuing, instance: Path, by: Person, now: datetime
) -> dict[str, object]:
    """Return what the child process is told of what it writes, for whom and when."""
    job = Job(what, database_path(instance), asked.wanted, Path(), by, now, output=asked.output)
    return {"job": as_data(job)}


def export_work(
    db: Database, instance: Path, key: str, *, by: Person, now: datetime
) -> Work | None:
    """Return how an export or a mail that ``by`` started stands, or None if there is none."""
    found = look(instance, key, by=by.officer_id, now=now)
    return _as_it_is(db, found) if found and found.task.module == MODULE else None


def export_works(db: Database, instance: Path, *, by: Person, now: datetime) -> list[Work]:
    """Return the exports and mails that ``by`` started within a day, the newest first."""
    found = works_of(instance, by=by.officer_id, now=now)
    return [_as_it_is(db, one) for one in found if one.task.module == MODULE]


def _as_it_is(db: Database, work: Work) -> Work:
    # A process that was killed after it had issued its file, or put its mail into the queue, could
    # not say so.
    done = sent_by(db, work) or issued_by(db, work)
    return replace(work, state=WorkState.DONE, problem="") if done else work


def sent_by(db: Database, work: Work) -> int | None:
    """Return the id of the mail that the work put into the queue, None if it put none there."""
    mail = work.task.said.get("mail")
    return mails.id_of(db, mail["send_key"]) if mail else None


def issued_by(db: Database, work: Work) -> int | None:
    """Return the id of the export that the work issued, None if it issued none."""
    if "seen" not in work.task.said or work.problem not in {"", STOPPED_HALFWAY}:
        return None
    job = from_data(work.task.said["job"])
    edition, by = job.output.edition.value, work.officer_id
    known: int | None = work.result.get("issued")
    return known or exports.issued_at(db, filter_text(job.wanted), edition, job.now, by)


def file_of(work: Work) -> File | None:
    """Return the file that the work made, or None if there is none."""
    name = work.result.get("name")
    if name is None:
        return None
    found = File(work.folder / work.result["file"], name, work.result["format"])
    return found if found.path.is_file() else None
