"""Who a signed-in person is to the rest of fieldlog."""

from dataclasses import dataclass

from fieldlog.core.words import Role


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
