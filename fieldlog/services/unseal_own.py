"""Give an officer back what they sealed on a phone that cannot read it any more."""

from collections.abc import Sequence

from fieldlog.core.phone_record import PhoneRecord
from fieldlog.core.strict_json import Json
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.unwrap_record import Unreadable, unwrap


def unseal_own(raw: Sequence[Json], officer_id: int, key: SealingKey) -> list[PhoneRecord]:
    """Return those of the sealed records that open and are the officer's own; nothing is stored."""
    found = []
    for one in raw:
        try:
            record = unwrap(one, key).record
        except Unreadable:
            continue
        if record and record.officer_id == officer_id:
            found.append(record)
    return found
