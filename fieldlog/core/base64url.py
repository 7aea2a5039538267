"""Bytes as text that travels in JSON: base64url without padding."""

import base64
import binascii
import re

from fieldlog.core.strict_json import Json

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class NotBase64(Exception):
    """That is not base64url; the message says why."""


def from_base64url(value: Json) -> bytes:
    """Return the bytes that ``value`` says. Raises NotBase64."""
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise NotBase64("It is not base64url.")
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error as error:
        raise NotBase64("It is cut off.") from error


def to_base64url(data: bytes) -> str:
    """Return bytes as base64url text."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
