"""Operations and deployments as the store keeps them."""

from datetime import UTC, date, datetime

import pytest

from fieldlog.store import deployments
from fieldlog.store.connection import IntegrityError, write_transaction

AT = datetime(2020, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def operation(db):
    with write_transaction(db):
        return deployments.add_operation(
            db, name="Op Emblazen", kind="night_of_action", lead_agency_id=None, now=AT
        )


def add(db, operation, night, name="", starts_at=None, finishes_at=None):
    with write_transaction(db):
        return deployments.add_deployment(
            db,
            operation_id=operation,
            night_of=night,
            name=name,
            starts_at=starts_at,
            finishes_at=finishes_at,
            now=AT,
        )


def test_a_name_belongs_to_one_operation(db, operation):
    with pytest.raises(IntegrityError), write_transaction(db):
        deployments.add_operation(
            db, name="OP  EMBLAZEN", kind="night_of_action", lead_agency_id=None, now=AT
        )
    assert len(deployments.operations(db)) == 1


def test_an_operation_is_listed_with_its_other_names_and_how_many_deployments(db, operation):
    with write_transaction(db):
        deployments.add_name(db, operation, "Op Emblazon")
    add(db, operation, date(2020, 12, 5))
    add(db, operation, date(2020, 12, 11))
    (found,) = deployments.operations(db)
    assert (found.name, found.aliases, found.deployments) == ("Op Emblazen", ("Op Emblazon",), 2)


def test_an_unknown_name_is_no_operation(db, operation):
    assert deployments.operation_named(db, "Op Dial") is None


def test_deployments_come_back_with_their_moments_in_utc(db, operation):
    starts_at = datetime(2020, 12, 5, 18, 0, tzinfo=UTC)
    finishes_at = datetime(2020, 12, 6, 3, 0, tzinfo=UTC)
    added = add(db, operation, date(2020, 12, 5), "Late turn", starts_at, finishes_at)
    assert deployments.get(db, added) == deployments.Deployment(
        id=added,
        operation_id=operation,
        operation="Op Emblazen",
        night_of=date(2020, 12, 5),
        name="Late turn",
        starts_at=starts_at,
        finishes_at=finishes_at,
    )


def test_the_newest_night_comes_first(db, operation):
    nights = [date(2020, 8, 7), date(2020, 12, 19), date(2020, 12, 5)]
    for night in nights:
        add(db, operation, night)
    listed = [found.night_of for found in deployments.deployments(db)]
    assert listed == sorted(nights, reverse=True)


def test_only_the_deployments_of_one_operation_if_asked(db, operation):
    with write_transaction(db):
        other = deployments.add_operation(
            db, name="Op Dial", kind="hotspot_patrol", lead_agency_id=None, now=AT
        )
    mine = add(db, operation, date(2020, 12, 5))
    add(db, other, date(2020, 12, 5))
    assert [found.id for found in deployments.deployments(db, operation)] == [mine]
    assert [found.operation for found in deployments.of_night(db, date(2020, 12, 5))] == [
        "Op Dial",
        "Op Emblazen",
    ]


def test_one_night_of_an_operation_is_added_once(db, operation):
    add(db, operation, date(2020, 12, 5))
    with pytest.raises(IntegrityError):
        add(db, operation, date(2020, 12, 5))


def test_the_store_refuses_a_finish_before_the_start(db, operation):
    with pytest.raises(IntegrityError):
        add(
            db,
            operation,
            date(2020, 12, 5),
            starts_at=datetime(2020, 12, 6, 3, 0, tzinfo=UTC),
            finishes_at=datetime(2020, 12, 5, 18, 0, tzinfo=UTC),
        )


def test_what_is_not_there_is_none(db):
    assert deployments.get(db, 99) is None
    assert deployments.night_of(db, 99) is None
