"""Check a file: upload it and see whether it is one of ours and whether its figures still hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from fieldlog.services.check_file import CheckedFile, check_file
from fieldlog.services.issue_export import Since
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.forms.checked_file import CheckedFileForm
from fieldlog.web.forms.entry_fields import add_error
from fieldlog.web.issued import KEEPERS
from fieldlog.web.kept_figures import change_rows
from fieldlog.web.sizes import takes_up_to
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("checked_file", __name__)

LARGEST = 60 * 1024 * 1024


@bp.get("/exports/check")
@open_to(*KEEPERS)
def show() -> ResponseReturnValue:
    """Ask for the file."""
    return _page(CheckedFileForm(), None)


@bp.post("/exports/check")
@takes_up_to(LARGEST)
@open_to(*KEEPERS)
def check() -> ResponseReturnValue:
    """Say what the file is. It is not kept."""
    form = CheckedFileForm()
    if not form.file.data:
        add_error(form.file, "Choose the file to check.")
        return _page(form, None), NOT_ACCEPTED
    name = Path(form.file.data.filename or "").suffix.lower()
    with TemporaryDirectory(prefix="fieldlog-check-") as folder:
        path = Path(folder) / f"file{name if name in {'.xlsx', '.ods', '.csv'} else ''}"
        form.file.data.save(path)
        found = check_file(database(), path, by=person(), now=now())
    return _page(form, found)


def _page(form: CheckedFileForm, found: CheckedFile | None) -> str:
    standing = found.standing if found else None
    return render_template(
        "exports/check.html",
        form=form,
        found=found,
        altered=change_rows(found.altered or ()) if found else [],
        drift=change_rows(standing.changed) if standing else [],
        since=standing.since if standing else Since(),
    )
