"""Open what a phone sends as one record, sealed or plain, as far as it can be opened."""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.phone_record import (
    MENDED_BY_OFFICER,
    PhoneRecord,
    read_record,
    read_uuid,
    record_hash,
    text_hash,
)
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.sealed_record import NotASeal, parts_of, read_sealed
from fieldlog.core.strict_json import Json, NotAccepted, read_json, write_json
from fieldlog.services.open_sealed import BrokenSeal, SealingKey

LONGEST_ID = 64


@dataclass(frozen=True)
class Unwrapped:
    """A record with the JSON it came as. ``record`` is None where its seal is broken.

    ``hash`` is of what it says, sealed or not; of the JSON itself where that cannot be read.
    """

    id: str
    hash: str
    body: str
    record: PhoneRecord | None

    @property
    def changes(self) -> bool:
        """Whether it changes an entry or a patrol that should be there."""
        return self.record is not None and self.record.changes

    @property
    def can_be_mended(self) -> bool:
        """Whether its officer can mend it on the phone and send it again."""
        return self.record is not None and self.record.type in MENDED_BY_OFFICER

    @property
    def captured_at(self) -> datetime | None:
        """When the phone saved it, by its own clock; None if that cannot be read."""
        return self.record.captured_at if self.record else None


class Unreadable(Exception):
    """It is no record at all; ``id`` is what it calls itself, if it does."""

    def __init__(self, record_id: str | None, problems: tuple[Problem, ...]) -> None:
        """Keep the ``problems``."""
        super().__init__(" ".join(problem.message for problem in problems))
        self.id = record_id
        self.problems = problems


def unwrap(raw: Json, key: SealingKey) -> Unwrapped:
    """Return the record that ``raw`` is. Raises Unreadable."""
    try:
        if isinstance(raw, dict) and "sealed" in raw:
            return _sealed(raw, key)
        record = read_record(raw)
    except Refused as refused:
        raise Unreadable(_called(raw), refused.problems) from refused
    return Unwrapped(str(record.id), record_hash(record), write_json(raw), record)


def _sealed(raw: dict[str, Json], key: SealingKey) -> Unwrapped:
    record_id = str(read_uuid(raw.get("id"), "id"))
    body = write_json(raw)
    try:
        text, content = parts_of(key.opened(read_sealed(raw["sealed"]), record_id))
        record = read_record(read_json(text), content)
    except (NotASeal, BrokenSeal, NotAccepted, Refused):
        record = None
    if record is None or str(record.id) != record_id:
        return Unwrapped(record_id, text_hash(body), body, None)
    return Unwrapped(record_id, record_hash(record), body, record)


def _called(raw: Json) -> str | None:
    """Return the id to answer under, where it is short plain text."""
    called = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(called, str) and len(called) <= LONGEST_ID and called.isprintable():
        return called
    return None
