"""How long somebody has to wait before the next try to sign in."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.core.throttle import WINDOW, Scope, may_try_at

NOW = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)


def test_nobody_waits_who_has_tries_left():
    assert may_try_at(dict.fromkeys(Scope), NOW) is None


def test_a_wait_ends_when_the_oldest_try_that_counts_is_fifteen_minutes_old():
    oldest = NOW - timedelta(minutes=10)
    tries = dict.fromkeys(Scope) | {Scope.ACCOUNT: oldest}
    assert may_try_at(tries, NOW) == NOW + timedelta(minutes=5)


def test_the_longest_wait_counts():
    tries = {
        Scope.ACCOUNT: NOW - timedelta(minutes=14),
        Scope.ADDRESS: NOW - timedelta(minutes=1),
        Scope.EVERYBODY: None,
    }
    assert may_try_at(tries, NOW) == NOW + timedelta(minutes=14)


@pytest.mark.parametrize("age", [WINDOW, WINDOW + timedelta(seconds=1)])
def test_old_tries_do_not_count(age):
    assert may_try_at({Scope.ACCOUNT: NOW - age}, NOW) is None


def test_a_person_is_stopped_long_before_a_police_station_or_a_shift():
    assert Scope.ACCOUNT.allowed < Scope.ADDRESS.allowed < Scope.EVERYBODY.allowed
