"""Keep what was handed out in the register of exports: who, when, which entries, hash, figures."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldlog.core.editions import Output
from fieldlog.core.kept_filter import filter_text
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.services.edition_figures import counted_in_snapshot
from fieldlog.services.write_whole import Exported
from fieldlog.store import exports
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.exports import Export
from fieldlog.store.since import newest_version
from fieldlog.tallies.kept_figures import ENTRIES, KeptFigures, keep

WORKING_WORKBOOK = Output()
SUPPRESSED = "small numbers hidden"

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Counted:
    """Figures, and the newest version of any entry when they were counted."""

    figures: KeptFigures
    log_version: int

    @property
    def hash(self) -> str:
        """What tells two counts apart."""
        return hashlib.sha256(self.figures.as_text().encode()).hexdigest()


@dataclass(frozen=True)
class HandedOut:
    """A file that goes out: what it holds and what it is called there.

    ``what`` is night, log or tally. ``file_format`` is for formats that are no ``Output``: json.
    """

    what: str
    wanted: Filter
    file_name: str
    output: Output = WORKING_WORKBOOK
    file_format: str = ""


def count(db: Database, wanted: Filter) -> Counted:
    """Return the figures of the entries that ``wanted`` counts, and how far the log had come.

    Raises DoesNotAddUp, UnknownCode.
    """
    with read_snapshot(db):
        found = counted_in_snapshot(db, wanted)
        kept = keep(found.entries, found.headline, [table for _, table in found.tables])
        return Counted(kept, newest_version(db))


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def options(output: Output) -> str:
    """Return in words what a file was made with besides its edition and format."""
    return SUPPRESSED if output.suppress else ""


def keep_download(
    db: Database,
    out: HandedOut,
    made: Exported,
    written: Path,
    *,
    by: Person | None,
    now: datetime,
) -> int:
    """Keep that the file at ``written`` was handed out, with its hash and the figures in it.

    Where the file does not say its figures, they are counted now, and left out if the log moved on
    while it was written: the register says nothing that it is not sure of. The file itself is not
    kept. Returns the id of the export.
    """
    figures, log_version = made.figures, newest_version(db)
    if not figures:
        counted = count(db, out.wanted)
        if counted.figures.value(ENTRIES) == made.entries:
            figures, log_version = counted.figures.as_text(), counted.log_version
    export = Export(
        number=None,
        version=None,
        what=out.what,
        edition=out.output.edition.value,
        format=out.file_format or out.output.file_format.value,
        title=made.title,
        file_name=out.file_name,
        sha256=hash_of(written),
        size=written.stat().st_size,
        marking=made.marking,
        filter=filter_text(out.wanted),
        made_at=now,
        made_by=by.officer_id if by else None,
        log_version=log_version,
        figures=figures,
        options=options(out.output),
    )
    with write_transaction(db):
        return exports.add_export(db, export)
