"""The roster of a night: crews, who is in them, and what partners without accounts counted."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Measure
from fieldlog.core.rules import Refused
from fieldlog.services.count_one_more import countable
from fieldlog.services.read_lists import read_lists
from fieldlog.services.record_entry import Recorded
from fieldlog.services.roster_crews import (
    Crew,
    add_crew,
    add_member,
    count_for_crew,
    crew_called,
    remove_crew,
    take_off,
)
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.forms.entry_fields import Count
from fieldlog.web.forms.night_plan import CrewCountsForm
from fieldlog.web.night_plan import OF_NIGHT, PLANNERS, back_to, planned
from fieldlog.web.plan_page import PlanForms, plan_or_404
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("roster", __name__)

OF_CREW = f"{OF_NIGHT}/crews/<int(max=999999999):crew_id>"


@bp.post(f"{OF_NIGHT}/crews")
@open_to(*PLANNERS)
def crew(deployment_id: int) -> ResponseReturnValue:
    """Add a crew."""

    def add(forms: PlanForms) -> None:
        add_crew(database(), deployment_id, forms.crew.new(), now=now())

    return planned(deployment_id, "crew", add, "Crew added.")


@bp.post(f"{OF_CREW}/remove")
@open_to(*PLANNERS)
def without_crew(deployment_id: int, crew_id: int) -> ResponseReturnValue:
    """Remove a crew; what was logged stays."""
    plan_or_404(deployment_id)
    remove_crew(database(), deployment_id, crew_id)
    return back_to(deployment_id, "Crew removed. What it logged stays.")


@bp.post(f"{OF_NIGHT}/officers")
@open_to(*PLANNERS)
def officer(deployment_id: int) -> ResponseReturnValue:
    """Put somebody in a crew."""

    def add(forms: PlanForms) -> None:
        form = forms.member
        add_member(database(), deployment_id, form.crew_id(), form.new(), now=now())

    return planned(deployment_id, "member", add, "Added to the crew.")


@bp.post(f"{OF_NIGHT}/officers/<int(max=999999999):number>/out")
@open_to(*PLANNERS)
def without_officer(deployment_id: int, number: int) -> ResponseReturnValue:
    """Take somebody off the roster; what they logged stays."""
    plan_or_404(deployment_id)
    take_off(database(), deployment_id, number)
    return back_to(deployment_id, "Taken off the roster. What they logged stays.")


@bp.route(f"{OF_CREW}/counts", methods=["GET", "POST"])
@open_to(*PLANNERS)
def counts(deployment_id: int, crew_id: int) -> ResponseReturnValue:
    """Enter what a partner crew counted, as one entry under its own name."""
    plan = plan_or_404(deployment_id)
    found = crew_called(database(), deployment_id, crew_id)
    if found is None or found.stand_in_id is None:
        abort(404)
    measures = countable(read_lists(database()), plan.deployment.night_of)
    form = _counts_form(measures)
    if not form.is_submitted():
        form.record_id.data = str(uuid4())
    elif form.validate():
        answer = _record(found, form, measures)
        if answer is not None:
            return answer
    page = render_template(
        "nights/crew_counts.html",
        form=form,
        deployment=plan.deployment,
        crew=found,
        names=[f"count_{measure.code}" for measure in measures],
        things={f"count_{one.code}": one.label.lower() for one in measures},
    )
    return page, NOT_ACCEPTED if form.errors else 200


def _counts_form(measures: list[Measure]) -> CrewCountsForm:
    fields: dict[str, Any] = {f"count_{one.code}": Count(one.label) for one in measures}
    form: CrewCountsForm = type("CountsOfNight", (CrewCountsForm,), fields)()
    return form


def _record(
    found: Crew, form: CrewCountsForm, measures: list[Measure]
) -> ResponseReturnValue | None:
    typed = {one.code: form[f"count_{one.code}"].data for one in measures}
    try:
        record_id = UUID(form.record_id.data or "")
    except ValueError:
        abort(400)
    try:
        outcome = count_for_crew(
            database(),
            found,
            record_id,
            {code: value for code, value in typed.items() if value is not None},
            notes=form.notes.data or "",
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        show_problems(form, refused)
        return None
    if outcome is Recorded.STORED:
        flash(f"Recorded for {found.name}.", "success")
    else:
        flash("That was recorded already.")
    return redirect(url_for("entries.show", entry_id=record_id), 303)
