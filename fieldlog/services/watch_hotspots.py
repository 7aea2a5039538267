"""Watch hotspots: done against asked, week by week, with the patrols behind every figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldlog.core.hotspot import Asked, Done, Hotspot, Judged, done, judge, judge_going
from fieldlog.core.patrol import State, count_time
from fieldlog.core.period import Period, PeriodKind, period_of
from fieldlog.store import deployments, hotspots, patrols
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.hotspots import Given, Place, Said
from fieldlog.store.patrols import StoredPatrol

__all__ = ["AtHotspot", "Given", "HotspotWeek", "Place", "Said", "StoredPatrol"]

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AtHotspot:
    """A patrol that was at a hotspot, and what it counts there."""

    stored: StoredPatrol
    judged: Judged


@dataclass(frozen=True)
class HotspotWeek:
    """A hotspot in one week, Monday to Sunday: asked, done and by which patrols.

    ``asked`` is None where nothing is asked: not yet, or not any more.
    """

    hotspot: Hotspot
    week: Period
    asked: Asked | None
    patrols: tuple[AtHotspot, ...]

    @property
    def done(self) -> Done:
        """What its patrols have done together; those that do not qualify stand apart."""
        return done((one.stored.night_of, one.judged) for one in self.patrols)


def hotspots_of_deployment(
    db: Database, deployment_id: int, now: datetime
) -> tuple[HotspotWeek, ...]:
    """Return the hotspots in force on a deployment's night that belong to its operation, by name.

    For a map of the night: ``one.hotspot.outline.polygons`` are polygons, each a tuple of rings
    (the first is its edge, further ones are holes), each ring a tuple of ``GridPoint`` with
    ``easting`` and ``northing`` in metres of the national grid, the first point not repeated at
    its end; ``one.hotspot.outline.corners`` is what it stretches over. ``one.done`` (patrols,
    patrol_time, person_time, others, going) against ``one.asked`` is that of the whole week of
    the night, as it stands at ``now``. The address of a hotspot is ``hotspots.show`` with
    ``hotspot_id=one.hotspot.id``. An unknown deployment has none.
    """
    with read_snapshot(db):
        found = deployments.get(db, deployment_id)
        if found is None:
            return ()
        night = found.night_of
        wanted = [
            one
            for one in hotspots.every_hotspot(db)
            if found.operation_id in one.operations and one.in_force(night)
        ]
        weeks = [period_of(PeriodKind.WEEK, night)]
        return tuple(_weeks(db, wanted, weeks, now)) if wanted else ()


def hotspots_to_choose(db: Database, operation_id: int, night: date) -> list[tuple[int, str]]:
    """Return (id, name) of the hotspots of an operation that are in force on a night, by name."""
    return hotspots.names_in_force(db, operation_id, night)


def every_hotspot(db: Database) -> list[Hotspot]:
    """Return every hotspot, retired ones too, by name."""
    return hotspots.every_hotspot(db)


def hotspot_called(db: Database, hotspot_id: int) -> Hotspot | None:
    """Return a hotspot, or None."""
    return next((one for one in hotspots.every_hotspot(db) if one.id == hotspot_id), None)


def said_of_hotspot(db: Database, hotspot_id: int) -> list[Said]:
    """Return every version of a hotspot and everything asked of it, the latest first."""
    return hotspots.history(db, hotspot_id)


def given_to_patrol(db: Database, patrol_id: UUID) -> list[Given]:
    """Return which hotspots a patrol was given, when and by whom, the first one first."""
    return hotspots.given_to_patrol(db, patrol_id)


def watch_hotspots(db: Database, weeks: Sequence[Period], now: datetime) -> list[HotspotWeek]:
    """Return every hotspot in each of ``weeks`` in which it is in force or had a patrol.

    They are in the order of their names and of the weeks; from one snapshot as it is at ``now``.
    """
    with read_snapshot(db):
        return [
            one
            for one in _weeks(db, hotspots.every_hotspot(db), weeks, now)
            if one.patrols or one.hotspot.in_force_during(one.week)
        ]


def watch_hotspot(
    db: Database, hotspot: Hotspot, weeks: Sequence[Period], now: datetime
) -> list[HotspotWeek]:
    """Return one hotspot in each of ``weeks``."""
    with read_snapshot(db):
        return list(_weeks(db, [hotspot], weeks, now))


def patrol_at_hotspot(db: Database, stored: StoredPatrol, now: datetime) -> AtHotspot | None:
    """Return what a patrol counts at the hotspot it was given, or None where it has none."""
    found = hotspot_called(db, stored.hotspot_id) if stored.hotspot_id else None
    if found is None:
        return None
    (week,) = watch_hotspot(db, found, [period_of(PeriodKind.WEEK, stored.night_of)], now)
    return next((one for one in week.patrols if one.stored.patrol.id == stored.patrol.id), None)


def _weeks(
    db: Database, wanted: Sequence[Hotspot], weeks: Sequence[Period], now: datetime
) -> Iterator[HotspotWeek]:
    at = {week: _judged(db, wanted, week, now) for week in weeks}
    for hotspot in wanted:
        for week in weeks:
            found = tuple(one for one in at[week] if one.stored.hotspot_id == hotspot.id)
            asked = hotspot.asked_in(week.first) if hotspot.in_force_during(week) else None
            yield HotspotWeek(hotspot, week, asked, found)


def _judged(
    db: Database, wanted: Iterable[Hotspot], week: Period, now: datetime
) -> list[AtHotspot]:
    """Judge the patrols of a week; those of the night before may have counted some of their time.

    All patrols are counted together, wherever they were: nobody is in two places at once.
    """
    known = {one.id: one for one in wanted}
    around = patrols.of_nights(db, week.first - A_DAY, week.last)
    counted = {one.patrol.id: one for one in count_time(one.patrol for one in around).counted}
    found = []
    for stored in around:
        hotspot = known.get(stored.hotspot_id or 0)
        if hotspot is None or stored.night_of < week.first:
            continue
        if stored.patrol.going:
            found.append(AtHotspot(stored, judge_going(stored.patrol, now)))
        elif stored.patrol.state is not State.NEVER:
            one = counted[stored.patrol.id]
            judged = judge(one, hotspot, mode=stored.mode, night=stored.night_of)
            found.append(AtHotspot(stored, judged))
    return found
