"""The narrow copy of the entries that count, which every tally reads instead of the wide log.

``entries_counted`` has one row for each entry that is in force and not struck, with nothing but
what it can be counted by, in the order of nights. Triggers keep it in the transaction that writes
the entry: an insert adds its row, the amendment of an entry takes the row of the version it
supersedes away. So a tally reads neither notes nor superseded versions, and a year of a million
entries costs less than the bare GROUP BY over ``entries``. The log stays what it is, append-only,
and never reads this copy: that the two agree is what a check can tell.

An entry keeps the premises it was written with; its row here has the premises that one counts as
(``premises_merges_schema``).
"""

from sqlite_utils import Database

from fieldlog.store.premises_merges_schema import COUNTED_AS

_COUNTED_BY = (
    "hour, kind, action, minutes, premises_id, officer_id, agency_id, deployment_id, ward_id, "
    "four_e, law"
)
_COPIED = f"night_of, version_id, {_COUNTED_BY}"

_TABLE = """
CREATE TABLE entries_counted (
    night_of TEXT NOT NULL,
    version_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    kind TEXT NOT NULL,
    action TEXT,
    minutes INTEGER,
    premises_id INTEGER,
    officer_id INTEGER,
    agency_id INTEGER,
    deployment_id INTEGER,
    ward_id INTEGER,
    four_e TEXT,
    law TEXT,
    PRIMARY KEY (night_of, version_id)
) STRICT, WITHOUT ROWID
"""
_BY_DEPLOYMENT = "CREATE INDEX entries_counted_by_deployment ON entries_counted(deployment_id)"
_FILL = (
    f"INSERT INTO entries_counted ({_COPIED}) SELECT {_COPIED} FROM entries_in_force "
    "WHERE struck = 0 ORDER BY night_of, version_id"
)
_COUNT_NEW = (
    "CREATE TRIGGER entries_count_new AFTER INSERT ON entries WHEN NEW.struck = 0 BEGIN "
    f"INSERT INTO entries_counted ({_COPIED}) VALUES ("
    + ", ".join(f"NEW.{column}" for column in _COPIED.split(", "))
    + "); END"
)
_DROP_SUPERSEDED = (
    "CREATE TRIGGER entries_drop_superseded AFTER INSERT ON entries "
    "WHEN NEW.supersedes IS NOT NULL BEGIN "
    "DELETE FROM entries_counted WHERE version_id = NEW.supersedes "
    "AND night_of = (SELECT night_of FROM entries WHERE version_id = NEW.supersedes); END"
)


def create_counted(db: Database) -> None:
    """Make the copy, fill it from the entries there are, and let triggers keep it."""
    for statement in (_TABLE, _FILL, _BY_DEPLOYMENT, _COUNT_NEW, _DROP_SUPERSEDED):
        db.execute(statement)


_COUNTED_AS = _COPIED.replace("premises_id", f"{COUNTED_AS.format(id='premises_id')}")


def differences(db: Database) -> int:
    """Return how many rows of the copy differ from the log's entries in force; 0 is right."""
    copied = f"SELECT {_COPIED} FROM entries_counted"
    counted = f"SELECT {_COUNTED_AS} FROM entries_in_force WHERE struck = 0"
    (found,) = db.execute(
        f"SELECT count(*) FROM (SELECT * FROM ({copied} EXCEPT {counted}) "
        f"UNION ALL SELECT * FROM ({counted} EXCEPT {copied}))"
    ).fetchone()
    return int(found)


def recount(db: Database) -> None:
    """Write the copy again from the log. Call inside a write transaction."""
    db.execute("DELETE FROM entries_counted")
    db.execute(_FILL.replace(f"SELECT {_COPIED}", f"SELECT {_COUNTED_AS}"))
