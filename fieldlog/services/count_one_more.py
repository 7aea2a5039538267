"""Count one more of something: a tap of the tally is an entry with one count."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists, Measure, usable
from fieldlog.core.person import Person
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import EntryKind
from fieldlog.services.record_entry import Recorded, record_entry
from fieldlog.store.connection import Database
from fieldlog.store.lists import load_lists

SET_BY_ENTRIES = frozenset({"arrests"})


@dataclass(frozen=True)
class Tap:
    """One tap on a tile: ``id`` names it for ever, so that sending it again counts once.

    ``step`` is what the tile said it adds, None for what the list says now.
    """

    id: UUID
    measure: str
    night_of: date
    deployment_id: int | None
    step: int | None = None


def countable(lists: Lists, night: date) -> list[Measure]:
    """Return the measures that one can tap on the night of ``night``, in the list's order.

    Notices and arrests are not among them: their own entries count them, and twice is wrong.
    """
    set_elsewhere = SET_BY_ENTRIES | {law.measure for law in lists.laws.values()}
    return [
        measure for measure in usable(lists.measures, night) if measure.code not in set_elsewhere
    ]


def count_one_more(db: Database, tap: Tap, *, officer: Person, now: datetime) -> Recorded:
    """Store one tap as an encounter with one count of the measure's step.

    What tells a repeat from another tap is its id and its measure, not the moment it arrived: the
    same tap that had to be sent twice is one. Raises Refused, and the errors of
    ``store.connection``.
    """
    entry = entry_of_tap(load_lists(db), tap, officer=officer, happened_at=now, captured_at=now)
    said = tap_hash(tap.id, tap.measure, officer)
    return record_entry(db, entry, by=officer.officer_id, now=now, said=said)


def entry_of_tap(
    lists: Lists, tap: Tap, *, officer: Person, happened_at: datetime, captured_at: datetime
) -> Entry:
    """Return the encounter with one count that a tap is; aware moments. Raises Refused."""
    measure = next((m for m in countable(lists, tap.night_of) if m.code == tap.measure), None)
    if measure is None:
        raise Refused((Problem("measure", "That is not counted on that night."),))
    return Entry(
        id=tap.id,
        kind=EntryKind.ENCOUNTER,
        happened_at=happened_at,
        captured_at=captured_at,
        night_of=tap.night_of,
        officer_id=officer.officer_id,
        agency_id=officer.agency_id,
        deployment_id=tap.deployment_id,
        counts={measure.code: tap.step or measure.step},
    )


def tap_hash(tap_id: UUID, measure: str, officer: Person) -> str:
    """Return the hash of what tells a tap from another one."""
    return hashlib.sha256(f"{tap_id} {measure} {officer.officer_id}".encode()).hexdigest()
