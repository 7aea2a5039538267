"""Know who delivers records: an officer who is signed in, or their phone by its own token."""

from datetime import datetime

from fieldlog.core.person import Person
from fieldlog.core.words import Role
from fieldlog.services.delivery import Doubt, Sender
from fieldlog.services.enrol_device import UnknownDevice, recognise_device
from fieldlog.store import devices
from fieldlog.store.connection import Database
from fieldlog.store.devices import Device
from fieldlog.store.users import account_of


def sender_with_token(db: Database, token: str, now: datetime) -> Sender:
    """Return whose records a device's token delivers, and why they are doubted, if they are.

    Raises UnknownDevice, TokenExpired.
    """
    device = recognise_device(db, token, now)
    account = account_of(db, device.officer_id)
    if account is None:
        raise UnknownDevice
    doubt = None
    if device.revoked_at:
        doubt = Doubt.REVOKED_DEVICE
    elif account.disabled:
        doubt = Doubt.ACCOUNT_DISABLED
    elif account.person.role is Role.VIEWER:
        doubt = Doubt.MAY_NOT_LOG
    return Sender(account.person, device, doubt)


def sender_signed_in(db: Database, person: Person, device_id: str | None) -> Sender:
    """Return the sender that a signed-in person is, on the device that their phone says it is.

    Another officer's device is not reported for: a shared phone is enrolled once for each.
    """
    device = devices.get_device(db, device_id) if device_id else None
    doubt = Doubt.REVOKED_DEVICE if device and device.revoked_at else None
    own = device if device and device.officer_id == person.officer_id else None
    return Sender(person, own, doubt)


def device_now(db: Database, sender: Sender) -> Device | None:
    """Return the sender's device as it is kept now, or None without one."""
    return devices.get_device(db, sender.device.id) if sender.device else None
