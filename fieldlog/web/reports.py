"""Reports: everything that goes out of fieldlog, from one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from fieldlog.services.list_nights import list_nights
from fieldlog.services.read_exports import read_exports
from fieldlog.services.read_mails import read_mails
from fieldlog.web.access import open_to
from fieldlog.web.issued import KEEPERS
from fieldlog.web.surroundings import database, now

bp = Blueprint("reports", __name__)

MOST = 5


@bp.get("/reports")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """What can go out, what went out last, and where it is checked."""
    db = database()
    return render_template(
        "reports/index.html",
        nights=[one for one in list_nights(db, now=now(), size=MOST).past if one.entries],
        issued=read_exports(db, issued=True, size=MOST).exports,
        mails=read_mails(db, size=MOST).mails,
    )
