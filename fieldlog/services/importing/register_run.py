"""Read a register, compare it with the one that is known, and write what differs.

The file is read and compared before anything is written; then everything is written in one
transaction that takes a second or two for 50,000 premises, and only if the register is still what
the file was compared with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fieldlog.core.night import to_uk
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.premises_said import PremisesReader, PremisesSaid
from fieldlog.services.importing.register_layout import Layout, read_by
from fieldlog.services.importing.register_plan import (
    TYPED_NOW_REGISTERED,
    PlannedRow,
    RegisterPlan,
    plan_import,
)
from fieldlog.services.importing.report import ImportStopped, Progress
from fieldlog.store import register_imports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.register import (
    NewEdition,
    RegisterNow,
    commits_of_others,
    prepared,
    register_now,
    write_edition,
)
from fieldlog.store.register_imports import CHANGED, NEW, UNCHANGED, ImportedRow

BATCH = 2_000
"""Rows of a dry run that are kept in one transaction: it takes some hundredths of a second."""

TRIES = 5
"""How often a file is compared again because somebody changed the register meanwhile."""

_NOBODY = "The register is being changed all the time. Nothing was written: import again later."


@dataclass(frozen=True)
class ReadRegister:
    """A register as its file has it. ``suffix`` is what the file is by its content."""

    layout: Layout
    columns: Columns
    suffix: str
    rows: list[PremisesSaid]


@dataclass(frozen=True)
class Compared:
    """What importing a file would do to the register as it was at ``commits``, ready to write."""

    register: RegisterNow
    commits: int
    plan: RegisterPlan
    edition: NewEdition
    rows: list[ImportedRow]


def read_register(db: Database, path: Path, layout: Layout, progress: Progress) -> ReadRegister:
    """Read every row of the file at ``path``; that is half of the work. Raises UnreadableSheet."""
    progress(0, 0)
    sheet = read_by(path, layout)
    columns = layout.columns()
    reader = PremisesReader(sheet.header, columns, load_lists(db))
    rows = []
    for done, row in enumerate(sheet.rows, 1):
        rows.append(reader.read(row))
        progress(done // 2, sheet.row_count)
    return ReadRegister(layout, columns, sheet.suffix, rows)


def compare(db: Database, read: ReadRegister, now: datetime, progress: Progress) -> Compared:
    """Say what would become of each row that was read; nothing is written."""
    with read_snapshot(db):
        register, commits = register_now(db), commits_of_others(db)
        types = load_lists(db).plain["premises_type"]
    every = len(read.rows)
    plan = plan_import(
        read.rows,
        read.columns,
        register,
        types={choice.code: choice.label for choice in types.values()},
        today=to_uk(now).date(),
        progress=lambda done, rows: progress(rows - (every - done) // 2, rows),
    )
    edition = NewEdition(
        [prepared(made, line) for made, line in plan.new.items()],
        [prepared(known, line) for known, (_, line) in plan.changed.items()],
        plan.aliases,
        plan.new_wards,
    )
    return Compared(register, commits, plan, edition, [as_imported(row) for row in plan.rows])


def check_import(
    db: Database, import_id: int, path: Path, layout: Layout, now: datetime, progress: Progress
) -> None:
    """Do a dry run and keep what would become of each row with the import ``import_id``.

    Raises UnreadableSheet and the errors of ``store.connection``.
    """
    read = read_register(db, path, layout, progress)
    # Counted before the register is looked at: an import in between makes this one out of date.
    done_before = register_imports.done_so_far(db)
    compared = compare(db, read, now, progress)
    plan, rows = compared.plan, compared.rows
    forget_dry_run(db, import_id)
    for start in range(0, len(rows), BATCH):
        with write_transaction(db):
            register_imports.add_rows(db, import_id, rows[start : start + BATCH])
    with write_transaction(db):
        register_imports.add_gone(db, import_id, [premises.id for premises in plan.gone])
        told = besides(read, plan) | {"done_before": done_before}
        register_imports.set_outcome(db, import_id, plan.counts(), told)


def forget_dry_run(db: Database, import_id: int) -> None:
    """Forget what a dry run said, a few rows at a time so that nobody waits."""
    more = True
    while more:
        with write_transaction(db):
            more = register_imports.forget_rows(db, import_id, BATCH)


def carry_out(
    db: Database,
    import_id: int,
    read: ReadRegister,
    *,
    file_name: str,
    now: datetime,
    by: int | None,
    progress: Progress,
) -> Compared:
    """Bring the register up to date with what was read, all of it or nothing; return what was done.

    Raises ImportStopped if the register never stands still, and the errors of ``store.connection``.
    """
    forget_dry_run(db, import_id)
    for _ in range(TRIES):
        compared = compare(db, read, now, progress)
        with write_transaction(db):
            if _still_so(db, compared):
                _write(db, import_id, read, compared, file_name, now, by)
                return compared
    raise ImportStopped(_NOBODY)


def _still_so(db: Database, compared: Compared) -> bool:
    """Tell whether the register is what was compared; reading it again takes a tenth of a second.

    Most of what others commit meanwhile are entries.
    """
    return compared.commits == commits_of_others(db) or compared.register == register_now(db)


def _write(
    db: Database,
    import_id: int,
    read: ReadRegister,
    compared: Compared,
    file_name: str,
    now: datetime,
    by: int | None,
) -> None:
    plan = compared.plan
    ids = write_edition(db, compared.edition, now)
    changes = (
        (row.premises_id, change)
        for row in plan.rows
        for change in row.changes
        if row.premises_id is not None
    )
    register_imports.add_changes(db, changes, at=now, by=by, import_id=import_id)
    register_imports.add_rows(db, import_id, compared.rows, ids)
    register_imports.add_gone(db, import_id, [premises.id for premises in plan.gone])
    counts = plan.counts()
    register_imports.set_outcome(db, import_id, counts, besides(read, plan), finished_at=now)
    about = f"{file_name}: {counts[NEW]} new, {counts[CHANGED]} changed"
    add_to_audit(db, "premises imported", at=now, officer_id=by, about=about)


def as_imported(row: PlannedRow) -> ImportedRow:
    """Return a planned row as it is kept."""
    detail: dict[str, Any] = {}
    if row.changes:
        detail["changes"] = row.changes
    if row.note:
        detail["note"] = row.note
    if row.problems:
        detail["problems"] = row.problems
        detail["cells"] = list(_plain(row))
    return ImportedRow(row.number, row.outcome, row.doubt, row.name, row.premises_id, detail)


def _plain(row: PlannedRow) -> Iterator[str | int | float | None]:
    """Yield cells as JSON carries them: dates as a text file would have them."""
    for cell in row.cells or ():
        yield cell if cell is None or isinstance(cell, str | int | float) else cell.isoformat()


def besides(read: ReadRegister, plan: RegisterPlan) -> dict[str, Any]:
    """Return what else there is to tell of an import, as plain data that JSON carries."""
    return {
        "suffix": read.suffix,
        "header": list(read.layout.headings),
        "added": sorted(read.columns.added),
        "ignored": list(read.columns.ignored),
        "created": created(plan),
        "doubts": plan.doubts(),
        "partly": plan.partly,
        "gone": len(plan.gone),
    }


def created(plan: RegisterPlan) -> dict[str, list[str]]:
    """Return what is made besides premises: kind → names."""
    made = {"wards": list(plan.new_wards.values()), TYPED_NOW_REGISTERED: plan.now_registered}
    return {kind: names for kind, names in made.items() if names}


def kept_counts(plan: RegisterPlan) -> dict[str, int]:
    """Return the outcomes of the rows that were kept, with how many there are of each."""
    counts = plan.counts()
    return {outcome: counts[outcome] for outcome in (NEW, CHANGED, UNCHANGED)}
