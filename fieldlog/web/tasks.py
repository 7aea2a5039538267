"""Tasks: reports and revisits, listed, taken in, assigned, closed and opened again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import night_of, says_moment
from fieldlog.core.rules import Refused
from fieldlog.core.task import Task
from fieldlog.core.words import Role
from fieldlog.services import list_tasks, plan_tasks
from fieldlog.services.find_premises import premises_known
from fieldlog.services.offer_deployments import deployments_ahead
from fieldlog.services.plan_tasks import UnknownTask
from fieldlog.web.access import open_to
from fieldlog.web.entry_words import short_day
from fieldlog.web.errors import Said, error_page
from fieldlog.web.filters import read_number
from fieldlog.web.forms.task import AssignForm, ReasonForm, TaskForm
from fieldlog.web.holding import of_task
from fieldlog.web.on_duty import on_duty
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.task_words import (
    event_row,
    log_address,
    rows_of_task,
    says_due,
    state_of,
    task_row,
    took,
)
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("tasks", __name__)

PLANNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
TITLES = {list_tasks.OPEN: "Open", list_tasks.OVERDUE: "Overdue", list_tasks.CLOSED: "Closed"}
ANOTHERS = Said(
    "This task is another officer’s",
    ("Officers open their own tasks and those for anyone. A coordinator can open this one.",),
)


@bp.get("/tasks")
@open_to(*THOSE_WHO_LOG)
def index() -> ResponseReturnValue:
    """An officer's tasks of tonight; for those who run the night, every task."""
    return _mine() if person().role is Role.OFFICER else _every()


def _mine() -> ResponseReturnValue:
    out = list_tasks.who_is_out(database(), person(), now=now())
    found = list_tasks.tasks_for(database(), out, now=now())
    return render_template(
        "tasks/mine.html",
        on_duty=on_duty(database(), now()).header,
        tasks=[task_row(task, out, now()) for task in found],
    )


def _every() -> ResponseReturnValue:
    db, moment = database(), now()
    state = request.args.get("state") or list_tasks.OPEN
    source, officer = request.args.get("source", ""), request.args.get("officer", "")
    if state not in TITLES:
        abort(404)
    found = list_tasks.list_tasks(db, state, now=moment, source=source, officer_id=_number(officer))
    return render_template(
        "tasks/index.html",
        state=state,
        states=TITLES,
        counts=list_tasks.count_tasks(db, now=moment),
        tasks=[_line(task, moment) for task in found],
        source=source,
        sources=list_tasks.SOURCES,
        officer=officer,
        officers=list_tasks.officers_to_assign(db),
        most=list_tasks.MOST_LISTED,
    )


def _line(task: Task, moment: datetime) -> dict[str, Any]:
    return {
        "id": task.id,
        "where": task.where,
        "asked": task.plan.asked,
        "due": says_due(task.plan.due).removeprefix("Due "),
        "whose": task.assigned_to or "Nobody yet",
        "source": task.plan.source.label,
        "state": state_of(task, moment),
        "closed": says_moment(task.closed_at) if task.closed_at else "",
        "took": took(task),
    }


def _number(text: str) -> int | None:
    try:
        return read_number(text) if text else None
    except ValueError:
        abort(404)


@bp.route("/tasks/new", methods=["GET", "POST"])
@open_to(*PLANNERS)
def new() -> ResponseReturnValue:
    """Take a report in."""
    form = _task_form()
    if request.method == "GET":
        form.start(None)
        _at_premises(form)
    elif task_id := _taken_in(form):
        flash("The task is taken in. Phones show it at their next contact.", "success")
        return redirect(url_for("tasks.show", task_id=task_id), 303)
    return render_template("tasks/form.html", form=form, task=None), _status(form)


def _at_premises(form: TaskForm) -> None:
    """Begin with the premises that the address names, from its own page."""
    found = premises_known(database(), _number(request.args.get("premises", "")))
    if found:
        form.premises_id.data, form.place.data = str(found.id), found.name


def _task_form(task: Task | None = None, **made: Any) -> TaskForm:
    form = TaskForm(**made)
    _offer(form, task)
    kept = task.plan.deployment_id if task else None
    ahead = deployments_ahead(database(), now(), also=kept)
    form.offer_deployments(ahead, {one.id: short_day(one) for one in ahead})
    return form


def _offer(form: AssignForm, task: Task | None) -> None:
    db = database()
    crews = list_tasks.crews_to_assign(db, task, now=now())
    form.offer(crews, list_tasks.officers_to_assign(db))


