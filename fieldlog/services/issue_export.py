"""Issue a file as final: it gets a number and a version, is kept, and says what changed.

Issuing the same entries in the same edition again makes the next version. The figures that the
register keeps are those in the file: if the log moved on while it was written, it is written again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fieldlog.core.editions import Edition, Output
from fieldlog.core.issue import FigureChange, IssueMark
from fieldlog.core.kept_filter import filter_text
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking
from fieldlog.services.keep_export import Counted, count, hash_of, options
from fieldlog.services.name_period import name_period
from fieldlog.services.run_apart import NIGHT, Job, run_apart
from fieldlog.services.scratch import scratch
from fieldlog.services.write_whole import Exported, ExportFailed
from fieldlog.store import exports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.exports import Export
from fieldlog.store.markings import highest_marking
from fieldlog.store.since import touched_since
from fieldlog.tallies.kept_figures import changes, of_text

COMMAND_LINE = "fieldlog, on the server"
_MOST_TRIES = 5
_STILL_MOVING = (
    "Entries keep coming in while the file is written, so that its figures cannot be fixed. "
    "Issue it when the night is quieter; nothing was issued."
)

Make = Callable[[Job], Exported]


class FiguresMoved(Exception):
    """It is not what was looked at, or somebody issued it meanwhile; nothing was issued."""


@dataclass(frozen=True)
class Issuing:
    """What somebody wants to issue: which entries, and in which edition and format."""

    wanted: Filter
    output: Output = field(default_factory=Output)


@dataclass(frozen=True)
class Since:
    """What came into the log since an earlier version: ids of entries."""

    late: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """Exactly what issuing would do now."""

    title: str
    file_name: str
    marking: Marking
    number: int
    version: int
    counted: Counted
    changes: tuple[FigureChange, ...]
    since: Since
    previous: tuple[int, Export] | None

    @property
    def seen(self) -> str:
        """What tells whether it is still what somebody looked at: its figures and its number."""
        return f"{self.counted.hash}.{self.number}.{self.version}"


def plan_issue(db: Database, asked: Issuing) -> Planned:
    """Return what would be issued now: number, version, and what changed since the one before.

    Raises DoesNotAddUp, UnknownCode.
    """
    counted = count(db, asked.wanted)
    with read_snapshot(db):
        previous = exports.last_issue(db, filter_text(asked.wanted), asked.output.edition)
        number = previous[1].number if previous else None
        version = (previous[1].version or 0) + 1 if previous else 1
        period = name_period(db, asked.wanted)
        return Planned(
            title=period.title,
            file_name=period.file_name(_ending(asked.output, version)),
            marking=highest_marking(
                db, asked.wanted, struck=asked.output.edition is Edition.WORKING
            ),
            number=number or exports.next_number(db),
            version=version,
            counted=counted,
            changes=_changes(previous, counted),
            since=since(db, asked.wanted, previous[1].log_version) if previous else Since(),
            previous=previous,
        )


def _ending(output: Output, version: int) -> str:
    """Return how the file's name ends, so that two versions in one folder are two files."""
    return f" {output.edition.value} v{version}{output.file_format.ending}"


def _changes(previous: tuple[int, Export] | None, counted: Counted) -> tuple[FigureChange, ...]:
    if previous is None:
        return ()
    return changes(of_text(previous[1].figures), counted.figures)


def since(db: Database, wanted: Filter, log_version: int) -> Since:
    """Return what came into the log of ``wanted`` after a version of it."""
    late, amended, struck = [], [], []
    for one in touched_since(db, wanted, log_version):
        if one.new:
            late.append(one.entry_id)
        elif one.struck:
            struck.append(one.entry_id)
        else:
            amended.append(one.entry_id)
    return Since(tuple(late), tuple(amended), tuple(struck))


def issue_export(
    db: Database,
    asked: Issuing,
    *,
    database: Path,
    by: Person | None,
    now: datetime,
    seen: str | None = None,
    make: Make = run_apart,
) -> int:
    """Write the file, keep it under its number and version, and return the id of the export.

    ``seen`` is ``Planned.seen`` of what somebody looked at, None where nobody did: a second press
    of the button issues nothing more. ``database``
    is the path of the database, which the file is written from.

    Raises FiguresMoved, ExportFailed, DoesNotAddUp: then nothing was issued.
    """
    for _ in range(_MOST_TRIES):
        planned = plan_issue(db, asked)
        if seen not in {None, planned.seen}:
            raise FiguresMoved
        with scratch(database.parent) as folder:
            target = folder / f"issue{asked.output.file_format.ending}"
            made = make(_job(asked, planned, target, database, by, now))
            issued = _kept(db, asked, planned, made, target, by, now)
        if issued is not None:
            return issued
    raise ExportFailed(_STILL_MOVING)


def _job(
    asked: Issuing,
    planned: Planned,
    target: Path,
    database: Path,
    by: Person | None,
    now: datetime,
) -> Job:
    who = f"{by.name}, {by.agency}".removesuffix(", ") if by else COMMAND_LINE
    mark = IssueMark(planned.number, planned.version, now, who, planned.changes)
    return Job(
        NIGHT,
        database,
        asked.wanted,
        target,
        by,
        now,
        planned.marking,
        output=asked.output,
        issue=mark,
    )


def _kept(
    db: Database,
    asked: Issuing,
    planned: Planned,
    made: Exported,
    target: Path,
    by: Person | None,
    now: datetime,
) -> int | None:
    """Keep the file; return None if the log, or the register, moved on while it was written."""
    if made.figures not in {"", planned.counted.figures.as_text()}:
        return None
    sha256, body = hash_of(target), target.read_bytes()
    officer_id = by.officer_id if by else None
    with write_transaction(db):
        latest = exports.last_issue(db, filter_text(asked.wanted), asked.output.edition)
        moved = since(db, asked.wanted, planned.counted.log_version) != Since()
        if latest != planned.previous or moved or _taken(db, planned):
            return None
        export = Export(
            number=planned.number,
            version=planned.version,
            what="night",
            edition=asked.output.edition.value,
            format=asked.output.file_format.value,
            title=planned.title,
            file_name=planned.file_name,
            sha256=sha256,
            size=len(body),
            marking=made.marking,
            filter=filter_text(asked.wanted),
            made_at=now,
            made_by=officer_id,
            log_version=planned.counted.log_version,
            figures=planned.counted.figures.as_text(),
            changes=planned.changes,
            options=options(asked.output),
        )
        export_id = exports.add_export(db, export, body)
        about = (
            f"{export.reference}; {export.title}; {asked.output.edition.label.lower()}; "
            f"{export.marking.label}; {sha256[:12]}"
        )
        add_to_audit(db, "export issued", at=now, officer_id=officer_id, about=about)
    return export_id


def _taken(db: Database, planned: Planned) -> bool:
    return planned.previous is None and exports.next_number(db) != planned.number
