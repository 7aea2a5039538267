"""Rosters: the crews of a deployment and the officers in them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text


@dataclass(frozen=True)
class Member:
    """An officer on a roster; ``has_phone`` says that they can sign in."""

    officer_id: int
    name: str
    collar_number: str
    agency: str
    has_phone: bool


@dataclass(frozen=True)
class Crew:
    """A crew of a deployment.

    ``stand_in_id`` is the officer id that counts of a partner crew without accounts go under: a
    person in name only, called like the crew; None for a crew of officers.
    """

    id: int
    deployment_id: int
    name: str
    agency_id: int | None
    agency: str
    area: str
    stand_in_id: int | None
    members: tuple[Member, ...] = ()


def add_crew(
    db: Database,
    deployment_id: int,
    *,
    name: str,
    agency_id: int | None,
    area: str,
    stand_in_id: int | None,
    now: datetime,
) -> int:
    """Insert a crew; return its id. Raises sqlite3.IntegrityError if its name is taken."""
    cursor = db.conn.execute(
        "INSERT INTO crews (deployment_id, name, folded_name, agency_id, area, stand_in_id, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [deployment_id, name, folded(name), agency_id, area, stand_in_id, utc_text(now)],
    )
    return int(cursor.lastrowid or 0)


def put_in_crew(db: Database, crew: Crew, officer_id: int) -> None:
    """Put an officer in a crew, out of any other of the same deployment."""
    db.conn.execute(
        "INSERT INTO crew_members (deployment_id, officer_id, crew_id) VALUES (?, ?, ?) "
        "ON CONFLICT (deployment_id, officer_id) DO UPDATE SET crew_id = excluded.crew_id",
        [crew.deployment_id, officer_id, crew.id],
    )


def take_off_roster(db: Database, deployment_id: int, officer_id: int) -> None:
    """Take an officer off the roster of a deployment; what they logged stays."""
    db.conn.execute(
        "DELETE FROM crew_members WHERE deployment_id = ? AND officer_id = ?",
        [deployment_id, officer_id],
    )


def remove_crew(db: Database, crew_id: int) -> None:
    """Remove a crew with its roster; what its people logged stays."""
    db.conn.execute("DELETE FROM crew_members WHERE crew_id = ?", [crew_id])
    db.conn.execute("DELETE FROM crews WHERE id = ?", [crew_id])


def crews_of(db: Database, deployment_id: int) -> list[Crew]:
    """Return the crews of a deployment by agency and name, with their members by name."""
    members: dict[int, list[Member]] = {}
    for row in db.execute(
        "SELECT crew_id, officers.id, officers.name, collar_number, coalesce(agencies.name, ''), "
        "EXISTS (SELECT 1 FROM users WHERE users.officer_id = officers.id "
        "AND disabled_at IS NULL) FROM crew_members JOIN officers ON officers.id = officer_id "
        "LEFT JOIN agencies ON agencies.id = officers.agency_id WHERE deployment_id = ? "
        "ORDER BY officers.folded_name, officers.id",
        [deployment_id],
    ):
        found = Member(row[1], row[2], row[3], row[4], bool(row[5]))
        members.setdefault(row[0], []).append(found)
    rows = db.execute(
        "SELECT crews.id, deployment_id, crews.name, agency_id, coalesce(agencies.name, ''), area, "
        "stand_in_id FROM crews LEFT JOIN agencies ON agencies.id = agency_id "
        "WHERE deployment_id = ? "
        "ORDER BY coalesce(agencies.folded_name, ''), crews.folded_name",
        [deployment_id],
    )
    return [Crew(*[*row, tuple(members.get(row[0], ()))]) for row in rows]


def crew_of(db: Database, deployment_id: int, officer_id: int) -> Crew | None:
    """Return the crew that an officer is in on a deployment, or None."""
    for crew in crews_of(db, deployment_id):
        if any(one.officer_id == officer_id for one in crew.members):
            return crew
    return None


def crews_on(db: Database, night: date) -> dict[tuple[int | None, int | None], int]:
    """Return (deployment id, officer id) → crew id for everybody rostered on a night."""
    rows = db.execute(
        "SELECT deployment_id, officer_id, crew_id FROM crew_members "
        "JOIN deployments ON deployments.id = deployment_id WHERE night_of = ?",
        [night.isoformat()],
    )
    return {(deployment, officer): crew for deployment, officer, crew in rows}
