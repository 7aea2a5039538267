"""Briefings: areas and objectives, intelligence notes with their marking, premises to visit."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import utc_text
from fieldlog.core.words import Marking


@dataclass(frozen=True)
class Note:
    """An intelligence note of a briefing."""

    id: int
    text: str
    marking: Marking
    who: str


@dataclass(frozen=True)
class PlannedPremises:
    """Premises that a crew is asked to visit, and why."""

    id: int
    premises_id: int | None
    name: str
    why: str


@dataclass(frozen=True)
class NightBriefing:
    """What the crews of a deployment are told."""

    areas: str
    objectives: str
    notes: tuple[Note, ...]
    premises: tuple[PlannedPremises, ...]


def briefing_of(db: Database, deployment_id: int) -> NightBriefing:
    """Return the briefing of a deployment; an empty one where nothing is written yet."""
    row = db.execute(
        "SELECT areas, objectives FROM night_briefings WHERE deployment_id = ?", [deployment_id]
    ).fetchone()
    notes = db.execute(
        "SELECT briefing_notes.id, text, marking, coalesce(officers.name, '') FROM briefing_notes "
        "LEFT JOIN officers ON officers.id = added_by "
        "WHERE deployment_id = ? AND withdrawn_at IS NULL ORDER BY briefing_notes.id",
        [deployment_id],
    )
    premises = db.execute(
        "SELECT id, premises_id, name, why FROM planned_premises "
        "WHERE deployment_id = ? AND withdrawn_at IS NULL ORDER BY id",
        [deployment_id],
    )
    areas, objectives = row or ("", "")
    return NightBriefing(
        areas,
        objectives,
        tuple(Note(one[0], one[1], Marking(one[2]), one[3]) for one in notes),
        tuple(PlannedPremises(*one) for one in premises),
    )


def premises_asked(db: Database, deployment_id: int) -> list[int]:
    """Return the premises of the register that crews were asked to visit, also taken off since."""
    rows = db.execute(
        "SELECT DISTINCT premises_id FROM planned_premises "
        "WHERE deployment_id = ? AND premises_id IS NOT NULL ORDER BY premises_id",
        [deployment_id],
    )
    return [row[0] for row in rows]


def write_briefing(
    db: Database, deployment_id: int, *, areas: str, objectives: str, by: int, now: datetime
) -> None:
    """Write areas and objectives. Call in a write transaction, like all changes here."""
    db.conn.execute(
        "INSERT INTO night_briefings (deployment_id, areas, objectives, changed_at, changed_by) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (deployment_id) DO UPDATE SET areas = excluded.areas, "
        "objectives = excluded.objectives, changed_at = excluded.changed_at, "
        "changed_by = excluded.changed_by",
        [deployment_id, areas, objectives, utc_text(now), by],
    )


def add_note(
    db: Database, deployment_id: int, *, text: str, marking: Marking, by: int, now: datetime
) -> None:
    """Insert an intelligence note."""
    db.conn.execute(
        "INSERT INTO briefing_notes (deployment_id, text, marking, added_at, added_by) "
        "VALUES (?, ?, ?, ?, ?)",
        [deployment_id, text, marking.value, utc_text(now), by],
    )


def withdraw_note(db: Database, deployment_id: int, note_id: int, now: datetime) -> None:
    """Take a note out of the briefing; it stays in the database."""
    db.conn.execute(
        "UPDATE briefing_notes SET withdrawn_at = ? "
        "WHERE id = ? AND deployment_id = ? AND withdrawn_at IS NULL",
        [utc_text(now), note_id, deployment_id],
    )


def add_premises(
    db: Database,
    deployment_id: int,
    *,
    premises_id: int | None,
    name: str,
    why: str,
    now: datetime,
) -> None:
    """Insert premises to visit."""
    db.conn.execute(
        "INSERT INTO planned_premises (deployment_id, premises_id, name, why, added_at) "
        "VALUES (?, ?, ?, ?, ?)",
        [deployment_id, premises_id, name, why, utc_text(now)],
    )


def withdraw_premises(db: Database, deployment_id: int, planned_id: int, now: datetime) -> None:
    """Take premises off the plan; the row stays in the database."""
    db.conn.execute(
        "UPDATE planned_premises SET withdrawn_at = ? "
        "WHERE id = ? AND deployment_id = ? AND withdrawn_at IS NULL",
        [utc_text(now), planned_id, deployment_id],
    )
