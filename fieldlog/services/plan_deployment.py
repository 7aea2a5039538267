"""Plan operations and their deployments: what the coordinator sets up before the night."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.folding import folded
from fieldlog.core.night import night_of, to_uk
from fieldlog.core.rules import LONGEST_DEPLOYMENT, Problem, Refused, text_problems
from fieldlog.store import agencies, deployments
from fieldlog.store.connection import Database, IntegrityError, write_transaction
from fieldlog.store.lists import load_lists

LONGEST_NAME = 100


@dataclass(frozen=True)
class OperationPlan:
    """What is said of a new operation; ``aliases`` are other spellings it is known by.

    ``new_agency`` leads it in place of ``lead_agency_id`` where it is given, and is added to the
    agencies if none of them has that name.
    """

    name: str
    kind: str
    lead_agency_id: int | None
    aliases: tuple[str, ...] = ()
    new_agency: str = ""


@dataclass(frozen=True)
class DeploymentPlan:
    """What is said of a new deployment; aware moments. It belongs to the date it starts on."""

    operation_id: int
    starts_at: datetime
    finishes_at: datetime
    name: str = ""


def add_operation(db: Database, plan: OperationPlan, *, now: datetime) -> int:
    """Create an operation; return its id.

    Raises Refused for an empty, overlong or taken name, or an unknown kind or agency.
    """
    name = " ".join(plan.name.split())
    aliases = _other_names(name, plan.aliases)
    with write_transaction(db):
        problems = [*_name_problems(db, "name", name), *_kind_problems(db, plan.kind)]
        for alias in aliases:
            problems += _name_problems(db, "aliases", alias)
        problems += _agency_problems(db, plan)
        if problems:
            raise Refused(tuple(problems))
        lead_agency_id = plan.lead_agency_id
        if plan.new_agency.strip():
            lead_agency_id = agencies.agency_named_or_new(db, plan.new_agency)
        operation_id = deployments.add_operation(
            db, name=name, kind=plan.kind, lead_agency_id=lead_agency_id, now=now
        )
        for alias in aliases:
            deployments.add_name(db, operation_id, alias)
    return operation_id


def _other_names(name: str, aliases: tuple[str, ...]) -> list[str]:
    kept = {folded(alias): " ".join(alias.split()) for alias in aliases if alias.strip()}
    kept.pop(folded(name), None)
    return list(kept.values())


def _name_problems(db: Database, field: str, name: str) -> list[Problem]:
    if not name:
        return [Problem(field, "Give the operation a name, like Op Emblazen.")]
    if len(name) > LONGEST_NAME:
        return [Problem(field, f"A name can be at most {LONGEST_NAME} characters.")]
    if deployments.operation_named(db, name) is not None:
        return [Problem(field, f"There is an operation called {name} already.")]
    return list(text_problems(field, name))


def _kind_problems(db: Database, kind: str) -> list[Problem]:
    if kind in load_lists(db).plain["operation_kind"]:
        return []
    return [Problem("kind", "Choose the kind of operation.")]


def _agency_problems(db: Database, plan: OperationPlan) -> list[Problem]:
    if len(plan.new_agency.strip()) > LONGEST_NAME:
        return [Problem("new_agency", f"A name can be at most {LONGEST_NAME} characters.")]
    if plan.lead_agency_id is not None and plan.lead_agency_id not in agencies.every_agency(db):
        return [Problem("lead_agency", "Choose one of the agencies, or add one.")]
    return list(text_problems("new_agency", plan.new_agency))


def add_deployment(db: Database, plan: DeploymentPlan, *, now: datetime) -> int:
    """Create a deployment on the date it starts on (UK local time); return its id.

    Raises Refused for a finish that is not after the start, a span of more than two days, an
    unknown operation, or a second deployment of that name on that night.
    """
    problems = _span_problems(plan)
    if not any(op.id == plan.operation_id for op in deployments.operations(db)):
        problems.append(Problem("operation_id", "Choose the operation."))
    problems += text_problems("name", plan.name)
    if problems:
        raise Refused(tuple(problems))
    try:
        with write_transaction(db):
            return deployments.add_deployment(
                db,
                operation_id=plan.operation_id,
                night_of=to_uk(plan.starts_at).date(),
                name=" ".join(plan.name.split()),
                starts_at=plan.starts_at,
                finishes_at=plan.finishes_at,
                now=now,
            )
    except IntegrityError as error:
        message = (
            "This operation has a deployment on that night already. "
            "Give this one a name, like “Late turn”, to tell them apart."
        )
        raise Refused((Problem("name", message),)) from error


def _span_problems(plan: DeploymentPlan) -> list[Problem]:
    if plan.finishes_at <= plan.starts_at:
        message = (
            "The finish must be after the start. "
            "If it finishes after midnight, give the date of the next day."
        )
        return [Problem("finishes_at", message)]
    if plan.finishes_at - plan.starts_at > LONGEST_DEPLOYMENT:
        return [Problem("finishes_at", "A deployment lasts at most two days. Check the dates.")]
    return []


def deployment_for(db: Database, *, operation_id: int, night: date, now: datetime) -> int:
    """Return the id of an operation's deployment on a night, made without times if there is none.

    For records typed up later from a spreadsheet. Call inside a write transaction.
    """
    for found in deployments.of_night(db, night):
        if found.operation_id == operation_id:
            return found.id
    return deployments.add_deployment(
        db,
        operation_id=operation_id,
        night_of=night,
        name="",
        starts_at=None,
        finishes_at=None,
        now=now,
    )


def tonight(db: Database, moment: datetime) -> list[deployments.Deployment]:
    """Return the deployments that a person logging at ``moment`` may mean, likeliest first.

    Those under way at that moment come first, then the others of the same night. One that goes on
    past 06:00 is still the one it was: it ends when it was planned to, not with its night.
    """
    night = night_of(moment)
    near = deployments.of_nights(db, night - LONGEST_DEPLOYMENT, to_uk(moment).date())
    meant = [found for found in near if found.night_of >= night or under_way(found, moment)]

    def likelihood(found: deployments.Deployment) -> tuple[bool, bool, bool]:
        return not under_way(found, moment), found.night_of > night, found.night_of != night

    return sorted(meant, key=likelihood)


def under_way(found: deployments.Deployment, moment: datetime) -> bool:
    """Say whether a deployment with a start and a finish was under way at ``moment``."""
    if found.starts_at is None or found.finishes_at is None:
        return False
    return found.starts_at <= moment <= found.finishes_at
