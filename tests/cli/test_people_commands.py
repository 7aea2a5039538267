"""The commands for people: accounts are added, listed, disabled, enabled and given passwords."""

import re

import pytest

from fieldlog.services.sign_in import AccountDisabled, WrongSignIn, sign_in

ADD = ("user", "add", "dana", "--name", "Dana Frost", "--agency", "Marlbridge Borough Council")
PASSWORD = "heron-candle-71"


def signs_in(db, now, username, password):
    return sign_in(db, username, password, address="203.0.113.7", now=now)


def test_somebody_is_added_with_a_password_that_is_asked_for(db, fieldlog, now):
    ran = fieldlog(*ADD, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert ran.status == 0
    assert ran.out.endswith("Dana Frost can sign in as dana, officer.\n")
    assert PASSWORD not in ran.out + ran.err
    assert signs_in(db, now, "dana", PASSWORD)


def test_a_password_can_come_from_the_input(db, fieldlog, now):
    assert fieldlog(*ADD, "--password-stdin", typed=f"{PASSWORD}\r\n").status == 0
    assert signs_in(db, now, "dana", PASSWORD)


def test_a_temporary_password_is_made_up_and_shown_once(db, fieldlog, now):
    ran = fieldlog(*ADD, "--temporary")
    temporary = ran.out.splitlines()[-1].removeprefix("Temporary password, shown this once: ")
    assert signs_in(db, now, "dana", temporary)


def test_there_is_no_option_that_takes_a_password(fieldlog):
    ran = fieldlog(*ADD, "--password", PASSWORD)
    assert ran.status == 2
    assert "No such option" in ran.err


def test_everything_known_about_a_person_is_kept(db, fieldlog):
    more = ("--role", "coordinator", "--collar-number", "CM31", "--post", "licensing_officer")
    fieldlog(*ADD, *more, "--temporary")
    listed = fieldlog("user", "list").out.splitlines()[1]
    assert re.split(" {2,}", listed) == [
        "dana",
        "Dana Frost",
        "Coordinator",
        "Marlbridge Borough Council",
        "CM31",
        "never",
    ]


def test_a_bad_password_a_taken_name_and_an_unknown_post_are_refused(db, cast, fieldlog):
    ran = fieldlog(*ADD, "--password-stdin", typed="short\n")
    assert (ran.status, "at least 10 characters" in ran.err) == (1, True)
    ran = fieldlog("user", "add", "asha", *ADD[3:], "--temporary")
    assert (ran.status, "“asha” is taken" in ran.err) == (1, True)
    ran = fieldlog(*ADD, "--post", "wizard", "--temporary")
    assert (ran.status, "There is no post “wizard”" in ran.err) == (1, True)


def test_name_and_agency_must_be_given(db, fieldlog):
    ran = fieldlog("user", "add", "dana")
    assert (ran.status, "--name" in ran.err) == (2, True)


def test_the_list_shows_everybody_and_who_is_disabled(cast, fieldlog):
    fieldlog("user", "disable", "vic")
    listed = fieldlog("user", "list").out.splitlines()
    assert listed[0].startswith("User name  Name")
    assert [line.split()[0] for line in listed[1:]] == ["ada", "asha", "ben", "cora", "vic"]
    assert [line.endswith("disabled") for line in listed[1:]] == [False] * 4 + [True]


def test_an_empty_list_says_what_to_do(db, fieldlog):
    assert "fieldlog user add --help" in fieldlog("user", "list").out


def test_somebody_is_disabled_and_enabled(db, cast, fieldlog, now, passwords):
    assert fieldlog("user", "disable", "ASHA").out == "asha cannot sign in any more.\n"
    with pytest.raises(AccountDisabled):
        sign_in(db, "asha", cast.password, address="203.0.113.7", now=now, passwords=passwords)
    assert fieldlog("user", "enable", "asha").out == "asha can sign in again.\n"
    assert sign_in(db, "asha", cast.password, address="203.0.113.7", now=now, passwords=passwords)


def test_the_last_administrator_stays(cast, fieldlog):
    ran = fieldlog("user", "disable", "ada")
    assert (ran.status, "last administrator" in ran.err) == (1, True)


def test_a_new_password_replaces_the_old_one(db, cast, fieldlog, now):
    ran = fieldlog("user", "password", "asha", "--password-stdin", typed=f"{PASSWORD}\n")
    assert ran.out == "asha has a new password, to be changed on signing in.\n"
    assert signs_in(db, now, "asha", PASSWORD)
    with pytest.raises(WrongSignIn):
        signs_in(db, now, "asha", cast.password)


@pytest.mark.parametrize("command", ["disable", "enable", "password"])
def test_an_unknown_account_says_where_to_look(cast, fieldlog, command):
    ran = fieldlog("user", command, "nobody", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "Error: There is no account “nobody”. To see them all: fieldlog user list\n"
