"""How the entries that go out are marked."""

from sqlite_utils import Database

from fieldlog.core.question import Filter
from fieldlog.core.words import Marking, highest
from fieldlog.store.filtering import conditions


def highest_marking(db: Database, wanted: Filter, *, struck: bool = False) -> Marking:
    """Return the highest marking of the entries in force that ``wanted`` counts.

    OFFICIAL where there are none. With ``struck`` the struck entries are looked at too.
    """
    where, values = conditions(wanted, struck=struck)
    rows = db.execute(
        f"SELECT DISTINCT entry.marking FROM entries_in_force AS entry WHERE {where}", values
    )
    return highest([Marking(row[0]) for row in rows])
