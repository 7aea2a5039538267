"""Mails: the log of what was sent to whom, how it fared, and what a person has to settle."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from fieldlog.core.mail import TO_BE_TRIED, MailState
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.cancel_mail import cancel_mail
from fieldlog.services.read_exports import Listed, export_with_hash
from fieldlog.services.read_mails import SentMail, mail_of, next_try, read_mail, read_mails
from fieldlog.services.settle_unclear import it_arrived, send_again
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress
from fieldlog.web.holding import of_mail
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("mails", __name__)

READERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
TONES = {
    MailState.SENT: "good",
    MailState.PUT_OUT: "good",
    MailState.ARRIVED: "good",
    MailState.WAITING: "warn",
    MailState.UNCLEAR: "warn",
    MailState.FAILED: "bad",
    MailState.GIVEN_UP: "bad",
}


@bp.get("/mails")
@open_to(*READERS)
def index() -> ResponseReturnValue:
    """Every mail, the newest first."""
    try:
        number = read_page(request.args)
    except BadAddress:
        return redirect(url_for("mails.index"))
    found = read_mails(database(), page=number)
    paging = Paging(
        found.number, found.last, found.first_place, len(found.mails), found.total, "mails"
    )
    return render_template(
        "mails/index.html",
        mails=[(sent, says_states(sent)) for sent in found.mails],
        pager=pager("mails.index", {}, paging),
    )


@bp.get("/mails/<int(max=999999999):mail_id>")
@open_to(*READERS)
def show(mail_id: int) -> ResponseReturnValue:
    """One mail: exactly what went, to whom, and how each message fared."""
    found = read_mail(database(), mail_id)
    if found is None:
        abort(404)
    sent, messages = found
    issued = _export_of(sent)
    return render_template(
        "mails/show.html",
        sent=sent,
        mail=sent.mail,
        messages=messages,
        tones=TONES,
        unclear=MailState.UNCLEAR,
        given_up=MailState.GIVEN_UP,
        next_try=next_try(messages),
        waiting=sum(sent.states[state] for state in TO_BE_TRIED),
        issued=issued,
        kept=of_mail(sent, issued),
        html=Markup(sent.mail.body_html),  # noqa: S704 - the letter escapes every word in it
        outbox=str(around().config.instance / "outbox") if MailState.PUT_OUT in sent.states else "",
    )


@bp.post("/mails/messages/<int(max=999999999):recipient_id>/arrived")
@open_to(*READERS)
def arrived(recipient_id: int) -> ResponseReturnValue:
    """Somebody found out that an unclear message arrived."""
    mail_id = mail_of(database(), recipient_id) or abort(404)
    try:
        it_arrived(database(), recipient_id, by=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
    return redirect(url_for("mails.show", mail_id=mail_id), 303)


@bp.post("/mails/messages/<int(max=999999999):recipient_id>/again")
@open_to(*READERS)
def again(recipient_id: int) -> ResponseReturnValue:
    """Send an unclear message once more, because it did not arrive."""
    mail_id = mail_of(database(), recipient_id) or abort(404)
    try:
        send_again(database(), recipient_id, by=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
    else:
        flash("In the queue again.", "success")
    return redirect(url_for("mails.show", mail_id=mail_id), 303)


@bp.post("/mails/<int(max=999999999):mail_id>/cancel")
@open_to(*READERS)
def cancel(mail_id: int) -> ResponseReturnValue:
    """Cancel the messages of a mail that have not left yet."""
    if read_mail(database(), mail_id) is None:
        abort(404)
    try:
        cancelled = cancel_mail(database(), mail_id, by=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
    else:
        flash(f"{cancelled} {'message' if cancelled == 1 else 'messages'} cancelled.", "success")
    return redirect(url_for("mails.show", mail_id=mail_id), 303)


def _export_of(sent: SentMail) -> Listed | None:
    file = sent.mail.attachment
    return export_with_hash(database(), file.sha256) if file else None


def says_states(sent: SentMail) -> str:
    """Return how the messages of a mail stand: ``3 sent, 1 unclear``."""
    return ", ".join(
        f"{sent.states[state]} {state.label.lower()}" for state in MailState if sent.states[state]
    )
