"""How premises stand: when they were last visited, what was done last, whom crews warned there."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from fieldlog.store.filtering import VISIT

WARNINGS = ("warned", "cpw")
"""Measures that are warnings: people warned, and written community protection warnings."""


@dataclass(frozen=True)
class Standing:
    """What the entries that count say of premises. Dates are those of nights.

    ``last_action`` is a label, empty where none was recorded; ``warnings`` is measure code → sum
    over the period asked for.
    """

    last_visit: date | None
    last_action: str
    last_action_on: date | None
    warnings: dict[str, int]


NOTHING_KNOWN = Standing(None, "", None, {})


def standing_of(
    db: Database, premises_ids: Collection[int] | None, *, until: date, warned_from: date
) -> dict[int, Standing]:
    """Return premises id → how it stands after the night of ``until``; None for all premises.

    Warnings are those from the night of ``warned_from`` on. Premises without entries are left out.
    """
    values = {"until": until.isoformat(), "since": warned_from.isoformat()}
    among, warned = "", "entry.premises_id IS NOT NULL"
    if premises_ids is not None:
        values["ids"] = json.dumps(sorted(premises_ids))
        among, warned = f"WHERE premises.id {_THESE}", f"entry.premises_id {_THESE}"
    warnings: dict[int, dict[str, int]] = {}
    for premises_id, measure, value in db.execute(_WARNED.format(which=warned), values):
        warnings.setdefault(premises_id, {})[measure] = value
    rows = db.execute(f"{_LAST} {among}", values)
    return {
        premises_id: Standing(
            last_visit=_night(visited),
            last_action=action or "",
            last_action_on=_night(acted),
            warnings=warnings.get(premises_id, {}),
        )
        for premises_id, visited, action, acted in rows
        if visited or acted or premises_id in warnings
    }


def _latest(test: str) -> str:
    """Return the SQL of the latest entry that counts at a premises: by night, then by its moment.

    One look into the index is enough for each premises: only the entries of that night are read
    whole.
    """
    return (
        "(SELECT entry.version_id FROM entries_counted AS entry "
        "WHERE entry.premises_id = premises.id AND entry.night_of <= :until "
        f"AND {test} ORDER BY entry.night_of DESC, "
        "(SELECT happened_at FROM entries WHERE entries.version_id = entry.version_id) DESC, "
        "entry.version_id DESC LIMIT 1)"
    )


_THESE = "IN (SELECT value FROM json_each(:ids))"
_LAST = (
    "SELECT premises.id, visit.night_of, actions.label, acted.night_of FROM premises "
    f"LEFT JOIN entries AS visit ON visit.version_id = {_latest(VISIT)} "
    f"LEFT JOIN entries AS acted ON acted.version_id = {_latest('entry.action IS NOT NULL')} "
    "LEFT JOIN actions ON actions.code = acted.action"
)
_WARNED = (
    "SELECT entry.premises_id, counts.measure, sum(counts.value) FROM entries_counted AS entry "
    "JOIN counts ON counts.version_id = entry.version_id "
    f"AND counts.measure IN {WARNINGS} AND counts.value > 0 "
    "WHERE {which} AND entry.night_of BETWEEN :since AND :until "
    "GROUP BY entry.premises_id, counts.measure"
)


def _night(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def touched_on(db: Database, nights: Collection[date]) -> set[int]:
    """Return the premises that the entries of some nights are about."""
    rows = db.execute(
        "SELECT DISTINCT premises_id FROM entries_counted WHERE premises_id IS NOT NULL "
        "AND night_of IN (SELECT value FROM json_each(?))",
        [json.dumps([night.isoformat() for night in nights])],
    )
    return {premises_id for (premises_id,) in rows}
