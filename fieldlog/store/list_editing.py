"""Changes to the editable lists of actions and measures. Nothing is ever deleted from them."""

from datetime import date

from fieldlog.core.folding import folded
from fieldlog.core.lists import Action, Measure
from fieldlog.store.connection import Database

TABLES = ("actions", "measures")

_USES = {
    "actions": "SELECT EXISTS (SELECT 1 FROM entries WHERE action = ?)",
    "measures": (
        "SELECT EXISTS (SELECT 1 FROM counts WHERE measure = ?1) "
        "OR EXISTS (SELECT 1 FROM laws WHERE measure = ?1)"
    ),
}


def is_used(db: Database, table: str, code: str) -> bool:
    """Say whether any version of any entry, or a law, refers to a line of a list."""
    return bool(db.execute(_USES[table], [code]).fetchone()[0])


def insert_action(db: Database, action: Action) -> None:
    """Add an action taken. Call inside a write transaction, like all changes here."""
    db.conn.execute(
        "INSERT INTO actions (code, label, folded_label, counts_as, position, valid_from, "
        "revisit_days) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            action.code,
            action.label,
            folded(action.label),
            action.counts_as.value,
            action.position,
            action.valid_from.isoformat(),
            action.revisit_days,
        ],
    )


def insert_measure(db: Database, measure: Measure) -> None:
    """Add a measure."""
    db.conn.execute(
        "INSERT INTO measures (code, label, one_more, unit, position, step, valid_from) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            measure.code,
            measure.label,
            measure.one_more,
            measure.unit.value,
            measure.position,
            measure.step,
            measure.valid_from.isoformat(),
        ],
    )


def update_action(db: Database, action: Action) -> None:
    """Write label, what it counts as and when it proposes to visit again."""
    db.conn.execute(
        "UPDATE actions SET label = ?, folded_label = ?, counts_as = ?, revisit_days = ? "
        "WHERE code = ?",
        [
            action.label,
            folded(action.label),
            action.counts_as.value,
            action.revisit_days,
            action.code,
        ],
    )


def update_measure(db: Database, measure: Measure) -> None:
    """Write label, unit, step and what one tap says."""
    db.conn.execute(
        "UPDATE measures SET label = ?, one_more = ?, unit = ?, step = ? WHERE code = ?",
        [measure.label, measure.one_more, measure.unit.value, measure.step, measure.code],
    )


def set_valid_to(db: Database, table: str, code: str, day: date | None) -> None:
    """Write the last night a line may be used for; None for no end."""
    _check(table)
    db.conn.execute(
        f"UPDATE {table} SET valid_to = ? WHERE code = ?",
        [day.isoformat() if day else None, code],
    )


def set_order(db: Database, table: str, codes: list[str]) -> None:
    """Write that the lines of a list stand in the order of ``codes``."""
    _check(table)
    db.conn.executemany(
        f"UPDATE {table} SET position = ? WHERE code = ?",
        [(position, code) for position, code in enumerate(codes, 1)],
    )


def _check(table: str) -> None:
    if table not in TABLES:
        raise KeyError(table)
