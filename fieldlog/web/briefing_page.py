"""The briefing: what an officer is told of tonight, with signal or without."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_day, says_length, says_time
from fieldlog.core.words import highest
from fieldlog.services.brief_phone import visits_made
from fieldlog.services.list_operations import Deployment, Operation, operations
from fieldlog.services.plan_night import night_plan
from fieldlog.services.read_operation import details_of
from fieldlog.services.tell_crew import own_crew
from fieldlog.web.access import open_to
from fieldlog.web.entry_words import short_day
from fieldlog.web.on_duty import on_duty
from fieldlog.web.premises_words import visited_note
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("briefing", __name__)


@bp.get("/briefing")
@open_to(*THOSE_WHO_LOG)
def show() -> ResponseReturnValue:
    """Tonight's deployments, and which premises have been visited by whichever crew."""
    db = database()
    duty = on_duty(db, now())
    known = {one.id: one for one in operations(db)}
    return render_template(
        "briefing/show.html",
        on_duty=duty.header,
        night=duty.night,
        deployments=[{"label": short_day(one), "rows": _rows(one, known)} for one in duty.tonight],
        visits=[
            {"key": visit.premises, "value": visited_note(visit)}
            for visit in visits_made(db, duty.night)
        ],
        marking=_marking(duty.tonight),
    )


def _marking(deployments: Iterable[Deployment]) -> str | None:
    """Return the highest marking of what is told; None where no note is told."""
    plans = (night_plan(database(), one.id) for one in deployments)
    marked = [note.marking for plan in plans if plan for note in plan.briefing.notes]
    found = highest(marked) if marked else None
    return found.label if found else None


def about(deployment: Deployment, known: Mapping[int, Operation]) -> list[list[str]]:
    """Return [heading, text] of what a briefing says of a deployment; ``known`` by their id.

    The marking comes first: a phone has no other place for it.
    """
    operation = known[deployment.operation_id]
    said = [
        ["Marking", _marking([deployment]) or ""],
        ["Night of", says_day(deployment.night_of)],
        ["Operation", f"{operation.name}, {operation.kind_label}"],
        ["Deployment", deployment.name],
        ["Led by", operation.lead_agency],
    ]
    if deployment.starts_at and deployment.finishes_at:
        length = says_length(deployment.finishes_at - deployment.starts_at)
        times = f"{says_time(deployment.starts_at)} to {says_time(deployment.finishes_at)}"
        said.append(["Start and finish", f"{times}, {length}"])
    return [row for row in [*said, *planned_rows(deployment)] if row[1]]


def planned_rows(deployment: Deployment) -> list[list[str]]:
    """Return [heading, text] of what its coordinator planned for a deployment."""
    plan = night_plan(database(), deployment.id)
    if plan is None:
        return []
    told = plan.briefing
    crew = own_crew(database(), deployment.id, person().officer_id)
    out_with = (crew.name, crew.area, *(one.name for one in crew.members)) if crew else ()
    return [
        ["Purpose", details_of(database(), deployment.operation_id).purpose],
        [
            "Your crew",
            " · ".join(part for part in out_with if part),
        ],
        ["Areas", told.areas],
        ["Objectives", told.objectives],
        ["Checklists", ", ".join(one.title for one in plan.checklists)],
        *(["Visit", f"{one.name}: {one.why}" if one.why else one.name] for one in told.premises),
        *(["Intelligence", f"{one.marking.label}: {one.text}"] for one in told.notes),
    ]


def _rows(deployment: Deployment, known: Mapping[int, Operation]) -> list[dict[str, str]]:
    return [{"key": key, "value": text} for key, text in about(deployment, known)]
