"""List the people with accounts, and what an account can be filled in with."""

from collections.abc import Mapping
from datetime import date

from fieldlog.core.lists import usable
from fieldlog.core.person import Account
from fieldlog.store.agencies import every_agency
from fieldlog.store.connection import Database
from fieldlog.store.lists import load_lists
from fieldlog.store.users import account_of, credentials_of, every_account


def list_users(db: Database) -> list[Account]:
    """Return every account, disabled ones included, by name of its person."""
    return every_account(db)


def user_of(db: Database, officer_id: int) -> Account | None:
    """Return the account of an officer, or None."""
    return account_of(db, officer_id)


def user_named(db: Database, username: str) -> Account | None:
    """Return the account called ``username``, or None."""
    credentials = credentials_of(db, username)
    return account_of(db, credentials.officer_id) if credentials else None


def agency_names(db: Database) -> list[str]:
    """Return the names of all agencies in order."""
    return list(every_agency(db).values())


def post_labels(db: Database, day: date, held: str | None = None) -> Mapping[str, str]:
    """Return code → label of the posts that can be given on ``day``, and of the one ``held``."""
    posts = load_lists(db).plain.get("post", {})
    codes = {choice.code for choice in usable(posts, day)} | ({held} & posts.keys())
    return {code: choice.label for code, choice in posts.items() if code in codes}
