"""Fill an empty database with the demonstration, through the same services as real entries."""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail
from fieldlog.core.lists import Lists
from fieldlog.core.night import from_uk, night_of
from fieldlog.core.task import TaskPlan, due_on
from fieldlog.core.words import Marking
from fieldlog.demonstration.day_work import doorstep_scenes, purchase_scenes
from fieldlog.demonstration.generator import (
    NIGHT_LENGTH,
    NIGHT_STARTS,
    SEED,
    Scene,
    marshals_scenes,
    night_scenes,
)
from fieldlog.demonstration.names import CAST, PASSWORD, WARDS, Character, register
from fieldlog.demonstration.published import NIGHTS
from fieldlog.demonstration.reports import REPORTS
from fieldlog.services.demonstrate_hotspots import demonstrate_hotspots
from fieldlog.services.passwords import Passwords
from fieldlog.services.plan_deployment import (
    DeploymentPlan,
    OperationPlan,
    add_deployment,
    add_operation,
    deployment_for,
)
from fieldlog.services.record_entry import record_within
from fieldlog.store import agencies, deployments, facts, officers, premises, tasks, users, wards
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists

NIGHTS_OF_ACTION = "Op Emblazen"
MARSHALS = "Covid marshals"
DOORSTEPS = "Safe, Well and Secure"
PURCHASES = "Test purchases"


class NotEmpty(Exception):
    """The database holds records or people already; nothing was added."""


@dataclass(frozen=True)
class Stage:
    """What the scenes refer to by name or number, as ids of this database."""

    officers: dict[str, int]
    agencies: dict[str, int]
    premises: list[int]
    lists: Lists


