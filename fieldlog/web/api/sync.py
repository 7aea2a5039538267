"""Take what phones send: a batch of records in, an answer for each of them out."""

from dataclasses import replace
from datetime import datetime

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import RequestEntityTooLarge

from fieldlog.core.night import utc_text
from fieldlog.core.phone_record import read_moment, read_uuid
from fieldlog.core.rules import Refused
from fieldlog.core.strict_json import Json
from fieldlog.services.accept_sync import accept_sync
from fieldlog.services.delivery import Answer, Delivery, Sender
from fieldlog.services.enrol_device import TokenExpired, UnknownDevice
from fieldlog.services.know_sender import device_now, sender_signed_in, sender_with_token
from fieldlog.services.open_sealed import sealing_key
from fieldlog.web.access import open_to, open_to_devices_too
from fieldlog.web.api.blueprints import api_blueprint, bearer_token, refusal
from fieldlog.web.api.json_body import NotUnderstood, json_object, only
from fieldlog.web.api.record_fields import field_name, record_fields
from fieldlog.web.surroundings import around, database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

MOST_RECORDS = 200
LARGEST_BATCH = 5 * 1024 * 1024
MOST_UNSENT = 1_000_000
TOO_LONG = "This entry is too long to be sent. Shorten its notes and save it again."
"""A phone halves a batch until one record is left: only then does somebody read it."""

bp = api_blueprint("sync", LARGEST_BATCH)


@bp.post("/sync")
@open_to(*THOSE_WHO_LOG)
@open_to_devices_too
def sync() -> ResponseReturnValue:
    """Store what can be stored of a batch, and answer for each record on its own."""
    try:
        body = json_object()
        device_id, delivery = _delivery(body, now())
    except NotUnderstood as error:
        return refusal(error.status, "not-understood", str(error))
    try:
        sender = _sender(device_id)
    except UnknownDevice:
        return refusal(401, "unknown-token", "Sign in again: this phone’s token is not known.")
    except TokenExpired:
        return refusal(401, "token-expired", "Sign in again: this phone’s token has expired.")
    key = sealing_key(around().config.instance)
    answers = accept_sync(database(), delivery, sender, forms=record_fields(), key=key)
    received_at = utc_text(delivery.received_at)
    return jsonify(
        answers=[_said(answer, received_at) for answer in answers],
        now=received_at,
        device=_device(sender),
    )


@bp.errorhandler(RequestEntityTooLarge)
def too_long(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """What an officer reads beside the one entry that no batch can carry."""
    return refusal(413, "too-large", TOO_LONG)


@bp.get("/csrf")
@open_to(*THOSE_WHO_LOG)
def csrf() -> ResponseReturnValue:
    """Give a token for the requests of this session, and say whose session it is."""
    return jsonify(token=generate_csrf(), officer_id=person().officer_id, now=utc_text(now()))


def _sender(device_id: str | None) -> Sender:
    token = bearer_token()
    if token is None:
        return sender_signed_in(database(), person(), device_id)
    return sender_with_token(database(), token, now())


def _delivery(body: dict[str, Json], received_at: datetime) -> tuple[str | None, Delivery]:
    only(body, "device", "sent_at", "unsent", "oldest_unsent_at", "records")
    records, unsent = body.get("records"), body.get("unsent")
    if not isinstance(records, list):
        raise NotUnderstood("records must be a list.")
    if len(records) > MOST_RECORDS:
        raise NotUnderstood(f"Send at most {MOST_RECORDS} records at once.")
    if not isinstance(unsent, int) or isinstance(unsent, bool) or not 0 <= unsent <= MOST_UNSENT:
        raise NotUnderstood("unsent must be how many records the phone holds.")
    try:
        device = body.get("device")
        device_id = str(read_uuid(device, "device")) if device is not None else None
        oldest = body.get("oldest_unsent_at")
        delivery = Delivery(
            records=records,
            sent_at=read_moment(body.get("sent_at"), "sent_at"),
            received_at=received_at,
            unsent=unsent,
            oldest_unsent_at=read_moment(oldest, "oldest_unsent_at") if oldest else None,
        )
    except Refused as refused:
        raise NotUnderstood(str(refused)) from refused
    return device_id, delivery


def _said(answer: Answer, received_at: str) -> dict[str, object]:
    problems = [replace(problem, field=field_name(problem.field)) for problem in answer.problems]
    return {
        "id": answer.id,
        "state": answer.state.value,
        "problems": [vars(problem) for problem in problems],
        "received_at": received_at,
    }


def _device(sender: Sender) -> dict[str, object] | None:
    """What a phone should know about itself: revoked, or about to need another token."""
    device = device_now(database(), sender)
    if device is None:
        return None
    return {
        "id": device.id,
        "revoked": device.revoked_at is not None,
        "token_expires_at": utc_text(device.token_expires_at),
    }
