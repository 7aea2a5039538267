"""Holds: what is kept whatever its period says, while a licence is reviewed or a fine appealed."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_day
from fieldlog.core.rules import Refused
from fieldlog.services.decide_set_aside import set_aside_called
from fieldlog.services.hold_record import (
    ENTRY,
    IMPORT,
    ISSUE,
    MAIL,
    NIGHT,
    PERIOD,
    PREMISES,
    SET_ASIDE,
    TASK,
    current_hold,
    lift_hold,
    name_of_premises,
    place_hold,
)
from fieldlog.services.list_operations import deployment
from fieldlog.services.list_tasks import task_with_history
from fieldlog.services.plan_tasks import UnknownTask
from fieldlog.services.read_entries import versions_of
from fieldlog.services.read_exports import read_export
from fieldlog.services.read_mails import read_mail
from fieldlog.services.run_import import one as import_called
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.entry_words import name_of
from fieldlog.web.filters import BadAddress
from fieldlog.web.forms.retention import HoldForm, LiftForm
from fieldlog.web.holding import THOSE_WHO_HOLD, says_period, shown_hold
from fieldlog.web.periods import AskedPeriod
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("holds", __name__)

Back = tuple[str, str]
"""Where a hold leads back to: the address, and what it is called."""


@bp.route("/entries/<uuid:entry_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def entry(entry_id: UUID) -> ResponseReturnValue:
    """Hold one entry, or everything at its premises or of its night."""
    lines = versions_of(database(), entry_id) or abort(404)
    line = lines[-1]
    form = HoldForm()
    choices = [(ENTRY, "This entry")]
    if line.premises_id is not None:
        choices.append((PREMISES, f"Everything at {line.premises}"))
    if line.deployment_id is not None:
        choices.append((NIGHT, f"Everything of its night, {line.operation}"))
    form.what.offer(choices)
    refs = {ENTRY: line.id, PREMISES: str(line.premises_id), NIGHT: str(line.deployment_id)}
    back = url_for("entries.show", entry_id=entry_id)
    return _held(form, refs, (back, name_of(line)), name_of(line))


@bp.route("/premises/<int(max=999999999):premises_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def premises(premises_id: int) -> ResponseReturnValue:
    """Hold every entry at premises."""
    name = name_of_premises(database(), premises_id) or abort(404)
    back = url_for("premises_page.show", premises_id=premises_id), name
    return _only(PREMISES, premises_id, back, f"everything at {name}")


@bp.route("/exports/<int(max=999999999):export_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def issue(export_id: int) -> ResponseReturnValue:
    """Hold every version of an issue."""
    found = read_export(database(), export_id)
    if found is None or not found.listed.export.issued:
        abort(404)
    number = found.listed.export.number
    back = url_for("issued.show", export_id=export_id), f"Issue {number}"
    return _only(ISSUE, number, back, f"every version of issue {number}")


@bp.route("/nights/<int(max=999999999):deployment_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def night(deployment_id: int) -> ResponseReturnValue:
    """Hold everything of a night: its entries, tasks, briefing and the mails about it."""
    found = deployment(database(), deployment_id) or abort(404)
    name = f"everything of {found.operation}, {says_day(found.night_of)}"
    back = url_for("night_plan.show", deployment_id=deployment_id), "Plan of the night"
    return _only(NIGHT, deployment_id, back, name)


@bp.route("/tasks/<int(max=999999999):task_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def task(task_id: int) -> ResponseReturnValue:
    """Hold what one task says."""
    try:
        found = task_with_history(database(), task_id).task
    except UnknownTask:
        abort(404)
    back = url_for("tasks.show", task_id=task_id), "Task"
    return _only(TASK, task_id, back, f"the task at {found.where}")


@bp.route("/periods/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def period() -> ResponseReturnValue:
    """Hold the wordings kept of a period."""
    try:
        asked = AskedPeriod()
    except BadAddress:
        abort(404)
    if asked.period is None:
        abort(404)
    address = asked.address()
    name = f"the wordings of {says_period(database(), address)}"
    return _only(PERIOD, address, (f"{url_for('periods.show')}?{address}", "Periods"), name)


@bp.route("/mails/<int(max=999999999):mail_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def mail(mail_id: int) -> ResponseReturnValue:
    """Hold the text and the addresses of a mail."""
    found = read_mail(database(), mail_id) or abort(404)
    back = url_for("mails.show", mail_id=mail_id), "Mail"
    return _only(MAIL, mail_id, back, f"the mail “{found[0].mail.subject}”")


@bp.route("/premises/imports/<int(max=999999999):import_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def register_import(import_id: int) -> ResponseReturnValue:
    """Hold the rows of an import of the register."""
    found = import_called(database(), import_id) or abort(404)
    back = url_for("register_imports.show", import_id=import_id), "Import"
    return _only(IMPORT, import_id, back, f"the import of {found.file_name}")


@bp.route("/set-aside/<int(max=999999999):number>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def set_aside(number: int) -> ResponseReturnValue:
    """Hold what a record that was set aside says."""
    found = set_aside_called(database(), number) or abort(404)
    back = url_for("set_aside.show", number=number), "Record set aside"
    return _only(SET_ASIDE, found.id, back, f"record set aside no. {number}")


def _only(what: str, ref: object, back: Back, name: str) -> ResponseReturnValue:
    """Hold the one thing that there is to be held."""
    form = HoldForm()
    form.what.offer([(what, name)])
    return _held(form, {what: str(ref)}, back, name)


def _held(form: HoldForm, refs: dict[str, str], back: Back, name: str) -> ResponseReturnValue:
    only = len(form.what.values()) == 1
    what = form.what.values()[0] if only else form.what.chosen()
    if form.is_submitted():
        try:
            if what not in refs:
                form.what.errors = ["Choose what is kept."]
            else:
                by = person().officer_id
                place_hold(database(), what, refs[what], form.reason.data or "", by=by, now=now())
                flash("Held. It is kept until somebody ends the hold.", "success")
                return redirect(back[0], 303)
        except Refused as refused:
            show_problems(form, refused)
    page = render_template("retention/hold.html", form=form, back=back, name=name, only=only)
    return page, NOT_ACCEPTED if form.errors else 200


@bp.route("/retention/holds/<int(max=999999999):hold_id>", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def lift(hold_id: int) -> ResponseReturnValue:
    """End a hold, with a reason."""
    hold, form = current_hold(database(), hold_id), LiftForm()
    if hold is None and not form.is_submitted():
        abort(404)
    if hold is None:
        typed = form.reason.data or ""
        words = f" The reason you typed was: “{typed}”" if typed.strip() else ""
        flash(f"Nothing is held there any more: somebody ended that hold.{words}", "error")
        return redirect(url_for("retention.index"), 303)
    if form.is_submitted():
        try:
            by = person().officer_id
            lift_hold(database(), hold_id, form.reason.data or "", by=by, now=now())
            flash("The hold has ended. What it kept is due when its period has run.", "success")
            return redirect(url_for("retention.index"), 303)
        except Refused as refused:
            show_problems(form, refused)
    page = render_template("retention/lift.html", form=form, hold=shown_hold(database(), hold))
    return page, NOT_ACCEPTED if form.errors else 200
