"""Exports and mails under way: how far a long one is, and what came of it."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.services.export_apart import (
    export_work,
    export_works,
    file_of,
    issued_by,
    sent_by,
)
from fieldlog.services.send_apart import again_of
from fieldlog.services.work_apart import Work
from fieldlog.web.access import open_to
from fieldlog.web.issued import KEEPERS, MIMETYPES, attachment
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("under_way", __name__)


@bp.get("/exports/under-way")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """The long exports and mails that somebody started within a day, the newest first."""
    mine = export_works(database(), around().config.instance, by=person(), now=now())
    return render_template("exports/all_under_way.html", works=mine)


@bp.get("/exports/under-way/<uuid:key>")
@open_to(*KEEPERS)
def show(key: UUID) -> ResponseReturnValue:
    """How far one is; what was issued, and a mail in the queue, have pages of their own."""
    work = _work(key)
    mail_id = sent_by(database(), work)
    if mail_id is not None:
        return redirect(url_for("mails.show", mail_id=mail_id), 303)
    issued = issued_by(database(), work)
    if issued is not None:
        return redirect(url_for("issued.show", export_id=issued), 303)
    return render_template(
        "exports/under_way.html", work=work, file=file_of(work), again=again_of(work)
    )


@bp.post("/exports/under-way/<uuid:key>/file")
@open_to(*KEEPERS)
def fetch(key: UUID) -> ResponseReturnValue:
    """The file of one that is done."""
    file = file_of(_work(key)) or abort(404)
    return attachment(file.path.read_bytes(), MIMETYPES[file.format], file.name)


def _work(key: UUID) -> Work:
    instance = around().config.instance
    return export_work(database(), instance, str(key), by=person(), now=now()) or abort(404)
