"""Send the figures of a night: choose who and what, look a second time, send."""

import re
from datetime import datetime
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from fieldlog.core.mail import says_domains
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.edit_distribution_lists import lists
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.list_operations import Deployment, deployment
from fieldlog.services.send_report import (
    Asked,
    FiguresChanged,
    Press,
    Ready,
    make_ready,
    preview,
    send_report,
    sent_before,
)
from fieldlog.services.write_whole import ExportFailed
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.web.access import open_to
from fieldlog.web.forms.send import SendForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("send", __name__)

SENDERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
FIELD_OF_MAIL = {"with_workbook": "what"}
CHANGED = "The figures have changed, or it is a while since you looked. Look once more, then send."

_SEND_KEY = re.compile(r"[0-9a-f-]{36}")


@bp.route("/nights/<int(max=999999999):deployment_id>/send", methods=["GET", "POST"])
@open_to(*SENDERS)
def choose(deployment_id: int) -> ResponseReturnValue:
    """Choose who gets what; a good answer leads to the second look."""
    found = _deployment_or_404(deployment_id)
    form = _form()
    try:
        if request.method == "GET" or "change" in request.form:
            return _choosing(form, found)
        return _looking(form, found)
    except DoesNotAddUp as wrong:
        return _stopped(found, str(wrong))


@bp.post("/nights/<int(max=999999999):deployment_id>/send/now")
@open_to(*SENDERS)
def send(deployment_id: int) -> ResponseReturnValue:
    """Put what was looked at into the queue; if it is not the same any more, look again."""
    found = _deployment_or_404(deployment_id)
    form = _form()
    try:
        mail_id = send_report(
            database(),
            _asked(form, found),
            around().config.mail,
            _press(),
            database=around().connections.path,
            by=person(),
            now=now(),
        )
    except Refused as refused:
        show_problems(form, refused, FIELD_OF_MAIL)
        return (_looking if form.sensitive.errors else _choosing)(form, found)
    except FiguresChanged:
        form.form_errors.append(CHANGED)
        return _looking(form, found)
    except (DoesNotAddUp, ExportFailed) as failed:
        return _stopped(found, str(failed))
    flash("In the queue. It goes out within a minute; this page says how it fares.", "success")
    return redirect(url_for("mails.show", mail_id=mail_id), 303)


def _form() -> SendForm:
    form = SendForm()
    form.offer(lists(database()))
    return form


def _choosing(form: SendForm, found: Deployment) -> ResponseReturnValue:
    ready = preview(database(), Asked(of_deployment(found.id)), as_at=now())
    if request.method == "GET":
        form.start(ready.title)
    page = render_template(
        "send/choose.html",
        form=form,
        deployment=found,
        ready=ready,
        html=Markup(ready.html),  # noqa: S704 - the letter escapes every word in it
        domains=says_domains(around().config.mail.domains),
        **_on_the_way(),
    )
    return page, 400 if form.errors else 200


def _looking(form: SendForm, found: Deployment) -> ResponseReturnValue:
    """Show exactly what goes; or the choice again, with what is wrong about it."""
    asked = _asked(form, found)
    try:
        ready = make_ready(database(), asked, around().config.mail, as_at=now())
    except Refused as refused:
        show_problems(form, refused, FIELD_OF_MAIL)
        return _choosing(form, found)
    page = render_template(
        "send/look.html",
        form=form,
        deployment=found,
        ready=ready,
        html=Markup(ready.html),  # noqa: S704 - the letter escapes every word in it
        kept=_kept(form, ready),
        before=sent_before(database(), ready),
        **_on_the_way(),
    )
    return page, 400 if form.errors else 200


def _asked(form: SendForm, found: Deployment) -> Asked:
    return form.asked(of_deployment(found.id), found.id)


def _kept(form: SendForm, ready: Ready) -> dict[str, str]:
    """Return what the second look carries on in hidden fields."""
    return {
        "list_id": form.list_id.chosen(),
        "addresses": form.addresses.data or "",
        "subject": form.subject.data or "",
        "what": form.what.chosen(),
        "as_at": utc_text(ready.as_at),
        "seen": ready.figures_hash,
        "send_key": str(uuid4()),
    }


def _press() -> Press:
    """Return the press of the button that this request is. Raises FiguresChanged."""
    key, seen = request.form.get("send_key", ""), request.form.get("seen", "")
    if not _SEND_KEY.fullmatch(key):
        raise FiguresChanged
    return Press(key, _moment(request.form.get("as_at", "")), seen)


def _moment(text: str) -> datetime:
    try:
        return from_utc_text(text)
    except ValueError as error:
        raise FiguresChanged from error


def _on_the_way() -> dict[str, str]:
    settings = around().config.mail
    security = {"starttls": "STARTTLS", "tls": "TLS"}.get(settings.security, "this machine only")
    return {
        "server": f"{settings.host}, {security}" if settings.host else "",
        "sender": settings.sender,
        "outbox": str(around().config.instance / "outbox"),
    }


def _stopped(found: Deployment, reason: str) -> ResponseReturnValue:
    return render_template("send/stopped.html", deployment=found, reason=reason), 500


def _deployment_or_404(deployment_id: int) -> Deployment:
    return deployment(database(), deployment_id) or abort(404)
