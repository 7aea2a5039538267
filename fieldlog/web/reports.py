"""Reports: everything that goes out of fieldlog, from one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from fieldlog.services.export_apart import export_works
from fieldlog.services.list_nights import list_nights
from fieldlog.services.plan_timed_send import every_timed_send, needs_somebody
from fieldlog.services.read_exports import read_exports
from fieldlog.services.read_mails import read_mails
from fieldlog.web.access import open_to
from fieldlog.web.issued import KEEPERS
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("reports", __name__)

MOST = 5


@bp.get("/reports")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """What can go out, what went out last, and where it is checked."""
    db = database()
    timed = every_timed_send(db, now=now(), ended=False)
    found = list_nights(db, now=now(), size=MOST)
    return render_template(
        "reports/index.html",
        nights=[one for one in (*found.tonight, *found.past) if one.entries],
        tonight={one.deployment.id for one in found.tonight},
        works=export_works(db, around().config.instance, by=person(), now=now())[:MOST],
        issued=read_exports(db, issued=True, size=MOST).exports,
        timed=timed,
        stopped=needs_somebody(timed, now=now()),
        mails=read_mails(db, size=MOST).mails,
    )
