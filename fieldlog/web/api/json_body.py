"""The JSON body of a request, read strictly."""

from flask import request

from fieldlog.core.strict_json import Json, NotAccepted, read_json


class NotUnderstood(Exception):
    """The body cannot be used at all; the message says what is wrong with it."""

    status = 400


class NotJson(NotUnderstood):
    """The request does not say that it carries JSON."""

    status = 415


def json_object() -> dict[str, Json]:
    """Return the JSON object that the request carries.

    Raises NotUnderstood; RequestEntityTooLarge above the limit of the blueprint.
    """
    if not request.is_json or request.content_encoding:
        raise NotJson("Send JSON, with Content-Type: application/json and not compressed.")
    try:
        found = read_json(request.get_data(cache=False))
    except NotAccepted as error:
        raise NotUnderstood(str(error)) from error
    if not isinstance(found, dict):
        raise NotUnderstood("The body must be a JSON object.")
    return found


def only(body: dict[str, Json], *known: str) -> None:
    """Raise NotUnderstood for a key that is not ``known``: it would be ignored in silence."""
    for name in sorted(body.keys() - set(known)):
        raise NotUnderstood(f"“{name[:40]}” is not known here.")
