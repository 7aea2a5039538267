"""Read what became of an import of the register: its parts, its report, its refused rows."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldlog.services.importing.columns import REFUSED_BECAUSE, REFUSED_ROW
from fieldlog.services.report_import import GonePremises, field_label, value_of, write_report
from fieldlog.store import import_rows
from fieldlog.store.connection import Database
from fieldlog.store.register_imports import (
    CHANGED,
    LIKELY,
    NEW,
    OUTCOMES,
    REFUSED,
    REPEATED,
    UNCHANGED,
    ImportedRow,
    RegisterImport,
)
from fieldlog.workbook.sheet import Value

GONE = "gone"
PARTS = {
    REFUSED: "Refused",
    CHANGED: "Changed",
    NEW: "New",
    UNCHANGED: "Unchanged",
    LIKELY: "New, but look like others",
    REPEATED: "Repeated in the file",
    GONE: "Not in the file",
}
"""The parts of a report in the order they matter in."""

_NOT_IN_FILE_NAMES = re.compile(r"[^\w ().-]+")


@dataclass(frozen=True)
class ShownRow:
    """A row of a part: its number in the file, whose it is, and lines that say what there is.

    A line is what (a field or column), before, after, and what to know or do.
    """

    number: int | None
    name: str
    premises_id: int | None
    outcome: str
    lines: list[tuple[str, str, str, str]]


def parts_of(found: RegisterImport) -> list[tuple[str, str, int]]:
    """Return the parts that have rows as (code, label, how many)."""
    many = {**found.counts, **found.besides.get("doubts", {}), GONE: found.besides.get(GONE, 0)}
    return [(code, label, many.get(code, 0)) for code, label in PARTS.items() if many.get(code)]


def shown_part(found: RegisterImport, asked: str) -> str:
    """Return the part that was asked for, or the first that has something."""
    there = [code for code, _, _ in parts_of(found)]
    return asked if asked in there else next(iter(there), REFUSED)


def part_of(
    db: Database, found: RegisterImport, part: str, *, offset: int, most: int
) -> tuple[list[ShownRow], int]:
    """Return rows of a part and how many there are of it."""
    if part == GONE:
        gone = import_rows.gone_from(db, found.id, offset=offset, most=most)
        rows = [_gone(one["id"], one["name"], one["address"], one["uprn"]) for one in gone]
        return rows, import_rows.count_gone(db, found.id)
    outcome, doubt = (part, "") if part in OUTCOMES else ("", part)
    page = import_rows.rows_of(db, found.id, outcome, doubt, offset=offset, most=most)
    total = import_rows.count_rows(db, found.id, outcome, doubt)
    header = found.besides["header"]
    return [_shown(row, header) for row in page], total


def _gone(premises_id: int, name: str, address: str, uprn: str) -> ShownRow:
    known = f"UPRN {uprn}" if uprn else "no UPRN"
    return ShownRow(None, name, premises_id, GONE, [(address, "", "", known)])


def _shown(row: ImportedRow, header: Sequence[str]) -> ShownRow:
    detail = row.detail
    lines = [
        (field_label(field), before, after, "")
        for field, before, after in detail.get("changes", ())
    ]
    lines += [
        (column, value_of(row, column, header), "", reason)
        for column, reason in detail.get("problems", ())
    ]
    if detail.get("note") and "problems" not in detail:
        lines.append(("", "", "", detail["note"]))
    return ShownRow(row.number, row.name, row.premises_id, row.outcome, lines)


def report_csv(db: Database, found: RegisterImport) -> bytes:
    """Return what became of every row as CSV, and the premises that the file does not name."""
    gone = import_rows.gone_from(db, found.id)
    return write_report(
        import_rows.rows_of(db, found.id),
        found.besides["header"],
        (GonePremises(one["name"], one["address"], one["uprn"]) for one in gone),
    )


def refused_file(db: Database, found: RegisterImport) -> tuple[bytes, str]:
    """Return the refused rows with the reasons in the format they came in, and its suffix."""
    from fieldlog.workbook.writing_rows import write_rows

    suffix, added = found.besides["suffix"], set(found.besides["added"])
    header = [name for place, name in enumerate(found.besides["header"]) if place not in added]
    with tempfile.TemporaryDirectory(prefix="fieldlog-refused-") as folder:
        path = Path(folder, f"refused{suffix}")
        write_rows(path, [REFUSED_ROW, REFUSED_BECAUSE, *header], _refused(db, found, added))
        return path.read_bytes(), suffix


def _refused(db: Database, found: RegisterImport, added: set[int]) -> Iterator[list[Value]]:
    for row in import_rows.rows_of(db, found.id, REFUSED):
        because = "; ".join(f"{column}: {reason}" for column, reason in row.detail["problems"])
        cells = [cell for place, cell in enumerate(row.detail["cells"]) if place not in added]
        yield [row.number, because, *cells]


def file_name(found: RegisterImport, what: str, suffix: str) -> str:
    """Return the name of a file about an import, from the name of the file that was imported."""
    stem = _NOT_IN_FILE_NAMES.sub(" ", Path(found.file_name).stem).strip() or "register"
    return f"{stem}-{what}{suffix}"
