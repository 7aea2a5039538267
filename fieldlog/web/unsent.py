"""Unsent: take in the file that a phone gives out when it cannot send by itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from fieldlog.core.words import Role
from fieldlog.services.delivery import State
from fieldlog.services.import_unsent import (
    LARGEST_FILE,
    NotAnExport,
    UnsentReport,
    import_unsent,
)
from fieldlog.services.open_sealed import sealing_key
from fieldlog.web.access import open_to
from fieldlog.web.api.record_fields import RecordFields
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.forms.entry_fields import add_error
from fieldlog.web.forms.unsent import UnsentForm
from fieldlog.web.sizes import takes_up_to
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("unsent", __name__)

SAYS = {
    State.STORED: "recorded",
    State.ALREADY_STORED: "had arrived already",
    State.CONFLICT: "set aside: something else is stored under the same record",
    State.SET_ASIDE: "set aside for your decision",
}


@bp.get("/unsent/import")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def show() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("unsent/import.html", form=UnsentForm(), report=None, says=SAYS)


@bp.post("/unsent/import")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
@takes_up_to(LARGEST_FILE + 64 * 1024)
def take() -> ResponseReturnValue:
    """Record what the file holds, and say what became of each record."""
    form = UnsentForm()
    report, status = _report(form), 200
    if report is None:
        status = NOT_ACCEPTED
    page = render_template("unsent/import.html", form=form, report=report, says=SAYS)
    return page, status


def _report(form: UnsentForm) -> UnsentReport | None:
    if not form.file.data:
        add_error(form.file, "Choose the file that was exported on the phone.")
        return None
    try:
        return import_unsent(
            database(),
            form.file.data.read(),
            by=person().officer_id,
            now=now(),
            forms=RecordFields(),
            key=sealing_key(around().config.instance),
        )
    except NotAnExport as error:
        add_error(form.file, str(error))
        return None
