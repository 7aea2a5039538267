"""This phone: what is on it and not sent yet, and how fieldlog gets onto the home screen."""

from flask import Blueprint
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
