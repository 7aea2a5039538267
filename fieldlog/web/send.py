"""Send the figures of a night or a period: choose who and what, look a second time, send."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from fieldlog.core.mail import says_domains
from fieldlog.core.night import from_utc_text, says_date, utc_text
from fieldlog.core.question import Filter
from fieldlog.core.rules import Refused
from fieldlog.services.edit_distribution_lists import lists
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.list_operations import deployment
from fieldlog.services.look_at_mail import Asked, Ready, make_ready, preview
from fieldlog.services.may_send import SENDERS
from fieldlog.services.name_period import name_period
from fieldlog.services.read_exports import last_issued
from fieldlog.services.send_apart import Going, LookAgain, Sending, send_or_start
from fieldlog.services.send_report import CHANGED, FiguresChanged, Press
from fieldlog.services.work_apart import KEY
from fieldlog.services.write_whole import ExportFailed
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress, given, has_empty, query_of, read_filter
from fieldlog.web.forms.filters import FilterForm, FilterPage, filter_form
from fieldlog.web.forms.send import SendForm
from fieldlog.web.log import refuse_unknown
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("send", __name__)

FIELD_OF_MAIL = {"output": "what"}

FILTERS = FilterPage(
    endpoint="send.choose_period",
    selects=("operation", "agency"),
    typed=frozenset({"from", "to"}),
)


@dataclass(frozen=True)
class Matter:
    """What a mail is about: the entries, the pages around it, and where a night's is, its night."""

    wanted: Filter
    deployment_id: int | None
    name: str
    choose_href: str
    send_href: str
    back_href: str
    back: str
    filters: FilterForm | None = None


@bp.route("/nights/<int(max=999999999):deployment_id>/send", methods=["GET", "POST"])
@open_to(*SENDERS)
def choose(deployment_id: int) -> ResponseReturnValue:
    """Choose who gets what of a night; a good answer leads to the second look."""
    return _choose(_night_or_404(deployment_id))


@bp.post("/nights/<int(max=999999999):deployment_id>/send/now")
@open_to(*SENDERS)
def send(deployment_id: int) -> ResponseReturnValue:
    """Put what was looked at into the queue; if it is not the same any more, look again."""
    return _send(_night_or_404(deployment_id))


@bp.route("/send", methods=["GET", "POST"])
@open_to(*SENDERS)
def choose_period() -> ResponseReturnValue:
    """Choose who gets what of the entries in the address: a week, a month, an operation."""
    if has_empty(request.args):
        return redirect(url_for("send.choose_period", **given(request.args)))
    try:
        return _choose(_period())
    except BadAddress:
        return redirect(url_for("send.choose_period"), 303)


@bp.post("/send/now")
@open_to(*SENDERS)
def send_period() -> ResponseReturnValue:
    """Put what was looked at of a period into the queue."""
    try:
        return _send(_period())
    except BadAddress:
        return redirect(url_for("send.choose_period"), 303)


def _night_or_404(deployment_id: int) -> Matter:
    found = deployment(database(), deployment_id) or abort(404)
    return Matter(
        of_deployment(deployment_id),
        deployment_id,
        f"{found.operation}, {says_date(found.night_of)}",
        url_for("send.choose", deployment_id=deployment_id),
        url_for("send.send", deployment_id=deployment_id),
        url_for("nights.show", deployment_id=deployment_id),
        "The night",
    )


def _period() -> Matter:
    """Return what the address asks to send. Raises BadAddress."""
    wanted = read_filter(request.args)
    refuse_unknown(wanted)
    query = query_of(wanted)
    return Matter(
        wanted,
        None,
        name_period(database(), wanted).title,
        url_for("send.choose_period", **query),
        url_for("send.send_period", **query),
        url_for("reports.index"),
        "Reports",
        filter_form(database(), FILTERS, wanted, {}),
    )


def _choose(matter: Matter) -> ResponseReturnValue:
    form = _form()
    try:
        if request.method == "GET" or "change" in request.form:
            return _choosing(form, matter)
        return _looking(form, matter)
    except DoesNotAddUp as wrong:
        return _stopped(matter, str(wrong))


