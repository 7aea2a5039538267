"""The shapes of what the API takes and gives, as JSON Schema."""

from collections.abc import Sequence
from typing import Any

from fieldlog.core.photo import MOST_PHOTOS

Part = dict[str, Any]

TEXT: Part = {"type": "string"}
WHOLE: Part = {"type": "integer"}
FLAG: Part = {"type": "boolean"}
UUID: Part = {
    "type": "string",
    "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    "examples": ["6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d"],
}
_MOMENT = (
    "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z$"
)
MOMENT: Part = {
    "type": "string",
    "pattern": _MOMENT,
    "description": "UTC; a fraction of a second is dropped",
    "examples": ["2020-12-05T21:40:03Z"],
}
DAY: Part = {"type": "string", "format": "date"}
BASE64URL: Part = {"type": "string", "pattern": "^[A-Za-z0-9_-]*$"}
OFFICER_ID: Part = {"type": "integer", "minimum": 1}


def ref(name: str) -> Part:
    """Return a reference to one of the named shapes."""
    return {"$ref": f"#/components/schemas/{name}"}


def either(*shapes: Part) -> Part:
    """Return a shape that is one of ``shapes``."""
    return {"anyOf": list(shapes)}


def or_null(shape: Part) -> Part:
    """Return a shape that may be null."""
    return either(shape, {"type": "null"})


def listed(shape: Part, **limits: int) -> Part:
    """Return a list of ``shape``."""
    return {"type": "array", "items": shape, **limits}


