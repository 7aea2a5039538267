"""Take a register in: keep the uploaded file, propose how it is read, change that, give it up.

The file waits beside the database until it is imported or given up, a day at most: then it is
given up by itself, see ``tidy_up``. Nothing of it is in the register before somebody has seen what
would become of it.
"""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import uuid4

from fieldlog.core.rules import Problem, Refused
from fieldlog.services.hold_record import IMPORT, holds_keeping
from fieldlog.services.import_premises import uploaded
from fieldlog.services.importing.register_layout import (
    Layout,
    first_below,
    layout_problems,
    sample_rows,
)
from fieldlog.services.importing.register_run import forget_dry_run
from fieldlog.services.lay_out_register import lay_out_rows
from fieldlog.services.scratch import older_than
from fieldlog.store import register_imports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.register_imports import DONE, GIVEN_UP, RegisterImport
from fieldlog.workbook.reading import LARGEST_FILE, UnreadableSheet
from fieldlog.workbook.sheet import Row

__all__ = ["LARGEST_FILE", "Layout", "UnreadableSheet"]

KEPT = timedelta(days=1)
_FOLDER = "register-imports"
_LONGEST_NAME = 120
_SHOWN_ROWS = 3


def file_of(instance: Path, import_id: int) -> Path:
    """Return where the file of an import is kept, if it is."""
    return instance / _FOLDER / str(import_id)


def take_in(
    db: Database, instance: Path, content: IO[bytes], name: str, *, by: int, now: datetime
) -> int:
    """Keep a file that somebody uploaded and return the number of its import.

    Raises UnreadableSheet if it cannot be read: then it is not kept.
    """
    folder = instance / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    # One of its own: somebody may upload in two tabs at once.
    waiting = folder / f"{uuid4()}.new"
    try:
        with waiting.open("wb") as file:
            shutil.copyfileobj(content, file)
        rows, _ = sample_rows(waiting)
        layout = lay_out_rows(db, rows)
        file_kept = uploaded(waiting, Path(name).name[-_LONGEST_NAME:] or "register")
        with write_transaction(db):
            number = register_imports.add(db, file_kept, layout.as_data(), by=by, at=now)
            waiting.replace(file_of(instance, number))
            add_to_audit(db, "register uploaded", at=now, officer_id=by, about=file_kept.name)
    finally:
        waiting.unlink(missing_ok=True)
    return number


def drop_files(db: Database, instance: Path, now: datetime) -> None:
    """Drop uploaded files that no import waits for, also where an upload was interrupted."""
    folder = instance / _FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        found = register_imports.get(db, int(path.name)) if path.name.isdigit() else None
        over = found.state in {DONE, GIVEN_UP} if found else older_than(path, KEPT, now)
        if over:
            path.unlink(missing_ok=True)


class Sample:
    """The first rows of a file that was taken in, and the sheets it has."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Read the start of the file at ``path``. Raises UnreadableSheet."""
        self.layout = layout
        self.rows, self.titles = sample_rows(path, layout.sheet)

    def values(self, place: int) -> list[str]:
        """Return what a column has in the first rows of the table."""
        shown = first_below(self.rows, self.layout, _SHOWN_ROWS)
        return [str(row[place]) for _, row in shown if row[place] is not None]

    def first_rows(self, most: int) -> list[Row]:
        """Return the first rows of the file, to choose the headings from."""
        return self.rows[:most]


def sample_of(instance: Path, found: RegisterImport) -> Sample:
    """Return the start of the file of an import. Raises UnreadableSheet, also if it is gone."""
    path = file_of(instance, found.id)
    if not path.is_file():
        raise UnreadableSheet("The file is not kept any more. Upload it again.")
    return Sample(path, Layout.from_data(found.layout))


def use_headings(
    db: Database, instance: Path, found: RegisterImport, heading_rows: str, sheet: str | None
) -> None:
    """Read an import with its headings in other rows or from another sheet; columns are proposed.

    Raises UnreadableSheet.
    """
    rows, _ = sample_rows(file_of(instance, found.id), sheet)
    layout = lay_out_rows(db, rows, sheet=sheet, heading_rows=heading_rows)
    _keep(db, found, layout)


def use_columns(db: Database, found: RegisterImport, fields: Sequence[str]) -> None:
    """Say what each column of an import is. Raises Refused with what is wrong."""
    layout = Layout.from_data(found.layout).with_fields(fields)
    problems = layout_problems(layout)
    if problems:
        raise Refused(tuple(Problem("columns", problem) for problem in problems))
    _keep(db, found, layout)


def _keep(db: Database, found: RegisterImport, layout: Layout) -> None:
    if found.state != DONE:
        with write_transaction(db):
            register_imports.set_layout(db, found.id, layout.as_data())


def give_up(
    db: Database, instance: Path, found: RegisterImport, *, by: int | None, now: datetime
) -> None:
    """Give an import up that is not done: its file goes, and the register stays as it is.

    ``by`` is None where nobody came back to it. Raises Refused while it is held.
    """
    if found.state == DONE:
        return
    if holds_keeping(db, (IMPORT, found.id)):
        held = "This import is held. End the hold first, under More, Retention."
        raise Refused((Problem("", held),))
    forget_dry_run(db, found.id)
    with write_transaction(db):
        register_imports.move(db, found.id, GIVEN_UP)
        add_to_audit(db, "import given up", at=now, officer_id=by, about=found.file_name)
    file_of(instance, found.id).unlink(missing_ok=True)
