"""What imports need besides the tables' own modules: one row undone alone, officers by any name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from fieldlog.core.folding import folded


@contextmanager
def row_of_its_own(db: Database) -> Iterator[None]:
    """Undo what the block wrote if it raises, and nothing else of the write transaction."""
    db.conn.execute("SAVEPOINT import_row")
    try:
        yield
    except BaseException:
        # A full disk has rolled the whole transaction back already, savepoint and all.
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK TO import_row")
            db.conn.execute("RELEASE import_row")
        raise
    db.conn.execute("RELEASE import_row")


@dataclass(frozen=True)
class Candidate:
    """An officer whom a cell of a spreadsheet may mean."""

    id: int
    name: str
    collar_number: str
    agency_id: int | None
    has_account: bool


def officers_called(db: Database, called: str) -> list[Candidate]:
    """Return the officers with that name or collar number, or with both as “name (number)”."""
    rows = db.execute(
        "SELECT officers.id, name, collar_number, agency_id, users.officer_id IS NOT NULL "
        "FROM officers LEFT JOIN users ON users.officer_id = officers.id "
        "WHERE folded_name = :called OR collar_number <> '' ORDER BY officers.id",
        {"called": folded(called)},
    )
    found = [Candidate(*[*row[:4], bool(row[4])]) for row in rows]
    return [officer for officer in found if folded(called) in _calls(officer)]


def _calls(officer: Candidate) -> set[str]:
    calls = {folded(officer.name)}
    if officer.collar_number:
        both = f"{officer.name} ({officer.collar_number})"
        calls |= {folded(officer.collar_number), folded(both)}
    return calls
