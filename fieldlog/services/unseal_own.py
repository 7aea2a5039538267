"""Give an officer back what they sealed on a phone that cannot read it any more."""

from collections.abc import Sequence

from fieldlog.core.phone_record import PhoneRecord, read_record, read_uuid
from fieldlog.core.rules import Refused
from fieldlog.core.sealed_record import NotASeal, parts_of, read_sealed
from fieldlog.core.strict_json import Json, NotAccepted, read_json
from fieldlog.services.open_sealed import BrokenSeal, SealingKey

Own = tuple[Json, PhoneRecord]
"""A record word for word, and as it is read."""


def unseal_own(raw: Sequence[Json], officer_id: int, key: SealingKey) -> list[Own]:
    """Return those of the sealed records that open and are the officer's own; nothing is stored."""
    found = (_opened(one, key) for one in raw if isinstance(one, dict))
    return [own for own in found if own and own[1].officer_id == officer_id]


def _opened(raw: dict[str, Json], key: SealingKey) -> Own | None:
    try:
        record_id = str(read_uuid(raw.get("id"), "id"))
        text, _photo = parts_of(key.opened(read_sealed(raw.get("sealed")), record_id))
        said = read_json(text)
        record = read_record(said)
    except (NotASeal, BrokenSeal, NotAccepted, Refused):
        return None
    return (said, record) if str(record.id) == record_id else None