def _taken_in(form: TaskForm) -> int | None:
    form.validate()
    plan = form.plan(night_of(now()), asks_source=True)
    if plan is None:
        return None
    try:
        return plan_tasks.add_task(database(), plan, by=person().officer_id, now=now())
    except Refused as refused:
        show_problems(form, refused)
        return None


def _status(form: TaskForm) -> int:
    return 422 if form.errors else 200


@bp.get("/tasks/<int(max=999999999):task_id>")
@open_to(*THOSE_WHO_LOG)
def show(task_id: int) -> ResponseReturnValue:
    """One task with its history."""
    return _shown(task_id)


def _shown(
    task_id: int,
    assign: AssignForm | None = None,
    reason: ReasonForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show a task; a form that is not given stands as it does before anybody touches it."""
    try:
        history = list_tasks.task_with_history(database(), task_id)
    except UnknownTask:
        abort(404)
    task, who = history.task, person()
    if who.role is Role.OFFICER and task.plan.officer_id not in {None, who.officer_id}:
        abort(error_page(403, ANOTHERS))
    sent, assign = assign, assign or AssignForm(None)
    reason = reason or ReasonForm(None)
    _offer(assign, task)
    if sent is None:
        assign.start_with(task.plan)
    page = render_template(
        "tasks/show.html",
        task=task,
        form=assign if assign.errors else reason,
        assign=assign,
        reason=reason,
        on_duty=on_duty(database(), now()).header,
        state=state_of(task, now()),
        rows=rows_of_task(task),
        kept=of_task(task),
        events=[event_row(event, now()) for event in history.events],
        log=log_address(task),
    )
    return page, status


@bp.route("/tasks/<int(max=999999999):task_id>/change", methods=["GET", "POST"])
@open_to(*PLANNERS)
def change(task_id: int) -> ResponseReturnValue:
    """Say something else of a task; its history keeps what was said before."""
    try:
        task = list_tasks.task_with_history(database(), task_id).task
    except UnknownTask:
        abort(404)
    form, stored = _task_form(task), _task_form(task, formdata=None)
    stored.start(task)
    if request.method == "GET":
        form.start(task)
    elif _changed(form, stored, task):
        flash("The task is changed.", "success")
        return redirect(url_for("tasks.show", task_id=task_id), 303)
    return render_template("tasks/form.html", form=form, task=task), _status(form)


def _changed(form: TaskForm, stored: TaskForm, task: Task) -> bool:
    form.validate()
    form.take_in(stored)
    plan = form.plan(night_of(now()), asks_source=False)
    if plan is None:
        return False
    try:
        plan_tasks.change_task(database(), task.id, plan, by=person().officer_id, now=now())
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


@bp.post("/tasks/<int(max=999999999):task_id>/assign")
@open_to(*PLANNERS)
def assign(task_id: int) -> ResponseReturnValue:
    """Give a task to an officer, a crew or nobody."""
    form, by = AssignForm(), person().officer_id

    def give() -> None:
        officer_id, crew = form.given()
        plan_tasks.assign_task(
            database(), task_id, officer_id=officer_id, crew=crew, by=by, now=now()
        )

    return _done(
        task_id,
        give,
        assign=form,
        words="The task is assigned. Phones show it at their next contact.",
    )


@bp.post("/tasks/<int(max=999999999):task_id>/close")
@open_to(*PLANNERS)
def close(task_id: int) -> ResponseReturnValue:
    """Close a task that needs no entry any more, with a reason."""
    return _with_reason(task_id, plan_tasks.close_task, "The task is closed.")


@bp.post("/tasks/<int(max=999999999):task_id>/reopen")
@open_to(*PLANNERS)
def reopen(task_id: int) -> ResponseReturnValue:
    """Open a closed task again, with a reason."""
    return _with_reason(task_id, plan_tasks.reopen_task, "The task is open again.")


def _with_reason(task_id: int, act: Callable[..., None], words: str) -> ResponseReturnValue:
    form = ReasonForm()
    by, why = person().officer_id, form.reason.data or ""
    return _done(
        task_id,
        lambda: act(database(), task_id, reason=why, by=by, now=now()),
        reason=form,
        words=words,
    )


def _done(
    task_id: int,
    act: Callable[[], None],
    *,
    words: str,
    assign: AssignForm | None = None,
    reason: ReasonForm | None = None,
) -> ResponseReturnValue:
    """Act and go back to the task, or show what is wrong beside the form it came from."""
    try:
        act()
    except UnknownTask:
        abort(404)
    except Refused as refused:
        for form in (assign, reason):
            if form:
                show_problems(form, refused)
        return _shown(task_id, assign, reason, 422)
    flash(words, "success")
    return redirect(url_for("tasks.show", task_id=task_id), 303)
