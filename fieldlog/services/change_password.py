"""Change one's own password, or give somebody a temporary one."""

import secrets
from datetime import datetime

from fieldlog.core.person import password_problems
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.passwords import ARGON2, Passwords
from fieldlog.services.sign_in import count_the_try, token_hash
from fieldlog.store.attempts import forgive_attempts
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.sessions import end_sessions_of
from fieldlog.store.users import account_of, credentials_of, set_password_hash

_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]


def temporary_password() -> str:
    """Return a password that can be read out over a radio: 55 bits in three made-up words."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(3))


def change_password(
    db: Database,
    username: str,
    *,
    current: str,
    new: str,
    token: str,
    address: str,
    now: datetime,
    passwords: Passwords = ARGON2,
) -> None:
    """Replace the password of the person who is signed in with ``token``.

    Their other sessions end: whoever had the old password is signed out. Guessing the password of
    now counts like guessing at the sign-in page. Raises Refused (fields ``current`` and ``new``),
    TooManyTries and TooBusy.
    """
    count_the_try(db, username, address=address, now=now)
    credentials = credentials_of(db, username)
    if credentials is None or not passwords.matches(credentials.password_hash, current):
        raise Refused((Problem("current", "This is not your password now. Type it again."),))
    problems = tuple(password_problems(new, username, "new"))
    if not problems and new == current:
        problems = (Problem("new", "This is the password you have now. Choose another one."),)
    if problems:
        raise Refused(problems)
    hashed = passwords.hashed(new)
    with write_transaction(db):
        forgive_attempts(db, username)
        set_password_hash(db, credentials.officer_id, hashed)
        end_sessions_of(db, credentials.officer_id, now, but=token_hash(token))
        add_to_audit(db, "password changed", at=now, officer_id=credentials.officer_id)


def set_password(
    db: Database,
    officer_id: int,
    *,
    by: int | None,
    now: datetime,
    passwords: Passwords = ARGON2,
    password: str | None = None,
) -> str:
    """Give an account a password that its owner must change on signing in, and return it.

    A made-up one if none is given. All their sessions end. ``by`` is the officer who does it,
    None for the command line. Raises Refused (field ``password``, or ``username`` where there is
    no such account) and TooBusy.
    """
    account = account_of(db, officer_id)
    if account is None:
        raise Refused((Problem("username", "There is no such account."),))
    if password is not None:
        problems = tuple(password_problems(password, account.username))
        if problems:
            raise Refused(problems)
    chosen = password or temporary_password()
    hashed = passwords.hashed(chosen)
    with write_transaction(db):
        set_password_hash(db, officer_id, hashed, must_change=True)
        end_sessions_of(db, officer_id, now)
        add_to_audit(db, "temporary password set", at=now, officer_id=by, about=account.username)
    return chosen
