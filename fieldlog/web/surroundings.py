"""What a view needs from around it: the database, the time, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from flask_login import current_user

from fieldlog.config import Config
from fieldlog.core.person import Account, Person
from fieldlog.services.passwords import Passwords
from fieldlog.store.connection import Connections, Database

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Surroundings:
    """What the application was made with; ``clock`` answers with the aware moment in UTC."""

    config: Config
    connections: Connections
    clock: Clock
    passwords: Passwords


def surround(app: Flask, surroundings: Surroundings) -> None:
    """Let every view of ``app`` find its surroundings."""
    app.extensions["fieldlog"] = surroundings


def around() -> Surroundings:
    """Return the surroundings of the application that answers this request."""
    surroundings: Surroundings = current_app.extensions["fieldlog"]
    return surroundings


def database() -> Database:
    """Return this thread's connection. Raises the errors of ``store.connection``."""
    return around().connections.get()


def now() -> datetime:
    """Return the moment of this request, aware, in UTC."""
    return around().clock()


def account() -> Account | None:
    """Return the account that is signed in, or None."""
    return current_user.account if current_user.is_authenticated else None


def person() -> Person:
    """Return who is signed in, in a view that is not open to everyone. Raises LookupError."""
    found = account()
    if found is None:
        raise LookupError("Nobody is signed in")
    return found.person
