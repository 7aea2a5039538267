"""Plan a night: what crews are told, whom they are with, and what is taken over from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from fieldlog.core.checklist import Checklist
from fieldlog.core.night import to_uk
from fieldlog.core.retention import REMOVED
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.core.words import Marking
from fieldlog.services.hold_record import holds_on_briefing
from fieldlog.services.roster_crews import NewCrew, add_crew_within
from fieldlog.store import briefings, deployments, plan_templates, premises, rosters
from fieldlog.store.briefings import NightBriefing
from fieldlog.store.checklists import every_version
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.deployments import Deployment
from fieldlog.store.plan_checklists import NIGHT, TEMPLATE, checklists_of, set_checklists
from fieldlog.store.plan_templates import PlanTemplate, TemplateCrew, every_template
from fieldlog.store.rosters import Crew

__all__ = ["Deployment", "NightPlan", "PlanTemplate", "every_template", "night_plan"]

_MEANWHILE = "Somebody has changed this meanwhile. It {says}. Put both together, then save again."
_OTHERS = "Somebody has chosen others meanwhile. Look at the choice once more, then save again."
_HELD = (
    "What is written here is held and stays as it is. Add a note instead, or end the hold first, "
    "under More, Retention."
)
LONGEST = {"areas": 1_000, "objectives": 2_000, "text": 2_000, "why": 300, "name": 200}


@dataclass(frozen=True)
class NightPlan:
    """A deployment with its briefing, its crews and the checklists it is to use."""

    deployment: Deployment
    briefing: NightBriefing
    crews: tuple[Crew, ...]
    checklists: tuple[Checklist, ...] = ()

    @property
    def seen(self) -> str:
        """What tells whether the briefing is still the one that somebody began to change."""
        told, asked = self.briefing, [one.number for one in self.checklists]
        return sha256(repr((told.areas, told.objectives, asked)).encode()).hexdigest()


def night_plan(db: Database, deployment_id: int) -> NightPlan | None:
    """Return the plan of a deployment, or None if there is no such deployment."""
    found = deployments.get(db, deployment_id)
    if found is None:
        return None
    crews = tuple(rosters.crews_of(db, deployment_id))
    asked = set(checklists_of(db, NIGHT, deployment_id))
    used = tuple(one for one in checklists_in_use(db) if one.number in asked)
    return NightPlan(found, briefings.briefing_of(db, deployment_id), crews, used)


def checklists_in_use(db: Database) -> list[Checklist]:
    """Return the checklists that a night can use, each in its newest version."""
    return [one for one in every_version(db) if one.in_use]


def write_briefing(
    db: Database,
    deployment_id: int,
    *,
    areas: str,
    objectives: str,
    checklists: Sequence[int] = (),
    seen: str | None = None,
    by: int,
    now: datetime,
) -> None:
    """Write where crews go, what for, and with which checklists.

    ``seen`` is that of the plan that was changed, None where nobody looked. Raises Refused, also
    where somebody else has changed it meanwhile, and for words that would take the place of held
    ones.
    """
    texts = {"areas": lines_of(areas), "objectives": lines_of(objectives)}
    _check(**texts)
    with write_transaction(db):
        if set(checklists) - {one.number for one in checklists_in_use(db)}:
            raise Refused((Problem("checklists", "Choose checklists that are in use."),))
        _check_seen(db, deployment_id, seen, set(checklists), **texts)
        _check_held(db, deployment_id, **texts)
        briefings.write_briefing(db, deployment_id, by=by, now=now, **texts)
        set_checklists(db, NIGHT, deployment_id, checklists)


def _check_seen(
    db: Database, deployment_id: int, seen: str | None, asked: set[int], **texts: str
) -> None:
    plan = night_plan(db, deployment_id)
    if plan is None or seen in {None, plan.seen}:
        return
    told = vars(plan.briefing)
    problems = [
        Problem(field, _MEANWHILE.format(says=_says_now(still_said(told[field]))))
        for field, text in texts.items()
        if still_said(told[field]) != text
    ]
    if asked != {one.number for one in plan.checklists}:
        problems.append(Problem("checklists", _OTHERS))
    if problems:
        raise Refused(tuple(problems))


def _says_now(text: str) -> str:
    return f"says now: “{text}”" if text else "is empty now"


def _check_held(db: Database, deployment_id: int, **texts: str) -> None:
    """Refuse to write over what a hold keeps: nothing of a briefing is there twice."""
    told = vars(briefings.briefing_of(db, deployment_id))
    lost = [field for field, text in texts.items() if still_said(told[field]) not in {"", text}]
    if lost and holds_on_briefing(db, deployment_id):
        raise Refused(tuple(Problem(field, _HELD) for field in lost))


def add_note(
    db: Database, deployment_id: int, *, text: str, marking: Marking, by: int, now: datetime
) -> None:
    """Add an intelligence note to the briefing. Raises Refused."""
    text = lines_of(text)
    if not text:
        raise Refused((Problem("text", "Write the note."),))
    _check(text=text)
    with write_transaction(db):
        briefings.add_note(db, deployment_id, text=text, marking=marking, by=by, now=now)


def withdraw_note(db: Database, deployment_id: int, note_id: int, *, now: datetime) -> None:
    """Take a note out of the briefing; it is kept where nobody is briefed from it."""
    with write_transaction(db):
        briefings.withdraw_note(db, deployment_id, note_id, now)


def add_premises(db: Database, deployment_id: int, *, name: str, why: str, now: datetime) -> None:
    """Ask the crews to visit premises, of the register where it knows the name. Raises Refused."""
    name, why = " ".join(name.split()), " ".join(why.split())
    if not name:
        raise Refused((Problem("name", "Name the premises."),))
    _check(name=name, why=why)
    with write_transaction(db):
        known = premises.named(db, name)
        briefings.add_premises(db, deployment_id, premises_id=known, name=name, why=why, now=now)


def withdraw_premises(db: Database, deployment_id: int, planned_id: int, *, now: datetime) -> None:
    """Take premises off the plan."""
    with write_transaction(db):
        briefings.withdraw_premises(db, deployment_id, planned_id, now)


def copy_plan(db: Database, source_id: int, target_id: int, *, by: int, now: datetime) -> None:
    """Give a deployment the crews with people, areas, objectives and checklists of another.

    Notes and premises to visit are of one night and stay behind.
    """
    with write_transaction(db):
        told = briefings.briefing_of(db, source_id)
        areas, objectives = still_said(told.areas), still_said(told.objectives)
        briefings.write_briefing(db, target_id, areas=areas, objectives=objectives, by=by, now=now)
        set_checklists(db, NIGHT, target_id, checklists_of(db, NIGHT, source_id))
        for crew in rosters.crews_of(db, source_id):
            partner = crew.stand_in_id is not None
            new = NewCrew(crew.name, crew.agency_id, crew.area, partner)
            added = add_crew_within(db, target_id, new, now=now)
            for member in crew.members:
                rosters.put_in_crew(db, added, member.officer_id)


def use_template(db: Database, template_id: int, target_id: int, *, by: int, now: datetime) -> None:
    """Give a deployment the crews, areas, objectives and checklists of a template that is there."""
    template = template_called(db, template_id)
    if template is None:
        return
    with write_transaction(db):
        briefings.write_briefing(
            db, target_id, areas=template.areas, objectives=template.objectives, by=by, now=now
        )
        set_checklists(db, NIGHT, target_id, checklists_of(db, TEMPLATE, template_id))
        for crew in template.crews:
            new = NewCrew(crew.name, crew.agency_id, crew.area, crew.partner)
            add_crew_within(db, target_id, new, now=now)


def template_called(db: Database, template_id: int) -> PlanTemplate | None:
    """Return one template, or None."""
    return next((one for one in every_template(db) if one.id == template_id), None)


def keep_as_template(db: Database, deployment_id: int, *, name: str, now: datetime) -> None:
    """Keep a plan without its people as a template; one of the same name is replaced.

    Raises Refused without a name, or for a deployment whose times nobody recorded.
    """
    name = " ".join(name.split())
    plan = night_plan(db, deployment_id)
    if not name:
        raise Refused((Problem("name", "Give the template a name, like Night of action."),))
    _check(name=name)
    if plan is None or plan.deployment.starts_at is None or plan.deployment.finishes_at is None:
        raise Refused((Problem("name", "This night has no times to keep."),))
    with write_transaction(db):
        template_id = plan_templates.keep_template(
            db,
            name=name,
            starts=to_uk(plan.deployment.starts_at).time(),
            finishes=to_uk(plan.deployment.finishes_at).time(),
            areas=still_said(plan.briefing.areas),
            objectives=still_said(plan.briefing.objectives),
            crews=[
                TemplateCrew(crew.name, crew.agency_id, crew.area, crew.stand_in_id is not None)
                for crew in plan.crews
            ],
            now=now,
        )
        set_checklists(db, TEMPLATE, template_id, checklists_of(db, NIGHT, deployment_id))


def lines_of(text: str) -> str:
    """Return text with line ends as they are kept; browsers send two characters for each."""
    return text.replace("\r\n", "\n").strip()


def still_said(text: str) -> str:
    """Return text, empty where it was removed under a retention rule: that is no plan to copy."""
    return "" if text == REMOVED else text


def _check(**texts: str) -> None:
    problems = []
    for field, text in texts.items():
        if len(text) > LONGEST[field]:
            message = f"This can be at most {LONGEST[field]:,} characters; this has {len(text):,}."
            problems.append(Problem(field, message))
        problems += [Problem(field, one.message) for one in text_problems("notes", text)]
    if problems:
        raise Refused(tuple(problems))
