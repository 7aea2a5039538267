"""Import a register of premises: new ones are added, known ones brought up to date.

A blank cell changes nothing, so that a short list of corrections takes nothing away. A name that a
crew typed on the night becomes the registered premises, and its entries stay with it.
"""

from collections import Counter
from datetime import datetime
from pathlib import Path

from fieldlog.core.night import to_uk
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns, premises_columns
from fieldlog.services.importing.premises_said import (
    PremisesSaid,
    as_line,
    names_in,
    premises_reader,
    read_premises,
)
from fieldlog.services.importing.refused_file import write_refused
from fieldlog.services.importing.register import Register
from fieldlog.services.importing.report import ImportReport, Progress, RefusedRow
from fieldlog.store import wards
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.premises import Premises, Registration, add_registered
from fieldlog.store.register import every_premises, rewrite
from fieldlog.workbook.reading import UnreadableSheet, read_sheet

__all__ = ["UnreadableSheet", "import_premises"]

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


def import_premises(
    db: Database,
    path: Path,
    *,
    now: datetime,
    sheet: str | None = None,
    progress: Progress = lambda _done, _rows: None,
) -> ImportReport:
    """Bring the register up to date with the file at ``path``, and say what became of each row.

    A row is matched by UPRN, else by licence number, else by name with postcode or address. All
    good rows are kept together or, if the database cannot be written, none. Refused rows are
    written to a file beside ``path``.

    Raises UnreadableSheet if the file cannot be read at all, and the errors of
    ``store.connection``.
    """
    read = read_sheet(path, sheet)
    columns = premises_columns(read.header)
    reader = premises_reader(read.header, columns, load_lists(db))
    rows = [read_premises(row, reader, columns) for row in read.rows]
    with write_transaction(db):
        work = _Import(db, columns, now, rows)
        for done, row in enumerate(rows, 1):
            work.keep(row)
            progress(done, read.row_count)
        about = f"{path.name}: {work.counts[NEW]} new, {work.counts[CHANGED]} changed"
        add_to_audit(db, "premises imported", at=now, officer_id=None, about=about)
    report = ImportReport(
        rows=read.row_count,
        counts={name: work.counts[name] for name in (NEW, CHANGED, UNCHANGED)},
        created=work.created,
        ignored=columns.ignored,
        refused=work.refused,
    )
    write_refused(report, path, read, columns, with_ids=False)
    return report


class _Import:
    """One import under way."""

    def __init__(
        self, db: Database, columns: Columns, now: datetime, rows: list[PremisesSaid]
    ) -> None:
        self.db = db
        self.columns = columns
        self.now = now
        self.register = Register(every_premises(db), names_in(rows))
        self.counts: Counter[str] = Counter()
        self.created: dict[str, list[str]] = {}
        self.refused: list[RefusedRow] = []
        self.row_of: dict[int, int] = {}

    def keep(self, row: PremisesSaid) -> None:
        """Add or change the premises of ``row``, or set the row aside."""
        problems = row.problems
        if not problems:
            try:
                self._keep(row)
            except BadCell as bad:
                problems = ((self.columns.headings["name"], str(bad)),)
        if problems:
            self.refused.append(RefusedRow(row.number, "", problems, row.cells))

    def _keep(self, row: PremisesSaid) -> None:
        known = self.register.find(row.registration())
        ward_id = self._known_ward(row.ward)
        line = row.registration(known, ward_id)
        new_ward = bool(row.ward) and ward_id is None
        if known is not None and known.registered and not new_ward and line == as_line(known):
            held, outcome = known, UNCHANGED
        elif known is not None and known.id in self.row_of:
            raise BadCell(
                f"This is the same premises as row {self.row_of[known.id]}, which says something "
                "else of it. Keep one of the two."
            )
        else:
            if new_ward:
                line = row.registration(known, self._new_ward(row.ward))
            held, outcome = self._written(known, line)
        self.register.hold(held)
        self.row_of[held.id] = row.number
        self.counts[outcome] += 1

    def _written(self, known: Premises | None, line: Registration) -> tuple[Premises, str]:
        if known is None:
            new_id = add_registered(self.db, line, self.now)
            return Premises(id=new_id, **vars(line), registered=True), NEW
        if not known.registered:
            self._add("names typed on the night, now registered", line.name)
        return rewrite(self.db, known, line), CHANGED

    def _known_ward(self, name: str) -> int | None:
        if not name:
            return None
        today = to_uk(self.now).date()
        found = wards.ward_named(self.db, name, today)
        if found is None and wards.ward_named(self.db, name) is not None:
            raise BadCell(f"“{name}” is no ward today. Check the ward.")
        return found

    def _new_ward(self, name: str) -> int:
        self._add("wards", name)
        return wards.ward_named_or_new(self.db, name)

    def _add(self, kind: str, name: str) -> None:
        self.created.setdefault(kind, []).append(name)
