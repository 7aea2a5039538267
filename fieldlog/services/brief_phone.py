"""Brief a phone: everything an officer needs for the night, so that it works with no network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists, Measure
from fieldlog.core.log import LogLine
from fieldlog.core.words import EntryKind
from fieldlog.services.count_one_more import countable
from fieldlog.services.doubt_entry import doubts_beside
from fieldlog.services.find_premises import Visit, visits_of_night
from fieldlog.services.list_operations import Operation, operations
from fieldlog.services.offer_deployments import offer_deployments
from fieldlog.services.read_entries import counts_of_night, entries_of_night
from fieldlog.services.read_lists import read_lists
from fieldlog.services.tell_premises import (
    NOTHING_KNOWN,
    Arrival,
    Standing,
    arrivals_to_brief,
    standing_before,
)
from fieldlog.store import log, register
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment
from fieldlog.store.premises import Premises

MOST_PREMISES = 5_000
DELIBERATE = (EntryKind.NOTICE, EntryKind.ARREST)
"""Kinds that need a power to be recorded as one's own."""


@dataclass(frozen=True)
class Briefing:
    """What one officer is told.

    ``tiles`` are (measure, the officer's total of the night); ``doubts`` are what looks odd about
    an entry, by its id; ``arrivals`` are premises with news or open tasks, by their id.
    """

    lists: Lists
    deployments: Sequence[Deployment]
    entries: Sequence[LogLine]
    tiles: Sequence[tuple[Measure, int]]
    visits: Mapping[int, Visit]
    arrivals: Mapping[int, Arrival]
    doubts: Mapping[str, Sequence[str]]
    operations: Mapping[int, Operation]


def brief_phone(db: Database, officer_id: int, *, night: date, now: datetime) -> Briefing:
    """Return what an officer is told for the night of ``night``.

    Their entries are those of that night and of the one before: a shift may begin before what was
    logged at the end of the last one has been looked at again.
    """
    lists = read_lists(db)
    totals = counts_of_night(db, officer_id, night)
    entries: list[LogLine] = []
    doubts: dict[str, Sequence[str]] = {}
    for one in (night, night - timedelta(days=1)):
        lines = entries_of_night(db, officer_id, one)
        entries += lines
        doubts |= _doubts(db, lines, lists, one)
    return Briefing(
        lists=lists,
        deployments=tuple(offer_deployments(db, now).values()),
        entries=entries,
        tiles=tuple((one, totals.get(one.code, 0)) for one in countable(lists, night)),
        visits={visit.premises_id: visit for visit in visits_made(db, night)},
        arrivals=arrivals_to_brief(db, officer_id, night),
        doubts=doubts,
        operations={one.id: one for one in operations(db)},
    )


def _doubts(
    db: Database, lines: Sequence[LogLine], lists: Lists, night: date
) -> dict[str, tuple[str, ...]]:
    """Return what looks odd about the entries of a night; what is struck out is past doubting."""
    standing = [line for line in lines if not line.struck]
    visited = {line.premises_id for line in standing if line.premises_id is not None}
    visits = visits_of_night(db, visited, night) if visited else {}
    return {line.id: doubts_beside(line, lists, visits) for line in standing}


def visits_made(db: Database, night: date) -> list[Visit]:
    """Return the latest visit of each premises visited on a night by whichever crew, by name."""
    latest = [visits[0] for visits in visits_of_night(db, None, night).values()]
    return sorted(latest, key=lambda visit: (visit.premises.casefold(), visit.premises_id))


def entry_to_amend(db: Database, entry_id: str, version: int) -> Entry | None:
    """Return an entry as one of its versions has it, or None."""
    return log.entry_version(db, UUID(entry_id), version)


def register_for_phones(db: Database, night: date) -> list[tuple[Premises, Standing]]:
    """Return the premises that a phone keeps, by name; registered ones go before typed names.

    Each comes with how it stood before what the briefing of ``night`` tells by itself.
    """
    every = sorted(register.every_premises(db), key=lambda one: (not one.registered, -one.id))
    kept = sorted(every[:MOST_PREMISES], key=lambda one: (one.name.casefold(), one.id))
    known = standing_before(db, night)
    return [(one, known.get(one.id, NOTHING_KNOWN)) for one in kept]
