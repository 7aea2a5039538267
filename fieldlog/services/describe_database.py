"""Say what sort of database this is, and whether it answers."""

from dataclasses import dataclass

from fieldlog.demonstration.names import CAST, PASSWORD
from fieldlog.store.connection import Database, translated_errors
from fieldlog.store.facts import is_demonstration as demonstration_fact
from fieldlog.store.users import credentials_of


@dataclass(frozen=True)
class DemonstrationSignIn:
    """A sign-in of the demonstration, to be shown to whoever wants to look around."""

    username: str
    password: str
    name: str
    role: str


def is_demonstration(db: Database) -> bool:
    """Say whether the people and premises in this database are made up."""
    return demonstration_fact(db)


def demonstration_sign_ins(db: Database) -> list[DemonstrationSignIn]:
    """Return the sign-ins to show; none where records may be real."""
    if not demonstration_fact(db):
        return []
    return [
        DemonstrationSignIn(character.username, PASSWORD, character.name, character.role.label)
        for character in CAST
        if character.role and credentials_of(db, character.username)
    ]


def check_database_answers(db: Database) -> None:
    """Read something. Raises the errors of ``store.connection`` if that cannot be done."""
    with translated_errors():
        db.execute("SELECT count(*) FROM agencies").fetchone()