def load_demonstration(
    db: Database,
    *,
    now: datetime,
    passwords: Passwords,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Add the fictional council, its people, premises and nights; return how many entries.

    ``progress`` is called with the number of entries added since its last call. Everything is
    added or nothing. Raises NotEmpty where anybody has used the database for anything.
    """
    dice = random.Random(SEED)  # noqa: S311 - makes a demonstration, keeps no secret
    hashes = {character.username: passwords.hashed(PASSWORD) for character in _with_sign_in()}
    with write_transaction(db):
        if facts.in_use(db):
            raise NotEmpty("This database is in use already. No demonstration data was added.")
        facts.set_fact(db, facts.DEMONSTRATION, "1")
        stage = _set_stage(db, hashes, now)
        _take_reports_in(db, stage, now)
    operations = _operations(db, stage, now)
    # Dice of its own: what is added here leaves the nights and the hotspots as they were.
    by_day = random.Random(SEED)  # noqa: S311 - as above
    added = 0
    for acts, own in ((_acts(operations, dice), dice), (_by_day(operations, by_day, now), by_day)):
        for operation_id, scenes in acts:
            added += _play(db, stage, operation_id, scenes, own)
            progress(len(scenes))
    demonstrate_hotspots(db, stage.officers, operations[NIGHTS_OF_ACTION], dice, now=now)
    plan_tonight(db, now=now)
    return added


def plan_tonight(db: Database, *, now: datetime) -> None:
    """In a demonstration, plan tonight's deployment if there is none, so that there is a night."""
    operation_id = deployments.operation_named(db, NIGHTS_OF_ACTION)
    night = night_of(now)
    if not facts.is_demonstration(db) or operation_id is None or deployments.of_night(db, night):
        return
    starts = from_uk(night, NIGHT_STARTS)
    add_deployment(db, DeploymentPlan(operation_id, starts, starts + NIGHT_LENGTH), now=now)


def _with_sign_in() -> Iterator[Character]:
    return (character for character in CAST if character.username)


def _set_stage(db: Database, hashes: dict[str, str], now: datetime) -> Stage:
    agency_ids = {
        character.agency: agencies.agency_named_or_new(db, character.agency) for character in CAST
    }
    officer_ids = {}
    for character in CAST:
        officer_ids[character.name] = officers.add_officer(
            db,
            name=character.name,
            agency_id=agency_ids[character.agency],
            collar_number=character.collar_number,
            post=character.post,
            now=now,
        )
        if character.role:
            users.add_user(
                db,
                officer_id=officer_ids[character.name],
                username=character.username,
                password_hash=hashes[character.username],
                role=character.role,
                must_change_password=False,
                now=now,
            )
    ward_ids = {name: wards.ward_named_or_new(db, name) for name in WARDS}
    premises_ids = [
        premises.add_registered(
            db,
            premises.Registration(
                name=place.name,
                address=place.address,
                uprn=place.uprn,
                premises_type=place.premises_type,
                ward_id=ward_ids[place.ward],
                grid_reference=place.grid_reference,
            ),
            now,
        )
        for place in register()
    ]
    of_officer = {character.name: agency_ids[character.agency] for character in CAST}
    return Stage(officer_ids, of_officer, premises_ids, load_lists(db))


def _take_reports_in(db: Database, stage: Stage, now: datetime) -> None:
    for report in REPORTS:
        plan = TaskPlan(
            source=report.source,
            asked=report.asked,
            premises_id=None if report.premises is None else stage.premises[report.premises],
            place=report.place,
            due=due_on(night_of(now) + timedelta(days=report.due_in)),
            priority=report.priority,
            officer_id=stage.officers.get(report.officer),
            crew=report.crew,
        )
        tasks.add_task(db, plan, by=stage.officers["Cora Hale"], at=now)


def _operations(db: Database, stage: Stage, now: datetime) -> dict[str, int]:
    council = stage.agencies["Cora Hale"]
    return {
        NIGHTS_OF_ACTION: add_operation(
            db,
            OperationPlan(NIGHTS_OF_ACTION, "night_of_action", council, ("Op Emblazon",)),
            now=now,
        ),
        MARSHALS: add_operation(db, OperationPlan(MARSHALS, "routine_patrol", council), now=now),
        DOORSTEPS: add_operation(db, OperationPlan(DOORSTEPS, "doorstep_event", council), now=now),
        PURCHASES: add_operation(db, OperationPlan(PURCHASES, "test_purchase", council), now=now),
    }


def _acts(operations: dict[str, int], dice: random.Random) -> Iterator[tuple[int, list[Scene]]]:
    first = 0
    for published in NIGHTS:
        places = range(first, first + published.premises_visited)
        first += published.premises_visited
        yield operations[NIGHTS_OF_ACTION], night_scenes(published, places, dice)
    scenes = list(marshals_scenes(len(register()), dice))
    for start in range(0, len(scenes), 100):
        yield operations[MARSHALS], scenes[start : start + 100]


def _by_day(
    operations: dict[str, int], dice: random.Random, now: datetime
) -> Iterator[tuple[int, list[Scene]]]:
    for name, scenes in (
        (DOORSTEPS, doorstep_scenes(dice)),
        (PURCHASES, purchase_scenes(len(register()), dice)),
    ):
        yield operations[name], [scene for scene in scenes if scene.happened_at < now]


def _play(
    db: Database, stage: Stage, operation_id: int, scenes: Iterable[Scene], dice: random.Random
) -> int:
    added = 0
    with write_transaction(db):
        for scene in scenes:
            received = scene.happened_at + timedelta(minutes=2)
            deployment_id = deployment_for(
                db, operation_id=operation_id, night=scene.night_of, now=received
            )
            entry = _entry(stage, scene, deployment_id, dice)
            record_within(db, entry, stage.lists, by=entry.officer_id, now=received)
            added += 1
    return added


def _entry(stage: Stage, scene: Scene, deployment_id: int, dice: random.Random) -> Entry:
    number = f"FPN-{dice.randrange(100_000, 999_999)}"
    return Entry(
        id=uuid.UUID(int=dice.getrandbits(128), version=4),
        kind=scene.kind,
        happened_at=scene.happened_at,
        captured_at=scene.happened_at + timedelta(minutes=1),
        night_of=scene.night_of,
        officer_id=stage.officers[scene.officer],
        agency_id=stage.agencies[scene.officer],
        deployment_id=deployment_id,
        capacity=scene.capacity,
        premises_id=None if scene.premises is None else stage.premises[scene.premises],
        place=scene.place,
        action=scene.action,
        minutes=scene.minutes,
        four_e=scene.four_e,
        particulars=scene.particulars,
        notes=scene.notes,
        marking=Marking.OFFICIAL,
        counts=dict(scene.counts),
        notice=NoticeDetail(number, *scene.notice) if scene.notice else None,
        purchase=PurchaseDetail(*scene.purchase) if scene.purchase else None,
    )
