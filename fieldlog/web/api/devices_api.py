"""Enrol a phone for the officer who is signed in, and give it another token in time."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from fieldlog.core.night import utc_text
from fieldlog.core.phone_record import read_uuid
from fieldlog.core.rules import Refused
from fieldlog.services.enrol_device import (
    Enrolled,
    Revoked,
    TokenExpired,
    UnknownDevice,
    enrol_device,
    rotate_token,
)
from fieldlog.services.know_sender import sender_with_token
from fieldlog.web.access import open_to, open_to_devices_too
from fieldlog.web.api.blueprints import api_blueprint, bearer_token, refusal
from fieldlog.web.api.briefing import server_key
from fieldlog.web.api.json_body import NotUnderstood, json_object, only
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = api_blueprint("devices")

DEVICES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android phone"))
"""What a browser says of itself → what it is called until its officer gives it a name."""
REVOKED = "This phone may not send by itself any more. Call the coordinator."


@bp.post("/devices")
@open_to(*THOSE_WHO_LOG)
def enrol() -> ResponseReturnValue:
    """Enrol a phone, rename one, or renew the token of one: whoever is signed in is its officer."""
    try:
        body = json_object()
        only(body, "device", "name")
        name = body.get("name", "")
        if not isinstance(name, str):
            raise NotUnderstood("name must be text.")
        device = body.get("device")
        device_id = read_uuid(device, "device") if device is not None else None
        enrolled = enrol_device(
            database(),
            officer_id=person().officer_id,
            name=name,
            device_id=device_id,
            now=now(),
            what=_what_it_is(request.user_agent.string),
        )
    except NotUnderstood as error:
        return refusal(error.status, "not-understood", str(error))
    except Refused as refused:
        return refusal(400, "not-understood", str(refused))
    except Revoked:
        return refusal(403, "revoked", REVOKED)
    return _given(enrolled)


@bp.post("/devices/rotate")
@open_to()
@open_to_devices_too
def rotate() -> ResponseReturnValue:
    """Give a phone another token; the one it has opens until the new one is used."""
    token = bearer_token() or ""
    try:
        sender = sender_with_token(database(), token, now())
        if sender.device is None or sender.doubt:
            return refusal(403, "revoked", REVOKED)
        enrolled = rotate_token(database(), sender.device, token, now())
    except UnknownDevice:
        return refusal(401, "unknown-token", "Sign in again: this phone’s token is not known.")
    except TokenExpired:
        return refusal(401, "token-expired", "Sign in again: this phone’s token has expired.")
    except Revoked:
        return refusal(403, "revoked", REVOKED)
    return _given(enrolled)


def _what_it_is(agent: str) -> str:
    return next((what for sign, what in DEVICES if sign in agent), "Computer")


def _given(enrolled: Enrolled) -> ResponseReturnValue:
    return jsonify(
        device=enrolled.device_id,
        name=enrolled.name,
        token=enrolled.token,
        expires_at=utc_text(enrolled.expires_at),
        server_key=server_key(),
    )
