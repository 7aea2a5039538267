"""The checklists that a night is to use, and those that a template of plans holds."""

from collections.abc import Sequence

from sqlite_utils import Database

NIGHT = ("night_checklists", "deployment_id")
TEMPLATE = ("template_checklists", "template_id")


def checklists_of(db: Database, plan: tuple[str, str], plan_id: int) -> list[int]:
    """Return the numbers of the checklists of a NIGHT or a TEMPLATE, in their order."""
    table, key = plan
    rows = db.execute(f"SELECT number FROM {table} WHERE {key} = ? ORDER BY number", [plan_id])
    return [int(number) for (number,) in rows]


def set_checklists(
    db: Database, plan: tuple[str, str], plan_id: int, numbers: Sequence[int]
) -> None:
    """Write which checklists a NIGHT or a TEMPLATE has now. Call in a write transaction."""
    table, key = plan
    db.conn.execute(f"DELETE FROM {table} WHERE {key} = ?", [plan_id])
    db.conn.executemany(
        f"INSERT INTO {table} ({key}, number) VALUES (?, ?)",
        [(plan_id, number) for number in sorted(set(numbers))],
    )
