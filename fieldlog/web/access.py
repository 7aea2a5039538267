"""Every page says who may open it; a page that does not say is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.words import Role
from fieldlog.web.kept import keep
from fieldlog.web.password_page import change_password_and_send_again
from fieldlog.web.sign_in_page import sign_in_and_send_again
from fieldlog.web.surroundings import account

Visitor = Role | None
"""A role, or None for somebody who has not signed in."""

View = TypeVar("View", bound=Callable[..., Any])

SIGNED_IN: frozenset[Visitor] = frozenset(Role)
EVERYONE: frozenset[Visitor] = SIGNED_IN | {None}

STILL_OPEN = {"account.password", "account.set_theme", "sign_in.sign_out"}
"""What somebody with a temporary password may open before they have changed it."""


def open_to(*roles: Role) -> Callable[[View], View]:
    """Mark a view as one that signed-in people with one of ``roles`` may open.

    Write it between the route and the function: ``@bp.get("/nights")`` above, this below.
    """
    return _mark(frozenset(roles))


def open_to_signed_in(view: View) -> View:
    """Mark a view as one that everybody who has signed in may open."""
    return _mark(SIGNED_IN)(view)


def open_to_everyone(view: View) -> View:
    """Mark a view as one that needs no sign-in; it shows nothing of anybody."""
    return _mark(EVERYONE)(view)


def open_to_devices_too(view: View) -> View:
    """Mark a view as one that a phone may open with its own token as well; the view checks it."""
    view.__dict__["devices"] = True
    return view


def by_token(view: Callable[..., Any]) -> bool:
    """Say whether this request asks for ``view`` with a token, so that no session is looked at."""
    return getattr(view, "devices", False) and "Authorization" in request.headers


def _mark(visitors: frozenset[Visitor]) -> Callable[[View], View]:
    def marked(view: View) -> View:
        view.__dict__["visitors"] = visitors
        return view

    return marked


def visitors_of(view: Callable[..., Any]) -> frozenset[Visitor] | None:
    """Return who may open a view, or None if it does not say."""
    visitors: frozenset[Visitor] | None = getattr(view, "visitors", None)
    return visitors


def guard(app: Flask) -> None:
    """Let nobody into ``app`` whom the view does not admit. Call before anything else looks."""
    app.before_request(_let_in_or_refuse)


def _let_in_or_refuse() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    visitors = visitors_of(view)
    if visitors is None:
        current_app.logger.error("%s does not say who may open it", request.endpoint)
        abort(403)
    if None in visitors or by_token(view):
        return None
    who = account()
    if who is None:
        return _ask_to_sign_in()
    if who.person.role not in visitors:
        abort(403)
    if who.must_change_password and request.endpoint not in STILL_OPEN:
        return _ask_to_change_password()
    return None


def _ask_to_change_password() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return jsonify(error="change-password", message="Change your password first."), 403
    kept = keep()
    if kept is not None:
        return change_password_and_send_again(kept), 403
    return redirect(url_for("account.password"))


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return jsonify(error="signed-out", message="Sign in again."), 401
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")))
    return sign_in_and_send_again()
