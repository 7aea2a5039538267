"""Exports under way: how far a long one is, and its file once it is there."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.services.export_apart import export_work, export_works, file_of, issued_by
from fieldlog.services.work_apart import Work
from fieldlog.web.access import open_to
from fieldlog.web.issued import KEEPERS, MIMETYPES, attachment
from fieldlog.web.surroundings import around, now, person

bp = Blueprint("under_way", __name__)


@bp.get("/exports/under-way")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """The long exports that somebody started within a day, the newest first."""
    mine = export_works(around().config.instance, by=person(), now=now())
    return render_template("exports/all_under_way.html", works=mine)


@bp.get("/exports/under-way/<uuid:key>")
@open_to(*KEEPERS)
def show(key: UUID) -> ResponseReturnValue:
    """How far one is; a file that was issued has a page of its own, which follows."""
    work = _work(key)
    issued = issued_by(work)
    if issued is not None:
        return redirect(url_for("issued.show", export_id=issued), 303)
    return render_template("exports/under_way.html", work=work, file=file_of(work))


@bp.post("/exports/under-way/<uuid:key>/file")
@open_to(*KEEPERS)
def fetch(key: UUID) -> ResponseReturnValue:
    """The file of one that is done."""
    file = file_of(_work(key)) or abort(404)
    return attachment(file.path.read_bytes(), MIMETYPES[file.format], file.name)


def _work(key: UUID) -> Work:
    return export_work(around().config.instance, str(key), by=person(), now=now()) or abort(404)