def thing(needed: Part, may: Part | None = None) -> Part:
    """Return an object that has ``needed`` and may have ``may``, and nothing else."""
    return {
        "type": "object",
        "properties": {**needed, **(may or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def only(*words: str) -> Part:
    """Return a text that is one of ``words``."""
    return {"type": "string", "enum": list(words)}


PAIRS: Part = {
    **listed(listed(TEXT, minItems=2, maxItems=2)),
    "description": "Headings with their texts; an empty text was not recorded",
}
SERVER_KEY = thing({"kid": TEXT, "point": BASE64URL})
ENROLMENT = thing({}, {"device": or_null(UUID), "name": {"type": "string", "maxLength": 60}})


def batch(*, most_records: int, most_unsent: int) -> Part:
    """Return the shape of what a phone sends at once."""
    return thing(
        {
            "sent_at": MOMENT,
            "unsent": {"type": "integer", "minimum": 0, "maximum": most_unsent},
            "records": listed(either(ref("Record"), ref("SealedRecord")), maxItems=most_records),
        },
        {"device": or_null(UUID), "oldest_unsent_at": or_null(MOMENT)},
    )


def sealed_batch(*, most_records: int) -> Part:
    """Return the shape of what a phone wants to read again."""
    return thing({"records": listed(ref("SealedRecord"), maxItems=most_records)})


def schemas(
    *, kinds: Sequence[str], states: Sequence[str], most_fields: int, longest_value: int
) -> Part:
    """Return every named shape."""
    fields: Part = {
        "type": "object",
        "description": "The names and values of the form, as a page would send them",
        "additionalProperties": {"type": "string", "maxLength": longest_value},
        "maxProperties": most_fields,
        "propertyNames": {"pattern": "^[ -~]{0,60}$"},
    }
    said: Part = {
        "id": UUID,
        "captured_at": MOMENT,
        "officer_id": OFFICER_ID,
        "fields": fields,
    }
    return {
        "Record": either(
            thing({**said, "type": only("entry"), "kind": only(*kinds)}),
            thing({**said, "type": only("tap", "patrol")}),
            thing(
                {**said, "type": only("amendment", "strike", "undo"), "entry_id": UUID},
                {"after": or_null(UUID)},
            ),
            _photo(said),
        ),
        "SealedRecord": thing({"id": UUID, "sealed": _seal()}),
        "Receipts": thing(
            {
                "answers": listed(ref("Receipt")),
                "now": MOMENT,
                "device": or_null(thing({"id": UUID, "revoked": FLAG, "token_expires_at": MOMENT})),
            }
        ),
        "Receipt": thing(
            {
                "id": or_null(TEXT),
                "state": only(*states),
                "problems": listed(thing({"field": TEXT, "message": TEXT})),
                "received_at": MOMENT,
            }
        ),
        "Unsealed": thing(
            {"records": listed(thing({"record": ref("Record"), "title": TEXT, "rows": PAIRS}))}
        ),
        "CsrfToken": thing({"token": TEXT, "officer_id": OFFICER_ID, "now": MOMENT}),
        "Enrolled": thing(
            {
                "device": UUID,
                "name": TEXT,
                "token": TEXT,
                "expires_at": MOMENT,
                "server_key": SERVER_KEY,
            }
        ),
        "Register": thing(
            {
                "version": TEXT,
                "premises": listed(
                    {
                        **listed(either(WHOLE, TEXT), minItems=5, maxItems=5),
                        "description": (
                            "Number, name, address with postcode, type, how it stood two nights ago"
                        ),
                    }
                ),
            }
        ),
        "Live": thing({"html": TEXT, "received": WHOLE, "latest": TEXT, "overdue": WHOLE}),
        "Briefing": _briefing(kinds),
        "Error": thing({"error": TEXT, "message": TEXT}),
    }


def _photo(said: Part) -> Part:
    needed = {name: shape for name, shape in said.items() if name != "fields"}
    photo = thing(
        {
            **needed,
            "type": only("photo"),
            "entry_id": UUID,
            "position": {"type": "integer", "minimum": 1, "maximum": MOST_PHOTOS},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "bytes": {**BASE64URL, "description": "The JPEG, as the phone has shrunk it"},
        },
        {"fields": {"type": "object", "maxProperties": 0}, "after": or_null(UUID)},
    )
    return {
        **photo,
        "description": (
            "A photo of an entry; it is kept once the entry has arrived. Sealed, it comes without "
            "`bytes`: the photo itself follows the JSON text, after one NUL."
        ),
    }


def _seal() -> Part:
    parts: Part = {"v": {"const": 1}, "epk": BASE64URL, "iv": BASE64URL, "ct": BASE64URL}
    return {
        **thing(parts, {"kid": TEXT}),
        "description": (
            "ECDH on P-256 (epk: the raw point) with the server’s key, HKDF-SHA-256 without salt "
            "and with the info `fieldlog record v1` + id, AES-256-GCM with iv and the id as "
            "additional data; ct ends with the tag. All base64url without padding."
        ),
    }


def _briefing(kinds: Sequence[str]) -> Part:
    officer = thing(
        {
            "id": OFFICER_ID,
            "name": TEXT,
            "detail": TEXT,
            "role": TEXT,
            "not_own": listed(only(*kinds)),
        }
    )
    deployment = thing(
        {
            "id": WHOLE,
            "label": TEXT,
            "night_of": DAY,
            "tonight": FLAG,
            "crew": listed(listed(either(WHOLE, TEXT), minItems=2, maxItems=2)),
            "hotspots": listed(listed(either(WHOLE, TEXT), minItems=2, maxItems=2)),
            "about": PAIRS,
        }
    )
    tile = thing({"code": TEXT, "label": TEXT, "unit": TEXT, "step": WHOLE, "value": WHOLE})
    entry = thing(
        {
            "id": UUID,
            "version": WHOLE,
            "kind_code": only(*kinds),
            "night_of": DAY,
            "at": MOMENT,
            **dict.fromkeys(("time", "title", "line", "note", "href"), TEXT),
            "states": listed(thing({"label": TEXT, "tone": TEXT})),
            "struck": FLAG,
            "add": or_null(thing({"words": TEXT, "href": TEXT})),
            "rows": PAIRS,
            "times": PAIRS,
            "versions": listed(thing({"title": TEXT, "text": TEXT})),
            "notes": listed(TEXT),
            "fields": or_null({"type": "object", "additionalProperties": TEXT}),
        }
    )
    task = thing(
        {
            "id": WHOLE,
            "mine": FLAG,
            "premises": or_null(WHOLE),
            **dict.fromkeys(("where", "asked", "about", "log"), TEXT),
            "states": listed(thing({"from": or_null(MOMENT), "label": TEXT, "tone": TEXT})),
            "due_from": or_null(MOMENT),
        }
    )
    of_the_night: Part = {
        "deployments": listed(deployment),
        "patrol": listed(
            thing({"id": UUID, "event": TEXT, "at": MOMENT}, {"patrol": UUID, "undoes": UUID})
        ),
        "tiles": listed(tile),
        "visited": {"type": "object", "additionalProperties": TEXT},
        "known": {"type": "object", "additionalProperties": listed(or_null(TEXT))},
    }
    over = thing({"since": MOMENT, "night": only(""), **of_the_night})
    return thing(
        {
            "version": TEXT,
            "made_at": MOMENT,
            "night": DAY,
            "over": {**over, "description": "What takes its place when that night is over"},
            "lists": {**TEXT, "description": "Another one: fetch the forms again"},
            "officer": officer,
            "entries": listed(entry),
            "tasks": listed(task),
            **of_the_night,
            "server_key": SERVER_KEY,
        }
    )
