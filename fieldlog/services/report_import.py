"""Write the report of an import of the register as CSV: every row, and the premises gone."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fieldlog.services.importing.register_headings import FIELDS
from fieldlog.store.register_imports import ImportedRow
from fieldlog.workbook.csv_rows import rows_csv

HEADER = (
    *("Row", "Outcome", "Name", "Column", "Value in the file"),
    *("Before", "After", "What to know or do"),
)
_GONE = "not in the file"
_FIELDS = {**FIELDS, "registered": "Register"}


class GonePremises(NamedTuple):
    """A premises of the register that the file does not name."""

    name: str
    address: str
    uprn: str


def write_report(
    rows: Iterable[ImportedRow], header: Sequence[str], gone: Iterable[GonePremises]
) -> bytes:
    """Return the report as CSV for a spreadsheet program; no cell of it is taken for a formula.

    A row of the file has a line for each change or problem, and one if it has neither. ``header``
    are the headings of the file.
    """
    return rows_csv(_every_line(rows, header, gone)).encode()


def _every_line(
    rows: Iterable[ImportedRow], header: Sequence[str], gone: Iterable[GonePremises]
) -> Iterator[Sequence[str | int]]:
    yield HEADER
    for row in rows:
        for line in _lines(row, header):
            yield (row.number, row.outcome, row.name, *line)
    for one in gone:
        known = f"It stays in the register. UPRN {one.uprn}" if one.uprn else "It stays."
        yield ("", _GONE, one.name, "Address", "", one.address, "", known)


def _lines(row: ImportedRow, header: Sequence[str]) -> Iterator[tuple[str, str, str, str, str]]:
    detail, note = row.detail, row.detail.get("note", "")
    for field, before, after in detail.get("changes", ()):
        yield field_label(field), "", before, after, note
    for column, reason in detail.get("problems", ()):
        yield column, value_of(row, column, header), "", "", reason
    if not detail.keys() & {"changes", "problems"}:
        yield "", "", "", "", note


def value_of(row: ImportedRow, column: str, header: Sequence[str]) -> str:
    """Return what a refused row has in a column, by its heading; empty if that is not known."""
    cells = row.detail.get("cells", ())
    if column not in header or len(cells) <= list(header).index(column):
        return ""
    value = cells[list(header).index(column)]
    return "" if value is None else str(value)


def field_label(field: str) -> str:
    """Return the label of a field of premises, in reports and on pages."""
    return _FIELDS.get(field, field)
