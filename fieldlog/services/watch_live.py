"""Watch a night live: its figures, map, crews, latest entries and tasks, and whether they changed.

``mark_of_night`` is one cheap question whose answer differs as soon as anything shown has changed;
``watch_live`` reads all of it, from one snapshot. What depends on the clock alone (overdue, how
long ago) changes with the minute, which is part of the mark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.log import LogLine
from fieldlog.core.national_grid import GridPoint
from fieldlog.core.night import utc_text
from fieldlog.core.outline import Outline
from fieldlog.core.question import Filter
from fieldlog.core.task import Task
from fieldlog.services.close_night import Closing, Standing, standing_of
from fieldlog.services.count_patrols import patrol_time
from fieldlog.services.find_silent_phones import OUT_OF_TOUCH
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import require_same
from fieldlog.services.watch_hotspots import HotspotWeek, hotspots_of_deployment
from fieldlog.services.watch_patrols import Watched, WatchedPatrols, patrols_in_snapshot
from fieldlog.store import closings, counting, deployments, devices, live, log, rosters, tasks
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.deployments import Deployment
from fieldlog.store.devices import Device
from fieldlog.store.live import Heard
from fieldlog.store.rosters import Crew
from fieldlog.store.set_aside import count_undecided
from fieldlog.tallies.headline import Headline, headline
from fieldlog.tallies.night_map import AtPremises, NightMap, night_map

__all__ = ["Arrived", "Closing", "Deployment", "HotspotWeek", "LiveCrew", "LiveNight", "Task"]

LATEST = 15
SLOW = timedelta(minutes=15)
"""An entry that took longer than this from happening to arriving is told as one that came late."""


@dataclass(frozen=True)
class LiveCrew:
    """A crew of the night, or people who are on no roster and out all the same.

    ``last_contact`` is when an entry of theirs or word of their phones last came, aware UTC, or
    None; ``last_where`` the place of their last entry. ``unsent`` is what their phones last said
    they hold. ``partner`` crews have no phones: the coordinator counts for them.
    """

    name: str
    area: str
    people: tuple[str, ...]
    partner: bool
    rostered: bool
    entries: int
    last_contact: datetime | None
    last_where: str
    unsent: int
    patrols: tuple[Watched, ...]
    officer_ids: frozenset[int | None]

    def out_of_touch(self, now: datetime) -> bool:
        """Whether nothing was heard of them for too long while they are out."""
        out = any(one.patrol.going for one in self.patrols)
        heard = self.last_contact
        return out and not self.partner and (heard is None or now - heard > OUT_OF_TOUCH)


@dataclass(frozen=True)
class Arrived:
    """An entry of the feed and when it first came.

    ``late`` says that it came after the night was closed, ``slow`` that it was long under way.
    """

    line: LogLine
    at: datetime
    late: bool

    @property
    def slow(self) -> bool:
        """Whether it came so long after it happened that somebody should notice."""
        return self.at - self.line.happened_at > SLOW


@dataclass(frozen=True)
class LiveNight:
    """Everything on a live page. ``received`` counts the entries that came, struck ones too."""

    deployment: Deployment
    wanted: Filter
    headline: Headline
    entries: int
    received: int
    crews: tuple[LiveCrew, ...]
    patrols: WatchedPatrols
    latest: tuple[Arrived, ...]
    tasks: tuple[Task, ...]
    map: NightMap | None
    hotspots: tuple[HotspotWeek, ...]
    set_aside: int
    standing: Standing

    @property
    def crew_names(self) -> dict[int | None, str]:
        """Officer id → what the crew is called that they are in."""
        rostered = [one for one in self.crews if one.rostered]
        return {number: one.name for one in rostered for number in one.officer_ids}


def mark_of_night(db: Database, deployment_id: int, now: datetime) -> tuple[object, ...]:
    """Return what changes as soon as anything on the live page has; one question, no writing."""
    return (utc_text(now)[:16], *live.mark_of(db, deployment_id))


def watch_live(db: Database, deployment_id: int, now: datetime) -> LiveNight | None:
    """Return a deployment's night as it stands at ``now``, or None.

    It is from one snapshot, but for what patrols have done at hotspots, which is that of a week.
    Raises DoesNotAddUp where the headline does not equal the records in the log.
    """
    wanted = of_deployment(deployment_id)
    hotspots = hotspots_of_deployment(db, deployment_id, now)
    outlined = [point for one in hotspots for point in _far_points(one.hotspot.outline)]
    with read_snapshot(db):
        deployment = deployments.get(db, deployment_id)
        if deployment is None:
            return None
        sums = counting.sums(db, wanted)
        require_same("The headline", sums.entries, log.count_lines(db, wanted))
        patrols = patrols_in_snapshot(db, deployment_id, now)
        places = (AtPremises(*row) for row in live.entries_by_premises(db, deployment_id))
        return LiveNight(
            deployment=deployment,
            wanted=wanted,
            headline=headline(sums, wanted, patrol_time(db, wanted)),
            entries=sums.entries,
            received=log.count_lines(db, wanted, struck=True),
            crews=tuple(_crews(db, deployment_id, patrols)),
            patrols=patrols,
            latest=_latest(db, deployment_id),
            tasks=tuple(_tasks(db, deployment)),
            map=night_map(places, sums.entries, outlined),
            hotspots=hotspots,
            set_aside=count_undecided(db),
            standing=standing_of(db, deployment_id),
        )


def _far_points(outline: Outline) -> tuple[GridPoint, GridPoint]:
    """Return the corners of an outline, the far one just inside: its edge is the next square's."""
    low, high = outline.corners
    return low, GridPoint(high.easting - 1, high.northing - 1)


