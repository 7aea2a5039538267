"""Connections to the one database file, and the one way to write to it.

Every connection enforces foreign keys and waits for the disk (``synchronous=FULL``): an entry that
was acknowledged survives a power cut. Writers take turns in one queue per process, and each
transaction takes the write lock first: a transaction that starts by reading can fail half way when
another one writes, without being asked to wait.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import IntegrityError

from sqlite_utils import Database

from fieldlog.core.folding import folded

# Database and IntegrityError are named here for the floors above, which load neither library.
__all__ = [
    "Connections",
    "Database",
    "IntegrityError",
    "StorageBusy",
    "StorageDamaged",
    "StorageForbidden",
    "StorageFull",
    "StorageMissing",
    "StoreError",
    "connect",
    "create_file",
    "database_path",
    "read_snapshot",
    "translated_errors",
    "write_anew",
    "write_transaction",
]

DATABASE_NAME = "fieldlog.sqlite"
BUSY_TIMEOUT_MS = 10_000


class StoreError(Exception):
    """The database could not do what was asked; the message is for the person at the screen."""


class StorageFull(StoreError):
    """The disk is full; nothing of the transaction was kept."""


class StorageBusy(StoreError):
    """Another program held the database for longer than the busy time-out."""


class StorageDamaged(StoreError):
    """The file is not a database, or a damaged one."""


class StorageForbidden(StoreError):
    """The user who runs fieldlog may not open or write the file."""


class StorageMissing(StoreError):
    """There is no database yet in the instance folder."""


_writer_locks: dict[str, threading.Lock] = {}
_writer_locks_guard = threading.Lock()


def database_path(instance: Path) -> Path:
    """Return the path of the database file inside the instance folder."""
    return instance / DATABASE_NAME


def create_file(path: Path) -> None:
    """Make the database file in write-ahead mode if it is not there; harmless if it is.

    The journal mode is kept in the file. It is set once here, before any worker starts: racing on
    it fails with "database is locked".
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with translated_errors():
        conn = sqlite3.connect(path, isolation_level=None)
        try:
            conn.execute("PRAGMA journal_mode=wal")
        finally:
            conn.close()


def connect(path: Path) -> Database:
    """Return a new connection to an existing database file, for the thread that asks.

    Raises StorageMissing where there is no file, StorageDamaged where it is no database.
    """
    if not path.is_file():
        raise StorageMissing(f"There is no database at {path}. Run: fieldlog init")
    with translated_errors():
        # check_same_thread is off only so that a test or a shutdown may close what another
        # thread opened; Connections never shares one between threads.
        conn = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=BUSY_TIMEOUT_MS / 1000,
            check_same_thread=False,
        )
        conn.execute("PRAGMA foreign_keys=ON")
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute("PRAGMA cache_size=-32768")
        conn.create_function("folded", 1, folded, deterministic=True)
        return Database(conn)


class Connections:
    """One connection per thread to one database file."""

    def __init__(self, path: Path) -> None:
        """Remember the ``path``; nothing is opened yet."""
        self.path = path
        self._local = threading.local()

    def get(self) -> Database:
        """Return this thread's connection, opened on first use."""
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = connect(self.path)
            self._local.db = db
        return db


@contextmanager
def write_transaction(db: Database) -> Iterator[Database]:
    """Run the block as one transaction that holds the write lock from its start.

    Everything in the block is kept, or nothing is. Raises StorageFull, StorageBusy or
    StorageDamaged; other errors pass through after the rollback.
    """
    with _writer_lock(db), translated_errors():
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            # SQLite rolls back by itself on a full disk: then there is nothing left to roll back.
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


def write_anew(db: Database) -> None:
    """Write the whole file anew, so that it holds what is in its tables and nothing else.

    Zeros over what is removed are not enough: where rows moved to another page, SQLite leaves old
    copies of them in the unused part of the page they came from. It takes the room of the file
    twice, in its folder and where temporary files go, and about ten seconds for a gigabyte in which
    nobody else can write. Raises StorageFull, and StorageBusy where somebody still reads what was
    there before.
    """
    with _writer_lock(db), translated_errors():
        try:
            db.conn.execute("VACUUM")
        finally:
            # A journal with half a new file in it would go on filling the disk.
            busy, *_ = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StorageBusy("Somebody is reading the database, so its journal was not emptied.")


@contextmanager
def read_snapshot(db: Database) -> Iterator[Database]:
    """Run the block's reads against the database as it stands at the first of them."""
    with translated_errors():
        db.conn.execute("BEGIN")
        try:
            yield db
        finally:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn SQLite's errors about the disk, the lock and the file into ours with plain words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            raise StorageFull(
                "The disk of the fieldlog server is full, so nothing was saved. "
                "Keep what you typed and tell the coordinator or the administrator."
            ) from error
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StorageBusy(
                "The database is busy and nothing was saved. Wait a moment and save again."
            ) from error
        if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
            raise StorageForbidden(
                "The database cannot be opened or written by the user who runs fieldlog. "
                "Check who owns the instance folder and its files."
            ) from error
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise StorageDamaged(
                "The database file is damaged. Stop fieldlog and restore the last backup."
            ) from error
        raise


def _writer_lock(db: Database) -> threading.Lock:
    file = str(db.conn.execute("PRAGMA database_list").fetchone()[2])
    with _writer_locks_guard:
        return _writer_locks.setdefault(file, threading.Lock())
