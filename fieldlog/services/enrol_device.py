"""Enrol a phone at sign-in: it gets a write-only token that outlives the session.

The token lets a phone deliver its officer's records and fetch nothing but receipts. Only its hash
is kept. A new token counts once it is used: until then the one before it still opens, so that a
reply that got lost strands nobody.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.services.sign_in import token_hash
from fieldlog.store import devices
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.devices import Device

TOKEN_LASTS = timedelta(days=30)
LONGEST_NAME = 60
UNNAMED = "Phone"


class UnknownDevice(Exception):
    """No device has that token."""


class TokenExpired(Exception):
    """The token was right and is too old: its officer has to sign in again."""


class Revoked(Exception):
    """A coordinator revoked the device; it gets no token any more."""


@dataclass(frozen=True)
class Enrolled:
    """What a phone is given: the ``token`` is nowhere else."""

    device_id: str
    name: str
    token: str
    expires_at: datetime


def enrol_device(
    db: Database,
    *,
    officer_id: int,
    name: str,
    device_id: UUID | None,
    now: datetime,
    what: str = UNNAMED,
) -> Enrolled:
    """Enrol a phone of an officer who is signed in, or renew the token of one of theirs.

    ``device_id`` is the phone's own name for itself, None for a first time. One that is another
    officer's makes a new device: a shared phone is enrolled once for each. An empty ``name``
    changes none; a new phone without one is called ``what`` it is. Raises Refused for a name that
    is none, Revoked.
    """
    name = " ".join(name.split())
    problems = [*text_problems("name", name)]
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name can be at most {LONGEST_NAME} characters."))
    if problems:
        raise Refused(tuple(problems))
    token, expires_at = secrets.token_urlsafe(32), now + TOKEN_LASTS
    with write_transaction(db):
        known = devices.get_device(db, str(device_id)) if device_id else None
        if known and known.officer_id == officer_id:
            if known.revoked_at:
                raise Revoked(known.id)
            if name:
                devices.rename_device(db, known.id, name)
            devices.renew_token(db, known.id, token_hash(token), expires_at, previous=None)
            return Enrolled(known.id, name or known.name, token, expires_at)
        new_id = str(device_id) if device_id and known is None else str(uuid4())
        devices.add_device(
            db,
            device_id=new_id,
            officer_id=officer_id,
            name=name or what,
            token_hash=token_hash(token),
            token_expires_at=expires_at,
            now=now,
        )
        add_to_audit(db, "device enrolled", at=now, officer_id=officer_id, about=new_id)
    return Enrolled(new_id, name or what, token, expires_at)


def recognise_device(db: Database, token: str, now: datetime) -> Device:
    """Return the device that a token is of, a revoked one too.

    Raises UnknownDevice, TokenExpired.
    """
    found = devices.device_with_token(db, token_hash(token))
    if found is None:
        raise UnknownDevice
    device, has_previous = found
    if device.token_expires_at <= now:
        raise TokenExpired
    if has_previous:
        with write_transaction(db):
            devices.forget_previous_token(db, device.id, token_hash(token))
    return device


def rotate_token(db: Database, device: Device, token: str, now: datetime) -> Enrolled:
    """Give a device another token in place of ``token``. Raises Revoked."""
    if device.revoked_at:
        raise Revoked(device.id)
    new, expires_at = secrets.token_urlsafe(32), now + TOKEN_LASTS
    with write_transaction(db):
        devices.renew_token(db, device.id, token_hash(new), expires_at, previous=token_hash(token))
    return Enrolled(device.id, device.name, new, expires_at)
