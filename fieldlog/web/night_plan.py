"""The plan of a night: what crews are told, premises to visit, and the page to print."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.list_operations import operation
from fieldlog.services.plan_night import (
    add_note,
    add_premises,
    keep_as_template,
    withdraw_note,
    withdraw_premises,
    write_briefing,
)
from fieldlog.services.read_operation import details_of
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.holding import of_briefing
from fieldlog.web.operations import length_of, times_of
from fieldlog.web.plan_page import PlanForms, marking_of, plan_forms, plan_or_404, plan_page
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("night_plan", __name__)

PLANNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
OF_NIGHT = "/nights/<int(max=999999999):deployment_id>"


@bp.get(f"{OF_NIGHT}/plan")
@open_to(*PLANNERS)
def show(deployment_id: int) -> ResponseReturnValue:
    """The plan with everything that can be added to it."""
    plan = plan_or_404(deployment_id)
    return plan_page(plan, plan_forms(plan))


@bp.post(f"{OF_NIGHT}/briefing")
@open_to(*PLANNERS)
def briefing(deployment_id: int) -> ResponseReturnValue:
    """Write areas, objectives and checklists."""

    def write(forms: PlanForms) -> None:
        write_briefing(
            database(),
            deployment_id,
            areas=forms.briefing.areas.data or "",
            objectives=forms.briefing.objectives.data or "",
            checklists=forms.briefing.chosen(),
            seen=request.form.get("seen"),
            by=person().officer_id,
            now=now(),
        )

    return planned(deployment_id, "briefing", write, "Briefing saved.")


@bp.post(f"{OF_NIGHT}/notes")
@open_to(*PLANNERS)
def note(deployment_id: int) -> ResponseReturnValue:
    """Add an intelligence note."""

    def add(forms: PlanForms) -> None:
        add_note(
            database(),
            deployment_id,
            text=forms.note.text.data or "",
            marking=forms.note.chosen(),
            by=person().officer_id,
            now=now(),
        )

    return planned(deployment_id, "note", add, "Note added.")


@bp.post(f"{OF_NIGHT}/notes/<int(max=999999999):number>/out")
@open_to(*PLANNERS)
def without_note(deployment_id: int, number: int) -> ResponseReturnValue:
    """Take a note out of the briefing."""
    plan_or_404(deployment_id)
    withdraw_note(database(), deployment_id, number, now=now())
    return back_to(deployment_id, "Note taken out of the briefing.")


@bp.post(f"{OF_NIGHT}/premises")
@open_to(*PLANNERS)
def premises(deployment_id: int) -> ResponseReturnValue:
    """Ask the crews to visit premises."""

    def add(forms: PlanForms) -> None:
        name, why = forms.premises.name.data or "", forms.premises.why.data or ""
        add_premises(database(), deployment_id, name=name, why=why, now=now())

    return planned(deployment_id, "premises", add, "Premises added.")


@bp.post(f"{OF_NIGHT}/premises/<int(max=999999999):number>/out")
@open_to(*PLANNERS)
def without_premises(deployment_id: int, number: int) -> ResponseReturnValue:
    """Take premises off the plan."""
    plan_or_404(deployment_id)
    withdraw_premises(database(), deployment_id, number, now=now())
    return back_to(deployment_id, "Premises taken off the plan.")


@bp.post(f"{OF_NIGHT}/template")
@open_to(*PLANNERS)
def template(deployment_id: int) -> ResponseReturnValue:
    """Keep the plan as a template."""

    def keep(forms: PlanForms) -> None:
        name = forms.template.name.data or ""
        keep_as_template(database(), deployment_id, name=name, now=now())

    return planned(deployment_id, "template", keep, "Kept as a template.")


@bp.get(f"{OF_NIGHT}/briefing")
@open_to(*PLANNERS)
def printed(deployment_id: int) -> ResponseReturnValue:
    """The briefing on paper."""
    plan = plan_or_404(deployment_id)
    found = operation(database(), plan.deployment.operation_id)
    return render_template(
        "nights/briefing.html",
        plan=plan,
        kept=of_briefing(plan),
        deployment=plan.deployment,
        operation=found,
        details=details_of(database(), plan.deployment.operation_id),
        times=times_of(plan.deployment),
        length=length_of(plan.deployment),
        as_at=now(),
        marking=marking_of(plan) or "OFFICIAL",
    )


def planned(
    deployment_id: int, sent: str, work: Callable[[PlanForms], object], done: str
) -> ResponseReturnValue:
    """Do what one form of the page asks; show the page again where that is refused."""
    plan = plan_or_404(deployment_id)
    forms = plan_forms(plan, sent)
    try:
        work(forms)
    except Refused as refused:
        if forms.sent is not None:
            show_problems(forms.sent, refused)
        return plan_page(plan, forms, NOT_ACCEPTED)
    return back_to(deployment_id, done)


def back_to(deployment_id: int, done: str) -> ResponseReturnValue:
    """Say what was done on the page of the plan."""
    flash(done, "success")
    return redirect(url_for("night_plan.show", deployment_id=deployment_id), 303)
