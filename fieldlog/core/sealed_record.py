"""A record as a phone seals it: only the server can open it, and what is sealed may lie anywhere.

The seal is ECDH on P-256 between a key the phone makes for this record and the server's own key,
HKDF-SHA-256 over what both arrive at, and AES-256-GCM. The record's id goes into the key and is
authenticated: a seal taken from one record does not open under another's id.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldlog.core.strict_json import Json

VERSION = 1
INFO = "fieldlog record v1"
POINT_BYTES = 65
NONCE_BYTES = 12
LARGEST_SEALED = 256 * 1024

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Sealed:
    """The parts of a seal. ``key_id`` says which key of the server, empty if it does not say."""

    point: bytes
    nonce: bytes
    ciphertext: bytes
    key_id: str = ""


class NotASeal(Exception):
    """That is not a sealed record; the message says why."""


def read_sealed(value: Json) -> Sealed:
    """Return the parts of ``{"v": 1, "kid", "epk", "iv", "ct"}``. Raises NotASeal."""
    if not isinstance(value, Mapping):
        raise NotASeal("A seal is an object.")
    if value.get("v") != VERSION or isinstance(value["v"], bool):
        raise NotASeal("The seal is of a version that this server does not know.")
    key_id = value.get("kid", "")
    if not isinstance(key_id, str) or value.keys() - {"v", "kid", "epk", "iv", "ct"}:
        raise NotASeal("The seal has parts that this server does not know.")
    sealed = Sealed(
        point=from_base64url(value.get("epk")),
        nonce=from_base64url(value.get("iv")),
        ciphertext=from_base64url(value.get("ct")),
        key_id=key_id,
    )
    if len(sealed.point) != POINT_BYTES or len(sealed.nonce) != NONCE_BYTES:
        raise NotASeal("A part of the seal has the wrong length.")
    if len(sealed.ciphertext) > LARGEST_SEALED:
        raise NotASeal("The sealed record is too long.")
    return sealed


def from_base64url(value: Json) -> bytes:
    """Return the bytes of base64url text without padding. Raises NotASeal."""
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise NotASeal("A part of the seal is not base64url.")
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error as error:
        raise NotASeal("A part of the seal is cut off.") from error


def to_base64url(data: bytes) -> str:
    """Return bytes as base64url text without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
