"""What tests of retention ask again and again: what is due, remove it, is it gone, is all well."""

from fieldlog.services.apply_retention import apply_retention, look
from fieldlog.services.check_integrity import check_integrity
from fieldlog.store.connection import database_path

SECRET = "Dark blue jacket, answers to Robin"
YEARLY = "Yearly review"


def remove(db, cast, kind, now, **more):
    return apply_retention(db, kind, by=cast.ada, now=now, reason=YEARLY, **more)


def due(db, kind, now):
    return look(db, kind, now=now).due


def wrong(db):
    """What the check finds wrong; nothing where all is well."""
    return [problem for checked in check_integrity(db) for problem in checked.problems]


def lies_in_the_file(db, instance, words=SECRET):
    """Whether words are anywhere in the database file or beside it, in use or not."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    path = database_path(instance)
    return any(words.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
