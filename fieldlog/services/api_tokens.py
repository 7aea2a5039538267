"""Give programs a token to read figures with, know whose it is, and revoke it.

A token is shown once; only its hash is kept. It opens what its owner may see on the pages at that
moment, and never more: a role that changed or an account that was disabled counts at once.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.api_token import (
    LASTS,
    MOST_REQUESTS,
    MOST_TOKENS,
    OF_ROLE,
    PREFIX,
    REQUEST_WINDOW,
    TokenScope,
    scope_now,
)
from fieldlog.core.person import Person
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.core.throttle import Scope, may_try_at
from fieldlog.core.words import Role
from fieldlog.services.sign_in import token_hash
from fieldlog.store import api_tokens
from fieldlog.store.api_tokens import ApiToken
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.users import account_of

LONGEST_NAME = 60


class UnknownToken(Exception):
    """No token opens with that: there is none, it expired, or it was revoked."""


class MayNotRead(Exception):
    """The owner's account is disabled, may not see figures, or has to change its password."""


class TooManyRequests(Exception):
    """The token was used too often; ``until`` is when it opens again (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        """Remember when."""
        super().__init__(f"At most {MOST_REQUESTS} requests a minute.")
        self.until = until


@dataclass(frozen=True)
class MadeToken:
    """A new token; ``token`` is nowhere else."""

    token: str
    kept: ApiToken


@dataclass(frozen=True)
class Reader:
    """A program that reads as ``person``, within ``scope``."""

    person: Person
    scope: TokenScope
    token: ApiToken | None = None

    @property
    def reads_as(self) -> Role:
        """The role whose limits hold: figures alone name nobody, as for a viewer."""
        return Role.VIEWER if self.scope is TokenScope.FIGURES else self.person.role


def make_token(
    db: Database, owner: Person, *, name: str, scope: TokenScope | None, days: int, now: datetime
) -> MadeToken:
    """Make a token for ``owner`` that lasts ``days``; ``scope`` None is one there is none of.

    Raises Refused with everything that is wrong.
    """
    name = " ".join(name.split())
    problems = list(text_problems("name", name))
    if not name:
        problems.append(Problem("name", "Give it a name, for example Power BI at the office."))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name can be at most {LONGEST_NAME} characters."))
    if scope is None or scope not in OF_ROLE[owner.role]:
        problems.append(Problem("scope", "Choose what it opens."))
    if days not in LASTS:
        problems.append(Problem("days", "Choose how long it lasts."))
    in_use = [one for one in api_tokens.tokens(db, owner.officer_id) if one.opens(now)]
    if len(in_use) >= MOST_TOKENS:
        problems.append(
            Problem("name", f"You have {MOST_TOKENS} tokens. Revoke one you do not use.")
        )
    if problems or scope is None:
        raise Refused(tuple(problems))
    token = PREFIX + secrets.token_urlsafe(32)
    with write_transaction(db):
        token_id = api_tokens.add_token(
            db,
            officer_id=owner.officer_id,
            name=name,
            token_hash=token_hash(token),
            scope=scope,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        about = f"token {token_id}; {scope.value}; {days} days"
        add_to_audit(db, "API token made", at=now, officer_id=owner.officer_id, about=about)
    kept = api_tokens.get(db, token_id)
    if kept is None:
        raise LookupError(token_id)
    return MadeToken(token, kept)


def tokens_of(db: Database, officer_id: int) -> list[ApiToken]:
    """Return somebody's tokens, the newest first."""
    return api_tokens.tokens(db, officer_id)


def every_token(db: Database) -> list[ApiToken]:
    """Return everybody's tokens, for administrators."""
    return api_tokens.tokens(db)


def revoke_token(db: Database, token_id: int, *, by: Person, now: datetime) -> ApiToken | None:
    """Revoke a token: one's own, or for an administrator anybody's; None if there is none such."""
    found = api_tokens.get(db, token_id)
    if found is None:
        return None
    if found.officer_id != by.officer_id and by.role is not Role.ADMINISTRATOR:
        return None
    with write_transaction(db):
        api_tokens.revoke(db, token_id, by=by.officer_id, now=now)
        about = f"token {token_id} of {found.owner}"
        add_to_audit(db, "API token revoked", at=now, officer_id=by.officer_id, about=about)
    return found


def recognise_reader(db: Database, token: str, now: datetime) -> Reader:
    """Return who reads with ``token``, and keep that it was used.

    Raises UnknownToken, MayNotRead, TooManyRequests.
    """
    found = api_tokens.with_hash(db, token_hash(token))
    if found is None or not found.opens(now):
        raise UnknownToken
    account = account_of(db, found.officer_id)
    if account is None or account.disabled or account.must_change_password:
        raise MayNotRead
    scope = scope_now(found.scope, account.person.role)
    if scope is None:
        raise MayNotRead
    with write_transaction(db):
        nth = api_tokens.nth_latest_use(db, found.id, MOST_REQUESTS)
        until = may_try_at({Scope.ACCOUNT: nth}, now, REQUEST_WINDOW)
        if until is None:
            api_tokens.use(db, found.id, now, forget_before=now - REQUEST_WINDOW)
    if until is not None:
        raise TooManyRequests(until)
    return Reader(account.person, scope, found)


def signed_in_reader(person: Person) -> Reader:
    """Return somebody who reads in a browser, with everything that they may see."""
    return Reader(person, OF_ROLE[person.role][-1])


def keep_reading(db: Database, reader: Reader, what: str, *, now: datetime) -> None:
    """Keep in the audit what was read, by which token."""
    with_token = f"; token {reader.token.id}" if reader.token else ""
    with write_transaction(db):
        add_to_audit(
            db,
            "read by a program",
            at=now,
            officer_id=reader.person.officer_id,
            about=f"{what}{with_token}",
        )
