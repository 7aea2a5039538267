"""What goes out with a mail is always an issued file: the version that holds, or the next one.

A version whose figures are still those of the log goes as it is, byte for byte, so that everybody
has the same file. Otherwise the next version is issued the moment the mail is sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldlog.core.editions import Edition, Output
from fieldlog.core.issue import FigureChange
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking
from fieldlog.services.issue_export import (
    FiguresMoved,
    Issuing,
    Planned,
    Since,
    issue_export,
    plan_issue,
)
from fieldlog.services.keep_export import options
from fieldlog.services.run_apart import Job, run_apart
from fieldlog.services.write_whole import Exported
from fieldlog.store import exports
from fieldlog.store.connection import Database
from fieldlog.store.exports import Export

Make = Callable[[Job], Exported]


@dataclass(frozen=True)
class Attached:
    """Which version would go now.

    ``export_id`` is that of a version that still holds, None where the next one would be issued;
    ``changes`` is then what it says changed. ``seen`` is that of ``Planned``.
    """

    number: int
    version: int
    file_name: str
    edition: Edition
    marking: Marking
    entries: int
    seen: str
    export_id: int | None
    changes: tuple[FigureChange, ...]
    previous_at: datetime | None

    @property
    def says(self) -> str:
        """Return the version in words: ``the committee edition, issue 3, version 2``."""
        edition = self.edition.label.lower()
        return f"the {edition}, issue {self.number}, version {self.version}"


def plan_attachment(db: Database, wanted: Filter, output: Output) -> Attached:
    """Return which version of these entries would go out now.

    Raises DoesNotAddUp, UnknownCode.
    """
    planned = plan_issue(db, Issuing(wanted, output))
    holds = _that_holds(db, planned, output)
    at = planned.previous[1].made_at if planned.previous else None
    return Attached(
        number=planned.number,
        version=planned.version - 1 if holds else planned.version,
        file_name=holds[1].file_name if holds else planned.file_name,
        edition=output.edition,
        marking=holds[1].marking if holds else planned.marking,
        entries=planned.counted.figures.value("entries"),
        seen=planned.seen,
        export_id=holds[0] if holds else None,
        changes=() if holds else planned.changes,
        previous_at=at,
    )


def _that_holds(db: Database, planned: Planned, output: Output) -> tuple[int, Export] | None:
    """Return the newest version if it is the same sort of file and nothing in it has changed."""
    if planned.previous is None or planned.changes:
        return None
    export = planned.previous[1]
    same = export.format == output.file_format.value and export.options == options(output)
    # The working edition shows the log itself: a note that was amended changes it too.
    unread = output.edition is Edition.WORKING and planned.since != Since()
    kept = exports.content(db, export.sha256) is not None
    changed = export.marking is not planned.marking
    return planned.previous if same and kept and not unread and not changed else None


def attach(
    db: Database,
    wanted: Filter,
    output: Output,
    planned: Attached,
    *,
    database: Path,
    by: Person | None,
    now: datetime,
    make: Make = run_apart,
) -> tuple[Export, bytes]:
    """Return the version that goes, issued now where none holds, and its bytes.

    Raises FiguresMoved where it would not be what ``planned`` says, ExportFailed, DoesNotAddUp.
    """
    export_id = planned.export_id
    if export_id is None:
        asked = Issuing(wanted, output)
        seen = planned.seen
        export_id = issue_export(db, asked, database=database, by=by, now=now, seen=seen, make=make)
    export = exports.get(db, export_id)
    body = exports.content(db, export.sha256) if export else None
    if export is None or body is None:
        raise FiguresMoved
    if (export.number, export.version) != (planned.number, planned.version):
        raise FiguresMoved
    return export, body
