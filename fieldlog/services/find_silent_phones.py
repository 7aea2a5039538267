"""Find the phones of a night's crews that have sent nothing for a while.

A phone reports only when it has something to send, so that silence is no alarm. But what its crew
logged without signal is known to nobody until it does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.night import end_of_night
from fieldlog.store import devices, live, rosters
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment
from fieldlog.store.devices import Device

OUT_OF_TOUCH = timedelta(minutes=30)
"""Where neither a crew nor its phones were heard of for longer, the coordinator should know."""


@dataclass(frozen=True)
class SilentPhone:
    """A phone and the crew its officer is in; the crew is empty for one who is on no roster."""

    device: Device
    crew: str


def silent_phones(db: Database, deployment: Deployment, now: datetime) -> Iterator[SilentPhone]:
    """Yield the phones of whoever is out on a deployment that have been silent until ``now``.

    Those that say themselves that they hold something are left out, and those that sent something
    after the night: they hold nothing of it. Call in a read snapshot.
    """
    ended = deployment.finishes_at or end_of_night(deployment.night_of)
    since = min(now - OUT_OF_TOUCH, ended)
    every = [one for one in devices.every_device(db) if one.created_at <= ended]
    for officer_id, crew in _who_is_out(db, deployment.id).items():
        own = [one for one in every if one.officer_id == officer_id and one.revoked_at is None]
        for device in _used(own, deployment):
            heard = device.last_reported_at
            if not device.unsent and (heard is None or heard < since):
                yield SilentPhone(device, crew)


def _who_is_out(db: Database, deployment_id: int) -> dict[int | None, str]:
    """Return officer id → name of their crew: the roster's, then whoever else logged something."""
    crews = rosters.crews_of(db, deployment_id)
    out: dict[int | None, str] = {
        member.officer_id: crew.name for crew in crews for member in crew.members
    }
    for heard in live.heard_of(db, deployment_id):
        out.setdefault(heard.officer_id, "")
    return out


def _used(own: list[Device], deployment: Deployment) -> list[Device]:
    """Return those of an officer's phones that were used on a night, else the last one used.

    An officer may have had several over the years, and carries one.
    """
    began = end_of_night(deployment.night_of - timedelta(days=1))
    used = [one for one in own if _last_use(one) >= began]
    return used or sorted(own, key=_last_use)[-1:]


def _last_use(device: Device) -> datetime:
    return device.last_reported_at or device.created_at
