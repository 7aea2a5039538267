"""Who a signed-in person is to the rest of fieldlog, and what an account must satisfy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.rules import Problem, text_problems
from fieldlog.core.words import Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,30}[a-z0-9])?")
_COMMONEST = """
    0123456789 0987654321 1111111111 1122334455 1234567890 12345678910 123456789a 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3edc abcdefghij administrator basketball changeme123 chelsea123
    christmas1 colchester colchester1 everton123 fieldlog123 football123 fieldlog12 iloveyou12
    letmein123 liverpool1 liverpool123 manchester manchester1 password01 password10 password11
    password12 password123 password1234 password12345 passw0rd12 passw0rd123 qazwsxedcr
    qwerty1234 qwerty12345 qwertyuiop qwertyuiop1 q1w2e3r4t5 sunderland sunshine12 tottenham1
    welcome123 welcome1234 westham123
"""
COMMONEST = frozenset(_COMMONEST.split())
"""Passwords of ten characters or more that many people have, this side of the North Sea."""


@dataclass(frozen=True)
class Person:
    """Somebody with a sign-in: the officer services are told about.

    ``post`` is a code of the list of posts, which says what the person has powers to record as
    their own; ``None`` where nobody recorded it. ``agency_id`` is ``None`` without an agency.
    """

    officer_id: int
    name: str
    role: Role
    collar_number: str = ""
    agency_id: int | None = None
    agency: str = ""
    post: str | None = None


@dataclass(frozen=True)
class Account:
    """A person's sign-in as the list of people shows it. Moments are aware UTC."""

    person: Person
    username: str
    must_change_password: bool
    disabled_at: datetime | None
    last_signed_in: datetime | None

    @property
    def officer_id(self) -> int:
        """The id of the officer whose account it is."""
        return self.person.officer_id

    @property
    def disabled(self) -> bool:
        """Whether nobody can sign in with it at present."""
        return self.disabled_at is not None


def name_problems(field: str, text: str, ask: str) -> Iterator[Problem]:
    """Yield what stops ``text`` from being a name; ``ask`` is said where there is none."""
    if not text.strip():
        yield Problem(field, ask)
    yield from text_problems(field, text)


def username_problems(username: str) -> Iterator[Problem]:
    """Yield what stops ``username`` from being one: it is typed on a phone, in the dark."""
    if not USERNAME.fullmatch(username):
        yield Problem(
            "username",
            "A user name has 1 to 32 small letters and digits, like asha.reed: no spaces, and "
            "full stops or hyphens only in between.",
        )


def password_problems(password: str, username: str, field: str = "password") -> Iterator[Problem]:
    """Yield what stops ``password`` from being good enough for the account of ``username``.

    Length counts and kinds of character do not: that is what people can remember (NCSC, NIST
    SP 800-63B). ``field`` is the field the message is about.
    """
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        yield Problem(
            field,
            f"A password has at least {SHORTEST_PASSWORD} characters. Three words in a row are "
            "easy to type and hard to guess.",
        )
    elif len(password) > LONGEST_PASSWORD:
        yield Problem(field, f"A password has at most {LONGEST_PASSWORD} characters.")
    elif len(plain.replace(username.casefold(), "").replace(" ", "")) < SHORTEST_PASSWORD // 2:
        yield Problem(field, "The password is too close to the user name. Choose another one.")
    elif plain in COMMONEST or len(set(plain)) < 4:
        yield Problem(field, "Too many people use this password. Choose another one.")
