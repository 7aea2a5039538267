"""Make the database of an instance folder, and open it when it is ready."""

from pathlib import Path

from fieldlog.store.checking import is_up_to_date
from fieldlog.store.connection import Database, StoreError, connect, database_path
from fieldlog.store.migrations import prepare_database


class NotReady(StoreError):
    """The database was made by an earlier fieldlog and its tables are not up to date."""


def initialise(instance: Path) -> bool:
    """Make the database, or bring its tables up to date; return whether it is a new one.

    Harmless where all is done already. Raises the errors of ``store.connection`` and OSError.
    """
    path = database_path(instance)
    new = not path.exists()
    prepare_database(path).close()
    return new


def open_database(instance: Path) -> Database:
    """Return a connection to the database in the folder ``instance``.

    Raises NotReady, and the errors of ``store.connection``.
    """
    db = connect(database_path(instance))
    if not is_up_to_date(db):
        raise NotReady("The database is not up to date with this fieldlog. Run: fieldlog init")
    return db
