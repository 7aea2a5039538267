"""List operations and their deployments, and what a new one can be made of."""

from fieldlog.store import agencies, deployments
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment, Operation
from fieldlog.store.lists import load_lists

__all__ = ["Deployment", "Operation", "agencies_to_lead", "kinds", "of_operation", "operations"]


def operations(db: Database) -> list[Operation]:
    """Return all operations by name."""
    return deployments.operations(db)


def operation(db: Database, operation_id: int) -> Operation | None:
    """Return one operation, or None."""
    return next((found for found in operations(db) if found.id == operation_id), None)


def of_operation(db: Database, operation_id: int) -> list[Deployment]:
    """Return the deployments of one operation, the newest night first."""
    return deployments.deployments(db, operation_id)


def deployment(db: Database, deployment_id: int) -> Deployment | None:
    """Return one deployment, or None."""
    return deployments.get(db, deployment_id)


def kinds(db: Database) -> list[tuple[str, str]]:
    """Return (code, label) of every kind of operation, in the list's order."""
    listed = load_lists(db).plain["operation_kind"].values()
    return [(kind.code, kind.label) for kind in listed]


def agencies_to_lead(db: Database) -> list[tuple[int, str]]:
    """Return (id, name) of every agency by name."""
    return list(agencies.every_agency(db).items())
