"""Import a register of premises: new ones are added, known ones brought up to date.

A blank cell changes nothing, so that a short list of corrections takes nothing away. A name that a
crew typed on the night becomes the registered premises, and its entries stay with it. Premises that
a file does not name stay too: they are listed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fieldlog.services.importing.refused_file import write_refused
from fieldlog.services.importing.register_plan import RegisterPlan
from fieldlog.services.importing.register_run import (
    Compared,
    ReadRegister,
    carry_out,
    compare,
    created,
    kept_counts,
    read_register,
)
from fieldlog.services.importing.report import ImportReport, Progress, RefusedRow
from fieldlog.services.lay_out_register import lay_out
from fieldlog.services.report_import import GonePremises, write_report
from fieldlog.store import register_imports
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.register_imports import IMPORTING, LIKELY, REPEATED, UploadedFile
from fieldlog.workbook.reading import UnreadableSheet
from fieldlog.workbook.sheet import Sheet

__all__ = ["HowToRead", "UnreadableSheet", "import_premises"]

_SHOWN_GONE = 10


@dataclass(frozen=True)
class HowToRead:
    """What somebody says of a file: ``heading_rows`` like 4 or 3-4, ``columns`` heading → field."""

    sheet: str | None = None
    heading_rows: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def import_premises(
    db: Database,
    path: Path,
    *,
    now: datetime,
    how: HowToRead | None = None,
    dry_run: bool = False,
    report_to: Path | None = None,
    progress: Progress = lambda _done, _rows: None,
) -> ImportReport:
    """Bring the register up to date with the file at ``path``, and say what became of each row.

    A row is matched by UPRN, else by licence number, else by name with postcode or address. All
    good rows are kept together or, if the database cannot be written, none. Refused rows are
    written to a file beside ``path``; ``report_to`` is a CSV file of every row. A ``dry_run``
    writes nothing else.

    Raises UnreadableSheet if the file cannot be read at all, and the errors of
    ``store.connection``.
    """
    how = how or HowToRead()
    layout = lay_out(db, path, sheet=how.sheet, heading_rows=how.heading_rows, said=how.columns)
    read = read_register(db, path, layout, progress)
    done = _imported(db, path, read, now, progress) if not dry_run else None
    done = done or compare(db, read, now, progress)
    plan = done.plan
    report = _report(read, plan)
    if report_to is not None:
        gone = [GonePremises(one.name, one.address, one.uprn or "") for one in plan.gone]
        report_to.write_bytes(write_report(done.rows, layout.headings, gone))
    if not dry_run:
        sheet = Sheet(path.name, read.suffix, list(layout.headings), len(read.rows), iter(()))
        write_refused(report, path, sheet, read.columns, with_ids=False)
    return report


def _imported(
    db: Database, path: Path, read: ReadRegister, now: datetime, progress: Progress
) -> Compared:
    with write_transaction(db):
        layout = read.layout.as_data()
        import_id = register_imports.add(
            db, uploaded(path, path.name), layout, by=None, at=now, state=IMPORTING
        )
    return carry_out(db, import_id, read, file_name=path.name, now=now, by=None, progress=progress)


def uploaded(path: Path, name: str) -> UploadedFile:
    """Return what is kept of a file: its name, hash and size."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return UploadedFile(name, digest, path.stat().st_size)


def _report(read: ReadRegister, plan: RegisterPlan) -> ImportReport:
    return ImportReport(
        rows=len(read.rows),
        counts=kept_counts(plan),
        created=created(plan),
        ignored=read.columns.ignored,
        remarks=tuple(_remarks(plan)),
        refused=[
            RefusedRow(row.number, "", row.problems, row.cells or ())
            for row in plan.rows
            if row.problems
        ],
    )


def _remarks(plan: RegisterPlan) -> list[str]:
    doubts = plan.doubts()
    remarks = []
    if doubts[REPEATED]:
        remarks.append(f"{doubts[REPEATED]:,} about premises of an earlier row of the file")
    if doubts[LIKELY]:
        remarks.append(f"{doubts[LIKELY]:,} new that look like premises known already")
    if plan.gone:
        names = ", ".join(premises.name for premises in plan.gone[:_SHOWN_GONE])
        more = ", …" if len(plan.gone) > _SHOWN_GONE else ""
        remarks.append(f"{len(plan.gone):,} of the register not in this file, kept: {names}{more}")
    return remarks
