"""Spreadsheets as officers' programs save them, and what became of their rows."""

import csv
import re
from datetime import UTC, date, datetime

from openpyxl import Workbook, load_workbook

from fieldlog.core.question import Filter
from fieldlog.services.import_entries import import_entries
from fieldlog.services.importing.columns import REFUSED_BECAUSE, REFUSED_ROW
from fieldlog.store.log import find_lines

NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)
HEADER = [
    "happened_at",
    "operation",
    "night_of",
    "officer",
    "agency",
    "kind",
    "premises",
    "ward",
    "action_taken",
    "minutes",
    "notes",
    "spoken_to",
    "warned",
]
LAMP = {
    "happened_at": "2020-12-05 21:40",
    "operation": "Op Emblazen",
    "night_of": "2020-12-05",
    "officer": "Asha Reed",
    "agency": "Marlbridge Borough Council",
    "kind": "premises visit",
    "premises": "The Lamp",
    "ward": "Castle",
    "action_taken": "Advice given",
    "minutes": "15 Mins",
    "notes": "Queue outside, spoke to the manager.",
    "spoken_to": "3",
    "warned": "0",
}
"""One good row, every column of it filled in."""


def row(**changes):
    """The good row with some cells changed; an empty text empties a cell."""
    return LAMP | changes


def write_csv(path, rows, *, header=None, encoding="utf-8", delimiter=","):
    """Save rows (dicts or lists) as text, the way a spreadsheet program does."""
    header = header or list(rows[0])
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(cells_of(each, header) for each in rows)
    return path


def write_xlsx(path, rows, *, header=None):
    """Save rows as a workbook with the types that Excel gives to what it knows."""
    header = header or list(rows[0])
    workbook = Workbook()
    workbook.active.append(header)
    for each in rows:
        workbook.active.append([as_excel_has_it(cell) for cell in cells_of(each, header)])
        for cell in workbook.active[workbook.active.max_row]:
            # Text that begins like a formula is text here, as it is where it was typed as text.
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    workbook.save(path)
    return path


def cells_of(each, header):
    return [each.get(name, "") for name in header] if isinstance(each, dict) else each


def as_excel_has_it(text):
    """What Excel makes of a cell when somebody opens a text file and saves it as a workbook."""
    if not isinstance(text, str):
        return text
    for kind, form in FORMS:
        if form.fullmatch(text):
            return kind.fromisoformat(text)
    return int(text) if text.isdigit() else text or None


FORMS = (
    (datetime, re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")),
    (date, re.compile(r"\d{4}-\d\d-\d\d")),
)


def read_csv(path):
    """The rows of a text file as dicts."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path):
    """The rows of a workbook as dicts."""
    rows = load_workbook(path).active.iter_rows(values_only=True)
    header = next(rows)
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def import_rows(db, folder, rows, write=write_csv, name="night", header=None, **options):
    """Import rows from a file of their own in ``folder``; returns the report."""
    suffix = ".csv" if write is write_csv else ".xlsx"
    path = write(folder / f"{name}{suffix}", rows, header=header)
    return import_entries(db, path, **({"now": NOW} | options))


def lines(db):
    """The log, oldest first."""
    return list(find_lines(db, Filter(), newest_first=False))


def mended(path, **changes):
    """Change cells in every row of a file of refused rows, as somebody would who mends it."""
    rows = read_csv(path)
    assert {REFUSED_ROW, REFUSED_BECAUSE, "id"} <= set(rows[0])
    return write_csv(path, [each | changes for each in rows])


def stored(db):
    """Everything that is on record, without what differs from one database to the next."""
    return sorted(
        db.execute(
            "SELECT entry.id, entry.kind, happened_at, entry.night_of, officers.folded_name, "
            "agencies.folded_name, lower(operations.name), premises.folded_name, "
            "wards.folded_name, coalesce(action, ''), "
            "coalesce(minutes, -1), notes, (SELECT group_concat(measure || value) FROM counts "
            "WHERE counts.version_id = entry.version_id) FROM entries AS entry "
            "LEFT JOIN officers ON officers.id = officer_id "
            "LEFT JOIN agencies ON agencies.id = entry.agency_id "
            "LEFT JOIN deployments ON deployments.id = deployment_id "
            "LEFT JOIN operations ON operations.id = operation_id "
            "LEFT JOIN premises ON premises.id = premises_id "
            "LEFT JOIN wards ON wards.id = entry.ward_id"
        ),
        key=str,
    )
