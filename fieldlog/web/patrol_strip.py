"""The patrol of whoever looks at Tonight, for the server's page and for the phone's."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from fieldlog.core.night import says_time, utc_text
from fieldlog.core.patrol import EventKind, Mode, State, lasted
from fieldlog.services.tell_crew import crew_mates
from fieldlog.services.watch_hotspots import hotspots_to_choose
from fieldlog.services.watch_patrols import Happening, StoredPatrol, own_patrol
from fieldlog.web.on_duty import OnDuty
from fieldlog.web.patrol_words import short_length
from fieldlog.web.surroundings import database, now, person

MODES = tuple(Mode)
UNDO_SHOWN = timedelta(minutes=10)
STEPS = {State.RUNNING: ("pause", "Pause"), State.PAUSED: ("resume", "Resume")}
"""What can be done besides finishing."""
SAYS = {State.PAUSED: ", paused", State.FINISHED: ", finished"}


def patrol_strip(duty: OnDuty) -> dict[str, Any]:
    """Return what Tonight shows of patrols, and what one can start with."""
    officer_id = person().officer_id
    crew = crew_mates(database(), duty.chosen.id, officer_id) if duty.chosen else []
    found = own_patrol(database(), officer_id, duty.night)
    at = duty.chosen
    spots = hotspots_to_choose(database(), at.operation_id, at.night_of) if at else []
    return {"patrol": _told(found), "crew": crew, "hotspots": spots, "patrol_modes": MODES}


def _told(found: StoredPatrol | None) -> dict[str, Any]:
    nothing: dict[str, Any] = {"words": "", "steps": [], "going": False, "next": uuid4()}
    if found is None or found.patrol.started_at is None:
        return nothing
    patrol, moment = found.patrol, now()
    last = patrol.standing[-1]
    fresh = last.kind is EventKind.FINISH and moment - last.at < UNDO_SHOWN
    if not (patrol.going or fresh):
        return nothing
    suffix = SAYS.get(patrol.state, "")
    length = short_length(lasted(patrol.spans(until=moment)))
    since = says_time(found.patrol.started_at)
    steps = [STEPS[patrol.state]] if patrol.going else [("undo", "Undo finish")]
    return nothing | {
        "id": patrol.id,
        "last": last.id,
        "going": patrol.going,
        "steps": steps,
        "words": f"Patrol {since} → {length}{suffix}",
    }


def briefed_patrol(night: date) -> list[dict[str, str]]:
    """Return the events of the officer's latest patrol as a phone keeps them, by its own clock.

    Those that stand come in their order, which a phone keeps to.
    """
    found = own_patrol(database(), person().officer_id, night)
    if found is None:
        return []
    standing = {one.id: place for place, one in enumerate(found.patrol.standing)}
    told = sorted(found.happenings, key=lambda one: standing.get(one.event.id, len(standing)))
    return [_briefed(one, found) for one in told]


def _briefed(one: Happening, found: StoredPatrol) -> dict[str, str]:
    event = one.event
    said = {"id": str(event.id), "event": event.kind.value, "at": utc_text(one.captured_at)}
    if event.kind is EventKind.CLOSE:
        said["at"] = utc_text(event.at)
    if event.kind is not EventKind.START:
        said["patrol"] = str(found.patrol.id)
    if event.undoes:
        said["undoes"] = str(event.undoes)
    return said
