"""The document that describes the API, served by the application that it describes."""

from typing import Any

from flask import current_app, jsonify
from flask.typing import ResponseReturnValue

from fieldlog import __version__
from fieldlog.core.phone_record import KINDS, LONGEST_VALUE, MOST_FIELDS
from fieldlog.services.delivery import State
from fieldlog.web.access import open_to_everyone
from fieldlog.web.api import openapi_schemas as schemas
from fieldlog.web.api.blueprints import api_blueprint
from fieldlog.web.api.openapi_figures import SCHEMES, figure_paths, figure_schemas
from fieldlog.web.api.sync import MOST_RECORDS, MOST_UNSENT

bp = api_blueprint("openapi")

Part = dict[str, Any]

SESSION: list[Part] = [{"session": []}]
SESSION_AND_CSRF: list[Part] = [{"session": [], "csrf": []}]
TOKEN: list[Part] = [{"device": []}]

ERRORS = {
    400: "What was sent cannot be read; `csrf` where only a fresh CSRF token is missing",
    401: "Nobody is signed in, or the token is not known, has expired or was revoked",
    403: "Not for this role, the password has to be changed first, or the device was revoked",
    404: "There is no such night",
    413: "More bytes than are taken at once",
    415: "Not JSON",
    429: "Too many requests; wait as long as Retry-After says",
    500: "A mistake of the server",
    503: "The database is busy; try again after Retry-After seconds",
    507: "The disk of the server is full; nothing was stored",
}


@bp.get("/openapi.json")
@open_to_everyone
def document() -> ResponseReturnValue:
    """The document; it holds nothing of anybody."""
    answer = jsonify(described(current_app.config["SESSION_COOKIE_NAME"]))
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def described(cookie: str) -> Part:
    """Return the OpenAPI 3.1 document; ``cookie`` is the name of the session’s cookie."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "fieldlog for phones and for programs that read figures",
            "version": __version__,
            "description": (
                "Records are named by the phone and stored once, however often they are sent. "
                "Only an answer that names a record says anything about it."
            ),
        },
        "paths": _paths() | figure_paths(),
        "components": {
            "schemas": figure_schemas()
            | schemas.schemas(
                kinds=list(KINDS),
                states=list(State),
                most_fields=MOST_FIELDS,
                longest_value=LONGEST_VALUE,
            ),
            "responses": {str(status): _answer("Error", words) for status, words in ERRORS.items()},
            "securitySchemes": SCHEMES
            | {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
                "device": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A device’s token: it delivers records and fetches nothing.",
                },
            },
        },
    }


def _paths() -> dict[str, Part]:
    return {
        "/api/sync": {
            "post": _operation(
                "sync",
                "Deliver records; each is answered on its own",
                "Receipts",
                security=[*SESSION_AND_CSRF, *TOKEN],
                body=_batch(),
            )
        },
        "/api/unsealed": {
            "post": _operation(
                "unsealed",
                "Those of the records that are the officer’s own, opened; nothing is stored",
                "Unsealed",
                security=SESSION_AND_CSRF,
                body=schemas.sealed_batch(most_records=MOST_RECORDS),
            )
        },
        "/api/csrf": {
            "get": _operation(
                "csrf", "A token for this session’s requests", "CsrfToken", security=SESSION
            )
        },
        "/api/briefing": {
            "get": _operation(
                "briefing",
                "What the officer needs tonight",
                "Briefing",
                security=SESSION,
                cached=True,
            )
        },
        "/api/live": {"get": _watching()},
        "/api/premises": {
            "get": _operation(
                "premises",
                "The register of premises, at most 5,000 by name",
                "Register",
                security=SESSION,
                cached=True,
            )
        },
        "/api/devices": {
            "post": _operation(
                "enrol",
                "Enrol a phone, rename it, or renew its token",
                "Enrolled",
                security=SESSION_AND_CSRF,
                body=schemas.ENROLMENT,
            )
        },
        "/api/devices/rotate": {
            "post": _operation("rotate", "Another token in time", "Enrolled", security=TOKEN)
        },
        "/api/openapi.json": {
            "get": {
                "operationId": "document",
                "summary": "This document",
                "security": [],
                "responses": {
                    "200": {
                        "description": "OpenAPI 3.1",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    }
                },
            }
        },
    }


def _operation(
    name: str,
    summary: str,
    answers: str,
    *,
    security: list[Part],
    body: Part | None = None,
    cached: bool = False,
) -> Part:
    possible = [400, 401, 403, 413, 415, 429, 500, 503, 507] if body else [400, 401, 403, 500, 503]
    responses = {"200": _answer(answers, summary)}
    responses |= {str(one): {"$ref": f"#/components/responses/{one}"} for one in possible}
    operation: Part = {
        "operationId": name,
        "summary": summary,
        "security": security,
        "responses": responses,
    }
    if body:
        content = {"application/json": {"schema": body}}
        operation["requestBody"] = {"required": True, "content": content}
    if cached:
        operation["parameters"] = [
            {
                "name": "If-None-Match",
                "in": "header",
                "required": False,
                "schema": {"type": "string"},
                "description": "The ETag of the answer that the phone has",
            }
        ]
        responses["304"] = {"description": "The phone has it already"}
    return operation


def _watching() -> Part:
    operation = _operation(
        "live", "The parts of a night’s live page", "Live", security=SESSION, cached=True
    )
    night = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    asked = (
        ("deployment", True, night, "Whose night"),
        ("wall", False, schemas.only("1"), "1: for a screen that hangs in a room"),
    )
    operation["parameters"] += [
        {"name": name, "in": "query", "required": needed, "schema": shape, "description": words}
        for name, needed, shape, words in asked
    ]
    operation["responses"]["404"] = {"$ref": "#/components/responses/404"}
    return operation


def _answer(schema: str, words: str) -> Part:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": words, "content": content}


def _batch() -> Part:
    return schemas.batch(most_records=MOST_RECORDS, most_unsent=MOST_UNSENT)
