"""What went wrong, in words, and what to do: pages that need neither the database nor a sign-in."""

import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, flash, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fieldlog.services.passwords import TooBusy
from fieldlog.store.connection import (
    StorageBusy,
    StorageDamaged,
    StorageFull,
    StorageMissing,
    StoreError,
    translated_errors,
)
from fieldlog.web.kept import Kept, from_our_own_page, keep
from fieldlog.web.navigation import theme


@dataclass(frozen=True)
class Said:
    """The heading of an error page and its sentences."""

    title: str
    sentences: tuple[str, ...]


SAYS = {
    400: Said(
        "That could not be read",
        ("What your browser sent was not complete. Go back, load the page again and try again.",),
    ),
    403: Said(
        "This page is not for your role",
        ("If you need it for your work, ask your administrator to change your role.",),
    ),
    404: Said(
        "Page not found",
        (
            "If you typed the address, check it is right. If you followed a link, it may be old.",
            "Nothing you saved is lost.",
        ),
    ),
    405: Said(
        "That cannot be done here",
        ("Go to the first page and find what you want to do from there.",),
    ),
    413: Said(
        "That is too much at once",
        (
            "What was sent is larger than fieldlog takes in one go. Nothing was saved.",
            "Go back, shorten the text or choose a smaller file, and send it again.",
        ),
    ),
    429: Said(
        "Too many tries",
        ("Wait fifteen minutes, then try again.",),
    ),
    500: Said(
        "fieldlog made a mistake",
        ("It is not your doing. What you saved before is safe.",),
    ),
}
STORAGE = {
    StorageFull: (507, "The disk is full"),
    StorageBusy: (503, "The database is busy"),
    StorageDamaged: (503, "The database is damaged"),
    StorageMissing: (503, "There is no database yet"),
}
AGAIN = "This page was open for a long time. Nothing is lost; press Save again."


def answer_errors(app: Flask) -> None:
    """Let ``app`` answer every error with a page of its own."""
    app.register_error_handler(CSRFError, _late_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StoreError, _storage_error)
    app.register_error_handler(TooBusy, _too_busy)
    app.register_error_handler(Exception, _unexpected)


CSRF = Said("csrf", ("Fetch a new token and send again.",))
API_ERRORS = {
    400: "not-understood",
    401: "signed-out",
    403: "not-allowed",
    404: "not-found",
    405: "wrong-method",
    413: "too-large",
    415: "not-json",
    429: "too-many",
    503: "busy",
    507: "disk-full",
}
"""Status → the word that a program can tell an error by, under ``/api/``."""


def error_page(
    status: int, said: Said, kept: Kept | None = None, *, again: bool = True
) -> Response:
    """Return a page that says what happened, with what was typed if it was kept.

    Unless sending ``again`` is of no use, what was typed is a form to do it with. Under ``/api/``
    the answer is JSON. Context processors are left out: they ask the database.
    """
    if request.path.startswith("/api/"):
        answer = jsonify(
            error=said.title if said is CSRF else API_ERRORS.get(status, "mistake"),
            message=" ".join(said.sentences),
        )
    else:
        template = current_app.jinja_env.get_template("errors/show.html")
        page = template.render(said=said, kept=kept, again=again, theme=theme())
        answer = make_response(page)
    answer.status_code = status
    return answer


def send_again_page(kept: Kept, status: int, sentence: str) -> Response:
    """Return a page with everything that was typed and one button to save it."""
    return error_page(status, Said("Save again", (sentence,)), kept)


def _late_form(error: CSRFError) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return error_page(400, CSRF)
    kept = keep()
    if kept is not None:
        return send_again_page(kept, 400, AGAIN)
    if from_our_own_page() and _can_be_opened():
        flash("This page was open for a long time. Fill it in once more.", "error")
        return redirect(request.full_path.rstrip("?"), 303)
    current_app.logger.info("Refused a form without a valid token: %s", error.description)
    return error_page(400, SAYS[400])


def _can_be_opened() -> bool:
    rule = request.url_rule
    return rule is not None and "GET" in (rule.methods or ())


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error
    status = error.code or 500
    # What is gone or not allowed stays so: sending it again would not help, copying it does.
    said = SAYS.get(status, SAYS[400 if status < 500 else 500])
    answer = error_page(status, said, keep(), again=False)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _storage_error(error: StoreError) -> Response:
    current_app.logger.error("%s %s: %s", request.method, request.path, error)
    status, title = STORAGE.get(type(error), (503, "The database does not answer"))
    answer = error_page(status, Said(title, (str(error),)), keep())
    if isinstance(error, StorageBusy):
        answer.headers["Retry-After"] = "5"
    return answer


def _too_busy(error: TooBusy) -> Response:
    answer = error_page(503, Said("Many people are signing in", (str(error),)))
    answer.headers["Retry-After"] = "5"
    return answer


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Answer what nobody foresaw; reads of the database raise SQLite's own errors."""
    try:
        with translated_errors():
            raise error
    except StoreError as known:
        return _storage_error(known)
    except Exception:
        if current_app.testing:
            raise
        reference = secrets.token_hex(3)
        current_app.logger.exception("Mistake %s in %s %s", reference, request.method, request.path)
    said = SAYS[500]
    tell = f"Tell your administrator what you did, and this number: {reference}."
    return error_page(500, Said(said.title, (*said.sentences, tell)), keep())
