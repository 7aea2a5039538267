"""Timed sends: figures that go out by themselves, set up after a second look."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.mail import says_domains
from fieldlog.core.rules import Refused
from fieldlog.core.timed_send import CATCH_UP, Act, TimedSend, filter_of
from fieldlog.core.words import Role
from fieldlog.services.edit_distribution_lists import lists
from fieldlog.services.plan_timed_send import (
    change_timed_send,
    every_timed_send,
    look_at_timed_send,
    operations_to_choose,
    set_up_timed_send,
    timed_send,
)
from fieldlog.web.access import open_to
from fieldlog.web.filters import query_of
from fieldlog.web.forms.timed_send import TimedSendForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("timed_sends", __name__)

SENDERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
CHANGED = "The list has changed since you looked. Look once more, then set it up."
INCOMPLETE = "Make a choice under each heading."
ACTS = {"pause": Act.PAUSED, "resume": Act.RESUMED, "end": Act.ENDED}
SAID = {
    Act.PAUSED: "Paused. Nothing goes until it is resumed, and what falls due is not made up for.",
    Act.RESUMED: "Resumed. The next night that falls due goes.",
    Act.ENDED: "Ended. What went stays in the log of mails.",
}


@bp.get("/timed-sends")
@open_to(*SENDERS)
def index() -> ResponseReturnValue:
    """Every timed send, with what became of its latest night."""
    return render_template("timed_sends/index.html", found=every_timed_send(database(), now=now()))


@bp.route("/timed-sends/new", methods=["GET", "POST"])
@open_to(*SENDERS)
def new() -> ResponseReturnValue:
    """Choose what goes by itself; a good answer leads to the second look."""
    form = _form()
    if request.method == "GET":
        form.start()
        return _choosing(form)
    return _choosing(form) if "change" in request.form else _looking(form)


@bp.post("/timed-sends/set-up")
@open_to(*SENDERS)
def set_up() -> ResponseReturnValue:
    """Set up what was looked at; if the list is not the same any more, look again."""
    form = _form()
    timed = form.timed()
    if timed is None:
        return _looking(form)
    try:
        timed_id = set_up_timed_send(
            database(),
            timed,
            around().config.mail,
            seen=request.form.get("seen", ""),
            by=person(),
            now=now(),
        )
    except Refused:
        return _looking(form)
    if timed_id is None:
        form.form_errors.append(CHANGED)
        return _looking(form)
    flash("Set up. It goes by itself from now on.", "success")
    return redirect(url_for("timed_sends.show", timed_id=timed_id), 303)


@bp.get("/timed-sends/<int(max=999999999):timed_id>")
@open_to(*SENDERS)
def show(timed_id: int) -> ResponseReturnValue:
    """One timed send: what it does, who answers for it, and what became of each night."""
    found = timed_send(database(), timed_id, now=now()) or abort(404)
    by_hand = {
        run.id: url_for("send.choose_period", **query_of(filter_of(found.timed, run.due)))
        for run in found.runs
        if run.needs_somebody
    }
    return render_template(
        "timed_sends/show.html",
        one=found,
        timed=found.timed,
        by_hand=by_hand,
        hours=int(CATCH_UP.total_seconds()) // 3600,
    )


@bp.post("/timed-sends/<int(max=999999999):timed_id>/<any(pause, resume, end):act>")
@open_to(*SENDERS)
def change(timed_id: int, act: str) -> ResponseReturnValue:
    """Pause it, resume it or end it."""
    try:
        change_timed_send(database(), timed_id, ACTS[act], by=person(), now=now())
    except Refused as refused:
        flash(str(refused), "error")
    else:
        flash(SAID[ACTS[act]], "success")
    return redirect(url_for("timed_sends.show", timed_id=timed_id), 303)


def _form() -> TimedSendForm:
    form = TimedSendForm()
    form.offer(lists(database()), operations_to_choose(database()))
    return form


def _choosing(form: TimedSendForm) -> ResponseReturnValue:
    page = render_template(
        "timed_sends/new.html",
        form=form,
        lists=lists(database()),
        domains=says_domains(around().config.mail.domains),
    )
    return page, 400 if form.errors else 200


def _looking(form: TimedSendForm) -> ResponseReturnValue:
    """Show exactly what is to happen; or the choice again, with what is wrong about it."""
    timed = form.timed()
    if timed is None:
        form.form_errors.append(INCOMPLETE)
        return _choosing(form)
    try:
        looked = look_at_timed_send(database(), timed, around().config.mail, now=now())
    except Refused as refused:
        show_problems(form, refused)
        return _choosing(form)
    page = render_template(
        "timed_sends/look.html", form=form, looked=looked, timed=timed, kept=_kept(form, timed)
    )
    return page, 400 if form.errors else 200


def _kept(form: TimedSendForm, timed: TimedSend) -> list[tuple[str, str]]:
    """Return what the second look carries on in hidden fields."""
    one = [
        (name, form[name].chosen())
        for name in ("list_id", "what", "file_format", "marking", "when_open", "when_empty")
    ]
    several = [("operations", str(number)) for number in timed.operations]
    several += [("days", str(day)) for day in timed.days]
    return [*one, *several, ("clock", f"{timed.clock:%H:%M}")]
