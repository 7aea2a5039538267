"""One deliverer at a time: a lock that ends with the process that holds it, however it ends.

It is a transaction on a database file of its own, so that it works wherever the database does.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(database: Path, of: str) -> Iterator[bool]:
    """Give True for the length of the block, or False if somebody else has the turn ``of`` now.

    ``database`` is the database file; the lock stands beside it.
    """
    conn = sqlite3.connect(database.with_name(f"{of}.lock"), timeout=0, isolation_level=None)
    try:
        try:
            conn.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            yield False
            return
        yield True
    finally:
        conn.close()
