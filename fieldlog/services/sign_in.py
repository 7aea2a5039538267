"""Sign somebody in with user name and password.

An unknown user and a wrong password look the same and take the same time, so that the page does not
tell who has an account. Each try is kept before the password is looked at: many tries at once count
like many tries one after another.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from fieldlog.core.folding import folded
from fieldlog.core.night import says_time
from fieldlog.core.throttle import WINDOW, may_try_at
from fieldlog.services.passwords import ARGON2, Passwords
from fieldlog.store.attempts import (
    add_attempt,
    forget_attempts_before,
    forgive_attempts,
    nth_latest,
)
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.sessions import start_session
from fieldlog.store.users import Credentials, credentials_of, set_password_hash


class CannotSignIn(Exception):
    """Nobody was signed in; the message says what to do."""


class WrongSignIn(CannotSignIn):
    """No account has that user name and password."""


class AccountDisabled(CannotSignIn):
    """User name and password are right, and the account is disabled."""


class TooManyTries(CannotSignIn):
    """Somebody tried too often; ``until`` is when the next try is allowed (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        """Say when to try again."""
        super().__init__(
            f"There were too many tries. Try again at {says_time(until)}, or ask your "
            "coordinator for a new password."
        )
        self.until = until


def token_hash(token: str) -> str:
    """Return what is kept of a session's token: whoever reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


def sign_in(
    db: Database,
    username: str,
    password: str,
    *,
    address: str,
    now: datetime,
    passwords: Passwords = ARGON2,
) -> str:
    """Return the token of a new session, to be kept in the person's cookie only.

    ``address`` is the network address the try comes from. Raises CannotSignIn in one of its
    kinds, TooBusy, and the errors of ``store.connection``.
    """
    account = folded(username)[:64]
    credentials = credentials_of(db, account)
    officer_id = credentials.officer_id if credentials else None
    count_the_try(db, account, address=address, now=now)
    right = passwords.matches(credentials.password_hash if credentials else None, password)
    if credentials is None or not right:
        _keep_failure(db, officer_id, address, now)
        raise WrongSignIn("The user name or the password is not right. Check both and try again.")
    if credentials.disabled:
        _keep_failure(db, officer_id, address, now)
        raise AccountDisabled("This account is disabled. Ask your administrator to enable it.")
    return _started(db, credentials, password, passwords, now)


def count_the_try(db: Database, account: str, *, address: str, now: datetime) -> None:
    """Keep that somebody tries a password of ``account``. Raises TooManyTries."""
    with write_transaction(db):
        since = now - WINDOW
        forget_attempts_before(db, since)
        tries = nth_latest(db, account=account, address=address, since=since)
        until = may_try_at(tries, now)
        if until is None:
            add_attempt(db, account=account, address=address, now=now)
    if until is not None:
        raise TooManyTries(until)


def _keep_failure(db: Database, officer_id: int | None, address: str, now: datetime) -> None:
    # Never what was typed: people type their password into the field for the user name.
    about = f"from {address}" if officer_id else f"unknown user name, from {address}"
    with write_transaction(db):
        add_to_audit(db, "failed to sign in", at=now, officer_id=officer_id, about=about)


def _started(
    db: Database, credentials: Credentials, password: str, passwords: Passwords, now: datetime
) -> str:
    token = secrets.token_urlsafe(32)
    officer_id = credentials.officer_id
    renewed = None
    if passwords.outdated(credentials.password_hash):
        renewed = passwords.hashed(password)
    with write_transaction(db):
        forgive_attempts(db, credentials.username)
        start_session(db, token_hash(token), officer_id, now)
        if renewed:
            set_password_hash(db, officer_id, renewed)
        add_to_audit(db, "signed in", at=now, officer_id=officer_id)
    return token
