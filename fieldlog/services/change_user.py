"""Change what is known about a person and what they may do; disable and enable accounts.

Somebody must always be able to administer fieldlog: the last administrator is neither disabled nor
given another role.
"""

from datetime import datetime
from typing import Unpack

from fieldlog.core.person import Account
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Role
from fieldlog.services.add_user import Details, person_problems, write_details
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.sessions import end_sessions_of
from fieldlog.store.users import account_of, other_administrators, set_disabled_at, set_role


def change_user(
    db: Database,
    officer_id: int,
    *,
    by: int | None,
    now: datetime,
    **details: Unpack[Details],
) -> None:
    """Write what is known about a person; the role counts on their next request.

    Entries keep the agency they were made for. ``by`` is the officer who changes it. Raises
    Refused with the fields that are wrong.
    """
    role = details["role"]
    problems = tuple(person_problems(db, details))
    if problems or role is None:
        raise Refused(problems)
    with write_transaction(db):
        account = existing(db, officer_id)
        if account.person.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
            _keep_an_administrator(db, account, "role")
        write_details(db, officer_id, details)
        set_role(db, officer_id, role)
        about = f"{account.username}, {account.person.role.value} to {role.value}"
        add_to_audit(db, "account changed", at=now, officer_id=by, about=about)


def disable_user(db: Database, officer_id: int, *, by: int | None, now: datetime) -> None:
    """Stop a person from signing in and end their sessions. Raises Refused."""
    with write_transaction(db):
        account = existing(db, officer_id)
        if account.disabled:
            return
        if account.person.role is Role.ADMINISTRATOR:
            _keep_an_administrator(db, account, "")
        set_disabled_at(db, officer_id, now)
        end_sessions_of(db, officer_id, now)
        add_to_audit(db, "account disabled", at=now, officer_id=by, about=account.username)


def enable_user(db: Database, officer_id: int, *, by: int | None, now: datetime) -> None:
    """Let a person sign in again, with the password they had. Raises Refused."""
    with write_transaction(db):
        account = existing(db, officer_id)
        if not account.disabled:
            return
        set_disabled_at(db, officer_id, None)
        add_to_audit(db, "account enabled", at=now, officer_id=by, about=account.username)


def existing(db: Database, officer_id: int) -> Account:
    """Return the account of an officer. Raises Refused (field ``username``) if there is none."""
    account = account_of(db, officer_id)
    if account is None:
        raise Refused((Problem("username", "There is no such account."),))
    return account


def _keep_an_administrator(db: Database, account: Account, field: str) -> None:
    if not account.disabled and other_administrators(db, account.officer_id) == 0:
        name = account.person.name
        raise Refused(
            (
                Problem(
                    field,
                    f"{name} is the last administrator. Make somebody else an administrator first.",
                ),
            )
        )
