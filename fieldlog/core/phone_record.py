"""A record as a phone sends it: what a form said, not yet judged by any rule."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from fieldlog.core.base64url import NotBase64, from_base64url
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.photo import LARGEST_FROM_PHONE, MOST_PHOTOS, SentPhoto
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.strict_json import Json, write_json
from fieldlog.core.words import EntryKind

MOST_FIELDS = 400
LONGEST_NAME = 60
LONGEST_VALUE = 20_000

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RecordType(StrEnum):
    """What a record asks for."""

    ENTRY = "entry"
    TAP = "tap"
    AMENDMENT = "amendment"
    STRIKE = "strike"
    UNDO = "undo"
    PATROL = "patrol"
    PHOTO = "photo"


CHANGES = frozenset({RecordType.AMENDMENT, RecordType.STRIKE, RecordType.UNDO, RecordType.PHOTO})
"""Types that change or add to an entry that is there: they name it by ``entry_id``."""

MENDED_BY_OFFICER = frozenset(
    {RecordType.ENTRY, RecordType.AMENDMENT, RecordType.STRIKE, RecordType.UNDO}
)
"""Types that a phone has a form for, with which their officer mends one that the rules refuse."""

KEYS = frozenset({"id", "type", "kind", "entry_id", "captured_at", "officer_id", "fields", "after"})
KEYS_OF_PHOTO = frozenset({"position", "sha256", "bytes"})
KINDS = {kind.value.replace("_", "-"): kind for kind in EntryKind}


@dataclass(frozen=True)
class PhoneRecord:
    """One record. ``captured_at`` is by the phone's clock, aware UTC; ``fields`` are the form's.

    ``kind`` is there for an entry, ``entry_id`` for what changes one: see ``CHANGES``. ``after``
    names the phone's own record that a change was made on top of, where that was not sent yet: what
    number its version would get, the phone could not know. ``photo`` is there for a photo.
    """

    id: UUID
    type: RecordType
    captured_at: datetime
    officer_id: int
    fields: Mapping[str, str]
    kind: EntryKind | None = None
    entry_id: UUID | None = None
    after: UUID | None = None
    photo: SentPhoto | None = None

    @property
    def changes(self) -> bool:
        """Whether it changes what should be there: an entry, or a patrol that was started."""
        follows = self.type is RecordType.PATROL and self.said("event") != "start"
        return follows or self.type in CHANGES

    def said(self, name: str) -> str:
        """Return what a field says, empty if the form did not have it."""
        return self.fields.get(name, "").strip()


def read_record(value: Json, content: bytes | None = None) -> PhoneRecord:
    """Return the record that ``value`` is. Raises Refused with what is wrong with it.

    ``content`` is the photo that came with it, if it did not come in its key ``bytes``.
    """
    if not isinstance(value, dict):
        raise _wrong("record", "A record is an object.")
    kind_of_record = _type(value.get("type"))
    is_photo = kind_of_record is RecordType.PHOTO
    unknown = sorted(value.keys() - (KEYS | KEYS_OF_PHOTO if is_photo else KEYS))
    if unknown:
        raise _wrong("record", f"This server does not know “{unknown[0][:40]}”. Update fieldlog.")
    if content is not None and not is_photo:
        raise _wrong("record", "Only a photo comes with something besides its text.")
    changes = kind_of_record in CHANGES
    return PhoneRecord(
        id=read_uuid(value.get("id"), "id"),
        type=kind_of_record,
        captured_at=read_moment(value.get("captured_at"), "captured_at"),
        officer_id=_officer(value.get("officer_id")),
        fields=_fields(value.get("fields", {})),
        kind=_kind(value.get("kind")) if kind_of_record is RecordType.ENTRY else None,
        entry_id=read_uuid(value.get("entry_id"), "entry_id") if changes else None,
        after=read_uuid(value["after"], "after") if changes and value.get("after") else None,
        photo=_photo(value, content) if is_photo else None,
    )


def record_hash(record: PhoneRecord) -> str:
    """Return the SHA-256 (hex) of what the record says, sealed or not, however it was written."""
    said: dict[str, Json] = {
        "id": str(record.id),
        "type": record.type.value,
        "kind": record.kind.value if record.kind else None,
        "entry_id": str(record.entry_id) if record.entry_id else None,
        "captured_at": utc_text(record.captured_at),
        "officer_id": record.officer_id,
        "fields": dict(record.fields),
        "after": str(record.after) if record.after else None,
    }
    if record.photo:
        said["position"] = record.photo.position
        said["sha256"] = [record.photo.said_sha256, record.photo.sha256]
    return text_hash(write_json(said))


def text_hash(text: str) -> str:
    """Return the SHA-256 (hex) of ASCII text."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def read_uuid(value: Json, field: str) -> UUID:
    """Return the UUID that ``value`` is, written in small letters. Raises Refused."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise _wrong(field, f"{field} must be a UUID, like 6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d.")
    return UUID(value)


def read_moment(value: Json, field: str) -> datetime:
    """Return the moment that ``value`` is, to the second. Raises Refused."""
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        if found:
            return from_utc_text(f"{found[1]}Z")
    except ValueError:
        pass
    raise _wrong(field, f"{field} must be a moment in UTC, like 2020-12-05T21:40:03Z.")


def _type(value: Json) -> RecordType:
    try:
        return RecordType(str(value))
    except ValueError:
        raise _wrong("type", f"type must be one of {', '.join(RecordType)}.") from None


def _kind(value: Json) -> EntryKind:
    kind = KINDS.get(value) if isinstance(value, str) else None
    if kind is None:
        raise _wrong("kind", f"kind must be one of {', '.join(KINDS)}.")
    return kind


def _officer(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _wrong("officer_id", "officer_id must be the number of an officer.")
    return value


def _photo(value: dict[str, Json], content: bytes | None) -> SentPhoto:
    position, said = value.get("position"), value.get("sha256")
    if not isinstance(position, int) or isinstance(position, bool):
        raise _wrong("position", "position must be a whole number, like 1.")
    if not 1 <= position <= MOST_PHOTOS:
        raise _wrong("position", f"An entry has at most {MOST_PHOTOS} photos.")
    if not isinstance(said, str) or not _SHA256.fullmatch(said):
        raise _wrong("sha256", "sha256 must be 64 digits and small letters a to f.")
    if (content is None) is ("bytes" not in value):
        raise _wrong("bytes", "A photo has its bytes, once.")
    try:
        found = from_base64url(value["bytes"]) if content is None else content
    except NotBase64 as error:
        raise _wrong("bytes", "bytes must be base64url without padding.") from error
    if len(found) > LARGEST_FROM_PHONE:
        raise _wrong("bytes", f"A photo can have at most {LARGEST_FROM_PHONE:,} bytes.")
    return SentPhoto(position, found, said)


def _fields(value: Json) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _wrong("fields", "fields must be an object of names and texts.")
    if len(value) > MOST_FIELDS:
        raise _wrong("fields", f"fields can have at most {MOST_FIELDS} names.")
    fields = {}
    for name, text in value.items():
        if len(name) > LONGEST_NAME or not name.isascii() or not name.isprintable():
            raise _wrong("fields", "A name in fields is not one of a form.")
        if not isinstance(text, str):
            raise _wrong(name, f"{name} must be text.")
        if len(text) > LONGEST_VALUE:
            raise _wrong(
                name,
                f"This can be at most {LONGEST_VALUE:,} characters; this has {len(text):,}. "
                "Nothing was lost: shorten it and save again.",
            )
        fields[name] = text
    return fields


def _wrong(field: str, message: str) -> Refused:
    return Refused((Problem(field, message),))
