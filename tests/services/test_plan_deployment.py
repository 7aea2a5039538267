"""Operations and deployments are planned with names that tell them apart and times that add up."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from fieldlog.core.night import from_uk
from fieldlog.core.rules import Refused
from fieldlog.services import plan_deployment
from fieldlog.services.plan_deployment import DeploymentPlan, OperationPlan
from fieldlog.store import deployments
from fieldlog.store.connection import write_transaction


def plan(operation, start, finish, name=""):
    return DeploymentPlan(
        operation_id=operation, starts_at=from_uk(*start), finishes_at=from_uk(*finish), name=name
    )


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return [(problem.field, problem.message) for problem in refused.value.problems]


def of_night(db, night):
    return [found.id for found in deployments.of_night(db, night)]


def test_an_operation_is_found_by_every_one_of_its_names(db, now):
    wanted = OperationPlan("Op  Talla", "night_of_action", None, ("Op Talia", "op talla", " "))
    operation_id = plan_deployment.add_operation(db, wanted, now=now)
    assert deployments.operation_named(db, "OP TALLA") == operation_id
    assert deployments.operation_named(db, "op talia ") == operation_id
    (found,) = deployments.operations(db)
    assert (found.name, found.aliases) == ("Op Talla", ("Op Talia",))
    assert (found.kind_label, found.lead_agency, found.deployments) == ("Night of action", "", 0)


def test_an_operation_has_its_lead_agency(db, cast, now):
    wanted = OperationPlan("Op Dial", "hotspot_patrol", cast.constabulary)
    operation_id = plan_deployment.add_operation(db, wanted, now=now)
    found = {op.id: op for op in deployments.operations(db)}[operation_id]
    assert (found.lead_agency_id, found.lead_agency) == (cast.constabulary, "Marlshire Police")


def test_it_rejects_an_operation_without_a_name(db, now):
    wanted = OperationPlan("  ", "night_of_action", None)
    assert refusal(plan_deployment.add_operation, db, wanted, now=now) == [
        ("name", "Give the operation a name, like Op Emblazen.")
    ]


def test_it_rejects_a_name_that_another_operation_goes_by(db, cast, now):
    wanted = OperationPlan("Op Dial", "night_of_action", None, ("OP EMBLAZEN",))
    assert refusal(plan_deployment.add_operation, db, wanted, now=now) == [
        ("aliases", "There is an operation called OP EMBLAZEN already.")
    ]
    assert deployments.operation_named(db, "Op Dial") is None


def test_it_rejects_an_overlong_name_and_an_unknown_kind(db, now):
    wanted = OperationPlan("x" * 101, "carnival", None)
    assert refusal(plan_deployment.add_operation, db, wanted, now=now) == [
        ("name", "A name can be at most 100 characters."),
        ("kind", "Choose the kind of operation."),
    ]


def test_it_rejects_a_name_with_characters_that_are_not_text(db, now):
    wanted = OperationPlan("Op\x00Dial", "night_of_action", None)
    ((field, message),) = refusal(plan_deployment.add_operation, db, wanted, now=now)
    assert field == "name"
    assert "character that is not text" in message


@pytest.mark.parametrize(
    ("start", "finish", "night", "hours"),
    [
        (("2020-12-05", "18:00"), ("2020-12-06", "03:00"), "2020-12-05", 9),
        (("2020-12-06", "00:30"), ("2020-12-06", "03:00"), "2020-12-06", 2.5),
        (("2020-10-24", "18:00"), ("2020-10-25", "03:00"), "2020-10-24", 10),
        (("2021-03-27", "18:00"), ("2021-03-28", "03:00"), "2021-03-27", 8),
        (("2020-06-20", "23:30"), ("2020-06-21", "00:30"), "2020-06-20", 1),
    ],
    ids=["winter", "after midnight", "clocks go back", "clocks go forward", "summer"],
)
def test_a_deployment_belongs_to_the_date_it_started_on(db, cast, now, start, finish, night, hours):
    moments = [
        (date.fromisoformat(day), time.fromisoformat(clock)) for day, clock in (start, finish)
    ]
    wanted = plan(cast.operation, *moments, name="Late turn")
    found = deployments.get(db, plan_deployment.add_deployment(db, wanted, now=now))
    assert found is not None
    assert found.night_of.isoformat() == night
    assert found.starts_at is not None
    assert found.finishes_at is not None
    assert found.finishes_at - found.starts_at == timedelta(hours=hours)


def test_it_rejects_a_finish_that_is_not_after_the_start(db, cast, now):
    start = (date(2020, 12, 6), time(18, 0))
    for finish in (start, (date(2020, 12, 6), time(3, 0))):
        ((field, message),) = refusal(
            plan_deployment.add_deployment, db, plan(cast.operation, start, finish), now=now
        )
        assert field == "finishes_at"
        assert "give the date of the next day" in message


def test_it_rejects_a_deployment_of_more_than_two_days(db, cast, now):
    wanted = plan(
        cast.operation, (date(2020, 12, 6), time(18, 0)), (date(2020, 12, 8), time(18, 1))
    )
    assert refusal(plan_deployment.add_deployment, db, wanted, now=now) == [
        ("finishes_at", "A deployment lasts at most two days. Check the dates.")
    ]


def test_it_rejects_an_unknown_operation(db, now):
    wanted = plan(99, (date(2020, 12, 6), time(18, 0)), (date(2020, 12, 6), time(19, 0)))
    assert refusal(plan_deployment.add_deployment, db, wanted, now=now) == [
        ("operation_id", "Choose the operation.")
    ]


def test_a_second_deployment_on_a_night_needs_a_name_to_tell_it_apart(db, cast, now):
    start, finish = (cast.night, time(12, 0)), (cast.night, time(15, 0))
    ((field, message),) = refusal(
        plan_deployment.add_deployment, db, plan(cast.operation, start, finish), now=now
    )
    assert field == "name"
    assert "a deployment on that night already" in message
    late = plan(cast.operation, start, finish, name="Day turn")
    second = plan_deployment.add_deployment(db, late, now=now)
    assert of_night(db, cast.night) == [cast.deployment, second]


def test_records_typed_up_later_find_the_deployment_or_make_one_without_times(db, cast, now):
    with write_transaction(db):
        found = plan_deployment.deployment_for(
            db, operation_id=cast.operation, night=cast.night, now=now
        )
        made = plan_deployment.deployment_for(
            db, operation_id=cast.operation, night=date(2020, 8, 7), now=now
        )
    assert found == cast.deployment
    new = deployments.get(db, made)
    assert new is not None
    assert (new.night_of, new.starts_at, new.finishes_at) == (date(2020, 8, 7), None, None)


def test_after_midnight_tonight_is_still_last_nights_deployment(db, cast):
    at_half_past_one = datetime(2020, 12, 6, 1, 30, tzinfo=UTC)
    assert [found.id for found in plan_deployment.tonight(db, at_half_past_one)] == [
        cast.deployment
    ]


def test_a_deployment_under_way_comes_before_one_that_is_over(db, cast, now):
    day_turn = plan(cast.operation, (cast.night, time(8, 0)), (cast.night, time(16, 0)), "A day")
    day = plan_deployment.add_deployment(db, day_turn, now=now)
    assert [found.id for found in plan_deployment.tonight(db, now)] == [cast.deployment, day]


def test_a_deployment_that_goes_on_past_six_stays_tonights_until_it_finishes(db, cast, now):
    early = plan(cast.operation, (date(2020, 12, 6), time(18, 0)), (date(2020, 12, 7), time(3, 0)))
    next_one = plan_deployment.add_deployment(db, early, now=now)
    shift = plan_deployment.add_deployment(
        db,
        plan(cast.operation, (cast.night, time(22, 0)), (date(2020, 12, 6), time(7, 0)), "Night"),
        now=now,
    )
    for clock, expected in (
        (time(5, 59), [shift, cast.deployment, next_one]),
        (time(6, 0), [shift, next_one]),
        (time(7, 0), [shift, next_one]),
        (time(7, 1), [next_one]),
    ):
        moment = datetime.combine(date(2020, 12, 6), clock, UTC)
        assert [found.id for found in plan_deployment.tonight(db, moment)] == expected


def test_there_may_be_nothing_tonight(db, cast):
    assert plan_deployment.tonight(db, datetime(2020, 12, 9, 21, 0, tzinfo=UTC)) == []
