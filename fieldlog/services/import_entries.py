"""Import a spreadsheet of entries: good rows are kept, the others come back with their reasons."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from fieldlog.core.lists import Lists
from fieldlog.core.rules import Refused
from fieldlog.services.importing.columns import Columns, entry_columns
from fieldlog.services.importing.ids import Ids
from fieldlog.services.importing.names import Names
from fieldlog.services.importing.refused_file import write_refused
from fieldlog.services.importing.report import (
    ImportReport,
    ImportStopped,
    Progress,
    RefusedRow,
)
from fieldlog.services.importing.rows import Problems
from fieldlog.services.importing.said import ReadRow, RowReader, RowSaid
from fieldlog.services.record_entry import record_within
from fieldlog.store import entries, importing
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import (
    Database,
    StorageBusy,
    StorageDamaged,
    StorageFull,
    StoreError,
    write_transaction,
)
from fieldlog.store.lists import load_lists
from fieldlog.workbook.reading import UnreadableSheet, read_sheet
from fieldlog.workbook.sheet import Sheet

__all__ = ["ImportStopped", "UnreadableSheet", "import_entries"]

BATCH = 250
"""Rows in one transaction: enough to share its wait for the disk, few enough that phones that
send meanwhile hardly notice."""

STORED, ALREADY, MENDED = "stored", "stored already", "mended and stored before"
_HEADINGS = {"place": "premises", "action": "action_taken"}
_OTHER_CONTENT = (
    "An entry with this id is stored already and says something else. Amend it in fieldlog, or "
    "empty the id cell if this is another entry."
)
_WHY: dict[type[StoreError], str] = {
    StorageFull: "the disk is full",
    StorageBusy: "another program held the database too long",
    StorageDamaged: "the database file is damaged: restore the last backup",
}


def import_entries(
    db: Database,
    path: Path,
    *,
    now: datetime,
    day_first: bool = False,
    sheet: str | None = None,
    progress: Progress = lambda _done, _rows: None,
) -> ImportReport:
    """Store the rows of the file at ``path`` as entries, and say what became of each.

    A row that is stored already is left alone, so a file may be imported again and again. Rows are
    kept a batch at a time: after a power cut the same file finishes the job. Refused rows are
    written to a file beside ``path``. ``sheet`` names a sheet of a workbook, ``now`` is the aware
    moment it was received.

    Raises UnreadableSheet if the file cannot be read at all, ImportStopped if the database could
    not go on.
    """
    read = read_sheet(path, sheet)
    lists = load_lists(db)
    columns = entry_columns(read.header, lists)
    work = _Import(db, lists, columns, now)
    reader = RowReader(read.header, columns, lists, day_first=day_first)
    done = 0
    try:
        for batch in _batches(read, reader):
            work.keep(batch)
            done += len(batch)
            progress(done, read.row_count)
        _keep_in_audit(work, path, read)
    except StoreError as error:
        why = _WHY.get(type(error), "the database could not be written")
        raise ImportStopped(
            f"The import stopped because {why}. Of {read.row_count:,} rows the first {done:,} are "
            "done. Import the same file again to go on: nothing is stored twice."
        ) from error
    return _reported(work, path, read)


def _batches(sheet: Sheet, reader: RowReader) -> Iterator[list[ReadRow]]:
    while batch := [reader.read(row) for row in islice(sheet.rows, BATCH)]:
        yield batch


class _Import:
    """One import under way."""

    def __init__(self, db: Database, lists: Lists, columns: Columns, now: datetime) -> None:
        self.db = db
        self.lists = lists
        self.columns = columns
        self.now = now
        self.ids = Ids(columns)
        self.names = Names(db, now)
        self.counts: Counter[str] = Counter()
        self.without_kind = 0
        self.refused: list[RefusedRow] = []

    def keep(self, batch: list[ReadRow]) -> None:
        """Store the good rows of ``batch`` and set the others aside."""
        with write_transaction(self.db):
            for row in batch:
                problems = self._keep_row(row.said) if row.said else row.problems
                if problems:
                    self._refuse(row, problems)

    def _keep_row(self, said: RowSaid) -> Problems:
        content = said.content()
        entry_id = self.ids.of_good(said, content)
        stored = entries.first_hash(self.db, entry_id)
        if stored is not None and stored != content:
            return ((self._heading("id"), _OTHER_CONTENT),)
        if stored is None:
            problems = self._store(said, entry_id, content)
            if problems:
                return problems
            self.without_kind += said.kind is None
        self.counts[ALREADY if stored else STORED] += 1
        return ()

    def _store(self, said: RowSaid, entry_id: UUID, content: str) -> Problems:
        try:
            with importing.row_of_its_own(self.db):
                entry = self.names.entry(said, entry_id)
                record_within(self.db, entry, self.lists, by=None, now=self.now, said=content)
        except Refused as refused:
            self.names.forget()
            return tuple((self._heading(p.field), p.message) for p in refused.problems)
        self.names.keep()
        return ()

    def _refuse(self, row: ReadRow, problems: Problems) -> None:
        row_id, new = self.ids.of_refused(row)
        if new and self._is_stored(row_id):
            self.counts[MENDED] += 1
        else:
            self.refused.append(RefusedRow(row.number, str(row_id), problems, row.cells))

    def _is_stored(self, entry_id: UUID) -> bool:
        return entries.first_hash(self.db, entry_id) is not None

    def _heading(self, field: str) -> str:
        name = _HEADINGS.get(field, field)
        return self.columns.headings.get(name, name)


def _reported(work: _Import, path: Path, sheet: Sheet) -> ImportReport:
    report = ImportReport(
        rows=sheet.row_count,
        counts={name: work.counts[name] for name in (STORED, ALREADY, MENDED)},
        created=work.names.created,
        ignored=work.columns.ignored,
        remarks=_remarks(work.without_kind),
        refused=work.refused,
    )
    write_refused(report, path, sheet, work.columns, with_ids=True)
    return report


def _keep_in_audit(work: _Import, path: Path, sheet: Sheet) -> None:
    """Log the collection (Data Protection Act 2018, s.62): which file, how many rows, not what."""
    about = (
        f"{path.name}: {work.counts[STORED]} of {sheet.row_count} rows stored, "
        f"{len(work.refused)} refused"
    )
    with write_transaction(work.db):
        add_to_audit(work.db, "entries imported", at=work.now, officer_id=None, about=about)


def _remarks(without_kind: int) -> tuple[str, ...]:
    if not without_kind:
        return ()
    rows = "1 row" if without_kind == 1 else f"{without_kind:,} rows"
    return (f"{rows} without a kind: stored as “Other”.",)
