"""Blueprints of the API: a session's request carries a CSRF token, a device's needs none."""

from typing import Any

from flask import Blueprint, current_app, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect

from fieldlog.web.access import by_token

SMALL = 16 * 1024


def api_blueprint(name: str, largest: int = SMALL) -> Blueprint:
    """Return a blueprint for a module of the API; ``largest`` is the most bytes of a request."""
    bp = Blueprint(f"api_{name}", __name__, url_prefix="/api")

    def exempt(state: BlueprintSetupState) -> None:
        # Not from the check, from its place: whether one is needed is known only here.
        _csrf(state.app).exempt(bp)

    bp.record(exempt)

    def limit() -> None:
        # Before the check: it looks into the body, and with that the limit is settled.
        request.max_content_length = largest

    bp.before_request(limit)
    bp.before_request(_check_csrf)
    return bp


def _check_csrf() -> None:
    """Refuse what a page elsewhere could have sent with somebody's cookie. Raises CSRFError."""
    view = current_app.view_functions[request.endpoint or ""]
    if not by_token(view):
        _csrf(current_app).protect()


def _csrf(app: Any) -> CSRFProtect:
    found: CSRFProtect = app.extensions["csrf"]
    return found


def refusal(status: int, error: str, message: str, **more: object) -> ResponseReturnValue:
    """Return an error of the API: ``error`` for programs, ``message`` for people."""
    answer = jsonify(error=error, message=message, **more)
    answer.status_code = status
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def bearer_token() -> str | None:
    """Return the token of the request's Authorization header; empty if it is of another kind."""
    found = request.headers.get("Authorization")
    if found is None:
        return None
    scheme, _, token = found.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
