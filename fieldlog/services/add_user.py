"""Give somebody an account, with a password of their own or a temporary one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from fieldlog.core.folding import folded
from fieldlog.core.person import name_problems, password_problems, username_problems
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.core.words import Role
from fieldlog.services.change_password import temporary_password
from fieldlog.services.passwords import ARGON2, Passwords
from fieldlog.store.agencies import agency_named_or_new
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.officers import add_officer, change_officer, without_sign_in
from fieldlog.store.users import add_user as insert_user
from fieldlog.store.users import credentials_of


class Details(TypedDict):
    """What is known about a person besides their user name.

    ``role`` is None where nobody chose one, which is refused with everything else that is wrong.
    ``agency`` is a name and is added if there is none like it; ``post`` is a code of the list of
    posts, or None.
    """

    name: str
    role: Role | None
    agency: str
    collar_number: NotRequired[str]
    post: NotRequired[str | None]


@dataclass(frozen=True)
class AddedUser:
    """A new account; ``temporary_password`` is to be shown once, None if one was chosen."""

    officer_id: int
    username: str
    temporary_password: str | None


def add_user(
    db: Database,
    *,
    username: str,
    now: datetime,
    password: str | None = None,
    by: int | None = None,
    passwords: Passwords = ARGON2,
    **details: Unpack[Details],
) -> AddedUser:
    """Add an account for the person the ``details`` describe, and return it.

    An officer of that name and agency who is known from imported entries gets the account;
    otherwise a new officer does. Without a ``password`` there is a temporary one, to be changed
    on signing in. ``by`` is the officer who does it, None for the command line.

    Raises Refused with the fields that are wrong, TooBusy, and the errors of ``store.connection``.
    """
    username, role = folded(username), details["role"]
    problems = [
        *username_problems(username),
        *person_problems(db, details),
        *(password_problems(password, username) if password is not None else ()),
    ]
    if problems or role is None:
        raise Refused(tuple(problems))
    chosen = password or temporary_password()
    password_hash = passwords.hashed(chosen)
    with write_transaction(db):
        if credentials_of(db, username):
            raise Refused((Problem("username", f"“{username}” is taken. Choose another name."),))
        officer_id = _officer(db, details, now)
        insert_user(
            db,
            officer_id=officer_id,
            username=username,
            password_hash=password_hash,
            role=role,
            must_change_password=password is None,
            now=now,
        )
        about = f"{username}, {role.value}"
        add_to_audit(db, "account added", at=now, officer_id=by, about=about)
    return AddedUser(officer_id, username, None if password else chosen)


def person_problems(db: Database, details: Details) -> Iterator[Problem]:
    """Yield what is wrong with what is said about a person."""
    yield from name_problems("name", details["name"], "Enter the person’s name.")
    if details["role"] is None:
        yield Problem("role", "Choose a role.")
    ask = "Choose the agency, or type its name."
    yield from name_problems("agency", details["agency"], ask)
    yield from text_problems("collar_number", details.get("collar_number", ""))
    post = details.get("post")
    posts = load_lists(db).plain.get("post", {})
    if post is not None and post not in posts:
        known = ", ".join(posts)
        yield Problem("post", f"There is no post “{post}”. Choose one of: {known}.")


def _officer(db: Database, details: Details, now: datetime) -> int:
    known = without_sign_in(
        db,
        name=details["name"],
        agency_id=agency_named_or_new(db, details["agency"]),
        collar_number=details.get("collar_number", "").strip(),
    )
    officer_id = add_officer(db, name=details["name"], now=now) if known is None else known
    write_details(db, officer_id, details)
    return officer_id


def write_details(db: Database, officer_id: int, details: Details) -> None:
    """Write what is known about a person now. Call inside a write transaction."""
    change_officer(
        db,
        officer_id,
        name=details["name"],
        agency_id=agency_named_or_new(db, details["agency"]),
        collar_number=details.get("collar_number", "").strip(),
        post=details.get("post"),
    )
