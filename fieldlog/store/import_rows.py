"""The rows of an import of the register, a page of them or all, and the premises gone from it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from fieldlog.store.register_imports import ImportedRow

_WHERE = (
    "import_id = :id AND (:outcome = '' OR outcome = :outcome) AND (:doubt = '' OR doubt = :doubt)"
)


def count_rows(db: Database, import_id: int, outcome: str = "", doubt: str = "") -> int:
    """Return how many rows there are of an outcome or a doubt, of any where they are empty."""
    (many,) = db.execute(
        f"SELECT count(*) FROM register_import_rows WHERE {_WHERE}",
        {"id": import_id, "outcome": outcome, "doubt": doubt},
    ).fetchone()
    return int(many)


def rows_of(
    db: Database,
    import_id: int,
    outcome: str = "",
    doubt: str = "",
    *,
    offset: int = 0,
    most: int = -1,
) -> Iterator[ImportedRow]:
    """Yield the rows of an outcome or a doubt in the order of the file."""
    found = db.execute(
        "SELECT number, outcome, doubt, name, premises_id, detail FROM register_import_rows "
        f"WHERE {_WHERE} ORDER BY number LIMIT :most OFFSET :offset",
        {"id": import_id, "outcome": outcome, "doubt": doubt, "most": most, "offset": offset},
    )
    for row in found:
        number, outcome, doubt, name, premises_id, detail = row
        said = json.loads(detail) if detail else {}
        yield ImportedRow(number, outcome, doubt, name, premises_id, said)


def count_gone(db: Database, import_id: int) -> int:
    """Return how many premises of the register the file does not name."""
    (many,) = db.execute(
        "SELECT count(*) FROM register_import_gone WHERE import_id = ?", [import_id]
    ).fetchone()
    return int(many)


def gone_from(
    db: Database, import_id: int, *, offset: int = 0, most: int = -1
) -> list[Mapping[str, Any]]:
    """Return premises that the file does not name: id, name, address, uprn, licence_number."""
    return list(
        db.query(
            "SELECT premises.id, name, address, postcode, coalesce(uprn, '') AS uprn, "
            "licence_number FROM register_import_gone JOIN premises ON premises.id = premises_id "
            "WHERE import_id = ? ORDER BY folded_name, premises.id LIMIT ? OFFSET ?",
            [import_id, most, offset],
        )
    )
