"""Tell an officer who chooses premises how they stand, and whether another crew was there.

Officers are told what was done and when, never what somebody wrote about it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fieldlog.services.find_premises import Visit, visits_of_night
from fieldlog.store import premises, rosters
from fieldlog.store.connection import Database
from fieldlog.store.premises_standing import NOTHING_KNOWN, Standing, standing_of, touched_on
from fieldlog.store.task_history import open_by_premises

__all__ = [
    "NOTHING_KNOWN",
    "Arrival",
    "Standing",
    "arrivals_at",
    "arrivals_to_brief",
    "standing_before",
]

WARNED_FOR = timedelta(days=365)
"""How far back an officer is told of warnings."""
TOLD_FRESH = timedelta(days=1)
"""A briefing tells of tonight and the night before; older nights come with the register."""


@dataclass(frozen=True)
class Arrival:
    """What an officer is told of premises when they choose them.

    ``other`` is the latest visit tonight of somebody who is neither they nor in their crew, with
    ``other_crewed`` saying whether that was a crew; ``own`` the latest of theirs, or None.
    """

    standing: Standing
    open_tasks: int
    other: Visit | None = None
    other_crewed: bool = False
    own: Visit | None = None


def arrivals_at(
    db: Database, premises_ids: Collection[int], officer_id: int, night: date
) -> dict[int, Arrival]:
    """Return premises id → what that officer is told there on ``night``, for each asked for."""
    if not premises_ids:
        return {}
    visits = visits_of_night(db, premises_ids, night)
    return _arrivals(db, premises_ids, visits, officer_id, night)


def arrivals_to_brief(db: Database, officer_id: int, night: date) -> dict[int, Arrival]:
    """Return the same for all premises with news of the last two nights, or with open tasks."""
    wanted = touched_on(db, [night, night - TOLD_FRESH]) | set(open_by_premises(db))
    return _arrivals(db, wanted, visits_of_night(db, None, night), officer_id, night)


def standing_before(db: Database, night: date) -> dict[int, Standing]:
    """Return how all premises stood before the nights that a briefing tells of by itself."""
    until = night - TOLD_FRESH - timedelta(days=1)
    return standing_of(db, None, until=until, warned_from=night - WARNED_FOR)


def _arrivals(
    db: Database,
    premises_ids: Collection[int],
    visits: Mapping[int, Sequence[Visit]],
    officer_id: int,
    night: date,
) -> dict[int, Arrival]:
    merged = premises.merged_away(db)
    stays = {one: merged.get(one, one) for one in premises_ids}
    known = standing_of(db, set(stays.values()), until=night, warned_from=night - WARNED_FOR)
    tasks = open_by_premises(db)
    crews = rosters.crews_on(db, night)
    mine = {crew for (_, member), crew in crews.items() if member == officer_id}

    def arrival(premises_id: int) -> Arrival:
        stay = stays[premises_id]
        made = visits.get(stay, ())
        crew_of = {one.entry_id: crews.get((one.deployment_id, one.officer_id)) for one in made}
        own = [one for one in made if one.officer_id == officer_id or crew_of[one.entry_id] in mine]
        other = next((one for one in made if one not in own), None)
        return Arrival(
            standing=known.get(stay, NOTHING_KNOWN),
            open_tasks=tasks.get(stay, 0),
            other=other,
            other_crewed=other is not None and crew_of[other.entry_id] is not None,
            own=own[0] if own else None,
        )

    return {premises_id: arrival(premises_id) for premises_id in premises_ids}
