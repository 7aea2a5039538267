"""Labels for the keys of a dimension: the words shown and the place in its order."""

import json
from collections import Counter
from collections.abc import Mapping, Set
from datetime import date

from sqlite_utils import Database

from fieldlog.core.minutes import says_minutes
from fieldlog.core.night import NIGHT_ENDS, says_date
from fieldlog.core.question import Key, Label
from fieldlog.core.words import EntryKind, FourE, Labelled, PurchaseResult

_NAMED = {
    "action": "SELECT code, label, position FROM actions WHERE code",
    "premises": "SELECT id, name, 0 FROM premises WHERE id",
    "premises_type": (
        "SELECT code, label, position FROM list_items WHERE list = 'premises_type' AND code"
    ),
    "ward": "SELECT id, name, 0 FROM wards WHERE id",
    "officer": "SELECT id, name, 0 FROM officers WHERE id",
    "agency": "SELECT id, name, 0 FROM agencies WHERE id",
    "operation": "SELECT id, name, 0 FROM operations WHERE id",
    "law": "SELECT code, label, position FROM laws WHERE code",
    "product": "SELECT code, label, position FROM list_items WHERE list = 'product' AND code",
    "operation_kind": (
        "SELECT code, label, position FROM list_items WHERE list = 'operation_kind' AND code"
    ),
}
_TELLING_APART = {
    "premises": "SELECT id, address FROM premises WHERE id",
    "ward": "SELECT id, 'from ' || substr(valid_from, 1, 4) FROM wards WHERE id",
    "officer": "SELECT id, collar_number FROM officers WHERE id",
}
_ENUMERATED: Mapping[str, type[Labelled]] = {
    "kind": EntryKind,
    "four_e": FourE,
    "result": PurchaseResult,
}
_AMONG = "IN (SELECT value FROM json_each(?))"


def labels(db: Database, dimension: str, keys: set[Key]) -> dict[Key, Label]:
    """Return a label for each key of ``dimension``; blanks (None) have none.

    Two keys of the same name are told apart by address, collar number or year. Only the rows of
    the keys asked for are read.
    """
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    if dimension in _NAMED:
        return _named(db, dimension, wanted)
    if dimension == "deployment":
        return _deployments(db, wanted)
    return {key: _fixed(dimension, key) for key in wanted}


def _named(db: Database, dimension: str, wanted: Set[str | int]) -> dict[Key, Label]:
    rows = db.execute(f"{_NAMED[dimension]} {_AMONG}", [json.dumps(list(wanted))])
    found = {key: Label(name, position) for key, name, position in rows}
    if dimension in _TELLING_APART:
        same = _same_name(found)
        rows = db.execute(f"{_TELLING_APART[dimension]} {_AMONG}", [json.dumps(same)])
        found |= {key: _with(found[key], more) for key, more in rows if more}
    found |= {key: _with(found[key], f"no. {key}") for key in _same_name(found)}
    return found | {key: Label(str(key)) for key in wanted - found.keys()}


def _same_name(found: dict[Key, Label]) -> list[Key]:
    names = Counter(label.text for label in found.values())
    return [key for key, label in found.items() if names[label.text] > 1]


def _with(label: Label, more: str) -> Label:
    return Label(f"{label.text} ({more})", label.position)


def _deployments(db: Database, wanted: Set[str | int]) -> dict[Key, Label]:
    rows = db.execute(
        "SELECT deployments.id, operations.name, deployments.night_of, deployments.name "
        "FROM deployments JOIN operations ON operations.id = operation_id "
        f"WHERE deployments.id {_AMONG}",
        [json.dumps(list(wanted))],
    )
    return {
        key: Label(" · ".join(filter(None, [operation, _says(night), name])), _day_number(night))
        for key, operation, night, name in rows
    }


def _fixed(dimension: str, key: str | int) -> Label:
    if dimension in _ENUMERATED:
        words = _ENUMERATED[dimension]
        return Label(words(str(key)).label, list(words).index(words(str(key))))
    if dimension == "prohibition":
        return Label(str(key), int(key) if str(key).isdecimal() else 0)
    if dimension == "time":
        return Label(says_minutes(int(key)), int(key))
    if dimension == "hour":
        # A night runs over midnight: 18:00 comes before 01:00, so the day is read from 06:00.
        return Label(f"{int(key):02}:00", (int(key) - NIGHT_ENDS.hour) % 24)
    return Label(_says(str(key)), _day_number(str(key)))


def _says(night: str) -> str:
    return says_date(date.fromisoformat(night))


def _day_number(night: str) -> int:
    return date.fromisoformat(night).toordinal()
