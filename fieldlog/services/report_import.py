"""Write the report of an import of the register as CSV: every row, and the premises gone."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fieldlog.services.importing.register_headings import FIELDS
from fieldlog.store.register_imports import ImportedRow
from fieldlog.workbook.csv_rows import harmless

HEADER = ("Row", "Outcome", "Name", "Column", "Before", "After", "What to know or do")
_GONE = "not in the file"
_FIELDS = {**FIELDS, "registered": "Register"}


class GonePremises(NamedTuple):
    """A premises of the register that the file does not name."""

    name: str
    address: str
    uprn: str


def write_report(rows: Iterable[ImportedRow], gone: Iterable[GonePremises]) -> bytes:
    """Return the report as CSV for a spreadsheet program; no cell of it is taken for a formula.

    A row of the file has a line for each change or problem, and one if it has neither.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for row in rows:
        for line in _lines(row):
            writer.writerow([row.number, row.outcome, harmless(row.name), *map(harmless, line)])
    for one in gone:
        known = f"It stays in the register. UPRN {one.uprn}" if one.uprn else "It stays."
        name, address = harmless(one.name), harmless(one.address)
        writer.writerow(["", _GONE, name, "Address", address, "", known])
    return text.getvalue().encode("utf-8-sig")


def _lines(row: ImportedRow) -> Iterator[tuple[str, str, str, str]]:
    detail, note = row.detail, row.detail.get("note", "")
    for field, before, after in detail.get("changes", ()):
        yield field_label(field), before, after, note
    for column, reason in detail.get("problems", ()):
        yield column, "", "", reason
    if not detail.keys() & {"changes", "problems"}:
        yield "", "", "", note


def field_label(field: str) -> str:
    """Return the label of a field of premises, in reports and on pages."""
    return _FIELDS.get(field, field)
