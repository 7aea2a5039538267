"""The premises register as a whole: read to be compared with a new edition, lines rewritten."""

from dataclasses import replace

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.store.premises import Premises, Registration


def every_premises(db: Database) -> list[Premises]:
    """Return every premises, typed names too, oldest first."""
    return [
        Premises(
            id=row["id"],
            name=row["name"],
            address=row["address"],
            postcode=row["postcode"],
            uprn=row["uprn"],
            licence_number=row["licence_number"],
            premises_type=row["premises_type"],
            ward_id=row["ward_id"],
            grid_reference=row["grid_reference"],
            registered=bool(row["registered"]),
        )
        for row in db.query("SELECT * FROM premises ORDER BY id")
    ]


def rewrite(db: Database, known: Premises, line: Registration) -> Premises:
    """Make a premises say what ``line`` says and registered; return it as it now is.

    Entries point to it by its id and stay as they are. Call inside a write transaction. Raises
    IntegrityError if another premises has the UPRN.
    """
    db.conn.execute(
        "UPDATE premises SET name = ?, folded_name = ?, address = ?, postcode = ?, uprn = ?, "
        "licence_number = ?, premises_type = ?, ward_id = ?, grid_reference = ?, registered = 1 "
        "WHERE id = ?",
        [
            line.name,
            folded(line.name),
            line.address,
            line.postcode,
            line.uprn,
            line.licence_number,
            line.premises_type,
            line.ward_id,
            line.grid_reference,
            known.id,
        ],
    )
    return replace(known, **vars(line), registered=True)
