"""Distribution lists: names for the addresses that figures go to."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text


@dataclass(frozen=True)
class DistributionList:
    """A named list of addresses, in order."""

    id: int
    name: str
    addresses: tuple[str, ...]


def distribution_lists(db: Database) -> list[DistributionList]:
    """Return every list, by name."""
    addresses: dict[int, list[str]] = {}
    for list_id, address in db.execute(
        "SELECT list_id, address FROM distribution_list_addresses ORDER BY address"
    ):
        addresses.setdefault(list_id, []).append(address)
    rows = db.execute("SELECT id, name FROM distribution_lists ORDER BY folded_name")
    return [DistributionList(row[0], row[1], tuple(addresses.get(row[0], ()))) for row in rows]


def get(db: Database, list_id: int) -> DistributionList | None:
    """Return one list, or None."""
    return next((found for found in distribution_lists(db) if found.id == list_id), None)


def named(db: Database, name: str) -> DistributionList | None:
    """Return the list of that name, however it is spelled, or None."""
    wanted = folded(name)
    return next((found for found in distribution_lists(db) if folded(found.name) == wanted), None)


def add(db: Database, name: str, now: datetime) -> int:
    """Insert a list without addresses; return its id. Call in a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO distribution_lists (name, folded_name, created_at) VALUES (?, ?, ?)",
        [name, folded(name), utc_text(now)],
    )
    return int(cursor.lastrowid or 0)


def fill(db: Database, list_id: int, name: str, addresses: list[str]) -> None:
    """Let a list have this name and exactly these addresses. Call in a write transaction."""
    db.conn.execute(
        "UPDATE distribution_lists SET name = ?, folded_name = ? WHERE id = ?",
        [name, folded(name), list_id],
    )
    db.conn.execute("DELETE FROM distribution_list_addresses WHERE list_id = ?", [list_id])
    db.conn.executemany(
        "INSERT INTO distribution_list_addresses (list_id, address) VALUES (?, ?)",
        [(list_id, address) for address in addresses],
    )


def remove(db: Database, list_id: int) -> None:
    """Delete a list; mails that went to it keep its name. Call in a write transaction."""
    db.conn.execute("DELETE FROM distribution_list_addresses WHERE list_id = ?", [list_id])
    db.conn.execute("DELETE FROM distribution_lists WHERE id = ?", [list_id])
