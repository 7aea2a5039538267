"""Accounts as the command line adds and changes them."""

import pytest

from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.add_user import add_user
from fieldlog.services.change_password import set_password, temporary_password
from fieldlog.services.change_user import disable_user, enable_user
from fieldlog.services.list_users import list_users, user_named, user_of
from fieldlog.store.connection import write_transaction
from fieldlog.store.officers import add_officer

DINA = {"name": "Dina Marsh", "role": Role.OFFICER, "agency": "Marlbridge Borough Council"}


@pytest.fixture
def add(db, cast, passwords, now):
    def user(username="dina", password=None, **details):
        return add_user(
            db,
            username=username,
            password=password,
            now=now,
            passwords=passwords,
            **(DINA | details),
        )

    return user


def test_a_temporary_password_is_given_unless_one_is_chosen(add):
    assert add().temporary_password
    assert add("dina2", "copper kettle rain").temporary_password is None


def test_temporary_passwords_can_be_read_out_and_differ():
    made = {temporary_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(password) for password in made} == {20}


def test_only_a_temporary_password_must_be_changed(add, db):
    add("dina")
    add("dina2", "copper kettle rain")
    assert user_named(db, "dina").must_change_password
    assert not user_named(db, "dina2").must_change_password


def test_a_taken_user_name_is_refused_and_nobody_added(add, db):
    people = len(list_users(db))
    with pytest.raises(Refused, match="taken"):
        add("asha")
    assert len(list_users(db)) == people


def test_everything_wrong_is_said_at_once(add):
    with pytest.raises(Refused) as refused:
        add("Dina Marsh", "short", name="", agency="", post="wizard")
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["username", "name", "agency", "post", "password"]


def test_somebody_known_from_imported_entries_gets_the_account(add, db, cast, now):
    with write_transaction(db):
        known = add_officer(db, name="dina  marsh", agency_id=cast.council, now=now)
    assert add(collar_number="CM12").officer_id == known
    assert user_of(db, known).person.collar_number == "CM12"


def test_somebody_of_the_same_name_with_another_number_is_somebody_else(add, db, cast, now):
    with write_transaction(db):
        other = add_officer(
            db, name="Dina Marsh", agency_id=cast.council, collar_number="CM99", now=now
        )
    assert add(collar_number="CM12").officer_id != other


def test_a_second_account_is_for_a_second_officer(add):
    assert add("dina").officer_id != add("dina2").officer_id


def test_disabling_and_enabling_twice_is_harmless(db, cast, now):
    for _ in range(2):
        disable_user(db, cast.ben.officer_id, by=None, now=now)
    assert user_of(db, cast.ben.officer_id).disabled
    for _ in range(2):
        enable_user(db, cast.ben.officer_id, by=None, now=now)
    assert not user_of(db, cast.ben.officer_id).disabled


@pytest.mark.parametrize("change", [disable_user, enable_user])
def test_there_must_be_an_account(db, cast, now, change):
    with pytest.raises(Refused, match="no such account"):
        change(db, 999, by=None, now=now)


def test_a_password_that_is_set_is_judged_like_any_other(db, cast, passwords, now):
    with pytest.raises(Refused, match="at least 10"):
        set_password(
            db, cast.ben.officer_id, by=None, password="short", passwords=passwords, now=now
        )
