"""Who is signed in, found anew on every request by the token in the cookie.

Flask-Login keeps the id of the signed-in user in the cookie. The id here is the token of a session
that the database knows, so a copied cookie is worth nothing after signing out.
"""

from flask import Flask, Response, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from fieldlog.core.person import Account
from fieldlog.services.recognise_session import recognise_session
from fieldlog.services.sign_out import sign_out
from fieldlog.web.surroundings import around, database, now


class SignedIn(UserMixin):
    """A person with a session: their account and the token of the session."""

    def __init__(self, token: str, account: Account) -> None:
        self.token = token
        self.account = account

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the cookie."""
        return self.token


class Manager(LoginManager):
    """Flask-Login without its remember-me cookie: phones are shared."""

    def _update_remember_cookie(self, response: Response) -> Response:
        # It would look into the session of every request, and so let static files vary by cookie.
        return response


def recognise_people(app: Flask) -> None:
    """Let ``app`` know who is signed in."""
    manager = Manager()
    # It would sign out a phone whose network address changes on the way.
    manager.session_protection = None
    manager.user_loader(_recognised)
    manager.init_app(app, add_context_processor=False)


def _recognised(token: str) -> SignedIn | None:
    config = around().config
    account = recognise_session(
        database(), token, idle=config.idle, longest=config.longest, now=now()
    )
    return SignedIn(token, account) if account else None


def start(token: str) -> Account:
    """Put the token of a new session into the cookie; return whose it is. Raises LookupError."""
    found = _recognised(token)
    if found is None:
        raise LookupError("The session is not there")
    # A form from before somebody signed in cannot be used by whoever signs in; a page made in this
    # very request needs a new token too, and Flask-WTF keeps the old one here.
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    login_user(found)
    return found.account


def end() -> None:
    """End the session of this request and empty the cookie."""
    if current_user.is_authenticated:
        sign_out(
            database(), current_user.token, officer_id=current_user.account.officer_id, now=now()
        )
        logout_user()
    session.clear()
