"""Brief a phone: everything an officer needs for the night, so that it works with no network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists, Measure
from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.services.count_one_more import countable
from fieldlog.services.find_premises import Visit
from fieldlog.services.offer_deployments import offer_deployments
from fieldlog.services.read_entries import counts_of_night, entries_of_night
from fieldlog.services.read_lists import read_lists
from fieldlog.store import log, register
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment
from fieldlog.store.premises import Premises

MOST_PREMISES = 5_000
DELIBERATE = (EntryKind.NOTICE, EntryKind.ARREST)
"""Kinds that need a power to be recorded as one's own."""


@dataclass(frozen=True)
class Briefing:
    """What one officer is told. ``tiles`` are (measure, the officer's total of the night)."""

    lists: Lists
    deployments: Sequence[Deployment]
    entries: Sequence[LogLine]
    tiles: Sequence[tuple[Measure, int]]
    visits: Mapping[int, Visit]


def brief_phone(db: Database, officer_id: int, *, night: date, now: datetime) -> Briefing:
    """Return what an officer is told for the night of ``night``.

    Their entries are those of that night and of the one before: a shift may begin before what was
    logged at the end of the last one has been looked at again.
    """
    lists = read_lists(db)
    totals = counts_of_night(db, officer_id, night)
    return Briefing(
        lists=lists,
        deployments=tuple(offer_deployments(db, now).values()),
        entries=(
            *entries_of_night(db, officer_id, night),
            *entries_of_night(db, officer_id, night - timedelta(days=1)),
        ),
        tiles=tuple((one, totals.get(one.code, 0)) for one in countable(lists, night)),
        visits=_latest_visits(db, night),
    )


def _latest_visits(db: Database, night: date) -> dict[int, Visit]:
    """Return premises id → the latest visit to it on a night, by whichever crew."""
    kind = EntryKind.PREMISES_VISIT.value
    wanted = Filter(where={"night": (night.isoformat(),), "kind": (kind,)})
    visits: dict[int, Visit] = {}
    for line in log.find_lines(db, wanted):
        if line.premises_id is not None:
            visit = Visit(
                line.premises_id, line.happened_at, line.officer_id, line.officer, line.id
            )
            visits.setdefault(line.premises_id, visit)
    return visits


def entry_to_amend(db: Database, entry_id: str, version: int) -> Entry | None:
    """Return an entry as one of its versions has it, or None."""
    return log.entry_version(db, UUID(entry_id), version)


def register_for_phones(db: Database) -> list[Premises]:
    """Return the premises that a phone keeps, by name; registered ones go before typed names."""
    every = sorted(register.every_premises(db), key=lambda one: (not one.registered, -one.id))
    return sorted(every[:MOST_PREMISES], key=lambda one: (one.name.casefold(), one.id))
