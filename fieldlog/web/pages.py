"""The first page of each role, the accessibility statement, and whether fieldlog is well."""

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.services.describe_database import check_database_answers
from fieldlog.store.connection import StoreError
from fieldlog.web.access import open_to_everyone
from fieldlog.web.navigation import first_page
from fieldlog.web.surroundings import account, database

bp = Blueprint("pages", __name__)


@bp.get("/")
@open_to_everyone
def home() -> ResponseReturnValue:
    """Send everybody to the page they start from."""
    who = account()
    return redirect(first_page(who.person.role) if who else url_for("sign_in.show"))


@bp.get("/accessibility")
@open_to_everyone
def accessibility() -> ResponseReturnValue:
    """The accessibility statement that a public body has to publish."""
    return render_template("pages/accessibility.html")


@bp.get("/health")
@open_to_everyone
def health() -> ResponseReturnValue:
    """Tell a monitor whether fieldlog and its database answer; nothing of what is in it."""
    try:
        check_database_answers(database())
    except StoreError as error:
        return jsonify(status="failing", database=type(error).__name__), 503
    return jsonify(status="ok", database="ok")
