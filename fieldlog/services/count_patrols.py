"""Count the hours on patrol of a night or a period."""

from datetime import date
from typing import Any

from fieldlog.core.patrol import PatrolTime, count_time
from fieldlog.core.question import Filter
from fieldlog.store import deployments, patrols
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment

CHOOSES = {"deployment", "operation", "night"}
"""What a filter may choose by for patrols to be counted: they have no action and no premises."""


def patrol_time(db: Database, wanted: Filter) -> PatrolTime | None:
    """Return the time on patrol of the deployments that ``wanted`` is about.

    None where it narrows the entries to something that no patrol can be narrowed to.
    """
    if wanted.where.keys() - CHOOSES or wanted.without or wanted.holding or wanted.place:
        return None
    chosen = [one.id for one in deployments.deployments(db) if _is_wanted(one, wanted)]
    return count_time(stored.patrol for stored in patrols.of_deployments(db, chosen))


def _is_wanted(one: Deployment, wanted: Filter) -> bool:
    keys: dict[str, Any] = {
        "deployment": one.id,
        "operation": one.operation_id,
        "night": one.night_of.isoformat(),
    }
    chosen = all(keys[name] in values for name, values in wanted.where.items())
    first, last = wanted.date_from or date.min, wanted.date_to or date.max
    return chosen and first <= one.night_of <= last