def _latest(db: Database, deployment_id: int) -> tuple[Arrived, ...]:
    arrived = live.last_arrived(db, deployment_id, LATEST)
    lines = log.lines_of(db, [version for version, _ in arrived])
    late = closings.came_after(db, [line.id for line in lines.values()])
    found = ((lines[version], at) for version, at in arrived)
    return tuple(Arrived(line, at, line.id in late) for line, at in found)


def _tasks(db: Database, deployment: Deployment) -> Iterator[Task]:
    """Yield the open tasks of a deployment, and those for anybody that do not wait for later."""
    for task in tasks.find(db, is_open=True):
        plan = task.plan
        waits = plan.due is not None and plan.due.day > deployment.night_of
        if plan.deployment_id == deployment.id or (plan.deployment_id is None and not waits):
            yield task


def _crews(db: Database, deployment_id: int, patrols: WatchedPatrols) -> Iterator[LiveCrew]:
    """Yield the crews of the roster, then whoever else logged or is out, each by themselves."""
    crews = rosters.crews_of(db, deployment_id)
    heard = live.heard_of(db, deployment_id)
    phones = [one for one in devices.every_device(db) if one.revoked_at is None]
    placed: set[int | None] = set()
    names: dict[int | None, str] = {}
    for crew in crews:
        people = {one.officer_id for one in crew.members} | {crew.stand_in_id} - {None}
        placed |= people
        yield _crew(crew, people, heard, phones, patrols.every)
    for watched in patrols.going:
        names |= dict(watched.stored.names.items())
    names.update({one.officer_id: one.officer for one in heard})
    for officer_id, name in names.items():
        if officer_id not in placed:
            yield _crew(name, {officer_id}, heard, phones, patrols.every)


def _crew(
    crew: Crew | str,
    people: set[int | None],
    heard: Iterable[Heard],
    phones: Iterable[Device],
    patrols: Iterable[Watched],
) -> LiveCrew:
    theirs = [one for one in heard if one.officer_id in people]
    own_phones = [one for one in phones if one.officer_id in people]
    contacts = [one.last_received_at for one in theirs]
    contacts += [one.last_reported_at for one in own_phones if one.last_reported_at]
    rostered = isinstance(crew, Crew)
    return LiveCrew(
        name=crew.name if isinstance(crew, Crew) else crew,
        area=crew.area if isinstance(crew, Crew) else "",
        people=tuple(one.name for one in crew.members) if isinstance(crew, Crew) else (),
        partner=isinstance(crew, Crew) and crew.stand_in_id is not None,
        rostered=rostered,
        entries=sum(one.entries for one in theirs),
        last_contact=max(contacts, default=None),
        last_where=theirs[0].last_where if theirs else "",
        unsent=sum(one.unsent for one in own_phones),
        patrols=tuple(one for one in patrols if one.patrol.members & people),
        officer_ids=frozenset(people),
    )
