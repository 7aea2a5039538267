"""Tell an officer whom they are out with on a deployment."""

from fieldlog.store import rosters
from fieldlog.store.connection import Database
from fieldlog.store.rosters import Crew

__all__ = ["Crew", "crew_mates", "own_crew"]


def own_crew(db: Database, deployment_id: int, officer_id: int) -> Crew | None:
    """Return the crew that an officer is in on a deployment, or None."""
    return rosters.crew_of(db, deployment_id, officer_id)


def crew_mates(db: Database, deployment_id: int, officer_id: int) -> list[tuple[int, str]]:
    """Return (officer id, name) of the others in an officer's crew on a deployment."""
    crew = own_crew(db, deployment_id, officer_id)
    members = crew.members if crew else ()
    return [(one.officer_id, one.name) for one in members if one.officer_id != officer_id]
