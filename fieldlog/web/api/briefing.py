"""The briefing: what an officer's phone keeps of the night, and the register of premises."""

from hashlib import sha256
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from fieldlog.core.log import LogLine
from fieldlog.core.night import utc_text
from fieldlog.core.person import Person
from fieldlog.core.strict_json import Json, write_json
from fieldlog.services.brief_phone import (
    DELIBERATE,
    Briefing,
    brief_phone,
    entry_to_amend,
    register_for_phones,
)
from fieldlog.services.open_sealed import sealing_key
from fieldlog.web.access import open_to
from fieldlog.web.api.blueprints import api_blueprint
from fieldlog.web.entry_page import codes_of, visited_note
from fieldlog.web.entry_words import feed_item, kebab, short_day
from fieldlog.web.forms.entry import form_for
from fieldlog.web.forms.entry_filling import fill, offer_operations
from fieldlog.web.on_duty import on_duty
from fieldlog.web.surroundings import around, database, now, person
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
        "officer": _officer(who, told),
        "deployments": [
            {
                "id": one.id,
                "label": short_day(one),
                "night_of": one.night_of.isoformat(),
                "tonight": one.id in tonight,
            }
            for one in told.deployments
        ],
        "entries": [_entry(line, told) for line in told.entries],
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
        "visited": {str(number): visited_note([one]) for number, one in told.visits.items()},
        "server_key": server_key(),
    }
    return _unless_known(said, made_at=utc_text(moment))


@bp.get("/premises")
@open_to(*THOSE_WHO_LOG)
def premises() -> ResponseReturnValue:
    """The register of premises, each as [id, name, address]; 304 where the phone has it already."""
    rows: list[Json] = [
        [one.id, one.name, ", ".join(part for part in (one.address, one.postcode) if part)]
        for one in register_for_phones(database())
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
    return answer


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


def _entry(line: LogLine, told: Briefing) -> dict[str, Any]:
    """An entry as the feed shows it, with what its form would be filled with to amend it."""
    item = feed_item(line, told.lists)
    return {
        "id": line.id,
        "version": line.version,
        "kind_code": kebab(line.kind),
        "night_of": line.night_of.isoformat(),
        "happened_at": utc_text(line.happened_at),
        "received_at": utc_text(line.received_at),
        "time": item["time"],
        "place": item["place"],
        "kind": item["kind"],
        "line": _line(item),
        "amended": item["amended"],
        "struck": item["struck"],
        "fields": None if line.struck else _fields(line, told),
    }


def _line(item: dict[str, Any]) -> str:
    """What the feed says under an entry's name."""
    parts = [
        item["kind"] if item["place"] else "",
        item["action"],
        _minutes(item["minutes"]),
        *(f"{count['value']} {count['label']}" for count in item["counts"]),
    ]
    return " · ".join(part for part in parts if part)


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "time not recorded"
    return "" if minutes is False else f"{minutes} minute{'' if minutes == 1 else 's'}"


def _fields(line: LogLine, told: Briefing) -> dict[str, str] | None:
    entry = entry_to_amend(database(), line.id, line.version)
    if entry is None:
        return None
    form = form_for(entry.kind, told.lists, entry.night_of, codes_of(entry), token=False)
    labels = {one.id: short_day(one) for one in told.deployments}
    offer_operations(form, told.deployments, labels)
    fill(form, entry, line.premises, line.version)
    return {field.name: _text(field) for field in form}


def _text(field: Any) -> str:
    """Return what a browser would send of a field."""
    shown = field._value() if hasattr(field, "_value") else field.data
    return "" if shown is None else str(shown)
