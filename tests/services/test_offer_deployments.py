"""An entry may belong to tonight's deployments, or to one of the last nights."""

from datetime import timedelta

import pytest

from fieldlog.services.offer_deployments import offer_deployments


@pytest.mark.parametrize(("days", "offered"), [(0, True), (1, True), (2, True), (3, False)])
def test_those_of_the_last_two_nights_are_offered(db, cast, now, days, offered):
    found = offer_deployments(db, now + timedelta(days=days))
    assert (cast.deployment in found) == offered


def test_the_one_an_entry_has_is_offered_however_long_ago_it_was(db, cast, now):
    found = offer_deployments(db, now + timedelta(days=300), also=cast.deployment)
    assert list(found) == [cast.deployment]


def test_tonights_come_first(db, cast, now):
    (earlier,) = db.execute(
        "INSERT INTO deployments (operation_id, night_of, created_at) "
        "VALUES (?, '2020-12-04', '2020-11-01T00:00:00Z') RETURNING id",
        [cast.operation],
    ).fetchone()
    assert list(offer_deployments(db, now)) == [cast.deployment, earlier]


def test_one_that_is_not_there_is_not_offered(db, cast, now):
    assert list(offer_deployments(db, now, also=99)) == [cast.deployment]