def _send(matter: Matter) -> ResponseReturnValue:
    form = _form()
    try:
        sending = Sending(
            _asked(form, matter),
            around().config.mail,
            read_press(),
            LookAgain(matter.choose_href, _typed(form)),
        )
        instance = around().config.instance
        going = send_or_start(database(), instance, sending, by=person(), now=now())
    except Refused as refused:
        show_problems(form, refused, FIELD_OF_MAIL)
        return (_looking if form.sensitive.errors else _choosing)(form, matter)
    except FiguresChanged:
        form.form_errors.append(CHANGED)
        return _looking(form, matter)
    except (DoesNotAddUp, ExportFailed) as failed:
        return _stopped(matter, str(failed))
    return on_its_way(going)


def on_its_way(going: Going) -> ResponseReturnValue:
    """Lead to the mail in the queue, or to where its file is being written."""
    if going.work:
        return redirect(url_for("under_way.show", key=going.work), 303)
    flash("In the queue. It goes out within a minute; this page says how it fares.", "success")
    return redirect(url_for("mails.show", mail_id=going.mail_id), 303)


def _form() -> SendForm:
    form = SendForm()
    form.offer(lists(database()))
    return form


def _choosing(form: SendForm, matter: Matter) -> ResponseReturnValue:
    ready = preview(database(), Asked(matter.wanted), as_at=now())
    if request.method == "GET":
        form.start(name_period(database(), matter.wanted).subject)
    page = render_template(
        "send/choose.html",
        form=form,
        matter=matter,
        ready=ready,
        html=Markup(ready.html),  # noqa: S704 - the letter escapes every word in it
        domains=says_domains(around().config.mail.domains),
        issued=last_issued(database(), matter.wanted),
        **on_the_way(),
    )
    return page, 400 if form.errors else 200


def _looking(form: SendForm, matter: Matter) -> ResponseReturnValue:
    """Show exactly what goes; or the choice again, with what is wrong about it."""
    asked = _asked(form, matter)
    try:
        ready = make_ready(database(), asked, around().config.mail, as_at=now())
    except Refused as refused:
        show_problems(form, refused, FIELD_OF_MAIL)
        return _choosing(form, matter)
    page = render_template(
        "send/look.html",
        form=form,
        matter=matter,
        ready=ready,
        html=Markup(ready.html),  # noqa: S704 - the letter escapes every word in it
        kept=_kept(form, ready),
        **on_the_way(),
    )
    return page, 400 if form.errors else 200


def _asked(form: SendForm, matter: Matter) -> Asked:
    return form.asked(matter.wanted, matter.deployment_id)


def _kept(form: SendForm, ready: Ready) -> dict[str, str]:
    """Return what the second look carries on in hidden fields."""
    return _typed(form) | kept_of_look(ready)


def kept_of_look(ready: Ready) -> dict[str, str]:
    """Return what tells later what was looked at, and names the press of the button."""
    return {"as_at": utc_text(ready.as_at), "seen": ready.seen, "send_key": str(uuid4())}


def _typed(form: SendForm) -> dict[str, str]:
    return {
        "list_id": form.list_id.chosen(),
        "addresses": form.addresses.data or "",
        "subject": form.subject.data or "",
        "what": form.what.chosen(),
    }


def read_press() -> Press:
    """Return the press of the button that this request is. Raises FiguresChanged."""
    key, seen = request.form.get("send_key", ""), request.form.get("seen", "")
    if not KEY.fullmatch(key):
        raise FiguresChanged
    return Press(key, _moment(request.form.get("as_at", "")), seen)


def _moment(text: str) -> datetime:
    try:
        return from_utc_text(text)
    except ValueError as error:
        raise FiguresChanged from error


def on_the_way() -> dict[str, str]:
    """Return how a mail leaves, for the words of ``send/letter.html``."""
    settings = around().config.mail
    security = {"starttls": "STARTTLS", "tls": "TLS"}.get(settings.security, "this machine only")
    return {
        "server": f"{settings.host}, {security}" if settings.host else "",
        "sender": settings.sender,
        "outbox": str(around().config.instance / "outbox"),
    }


def _stopped(matter: Matter, reason: str) -> ResponseReturnValue:
    return render_template("send/stopped.html", matter=matter, reason=reason), 500
