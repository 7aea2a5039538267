"""What an entry is: one thing done, as its officer says it, and the hash that tells it apart.

An entry is never edited. An amendment is a new version of the same entry, made of the same
``Entry`` with a higher number, who made it and why; a struck version is kept and not counted.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from fieldlog.core.checklist import Answer
from fieldlog.core.night import utc_text
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult

NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class NoticeDetail:
    """The particulars of a notice (FPN and others). Money in pence.

    ``number`` is unique for ever, also when the notice is voided. ``law`` is a code of the
    dated list of laws, which says which measure the notice counts in (FPN, PCN, PND, CPW, CPN:
    never added together).
    """

    number: str
    law: str
    amount_pence: int | None = None
    prohibition: str = ""
    recipient: str = ""


@dataclass(frozen=True)
class PurchaseDetail:
    """The particulars of a test purchase. The volunteer is a reference and an age, never a name."""

    product: str
    result: PurchaseResult
    volunteer_reference: str = ""
    volunteer_age: int | None = None
    id_asked: bool | None = None
    seller: str = ""
    exhibit: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing done, before the store has given it a version.

    ``premises_id`` names a premises of the register; ``place`` is any other place as text.
    ``minutes`` is whole minutes or ``None`` for *not recorded* (0 and not recorded differ).
    ``counts`` maps measure codes to whole numbers; a measure that is absent was not recorded.
    ``happened_at`` and ``captured_at`` are aware datetimes in UTC. ``deals_with`` are the ids of
    the tasks it dealt with, in order; ``revisit_days`` asks for a revisit within so many days.
    """

    id: UUID
    kind: EntryKind
    happened_at: datetime
    captured_at: datetime
    night_of: date
    officer_id: int | None = None
    agency_id: int | None = None
    deployment_id: int | None = None
    capacity: Capacity = Capacity.OWN
    premises_id: int | None = None
    place: str = ""
    ward_id: int | None = None
    action: str | None = None
    minutes: int | None = None
    four_e: FourE | None = None
    particulars: str = ""
    notes: str = ""
    marking: Marking = Marking.OFFICIAL
    counts: Mapping[str, int] = field(default_factory=lambda: NO_COUNTS)
    notice: NoticeDetail | None = None
    purchase: PurchaseDetail | None = None
    deals_with: tuple[int, ...] = ()
    revisit_days: int | None = None
    answers: tuple[Answer, ...] = ()
    struck: bool = False

    @property
    def law(self) -> str | None:
        """Code of the law the entry's notice was given under, if it has one."""
        return self.notice.law if self.notice else None


def content_hash(entry: Entry) -> str:
    """Return the SHA-256 (hex) of what the entry says.

    The same id with the same hash is the same record sent twice; another hash is a conflict.
    ``captured_at`` is left out: it says when a form was filled, not what was seen.
    """
    said: dict[str, object] = {
        "id": str(entry.id),
        "kind": entry.kind.value,
        "happened_at": utc_text(entry.happened_at),
        "night_of": entry.night_of.isoformat(),
        "officer": entry.officer_id,
        "agency": entry.agency_id,
        "deployment": entry.deployment_id,
        "capacity": entry.capacity.value,
        "premises": entry.premises_id,
        "place": entry.place,
        "ward": entry.ward_id,
        "action": entry.action,
        "minutes": entry.minutes,
        "four_e": entry.four_e.value if entry.four_e else None,
        "particulars": entry.particulars,
        "notes": entry.notes,
        "marking": entry.marking.value,
        "counts": dict(sorted(entry.counts.items())),
        "notice": _plain(entry.notice),
        "purchase": _plain(entry.purchase),
        "struck": entry.struck,
        **_said_besides(entry),
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _said_besides(entry: Entry) -> dict[str, object]:
    """What not every entry says is left out where it says nothing: old hashes stay true."""
    besides: dict[str, object] = {
        "deals_with": list(entry.deals_with),
        "revisit_days": entry.revisit_days,
        "answers": [dict(vars(answer)) for answer in entry.answers],
    }
    return {name: said for name, said in besides.items() if said}


def _plain(detail: NoticeDetail | PurchaseDetail | None) -> dict[str, object] | None:
    return dict(vars(detail)) if detail is not None else None
