"""List the phones that send by themselves, and revoke one that was lost."""

from datetime import datetime

from fieldlog.store import devices
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.devices import Device
from fieldlog.store.sessions import end_sessions_of

__all__ = ["Device", "UnknownDevice", "device_called", "list_devices", "revoke_device"]


class UnknownDevice(Exception):
    """There is no device with that id."""


def list_devices(db: Database) -> list[Device]:
    """Return every device: those in use first, and of these the ones with unsent records."""
    return devices.every_device(db)


def device_called(db: Database, device_id: str) -> Device | None:
    """Return one device, or None."""
    return devices.get_device(db, device_id)


def revoke_device(db: Database, device_id: str, *, by: int, now: datetime) -> Device:
    """Revoke a device: what it still sends is set aside for a person to judge. Return it.

    Its officer is signed out everywhere, as the phone may be in somebody else's hands. ``by`` is
    the officer who revokes it. Harmless if it is revoked. Raises UnknownDevice.
    """
    with write_transaction(db):
        device = devices.get_device(db, device_id)
        if device is None:
            raise UnknownDevice(device_id)
        if device.revoked_at is None:
            devices.revoke(db, device_id, by=by, now=now)
            # Which session is on which phone nobody knows: its officer signs in again elsewhere.
            end_sessions_of(db, device.officer_id, now)
            about = f"{device.id} of {device.officer}"
            add_to_audit(db, "device revoked", at=now, officer_id=by, about=about)
    return device
