"""The editable lists read from the database."""

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from fieldlog.core.lists import Action, Choice, Law, Lists, Measure
from fieldlog.core.words import CountsAs, Unit
from fieldlog.store.checklists import every_version

_READ: WeakKeyDictionary[Database, tuple[int, Lists]] = WeakKeyDictionary()
"""Connection → the lists as it read them last, and their version then."""


def load_lists(db: Database) -> Lists:
    """Return every list with every line ever used, retired ones included.

    They are read anew when their version is another one than this connection read last. The same
    lists are the same object: who gets them changes nothing in them.
    """
    # The version first: what changes in between is then read again at the next call.
    ((version,),) = db.execute("SELECT version FROM lists_version").fetchall()
    kept = _READ.get(db)
    if kept is None or kept[0] != version:
        kept = _READ[db] = (version, _lists(db))
    return kept[1]


def _lists(db: Database) -> Lists:
    return Lists(
        actions={row["code"]: _action(row) for row in _rows(db, "actions")},
        measures={row["code"]: _measure(row) for row in _rows(db, "measures")},
        laws={row["code"]: _law(row) for row in _rows(db, "laws")},
        plain=_plain(db),
        powers=_powers(db),
        checklists=every_version(db),
    )


def _rows(db: Database, table: str) -> Any:
    return db.query(f"SELECT * FROM {table} ORDER BY position, code")


def _choice(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "label": row["label"],
        "position": row["position"],
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    }


def _action(row: dict[str, Any]) -> Action:
    return Action(
        **_choice(row),
        counts_as=CountsAs(row["counts_as"]),
        revisit_days=row["revisit_days"],
    )


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        **_choice(row), one_more=row["one_more"], unit=Unit(row["unit"]), step=row["step"]
    )


def _law(row: dict[str, Any]) -> Law:
    return Law(
        **_choice(row),
        provision=row["provision"],
        measure=row["measure"],
        usual_pence=row["usual_pence"],
        highest_pence=row["highest_pence"],
    )


def _plain(db: Database) -> dict[str, dict[str, Choice]]:
    plain: dict[str, dict[str, Choice]] = {}
    for row in _rows(db, "list_items"):
        plain.setdefault(row["list"], {})[row["code"]] = Choice(**_choice(row))
    return plain


def _powers(db: Database) -> dict[str, frozenset[str]]:
    powers: dict[str, set[str]] = {
        row["code"]: set() for row in _rows(db, "list_items") if row["list"] == "post"
    }
    for row in db.query("SELECT post, power FROM powers"):
        powers.setdefault(row["post"], set()).add(row["power"])
    return {post: frozenset(held) for post, held in powers.items()}
