"""Phones: which ones send by themselves, what they said they hold, and how one is revoked."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.words import Role
from fieldlog.services.decide_set_aside import waiting_for_decision
from fieldlog.services.revoke_device import (
    Device,
    UnknownDevice,
    device_called,
    list_devices,
    revoke_device,
)
from fieldlog.web.access import open_to
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("devices", __name__)


@bp.get("/devices")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every phone, those that hold unsent records first."""
    moment = now()
    phones = [(device, state(device)) for device in list_devices(database())]
    return render_template(
        "devices/index.html",
        phones=phones,
        waiting=waiting_for_decision(database()),
        unsent=sum(device.unsent for device, _ in phones),
        moment=moment,
    )


@bp.get("/devices/<uuid:device_id>")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def show(device_id: UUID) -> ResponseReturnValue:
    """One phone, and what revoking it would do."""
    device = device_called(database(), str(device_id)) or abort(404)
    return render_template("devices/show.html", device=device, state=state(device))


@bp.post("/devices/<uuid:device_id>/revoke")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def revoke(device_id: UUID) -> ResponseReturnValue:
    """Take a phone's token away; what it still sends is set aside."""
    try:
        device = revoke_device(database(), str(device_id), by=person().officer_id, now=now())
    except UnknownDevice:
        abort(404)
    flash(
        f"{device.name} of {device.officer} is revoked. What it still sends is set aside for you.",
        "success",
    )
    return redirect(url_for("devices.index"), 303)


def state(device: Device) -> str:
    """Return in words whether a phone may send."""
    if device.revoked_at:
        return "Revoked"
    if device.token_expires_at <= now():
        return "Has to sign in again"
    return "May send"
