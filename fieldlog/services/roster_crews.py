"""Roster crews: officers by agency and crew, also on the night, and partners without accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.folding import folded
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.core.words import EntryKind
from fieldlog.services.count_one_more import countable
from fieldlog.services.record_entry import Recorded, record_entry
from fieldlog.store import agencies, deployments, officers, rosters
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.rosters import Crew

__all__ = ["Crew", "NewCrew", "NewMember"]

LONGEST_NAME = 100


@dataclass(frozen=True)
class NewCrew:
    """What is said of a crew. A ``partner`` crew has no accounts: the coordinator counts for it."""

    name: str
    agency_id: int | None
    area: str
    partner: bool
    new_agency: str = ""


@dataclass(frozen=True)
class NewMember:
    """Who joins a crew: somebody known by their officer id, or a name with a collar number."""

    officer_id: int | None
    name: str = ""
    collar_number: str = ""


def add_crew(db: Database, deployment_id: int, new: NewCrew, *, now: datetime) -> int:
    """Add a crew to a roster; return its id. Raises Refused."""
    with write_transaction(db):
        return add_crew_within(db, deployment_id, new, now=now).id


def add_crew_within(db: Database, deployment_id: int, new: NewCrew, *, now: datetime) -> Crew:
    """Do the same inside a write transaction; a crew of that name that is there is returned."""
    name, area = " ".join(new.name.split()), " ".join(new.area.split())
    problems = [*text_problems("name", name), *text_problems("area", area)]
    if not name:
        problems.append(Problem("name", "Give the crew a name, like Crew 1 or SOS bus."))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name can be at most {LONGEST_NAME} characters."))
    if new.agency_id is not None and new.agency_id not in agencies.every_agency(db):
        problems.append(Problem("agency", "Choose one of the agencies, or add one."))
    problems += text_problems("new_agency", new.new_agency.strip())
    if problems:
        raise Refused(tuple(problems))
    if (there := _named(db, deployment_id, name)) is not None:
        return there
    agency_id = new.agency_id
    if new.new_agency.strip():
        agency_id = agencies.agency_named_or_new(db, new.new_agency)
    stand_in = _stand_in(db, name, agency_id, now) if new.partner else None
    rosters.add_crew(
        db,
        deployment_id,
        name=name,
        agency_id=agency_id,
        area=area,
        stand_in_id=stand_in,
        now=now,
    )
    return _there(_named(db, deployment_id, name))


def _named(db: Database, deployment_id: int, name: str) -> Crew | None:
    every = rosters.crews_of(db, deployment_id)
    return next((one for one in every if folded(one.name) == folded(name)), None)


def _stand_in(db: Database, name: str, agency_id: int | None, now: datetime) -> int:
    """Return the officer without an account that counts of a partner crew go under."""
    if agency_id is not None:
        known = officers.without_sign_in(db, name=name, agency_id=agency_id, collar_number="")
        if known is not None:
            return known
    return officers.add_officer(db, name=name, now=now, agency_id=agency_id)


def crew_called(db: Database, deployment_id: int, crew_id: int) -> Crew | None:
    """Return one crew of a deployment, or None."""
    every = rosters.crews_of(db, deployment_id)
    return next((one for one in every if one.id == crew_id), None)


def add_member(
    db: Database, deployment_id: int, crew_id: int, new: NewMember, *, now: datetime
) -> int:
    """Put somebody in a crew, out of any other of that night; return their officer id.

    A name that nobody of the crew's agency has yet is added as an officer without an account.
    Raises Refused.
    """
    name = " ".join(new.name.split())
    with write_transaction(db):
        crew = crew_called(db, deployment_id, crew_id)
        if crew is None:
            raise Refused((Problem("name", "This crew is gone. Open the plan again."),))
        officer_id = new.officer_id
        if officer_id is None:
            officer_id = _officer(db, crew, name, new.collar_number.strip(), now)
        elif not officers.name_of(db, officer_id):
            raise Refused((Problem("name", "Choose one of the people shown, or type a name."),))
        rosters.put_in_crew(db, crew, officer_id)
    return officer_id


def _officer(db: Database, crew: Crew, name: str, collar_number: str, now: datetime) -> int:
    problems = [*text_problems("name", name), *text_problems("collar_number", collar_number)]
    if not name:
        problems.append(Problem("name", "Choose somebody, or type a name."))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name can be at most {LONGEST_NAME} characters."))
    if problems:
        raise Refused(tuple(problems))
    known = officers.officers_named(db, name, crew.agency_id)
    if known:
        return known[0]
    return officers.add_officer(
        db, name=name, now=now, agency_id=crew.agency_id, collar_number=collar_number
    )


def take_off(db: Database, deployment_id: int, officer_id: int) -> None:
    """Take somebody off the roster; what they logged stays."""
    with write_transaction(db):
        rosters.take_off_roster(db, deployment_id, officer_id)


def remove_crew(db: Database, deployment_id: int, crew_id: int) -> None:
    """Remove a crew from the roster; what was counted for it stays."""
    with write_transaction(db):
        if crew_called(db, deployment_id, crew_id):
            rosters.remove_crew(db, crew_id)


def count_for_crew(
    db: Database,
    crew: Crew,
    record_id: UUID,
    counts: Mapping[str, int],
    *,
    notes: str,
    by: int,
    now: datetime,
) -> Recorded:
    """Record what a partner crew counted as one entry under its own name and agency.

    ``by`` is the coordinator who enters it and is kept with the entry. Raises Refused for no
    count at all, a measure that is set elsewhere, and what the rules refuse.
    """
    lists = load_lists(db)
    found = deployments.get(db, crew.deployment_id)
    if found is None or crew.stand_in_id is None:
        raise Refused((Problem("record", "This crew logs for itself."),))
    allowed = {measure.code for measure in countable(lists, found.night_of)}
    if not counts or counts.keys() - allowed:
        raise Refused((Problem("record", "Enter at least one of the counts shown."),))
    happened_at = now
    if found.finishes_at and now > found.finishes_at:
        happened_at = found.finishes_at
    if found.starts_at and happened_at < found.starts_at:
        raise Refused((Problem("record", "The night has not begun yet."),))
    entry = Entry(
        id=record_id,
        kind=EntryKind.ENCOUNTER,
        happened_at=happened_at,
        captured_at=now,
        night_of=found.night_of,
        officer_id=crew.stand_in_id,
        agency_id=crew.agency_id,
        deployment_id=crew.deployment_id,
        place=crew.area,
        particulars=f"Counts of {crew.name}, entered by the coordinator",
        notes=notes.replace("\r\n", "\n").strip(),
        counts=dict(counts),
    )
    return record_entry(db, entry, by=by, now=now)


def _there(crew: Crew | None) -> Crew:
    if crew is None:
        raise LookupError("A crew that was added is not there")
    return crew
