"""A phone as tests need one: records as its forms make them, sealed or plain, and sent."""

import base64
import json
import secrets
import uuid
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SAVED_AT = "2020-12-05T21:38:03Z"
SENT_AT = "2020-12-05T21:40:00Z"

Record = dict[str, Any]


def an_id() -> str:
    return str(uuid.uuid4())


def visit(officer_id: int, place: str = "The Lamp", **more: str) -> Record:
    """A visit that was saved at 21:38, with the fields that its form has."""
    fields = {
        "opened_at": "2020-12-05T21:37:00Z",
        "deployment": "none",
        "place": place,
        "premises_id": "",
        "action": "advice_given",
        "minutes": "15",
        "minutes_other": "",
        "count_spoken_to": "3",
        "marking": "official",
        "notes": "",
    }
    return {
        "id": an_id(),
        "type": "entry",
        "kind": "premises-visit",
        "captured_at": SAVED_AT,
        "officer_id": officer_id,
        "fields": fields | more,
    }


def tap(officer_id: int, measure: str = "spoken_to", **more: str) -> Record:
    return {
        "id": an_id(),
        "type": "tap",
        "captured_at": SAVED_AT,
        "officer_id": officer_id,
        "fields": {"measure": measure, **more},
    }


def amendment(of: Record, seen_version: int = 1, **changed: str) -> Record:
    """An amendment of a record whose form is sent whole, with what changed in it."""
    fields = of["fields"] | {"seen_version": str(seen_version), "reason": "wrong number"} | changed
    return {
        "id": an_id(),
        "type": "amendment",
        "entry_id": of.get("entry_id", of["id"]),
        "captured_at": "2020-12-05T21:39:00Z",
        "officer_id": of["officer_id"],
        "fields": fields,
    }


def undo(of: Record, at: str = "2020-12-05T21:38:09Z") -> Record:
    return {
        "id": an_id(),
        "type": "undo",
        "entry_id": of["id"],
        "captured_at": at,
        "officer_id": of["officer_id"],
        "fields": {},
    }


def strike(of: Record, reason: str = "logged twice") -> Record:
    return {
        "id": an_id(),
        "type": "strike",
        "entry_id": of["id"],
        "captured_at": "2020-12-05T21:39:30Z",
        "officer_id": of["officer_id"],
        "fields": {"seen_version": "1", "reason": reason},
    }


def patrol_start(officer_id: int, at: str = "2020-12-05T18:05:00Z", **more: str) -> Record:
    """The start of a patrol on foot; its record's id is the patrol's."""
    fields = {"event": "start", "mode": "foot", "deployment": "none", "members": "", "others": "0"}
    return {
        "id": an_id(),
        "type": "patrol",
        "captured_at": at,
        "officer_id": officer_id,
        "fields": fields | more,
    }


def patrol_event(of: Record, event: str, at: str, **more: str) -> Record:
    """What happens to a patrol later: pause, resume, finish, or undo with ``undoes``."""
    return {
        "id": an_id(),
        "type": "patrol",
        "captured_at": at,
        "officer_id": of["officer_id"],
        "fields": {"event": event, "patrol": of["id"], **more},
    }


def batch(*records: Any, unsent: int | None = None, **more: Any) -> Record:
    """The body of one request to /api/sync."""
    held = len(records) if unsent is None else unsent
    return {"sent_at": SENT_AT, "unsent": held, "records": list(records), **more}


def sealed(record: Record, public_key: str, under: str | None = None) -> Record:
    """A record as a phone seals it to the server's public key, by the words of the contract."""
    record_id = under or record["id"]
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(public_key))
    ours = ec.generate_private_key(ec.SECP256R1())
    info = b"fieldlog record v1" + record_id.encode()
    shared = ours.exchange(ec.ECDH(), server)
    key = HKDF(algorithm=SHA256(), length=32, salt=b"", info=info).derive(shared)
    iv = secrets.token_bytes(12)
    # A photo stands as it is behind the text and a NUL.
    said = {name: value for name, value in record.items() if name != "bytes"}
    photo = b"\0" + _bytes(record["bytes"]) if "bytes" in record else b""
    ct = AESGCM(key).encrypt(iv, json.dumps(said).encode() + photo, record_id.encode())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {
        "id": record_id,
        "sealed": {"v": 1, "epk": _text(point), "iv": _text(iv), "ct": _text(ct)},
    }


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
