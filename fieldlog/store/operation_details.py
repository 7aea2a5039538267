"""What an operation is for, who takes part, and the priorities it serves."""

from dataclasses import dataclass

from sqlite_utils import Database

from fieldlog.core.folding import folded


@dataclass(frozen=True)
class OperationDetails:
    """Purpose, partner agencies (id → name) and partnership priorities of an operation.

    ``standing`` says that it turns out again and again and never ends by itself.
    """

    purpose: str
    standing: bool
    partners: dict[int, str]
    priorities: tuple[str, ...]


def details_of(db: Database, operation_id: int) -> OperationDetails:
    """Return what is known of an operation beside its names. Raises LookupError if unknown."""
    row = db.execute(
        "SELECT purpose, standing FROM operations WHERE id = ?", [operation_id]
    ).fetchone()
    if row is None:
        raise LookupError(f"There is no operation {operation_id}")
    partners = db.execute(
        "SELECT agencies.id, agencies.name FROM operation_partners "
        "JOIN agencies ON agencies.id = agency_id WHERE operation_id = ? ORDER BY folded_name",
        [operation_id],
    )
    priorities = db.execute(
        "SELECT label FROM operation_priorities WHERE operation_id = ? ORDER BY folded_label",
        [operation_id],
    )
    return OperationDetails(
        row[0], bool(row[1]), dict(partners.fetchall()), tuple(label for (label,) in priorities)
    )


def change_details(
    db: Database, operation_id: int, details: OperationDetails, lead_agency_id: int | None
) -> None:
    """Write what is known of an operation now. Call in a write transaction."""
    db.conn.execute(
        "UPDATE operations SET purpose = ?, standing = ?, lead_agency_id = ? WHERE id = ?",
        [details.purpose, int(details.standing), lead_agency_id, operation_id],
    )
    db.conn.execute("DELETE FROM operation_partners WHERE operation_id = ?", [operation_id])
    db.conn.executemany(
        "INSERT INTO operation_partners (operation_id, agency_id) VALUES (?, ?)",
        [(operation_id, agency_id) for agency_id in details.partners],
    )
    db.conn.execute("DELETE FROM operation_priorities WHERE operation_id = ?", [operation_id])
    labels = {folded(label): label for label in details.priorities}
    db.conn.executemany(
        "INSERT INTO operation_priorities (operation_id, folded_label, label) VALUES (?, ?, ?)",
        [(operation_id, key, label) for key, label in labels.items()],
    )


def every_priority(db: Database) -> list[str]:
    """Return every partnership priority in use, by name."""
    rows = db.execute(
        "SELECT label FROM operation_priorities GROUP BY folded_label ORDER BY folded_label"
    )
    return [label for (label,) in rows]
