"""This phone: what is on it and not sent yet, and how fieldlog gets onto the home screen."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from fieldlog.web.access import open_to_everyone
from fieldlog.web.shells import phone_page

bp = Blueprint("phone", __name__)


@bp.get("/phone")
@bp.get("/shell/phone")
@open_to_everyone
def show() -> ResponseReturnValue:
    """The same page for everybody, signed in or not: what it shows is on the phone itself."""
    return phone_page()


@bp.get("/phone/entry/<uuid:entry_id>")
@bp.get("/phone/amend/<kind>/<uuid:entry_id>")
@bp.get("/phone/mend/<kind>/<uuid:entry_id>")
@open_to_everyone
def entry(entry_id: UUID, **_: str) -> ResponseReturnValue:
    """A page that only the phone itself can show, asked of the server: the entry as it has it."""
    return redirect(url_for("entries.show", entry_id=entry_id))
