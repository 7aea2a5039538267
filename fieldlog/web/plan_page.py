"""The page of a night's plan: briefing, premises, notes and roster with their forms."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from flask_wtf import FlaskForm

from fieldlog.core.words import Role, highest
from fieldlog.services.list_operations import agencies_to_lead
from fieldlog.services.list_users import list_users
from fieldlog.services.plan_night import NightPlan, checklists_in_use, night_plan, still_said
from fieldlog.web.forms.night_plan import (
    BriefingForm,
    CrewForm,
    MemberForm,
    NoteForm,
    PlannedPremisesForm,
    TemplateForm,
)
from fieldlog.web.holding import of_briefing
from fieldlog.web.operations import length_of, times_of
from fieldlog.web.surroundings import database

NO_TOKEN = {"csrf": False}
"""Every form of the page carries the one token that the page has, under its usual name."""


@dataclass
class PlanForms:
    """Every form of the page; ``sent`` is the one that came back with errors."""

    briefing: BriefingForm
    note: NoteForm
    premises: PlannedPremisesForm
    crew: CrewForm
    member: MemberForm
    template: TemplateForm
    sent: FlaskForm | None = None


def plan_or_404(deployment_id: int) -> NightPlan:
    """Return the plan of a deployment; there is no page for one that is not there."""
    return night_plan(database(), deployment_id) or abort(404)


def plan_forms(plan: NightPlan, sent: str = "") -> PlanForms:
    """Return the forms of the page, the one called ``sent`` filled with what was sent."""

    def made(name: str, form: type[FlaskForm], **filled: Any) -> Any:
        told = {} if name == sent else {"formdata": None, **filled}
        return form(prefix=name, meta=NO_TOKEN, **told)

    told = plan.briefing
    forms = PlanForms(
        briefing=made(
            "briefing",
            BriefingForm,
            areas=still_said(told.areas),
            objectives=still_said(told.objectives),
            checklists=[str(one.number) for one in plan.checklists],
        ),
        note=made("note", NoteForm),
        premises=made("premises", PlannedPremisesForm),
        crew=made("crew", CrewForm),
        member=made("member", MemberForm),
        template=made("template", TemplateForm),
    )
    forms.briefing.offer(checklists_in_use(database()))
    forms.crew.offer(agencies_to_lead(database()))
    own = [crew for crew in plan.crews if crew.stand_in_id is None]
    forms.member.offer([(crew.id, crew.name) for crew in own], _people(plan))
    if len(own) == 1 and sent != "member":
        forms.member.crew.data = str(own[0].id)
    forms.sent = getattr(forms, sent) if sent else None
    return forms


def _people(plan: NightPlan) -> list[tuple[int, str]]:
    """Return those who can log and are on no crew yet, with what tells them apart."""
    taken = {member.officer_id for crew in plan.crews for member in crew.members}
    return [
        (one.officer_id, _named(one.person.name, one.person.collar_number, one.person.agency))
        for one in list_users(database())
        if not one.disabled and one.person.role is not Role.VIEWER and one.officer_id not in taken
    ]


def _named(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def plan_page(plan: NightPlan, forms: PlanForms, status: int = 200) -> tuple[str, int]:
    """Return the page with its forms."""
    page = render_template(
        "nights/plan.html",
        form=forms.sent,
        forms=forms,
        plan=plan,
        kept=of_briefing(plan),
        deployment=plan.deployment,
        times=times_of(plan.deployment),
        length=length_of(plan.deployment),
        marking=marking_of(plan),
    )
    return page, status


def marking_of(plan: NightPlan) -> str | None:
    """Return the highest marking of the notes; None for plain OFFICIAL."""
    found = highest([note.marking for note in plan.briefing.notes])
    return found.label if any(note.marking is found for note in plan.briefing.notes) else None
