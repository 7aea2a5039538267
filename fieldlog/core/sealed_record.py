"""A record as a phone seals it: only the server can open it, and what is sealed may lie anywhere.

The seal is ECDH on P-256 between a key the phone makes for this record and the server's own key,
HKDF-SHA-256 over what both arrive at, and AES-256-GCM. The record's id goes into the key and is
authenticated: a seal taken from one record does not open under another's id.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldlog.core.base64url import NotBase64, from_base64url
from fieldlog.core.photo import LARGEST_FROM_PHONE
from fieldlog.core.strict_json import Json

VERSION = 1
INFO = "fieldlog record v1"
POINT_BYTES = 65
NONCE_BYTES = 12
LARGEST_TEXT = 256 * 1024
LARGEST_SEALED = LARGEST_TEXT + LARGEST_FROM_PHONE


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
    try:
        sealed = Sealed(
            point=from_base64url(value.get("epk")),
            nonce=from_base64url(value.get("iv")),
            ciphertext=from_base64url(value.get("ct")),
            key_id=key_id,
        )
    except NotBase64 as error:
        raise NotASeal(f"A part of the seal is wrong. {error}") from error
    if len(sealed.point) != POINT_BYTES or len(sealed.nonce) != NONCE_BYTES:
        raise NotASeal("A part of the seal has the wrong length.")
    if len(sealed.ciphertext) > LARGEST_SEALED:
        raise NotASeal("The sealed record is too long.")
    return sealed


def parts_of(opened: bytes) -> tuple[bytes, bytes | None]:
    """Return (text, content) of what was sealed: a photo stands as it is behind a NUL.

    Text in JSON has no NUL. Raises NotASeal.
    """
    text, nul, content = opened.partition(b"\0")
    if len(text) > LARGEST_TEXT:
        raise NotASeal("The sealed record is too long.")
    return text, content if nul else None
