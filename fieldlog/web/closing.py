"""Closing a night: what stands in the way, the statement as at, and opening it again."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_moment, says_time
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.close_night import (
    Closing,
    Device,
    SilentPhone,
    Standing,
    Task,
    ToClose,
    close_night,
    reopen_night,
    standing_of,
    to_close,
)
from fieldlog.services.open_sealed import SealingKey, sealing_key
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import CONFLICT, NOT_ACCEPTED
from fieldlog.web.forms.closing import CloseNightForm, ReopenForm
from fieldlog.web.patrol_words import state_of, times_of_patrol
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person
from fieldlog.web.to_complete import said_lacking

bp = Blueprint("closing", __name__)

CLOSERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
MOST_LISTED = 50


@bp.get("/nights/<int(max=999999999):deployment_id>/close")
@open_to(*CLOSERS)
def show(deployment_id: int) -> ResponseReturnValue:
    """The checklist before a night is closed; for a closed one, what it was closed with."""
    return _page(deployment_id, CloseNightForm(formdata=None), ReopenForm(formdata=None))


@bp.post("/nights/<int(max=999999999):deployment_id>/close")
@open_to(*CLOSERS)
def close(deployment_id: int) -> ResponseReturnValue:
    """Close the night as at now."""
    form = CloseNightForm()
    try:
        done = close_night(
            database(),
            deployment_id,
            statement=form.words.data or "",
            by=person().officer_id,
            now=now(),
            key=_key(),
        )
    except Refused as refused:
        if standing_of(database(), deployment_id).closing:
            said = "Somebody has closed this night already."
            return _meanwhile(deployment_id, said, form.words.data or "")
        show_problems(form, refused)
        return _page(deployment_id, form, ReopenForm(formdata=None), NOT_ACCEPTED)
    flash(f"Closed as at {says_moment(done.at)}. Late entries still come in, marked.", "success")
    return redirect(url_for("nights.show", deployment_id=deployment_id), 303)


@bp.post("/nights/<int(max=999999999):deployment_id>/reopen")
@open_to(*CLOSERS)
def reopen(deployment_id: int) -> ResponseReturnValue:
    """Open a closed night again, with a reason."""
    form = ReopenForm()
    try:
        reopen_night(
            database(),
            deployment_id,
            reason=form.reason.data or "",
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        if standing_of(database(), deployment_id).closing is None:
            said = "Somebody has opened this night again already."
            return _meanwhile(deployment_id, said, form.reason.data or "")
        show_problems(form, refused)
        return _page(deployment_id, CloseNightForm(formdata=None), form, NOT_ACCEPTED)
    flash("The night is open again.", "success")
    return redirect(url_for("closing.show", deployment_id=deployment_id), 303)


def _meanwhile(deployment_id: int, said: str, typed: str) -> ResponseReturnValue:
    """Show how the night stands now, with what was typed for how it stood before."""
    problem = f"{said} What you typed was: “{typed}”" if typed.strip() else said
    forms = CloseNightForm(formdata=None), ReopenForm(formdata=None)
    return _page(deployment_id, *forms, CONFLICT, problem)


def _page(
    deployment_id: int,
    form: CloseNightForm,
    reopening: ReopenForm,
    status: int = 200,
    problem: str = "",
) -> ResponseReturnValue:
    seen = to_close(database(), deployment_id, now(), _key()) or abort(404)
    standing = standing_of(database(), deployment_id)
    page = render_template(
        "nights/close.html",
        form=reopening if standing.closing else form,
        problems=[{"text": problem}] if problem else [],
        has_errors=bool(problem) or bool(form.errors) or bool(reopening.errors),
        deployment=seen.deployment,
        as_at=now(),
        entries=seen.entries,
        closing=standing.closing,
        came=says_after(standing),
        parts=_parts(seen),
        outstanding=seen.outstanding,
        history=[_act(one) for one in standing.history],
    )
    return page, status


def _parts(seen: ToClose) -> list[dict[str, Any]]:
    """Return what is looked at, each with what is not finished: [{title, done, rows}].

    ``calm`` are rows that are worth a look and stand in nobody's way, ``calm_words`` say why.
    """
    return [
        {
            "title": "Patrols",
            "done": "Every patrol is finished.",
            "rows": [
                {
                    "text": f"{one.stored.leader}, {times_of_patrol(one.stored)}",
                    "note": state_of(one),
                    "href": url_for("patrols.show", patrol_id=one.patrol.id),
                }
                for one in seen.patrols.going
            ],
        },
        {
            "title": "Phones",
            "done": "No phone says that it holds unsent entries.",
            "rows": [_phone(one) for one in seen.phones],
            "calm": [_silent(one) for one in seen.silent],
            "calm_words": _silence(len(seen.silent)),
        },
        {
            "title": "Entries without time or action",
            "done": "Every visit has its time and its action.",
            "rows": [
                {
                    "text": f"{one.line.where}, {says_time(one.line.happened_at)}",
                    "note": f"{one.line.officer or 'Not recorded'}: {said_lacking(one.what)}",
                    "href": url_for("entries.show", entry_id=one.line.id),
                }
                for one in seen.lacking[:MOST_LISTED]
            ],
            "more": max(0, len(seen.lacking) - MOST_LISTED),
            "hint": "Their officers find them on Tonight, one tap from being completed.",
        },
        {
            "title": "Tasks",
            "done": "No task of this night is open.",
            "rows": [_task(one) for one in seen.tasks],
        },
        {
            "title": "Set aside",
            "done": "Nothing that may be of this night waits for a decision.",
            "rows": _to_decide(
                seen.set_aside,
                "Records that phones sent and nobody has judged yet; they may be of this night",
            ),
            "calm": _to_decide(seen.set_aside_elsewhere, "Records of other nights"),
            "calm_words": "What is of other nights does not stand in the way of this one.",
        },
    ]


def _to_decide(many: int, note: str) -> list[dict[str, Any]]:
    if not many:
        return []
    href = url_for("set_aside.index")
    return [{"text": f"{many} to decide about", "note": note, "href": href}]


def _silence(phones: int) -> str:
    who = "One phone has" if phones == 1 else f"{phones} phones have"
    return (
        f"{who} sent nothing for half an hour or longer, perhaps because there was nothing to "
        "send. If a crew logged something without signal, it comes when the phone is opened where "
        "there is some."
    )


def _key() -> SealingKey:
    return sealing_key(around().config.instance)


def _phone(one: Device) -> dict[str, Any]:
    held = "1 entry" if one.unsent == 1 else f"{one.unsent} entries"
    heard = f"last heard {says_moment(one.last_reported_at)}" if one.last_reported_at else ""
    return {
        "text": f"{one.officer}, {one.name}",
        "note": ", ".join(part for part in (f"{held} unsent", heard) if part),
        "href": url_for("devices.show", device_id=one.id),
    }


def _silent(one: SilentPhone) -> dict[str, Any]:
    device = one.device
    heard, began = device.last_reported_at, device.created_at
    sent = f"last sent at {says_moment(heard)}" if heard else "nothing sent"
    since = "" if heard else f"set up at {says_moment(began)}"
    return {
        "text": f"{device.officer}, {device.name}",
        "note": ", ".join(part for part in (one.crew, sent, since) if part),
        "href": url_for("devices.show", device_id=device.id),
    }


def _task(one: Task) -> dict[str, Any]:
    return {
        "text": one.plan.asked,
        "note": ", ".join(part for part in (one.where, one.officer or one.plan.crew) if part),
        "href": url_for("tasks.show", task_id=one.id),
    }


def _act(one: Closing) -> dict[str, str]:
    kept = f"{one.entries} {'entry' if one.entries == 1 else 'entries'}"
    said = [f"by {one.who or 'nobody known'}", kept]
    if one.outstanding:
        said.append(f"outstanding: {one.outstanding}")
    if one.words:
        said.append(f"“{one.words}”")
    return {
        "key": f"{one.act.capitalize()} {says_moment(one.at)}",
        "value": ", ".join(said),
    }


def says_after(standing: Standing) -> str:
    """Return what came after a night was closed; empty where nothing did."""
    after = standing.after
    if after is None:
        return ""
    came = f"{after.came} {'entry' if after.came == 1 else 'entries'} came after"
    changed = f"{after.changed} {'was' if after.changed == 1 else 'were'} changed after"
    parts = ((after.came, came), (after.changed, changed))
    return ", ".join(words for number, words in parts if number)
