"""Record an entry once, whoever sends it and however often."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from fieldlog.core.entry import Entry, content_hash
from fieldlog.core.lists import Lists
from fieldlog.core.rules import Problem, Refused, problems_of, text_problems
from fieldlog.core.words import Capacity, EntryKind
from fieldlog.services.follow_up import follow_up, follow_up_problems
from fieldlog.store import deployments, entries, officers, premises
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists


class Recorded(StrEnum):
    """What became of a record that was sent."""

    STORED = "stored"
    ALREADY_STORED = "already-stored"
    CONFLICT = "conflict"


def record_entry(
    db: Database, entry: Entry, *, by: int | None, now: datetime, said: str | None = None
) -> Recorded:
    """Store ``entry`` as version 1 and say what became of it.

    ``by`` is the id of the officer who sends it, ``now`` the aware moment it was received.
    ``said`` is the hash of what the sender said where that is not the entry itself (a row of a
    spreadsheet). The same id and hash again is ``ALREADY_STORED``; the same id with another hash
    is a ``CONFLICT`` and the first stays as it was. Raises Refused, and the errors of
    ``store.connection``; then nothing was stored.
    """
    with write_transaction(db):
        return record_within(db, entry, load_lists(db), by=by, now=now, said=said)


def record_within(
    db: Database,
    entry: Entry,
    lists: Lists,
    *,
    by: int | None,
    now: datetime,
    said: str | None = None,
) -> Recorded:
    """Do the work of ``record_entry`` inside a write transaction that is already open."""
    said = said or content_hash(entry)
    stored = entries.first_hash(db, entry.id)
    if stored is not None:
        return Recorded.ALREADY_STORED if stored == said else Recorded.CONFLICT
    whole = completed(db, entry, lists, now)
    version = entries.Version(number=1, content_hash=said, received_at=now, recorded_by=by)
    add_checked(db, whole, lists, version)
    return Recorded.STORED


def add_checked(db: Database, entry: Entry, lists: Lists, version: entries.Version) -> int:
    """Add a version after every rule; return its version_id. Raises Refused."""
    post = officers.post(db, entry.officer_id) if entry.officer_id else None
    found = list(problems_of(entry, lists, post, version.received_at))
    found += follow_up_problems(db, entry, lists)
    if entry.deployment_id and not found:
        found += _night_problems(db, entry)
    if not found:
        try:
            version_id = entries.add_version(db, entry, version)
            follow_up(db, entry, lists, by=version.recorded_by, at=version.received_at)
            return version_id
        except entries.NumberTaken as taken:
            found.append(
                Problem(
                    "number",
                    f"Notice number {taken} is on another entry already. "
                    "Check the number on the notice.",
                )
            )
    raise Refused(tuple(found))


def completed(db: Database, entry: Entry, lists: Lists, now: datetime) -> Entry:
    """Return ``entry`` with what follows from it: the premises of a typed name, its ward, counts.

    A notice or an arrest sets its own count, so that headline figures have one source.
    """
    entry = _with_premises(db, entry, now)
    if entry.premises_id and entry.ward_id is None:
        found = premises.get(db, entry.premises_id)
        entry = replace(entry, ward_id=found.ward_id if found else None)
    own = own_measure(entry, lists)
    if own and own not in entry.counts:
        entry = replace(entry, counts={**entry.counts, own: 1})
    return entry


def own_measure(entry: Entry, lists: Lists) -> str | None:
    """Return the measure that the entry's notice or arrest counts in, if it is the officer's own.

    Witnessed, referred and joint ones are counted where they were made, never twice.
    """
    if entry.capacity is not Capacity.OWN:
        return None
    if entry.kind is EntryKind.ARREST:
        return "arrests"
    law = lists.laws.get(entry.law or "")
    return law.measure if law else None


def _with_premises(db: Database, entry: Entry, now: datetime) -> Entry:
    name = entry.place.strip()
    if entry.kind is not EntryKind.PREMISES_VISIT or entry.premises_id or not name:
        return entry
    if any(text_problems("place", name)):
        # The rules say so next; what is no text cannot even be looked up.
        return entry
    known = premises.named(db, name)
    return replace(entry, premises_id=known or premises.add_typed(db, name, now, entry.ward_id))


def _night_problems(db: Database, entry: Entry) -> list[Problem]:
    night = deployments.night_of(db, entry.deployment_id or 0)
    if night == entry.night_of:
        return []
    return [Problem("deployment_id", "Choose the deployment again: it is not of that night.")]
