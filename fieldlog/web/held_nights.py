"""A held night of a timed send: looked at as it is now, and let go anyway."""

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from fieldlog.core.rules import Refused
from fieldlog.services.let_night_go import HeldNight, held_night, let_night_go, look_at_held_night
from fieldlog.services.may_send import SENDERS
from fieldlog.services.plan_timed_send import timed_send
from fieldlog.services.send_apart import LookAgain, Sending
from fieldlog.services.send_report import CHANGED, FiguresChanged
from fieldlog.services.write_whole import ExportFailed
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.web.access import open_to
from fieldlog.web.forms.let_go import LetGoForm
from fieldlog.web.problems import show_problems
from fieldlog.web.send import kept_of_look, on_its_way, on_the_way, read_press
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("held_nights", __name__)

OVER = "Nothing waits to be let go there: it went meanwhile, or its list was removed."


@bp.get("/timed-sends/<int(max=999999999):timed_id>/nights/<int(max=999999999):run_id>")
@open_to(*SENDERS)
def show(timed_id: int, run_id: int) -> ResponseReturnValue:
    """Why a night is held, and exactly what would go to whom."""
    held = held_night(database(), timed_id, run_id)
    return _looking(held, LetGoForm()) if held else _over(timed_id)


@bp.post("/timed-sends/<int(max=999999999):timed_id>/nights/<int(max=999999999):run_id>/let-go")
@open_to(*SENDERS)
def let_go(timed_id: int, run_id: int) -> ResponseReturnValue:
    """Send what was looked at; if it is not the same any more, look again."""
    held = held_night(database(), timed_id, run_id)
    if held is None:
        return _over(timed_id)
    form = LetGoForm()
    try:
        sending = _sending(held, form)
        instance = around().config.instance
        going = let_night_go(database(), instance, held, sending, by=person(), now=now())
    except Refused as refused:
        show_problems(form, refused)
        return _looking(held, form)
    except FiguresChanged:
        form.form_errors.append(CHANGED)
        return _looking(held, form)
    except (DoesNotAddUp, ExportFailed) as failed:
        return _stopped(timed_id, str(failed)), 500
    return on_its_way(going)


def _sending(held: HeldNight, form: LetGoForm) -> Sending:
    """Return the press of the button that this request is. Raises FiguresChanged."""
    allowed = held.asked.sensitive_allowed or bool(form.sensitive.data)
    return Sending(
        replace(held.asked, sensitive_allowed=allowed),
        around().config.mail,
        read_press(),
        LookAgain(_address(held), {}),
    )


def _address(held: HeldNight) -> str:
    return url_for("held_nights.show", timed_id=held.run.timed_send_id, run_id=held.run.id)


def _looking(held: HeldNight, form: LetGoForm) -> ResponseReturnValue:
    timed_id = held.run.timed_send_id
    try:
        ready = look_at_held_night(database(), held, around().config.mail, as_at=now())
    except Refused as refused:
        return _stopped(timed_id, str(refused)), 400
    except DoesNotAddUp as wrong:
        return _stopped(timed_id, str(wrong)), 500
    page = render_template(
        "timed_sends/held.html",
        form=form,
        held=held,
        ready=ready,
        needs_tick=ready.sensitive and not held.asked.sensitive_allowed,
        html=Markup(ready.html),  # noqa: S704 - the letter escapes every word in it
        kept=kept_of_look(ready),
        **on_the_way(),
    )
    return page, 400 if form.errors else 200


def _over(timed_id: int) -> ResponseReturnValue:
    if timed_send(database(), timed_id, now=now()) is None:
        abort(404)
    flash(OVER, "error")
    return redirect(url_for("timed_sends.show", timed_id=timed_id), 303)


def _stopped(timed_id: int, reason: str) -> str:
    matter = {"back_href": url_for("timed_sends.show", timed_id=timed_id), "back": "The timed send"}
    return render_template("send/stopped.html", matter=matter, reason=reason)
