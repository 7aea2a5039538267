"""Operations and their deployments: listed, and planned before the night."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import night_of, says_day, says_length, says_time
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services import list_operations
from fieldlog.services.change_operation import change_operation
from fieldlog.services.list_operations import Deployment, Operation
from fieldlog.services.plan_deployment import add_deployment, add_operation
from fieldlog.services.read_operation import details_of, priorities, spellings
from fieldlog.services.watch_hotspots import every_hotspot
from fieldlog.web.access import open_to
from fieldlog.web.forms.deployment import DeploymentForm
from fieldlog.web.forms.operation import OperationForm
from fieldlog.web.forms.operation_change import OperationChangeForm
from fieldlog.web.problems import show_problems
from fieldlog.web.starting_plans import BLANK, chosen_way, take_over, ways_to_start
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("operations", __name__)

FIELD_OF_DEPLOYMENT = {"finishes_at": "finishes_time"}


@bp.get("/operations")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every operation by name."""
    found = list_operations.operations(database())
    return render_template("operations/index.html", operations=found)


@bp.route("/operations/new", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def new() -> ResponseReturnValue:
    """Add an operation, then go to its page to plan its first deployment."""
    db = database()
    form = OperationForm()
    form.offer(list_operations.kinds(db), list_operations.agencies_to_lead(db))
    if form.validate_on_submit():
        try:
            added = add_operation(db, form.plan(), now=now())
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("Operation added. Now plan its first deployment.", "success")
            return redirect(url_for("operations.show", operation_id=added), 303)
    return render_template("operations/new.html", form=form), 400 if form.errors else 200


@bp.get("/operations/<int(max=999999999):operation_id>")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def show(operation_id: int) -> ResponseReturnValue:
    """One operation with its deployments, the newest night first."""
    operation = _operation_or_404(operation_id)
    return render_template(
        "operations/show.html",
        operation=operation,
        details=details_of(database(), operation_id),
        hotspots=[
            one
            for one in every_hotspot(database())
            if operation_id in one.operations and not one.retired(night_of(now()))
        ],
        deployments=[
            (deployment, times_of(deployment), length_of(deployment))
            for deployment in list_operations.of_operation(database(), operation_id)
        ],
    )


@bp.route("/operations/<int(max=999999999):operation_id>/change", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def change(operation_id: int) -> ResponseReturnValue:
    """Change what an operation is for, who leads it and who takes part."""
    db, operation = database(), _operation_or_404(operation_id)
    form, stored = OperationChangeForm(), OperationChangeForm(formdata=None)
    for one in (form, stored):
        one.offer(list_operations.agencies_to_lead(db))
    stored.fill(operation, details_of(db, operation_id))
    if not form.is_submitted():
        form.fill(operation, details_of(db, operation_id))
    elif form.validate() and form.take_in(stored):
        try:
            change_operation(db, operation_id, form.change(), by=person().officer_id, now=now())
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("Saved.", "success")
            return redirect(url_for("operations.show", operation_id=operation_id), 303)
    used = ", ".join(priorities(db))
    hint = f"One on each line. In use: {used}." if used else "One on each line."
    page = render_template(
        "operations/change.html",
        form=form,
        operation=operation,
        priorities_hint=hint,
        spellings=spellings(db, operation_id),
    )
    return page, 400 if form.errors else 200


@bp.route("/operations/<int(max=999999999):operation_id>/deployments/new", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def new_deployment(operation_id: int) -> ResponseReturnValue:
    """Plan a deployment; it belongs to the date it starts on, also after midnight."""
    operation = _operation_or_404(operation_id)
    form = DeploymentForm()
    ways = ways_to_start(operation_id)
    like = chosen_way(ways, request.values.get("like", ""))
    form.like.data = like.code if like else BLANK
    if not form.is_submitted() and like:
        form.starts_time.data, form.finishes_time.data = like.starts, like.finishes
    if form.is_submitted() and form.complete():
        try:
            added = add_deployment(database(), form.plan(operation_id), now=now())
        except Refused as refused:
            show_problems(form, refused, FIELD_OF_DEPLOYMENT)
        else:
            take_over(like, added)
            flash(_planned(form), "success")
            return redirect(url_for("night_plan.show", deployment_id=added), 303)
    page = render_template(
        "operations/new_deployment.html", form=form, operation=operation, ways=ways, like=like
    )
    return page, 400 if form.errors else 200


def _operation_or_404(operation_id: int) -> Operation:
    operation = list_operations.operation(database(), operation_id)
    if operation is None:
        abort(404)
    return operation


def _planned(form: DeploymentForm) -> str:
    starts_at, finishes_at = form.moments()
    night = says_day(form.starts_on.data) if form.starts_on.data else ""
    return (
        f"Planned for the night of {night}: {says_time(starts_at)} to {says_time(finishes_at)}, "
        f"{says_length(finishes_at - starts_at)}."
    )


def times_of(deployment: Deployment) -> str:
    """Return ``18:00 to 03:00``, or nothing where no times were recorded."""
    if deployment.starts_at is None or deployment.finishes_at is None:
        return ""
    return f"{says_time(deployment.starts_at)} to {says_time(deployment.finishes_at)}"


def length_of(deployment: Deployment) -> str:
    """Return ``9 hours``, as clocks really ran, or nothing where no times were recorded."""
    if deployment.starts_at is None or deployment.finishes_at is None:
        return ""
    return says_length(deployment.finishes_at - deployment.starts_at)
