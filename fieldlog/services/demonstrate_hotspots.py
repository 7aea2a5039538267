"""Show hotspots in the demonstration: added and patrolled through the same services as real ones.

The patrols are of last week and belong to no operation, so that no figure of a night has them.
"""

import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from fieldlog.core.hotspot import SQUARE
from fieldlog.core.national_grid import GridPoint
from fieldlog.core.night import from_uk, night_of
from fieldlog.core.outline import square_outline
from fieldlog.core.patrol import EventKind
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.demonstration.hotspots import SPOTS, Spot, Walk
from fieldlog.services.ask_of_hotspot import AskPlan
from fieldlog.services.plan_hotspots import HotspotPlan, Where, add_hotspot
from fieldlog.services.run_patrol import Stamp, run_patrol
from fieldlog.store.connection import Database, write_transaction

A_WEEK = timedelta(weeks=1)


def demonstrate_hotspots(
    db: Database,
    officers: Mapping[str, int],
    operation_id: int,
    dice: random.Random,
    *,
    now: datetime,
) -> None:
    """Add the fictional hotspots with their patrols; ``officers`` are name → officer id."""
    monday = period_of(PeriodKind.WEEK, night_of(now)).first - A_WEEK
    for spot in SPOTS:
        hotspot_id = add_hotspot(
            db,
            HotspotPlan(spot.name, _where(spot), monday - 2 * A_WEEK, None, (operation_id,)),
            _asked(spot),
            by=officers["Cora Hale"],
            now=now,
        )
        for walk in spot.walks:
            patrol_id = uuid.UUID(int=dice.getrandbits(128), version=4)
            with write_transaction(db):
                for fields, at in _events(walk, monday, hotspot_id, patrol_id, officers):
                    _happen(db, patrol_id, fields, at, officers[walk.officers[0]], dice)


def _happen(
    db: Database,
    patrol_id: uuid.UUID,
    fields: dict[str, str],
    at: datetime,
    officer_id: int,
    dice: random.Random,
) -> None:
    start = fields["event"] == EventKind.START
    record_id = patrol_id if start else uuid.UUID(int=dice.getrandbits(128), version=4)
    stamp = Stamp(at, at, at, officer_id)
    run_patrol(db, record_id, fields, officer_id=officer_id, stamp=stamp)()


def _events(
    walk: Walk, monday: date, hotspot_id: int, patrol_id: uuid.UUID, officers: Mapping[str, int]
) -> Iterator[tuple[dict[str, str], datetime]]:
    began = from_uk(monday + timedelta(days=walk.day), walk.starts)
    later = {"patrol": str(patrol_id)}
    yield (
        {
            "event": EventKind.START.value,
            "mode": walk.mode.value,
            "hotspot": str(hotspot_id),
            "members": " ".join(str(officers[name]) for name in walk.officers),
        },
        began,
    )
    if walk.pause:
        paused = began + timedelta(minutes=walk.pause[0])
        yield later | {"event": EventKind.PAUSE.value}, paused
        resumed = paused + timedelta(minutes=walk.pause[1])
        yield later | {"event": EventKind.RESUME.value}, resumed
    yield later | {"event": EventKind.FINISH.value}, began + timedelta(minutes=walk.minutes)


def _where(spot: Spot) -> Where:
    if isinstance(spot.place, GridPoint):
        return Where(square_outline(spot.place.square(SQUARE), SQUARE), is_square=True)
    return Where(spot.place, is_square=False)


def _asked(spot: Spot) -> AskPlan:
    return AskPlan(
        week=None,
        patrols=spot.patrols,
        patrol_hours=spot.patrol_hours,
        person_hours=spot.person_hours,
        crew=spot.crew,
        least_minutes=spot.least_minutes,
        modes=[mode.value for mode in spot.modes],
        days=list("1234567"),
        bands=spot.bands,
    )
