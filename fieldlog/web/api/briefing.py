"""The briefing: what an officer's phone keeps of the night, and the register of premises."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from fieldlog.core.night import end_of_night, utc_text
from fieldlog.core.person import Person
from fieldlog.core.strict_json import Json, write_json
from fieldlog.services.brief_phone import (
    DELIBERATE,
    Briefing,
    brief_phone,
    register_for_phones,
)
from fieldlog.services.list_tasks import tasks_for, tasks_on_a_phone, who_is_out
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.tell_crew import crew_mates
from fieldlog.services.watch_hotspots import hotspots_to_choose
from fieldlog.services.watch_patrols import Deployment
from fieldlog.web.access import open_to
from fieldlog.web.api.blueprints import api_blueprint
from fieldlog.web.api.briefed_entry import briefed_entry
from fieldlog.web.briefing_page import about
from fieldlog.web.entry_words import kebab, short_day
from fieldlog.web.on_duty import OnDuty, on_duty
from fieldlog.web.packing import packed
from fieldlog.web.patrol_strip import briefed_patrol
from fieldlog.web.premises_words import (
    arrival_line,
    other_crew_note,
    standing_line,
    visited_note,
)
from fieldlog.web.shells import lists_mark
from fieldlog.web.surroundings import around, database, now, person
from fieldlog.web.task_words import briefed_task
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = api_blueprint("briefing")


@bp.get("/briefing")
@open_to(*THOSE_WHO_LOG)
def briefing() -> ResponseReturnValue:
    """What the officer needs tonight; 304 where the phone has it already."""
    db, moment, who = database(), now(), person()
    duty = on_duty(db, moment)
    told = brief_phone(db, who.officer_id, night=duty.night, now=moment)
    tonight = {one.id for one in duty.tonight}
    said: dict[str, Any] = {
        "night": duty.night.isoformat(),
        "lists": lists_mark(told.lists),
        "officer": _officer(who, told),
        "deployments": [
            {
                "id": one.id,
                "label": short_day(one),
                "night_of": one.night_of.isoformat(),
                "tonight": one.id in tonight,
                "crew": crew_mates(db, one.id, who.officer_id) if one.id in tonight else [],
                "hotspots": _hotspots(one) if one.id in tonight else [],
                "about": about(one, told.operations) if one.id in tonight else [],
            }
            for one in told.deployments
        ],
        "patrol": briefed_patrol(duty.night),
        "entries": [briefed_entry(line, told) for line in told.entries],
        "tiles": [
            {
                "code": measure.code,
                "label": measure.label,
                "unit": measure.unit.value,
                "step": measure.step,
                "value": value,
            }
            for measure, value in told.tiles
        ],
        "tasks": _tasks(told, who),
        "visited": {str(number): visited_note(one) for number, one in told.visits.items()},
        "known": {
            str(number): [other_crew_note(one), arrival_line(one)]
            for number, one in told.arrivals.items()
        },
        "server_key": server_key(),
    }
    said["over"] = _over(said, _ends(duty))
    return _unless_known(said, made_at=utc_text(moment))


def _ends(duty: OnDuty) -> datetime:
    """Return when the night that somebody is on duty for is over, for a phone without signal."""
    ends = end_of_night(duty.night)
    planned = duty.chosen.finishes_at if duty.chosen else None
    return max(ends, planned) if planned else ends


def _over(said: dict[str, Any], since: datetime) -> dict[str, Any]:
    """Return what takes the place of ``said`` once its night is over.

    A phone may have no signal until the evening after: then it knows of no operation that is
    tonight's and counts from nought; visits and patrols of the night before are none of tonight.
    """
    return {
        "since": utc_text(since),
        "night": "",
        "deployments": [one | {"tonight": False} for one in said["deployments"]],
        "tiles": [one | {"value": 0} for one in said["tiles"]],
        "patrol": [],
        "visited": {},
        "known": {},
    }


def _hotspots(deployment: Deployment) -> list[tuple[int, str]]:
    return hotspots_to_choose(database(), deployment.operation_id, deployment.night_of)


def _tasks(told: Briefing, who: Person) -> list[dict[str, Any]]:
    """Every open task that a form may deal with; ``mine`` are those in the officer's list."""
    out = who_is_out(database(), who, now=now())
    mine = {task.id for task in tasks_for(database(), out, now=now())}
    found = tasks_on_a_phone(database(), (line.id for line in told.entries))
    ranked = sorted(found, key=lambda task: task.id not in mine)
    return [briefed_task(task, out, mine=task.id in mine) for task in ranked]


@bp.get("/premises")
@open_to(*THOSE_WHO_LOG)
def premises() -> ResponseReturnValue:
    """The register: [id, name, address, type, how it stood]; 304 where the phone has it."""
    db = database()
    rows: list[Json] = [
        [
            one.id,
            one.name,
            ", ".join(part for part in (one.address, one.postcode) if part),
            one.premises_type or "",
            standing_line(standing),
        ]
        for one, standing in register_for_phones(db, on_duty(db, now()).night)
    ]
    return _unless_known({"premises": rows})


def server_key() -> dict[str, str]:
    """Return the public key that phones seal records to, and its id."""
    key = sealing_key(around().config.instance)
    return {"kid": key.id, "point": key.public}


def _unless_known(said: dict[str, Any], **besides: str) -> Response:
    """Answer with ``said`` and its version, or with 304 for one that the phone names."""
    version = sha256(write_json(said).encode("ascii")).hexdigest()[:16]
    answer = jsonify(version=version, **said, **besides)
    answer.set_etag(version)
    answer.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains_weak(version):
        answer.set_data(b"")
        answer.status_code = 304
    return packed(answer, shared=False)


def _officer(who: Person, told: Briefing) -> dict[str, object]:
    held = told.lists.powers.get(who.post, frozenset()) if who.post else None
    return {
        "id": who.officer_id,
        "name": who.name,
        "detail": " · ".join(part for part in (who.collar_number, who.agency) if part),
        "role": who.role.value,
        "not_own": [
            kebab(kind) for kind in DELIBERATE if held is not None and kind.value not in held
        ],
    }
