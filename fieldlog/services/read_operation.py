"""Read what an operation is for, who takes part, and the priorities it serves."""

from datetime import datetime

from fieldlog.store import deployments, operation_details
from fieldlog.store.connection import Database
from fieldlog.store.operation_details import OperationDetails

__all__ = ["OperationDetails", "details_of", "priorities", "spellings"]


def details_of(db: Database, operation_id: int) -> OperationDetails:
    """Return what is known of an operation beside its names. Raises LookupError if unknown."""
    return operation_details.details_of(db, operation_id)


def spellings(db: Database, operation_id: int) -> list[tuple[str, str, datetime, str]]:
    """Return (spelling, added or taken off, when, by whom) of an operation, the newest first."""
    return deployments.spellings(db, operation_id)


def priorities(db: Database) -> list[str]:
    """Return the partnership priorities in use, to be chosen again."""
    return operation_details.every_priority(db)
