"""Retention: the periods in force, what is held, and the register of what was removed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.retention import Retained, Rule


@dataclass(frozen=True)
class Hold:
    """What is kept whatever its period says: an entry, premises with all their entries, an issue.

    ``ref`` is the id of what is held, the number of an issue or the address of a period; ``name``
    is that of the premises.
    """

    id: int
    what: str
    ref: str
    reason: str
    placed_at: datetime
    placed_by: str | None
    name: str = ""


@dataclass(frozen=True)
class Disposal:
    """One removal by a person: what kind, up to when, how many, why, when and by whom."""

    id: int
    kind: Retained
    due_before: datetime
    months: int
    items: int
    reason: str
    removed_at: datetime
    removed_by: str


def rules(db: Database) -> dict[Retained, Rule]:
    """Return the period in force of every kind."""
    rows = db.execute(
        "SELECT kind, months, source, set_at, officers.name FROM retention_rules AS rule "
        "LEFT JOIN officers ON officers.id = rule.set_by "
        "WHERE rule.id IN (SELECT max(id) FROM retention_rules GROUP BY kind)"
    )
    found = {Retained(row[0]): row for row in rows}
    return {kind: _rule(found[kind]) for kind in Retained}


def rules_before(db: Database, kind: Retained) -> list[Rule]:
    """Return every period a kind has had, the one in force first."""
    rows = db.execute(
        "SELECT kind, months, source, set_at, officers.name FROM retention_rules AS rule "
        "LEFT JOIN officers ON officers.id = rule.set_by WHERE kind = ? ORDER BY rule.id DESC",
        [kind.value],
    )
    return [_rule(row) for row in rows]


def _rule(row: tuple[str, int, str, str, str | None]) -> Rule:
    return Rule(Retained(row[0]), row[1], row[2], from_utc_text(row[3]), row[4])


def set_rule(
    db: Database, kind: Retained, months: int, source: str, *, by: int | None, now: datetime
) -> None:
    """Keep a new period of a kind; the ones before stay to be read."""
    db.conn.execute(
        "INSERT INTO retention_rules (kind, months, source, set_at, set_by) VALUES (?, ?, ?, ?, ?)",
        [kind.value, months, source, utc_text(now), by],
    )


_HOLDS = (
    "SELECT hold.id, what, ref, reason, placed_at, officers.name, coalesce(premises.name, '') "
    "FROM holds_now AS hold LEFT JOIN officers ON officers.id = hold.placed_by "
    "LEFT JOIN premises ON what = 'premises' AND premises.id = CAST(ref AS INTEGER)"
)


def holds(db: Database) -> list[Hold]:
    """Return every hold that nobody has lifted, the newest first."""
    return [_hold(row) for row in db.execute(f"{_HOLDS} ORDER BY hold.id DESC")]


def holds_on(db: Database, what: str, ref: str) -> list[Hold]:
    """Return the holds on one thing that nobody has lifted."""
    sql = f"{_HOLDS} WHERE what = ? AND ref = ? ORDER BY hold.id"
    return [_hold(row) for row in db.execute(sql, [what, ref])]


HELD_PREMISES = (
    "SELECT coalesce(held.merged_into, held.id) FROM holds_now "
    "JOIN premises AS held ON held.id = CAST(holds_now.ref AS INTEGER) WHERE what = 'premises'"
)
"""The premises that are held, each as the one it counts as."""


def holds_on_premises(db: Database, premises_id: int) -> list[Hold]:
    """Return the holds on premises and on all that count as the same."""
    sql = (
        f"{_HOLDS} WHERE what = 'premises' AND coalesce(premises.merged_into, premises.id) = "
        "(SELECT coalesce(merged_into, id) FROM premises WHERE id = ?) ORDER BY hold.id"
    )
    return [_hold(row) for row in db.execute(sql, [premises_id])]


def get_hold(db: Database, hold_id: int) -> Hold | None:
    """Return a hold that nobody has lifted, or None."""
    row = db.execute(f"{_HOLDS} WHERE hold.id = ?", [hold_id]).fetchone()
    return _hold(row) if row else None


def _hold(row: tuple[int, str, str, str, str, str | None, str]) -> Hold:
    return Hold(row[0], row[1], row[2], row[3], from_utc_text(row[4]), row[5], row[6])


def add_hold(
    db: Database, what: str, ref: str, reason: str, *, by: int | None, now: datetime
) -> None:
    """Keep that something is held. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO holds (what, ref, reason, placed_at, placed_by) VALUES (?, ?, ?, ?, ?)",
        [what, ref, reason, utc_text(now), by],
    )


def lift(db: Database, hold_id: int, reason: str, *, by: int | None, now: datetime) -> None:
    """Keep that a hold has ended. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO holds_lifted VALUES (?, ?, ?, ?)", [hold_id, reason, utc_text(now), by]
    )


def add_disposal(
    db: Database,
    rule: Rule,
    *,
    due_before: datetime,
    items: int,
    reason: str,
    by: int,
    at: datetime,
) -> int:
    """Keep that things of a kind are removed, before they are; return its id."""
    cursor = db.conn.execute(
        "INSERT INTO disposals (kind, due_before, months, items, reason, removed_at, removed_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [rule.kind.value, utc_text(due_before), rule.months, items, reason, utc_text(at), by],
    )
    return int(cursor.lastrowid or 0)


def name_disposed(
    db: Database, disposal_id: int, kind: str, named: Iterable[tuple[str, str]]
) -> None:
    """Name what a disposal removes as (reference, SHA-256), so that the tables let go of it."""
    db.conn.executemany(
        "INSERT INTO disposed (kind, ref, sha256, disposal_id) VALUES (?, ?, ?, ?)",
        [(kind, ref, sha256, disposal_id) for ref, sha256 in named],
    )


_DISPOSALS = (
    "SELECT disposal.id, disposal.kind, due_before, months, items, reason, removed_at, "
    "officers.name FROM disposals AS disposal JOIN officers ON officers.id = disposal.removed_by"
)


def disposals(db: Database) -> list[Disposal]:
    """Return every removal, the newest first."""
    return [_disposal(row) for row in db.execute(f"{_DISPOSALS} ORDER BY disposal.id DESC")]


_NAMED = {
    "entry": "SELECT CAST(version_id AS TEXT) FROM entries WHERE id = ?",
    "task": "SELECT CAST(id AS TEXT) FROM task_events WHERE task_id = ?",
}
"""Kinds of which the register names every part: each version of an entry, each event of a task."""


def disposal_of(db: Database, kind: str, ref: str) -> Disposal | None:
    """Return the last removal that names something, or None where it is still there."""
    row = db.execute(
        f"{_DISPOSALS} WHERE disposal.id = (SELECT max(disposal_id) FROM disposed "
        f"WHERE kind = ? AND ref IN ({_NAMED.get(kind, 'SELECT ?')}))",
        [kind, ref],
    ).fetchone()
    return _disposal(row) if row else None


def _disposal(row: tuple[int, str, str, int, int, str, str, str]) -> Disposal:
    return Disposal(
        id=row[0],
        kind=Retained(row[1]),
        due_before=from_utc_text(row[2]),
        months=row[3],
        items=row[4],
        reason=row[5],
        removed_at=from_utc_text(row[6]),
        removed_by=row[7],
    )
