"""Nights with every sort of entry on them, blanks and struck ones too, from a fixed seed."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from fieldlog.core.entry import Entry, NoticeDetail
from fieldlog.core.night import from_uk
from fieldlog.core.words import Capacity, EntryKind, FourE
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.plan_deployment import OperationPlan, add_operation, deployment_for
from fieldlog.services.record_entry import record_entry
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.wards import ward_named_or_new
from tests.conftest import LATE_THAT_NIGHT, Cast

OTHER_NIGHT = date(2020, 11, 28)
HOURS = (18, 20, 21)
ACTIONS = (None, "advice_given", "visit", "phone_call", "letter")
MINUTES = (None, 0, 15, 30, 75)
PLACES = ("The Lamp", "The Mitre", "100% Bar", "High Street")
SORTS = (
    EntryKind.PREMISES_VISIT,
    EntryKind.PREMISES_VISIT,
    EntryKind.ENCOUNTER,
    EntryKind.PATROL_NOTE,
    EntryKind.NOTICE,
)


@dataclass(frozen=True)
class BusyNights:
    """What was recorded; ``struck`` is among ``entries`` and is not counted."""

    dial: int
    dial_night: int
    entries: tuple[Entry, ...]
    struck: Entry

    @property
    def counted(self) -> int:
        return len(self.entries) - 1


def a_visit(cast: Cast, **changes: Any) -> Entry:
    """A visit to The Lamp by Asha at 20:15 of the cast's night, with ``changes``."""
    at = from_uk(cast.night, time(20, 15))
    entry = Entry(
        id=uuid.uuid4(),
        kind=EntryKind.PREMISES_VISIT,
        happened_at=at,
        captured_at=at,
        night_of=cast.night,
        officer_id=cast.asha.officer_id,
        agency_id=cast.council,
        deployment_id=cast.deployment,
        place="The Lamp",
    )
    return replace(entry, **changes)


def record(db: Database, *entries: Entry, now: datetime = LATE_THAT_NIGHT) -> None:
    for entry in entries:
        record_entry(db, entry, by=entry.officer_id, now=now)


def busy_nights(db: Database, cast: Cast) -> BusyNights:
    """Record 60 entries of three nights; one is amended and one is struck."""
    at = LATE_THAT_NIGHT
    dial = add_operation(db, OperationPlan("Op Dial", "hotspot_patrol", cast.constabulary), now=at)
    with write_transaction(db):
        wards = [None, *(ward_named_or_new(db, name) for name in ("Castle Hill", "Quayside"))]
        dial_night = deployment_for(db, operation_id=dial, night=OTHER_NIGHT, now=at)
    nights = [(cast.deployment, cast.night), (dial_night, OTHER_NIGHT), (None, OTHER_NIGHT)]
    entries = list(_entries(cast, nights, wards))
    record(db, *entries)
    first, second = entries[:2]
    entries[0] = replace(first, minutes=45)
    reason = {"reason": "counted twice", "by": cast.cora.officer_id, "now": at}
    amend_entry(db, entries[0], seen_version=1, **reason)
    strike_entry(db, second.id, seen_version=1, **reason)
    return BusyNights(dial, dial_night, tuple(entries), second)


def _entries(
    cast: Cast, nights: list[tuple[int | None, date]], wards: list[int | None]
) -> Iterator[Entry]:
    dice = random.Random(20201205)
    people = [cast.asha, cast.ben, None]
    for number in range(60):
        deployment, night = nights[number % 3]
        officer = people[number % 7 % 3]
        kind = SORTS[number % 5]
        place = PLACES[dice.randrange(4)]
        notice = NoticeDetail(f"CB{number:06}", dice.choice(["pspo", "litter"]), 10_000)
        yield a_visit(
            cast,
            id=uuid.UUID(int=dice.getrandbits(128), version=4),
            kind=kind,
            happened_at=from_uk(night, time(dice.choice(HOURS), dice.randrange(30)))
            + timedelta(seconds=number),
            night_of=night,
            deployment_id=deployment,
            officer_id=officer.officer_id if officer else None,
            agency_id=officer.agency_id if officer else None,
            capacity=Capacity.WITNESSED if kind is EntryKind.NOTICE else Capacity.OWN,
            place=place,
            ward_id=dice.choice(wards),
            action=dice.choice(ACTIONS),
            minutes=dice.choice(MINUTES),
            four_e=dice.choice([None, FourE.ENGAGE, FourE.EXPLAIN]),
            notice=notice if kind is EntryKind.NOTICE else None,
            counts={"spoken_to": dice.randrange(4), "warned": 1} if number % 2 else {},
        )
