"""Signing in below the page: tries count before passwords do, and sessions are found anew."""

import threading
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from fieldlog.services.change_user import disable_user
from fieldlog.services.passwords import Passwords, TooBusy
from fieldlog.services.recognise_session import recognise_session
from fieldlog.services.sign_in import CannotSignIn, TooManyTries, WrongSignIn, sign_in
from fieldlog.services.sign_out import sign_out
from fieldlog.store.connection import connect, database_path
from tests.conftest import PASSWORD

SHIFT = {"idle": timedelta(hours=12), "longest": timedelta(hours=16)}


@pytest.fixture
def enter(db, cast, passwords, now):
    def with_password(password=PASSWORD, username="asha", at=now, passwords=passwords):
        return sign_in(db, username, password, address="192.0.2.1", passwords=passwords, now=at)

    return with_password


def test_every_session_has_a_token_of_its_own(enter):
    tokens = {enter() for _ in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 43, "256 bits"


def test_many_tries_at_once_count_like_many_in_a_row(instance, cast, passwords, now):
    looked_at = []

    class Watched(Passwords):
        def matches(self, kept, password):
            looked_at.append(password)
            return passwords.matches(kept, password)

    watched = Watched(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))

    def guess(number: int) -> None:
        db = connect(database_path(instance))
        with pytest.raises(CannotSignIn):
            sign_in(db, "asha", f"guess {number}", address="", passwords=watched, now=now)
        db.close()

    threads = [threading.Thread(target=guess, args=[number]) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looked_at) == 10


def test_an_unknown_user_costs_the_same_work(enter, passwords, monkeypatch):
    checked = []
    verify = PasswordHasher.verify

    def watched(self, kept, password):
        checked.append(self.check_needs_rehash(kept))
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    for username in ("asha", "nobody"):
        with pytest.raises(WrongSignIn):
            enter("a guess", username)
    assert checked == [False, False], "both with the parameters of today"


def test_a_waiting_time_is_given_to_the_second(enter, now):
    for _ in range(10):
        with pytest.raises(WrongSignIn):
            enter("a guess")
    with pytest.raises(TooManyTries) as refused:
        enter(at=now + timedelta(minutes=3))
    assert refused.value.until == now + timedelta(minutes=15)


def test_tries_that_were_refused_do_not_make_the_wait_longer(enter, now):
    for _ in range(10):
        with pytest.raises(WrongSignIn):
            enter("a guess")
    for minute in range(15):
        with pytest.raises(TooManyTries):
            enter(at=now + timedelta(minutes=minute))
    assert enter(at=now + timedelta(minutes=15))


def test_a_password_kept_with_old_parameters_is_kept_anew(enter, db, cast):
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    before = db.execute("SELECT password_hash FROM users WHERE username = 'asha'").fetchone()[0]
    enter(passwords=stronger)
    after = db.execute("SELECT password_hash FROM users WHERE username = 'asha'").fetchone()[0]
    assert stronger.outdated(before)
    assert not stronger.outdated(after)
    assert stronger.matches(after, PASSWORD)


def test_two_spellings_of_one_letter_are_one_password(passwords):
    assert passwords.matches(passwords.hashed("caf\u00e9 kettle"), "cafe\u0301 kettle")


def test_at_most_two_passwords_are_looked_at_at_a_time():
    under_way = []
    most = []
    both_in = threading.Barrier(2)

    class Slow(PasswordHasher):
        def hash(self, password, *, salt=None):
            under_way.append(password)
            most.append(len(under_way))
            both_in.wait(timeout=10)
            under_way.remove(password)
            return password

    passwords = Passwords(Slow(), at_a_time=2)
    threads = [threading.Thread(target=passwords.hashed, args=[f"no {n}"]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2


def test_who_finds_no_place_is_asked_to_try_again(monkeypatch):
    monkeypatch.setattr("fieldlog.services.passwords.WAIT_SECONDS", 0.01)
    with pytest.raises(TooBusy, match="Wait a moment"):
        Passwords(at_a_time=0).hashed("anything")


class TestRecognising:
    def test_it_is_the_person_with_the_role_of_now(self, enter, db, cast, now):
        token = enter()
        account = recognise_session(db, token, now=now, **SHIFT)
        assert account is not None
        assert account.person == cast.asha

    @pytest.mark.parametrize("token", ["", "made up", "\x00", "é" * 50])
    def test_a_token_that_was_never_given_is_nobody(self, db, cast, now, token):
        assert recognise_session(db, token, now=now, **SHIFT) is None

    def test_an_ended_session_is_nobody(self, enter, db, cast, now):
        token = enter()
        sign_out(db, token, officer_id=cast.asha.officer_id, now=now)
        sign_out(db, token, officer_id=cast.asha.officer_id, now=now)
        assert recognise_session(db, token, now=now, **SHIFT) is None

    def test_a_disabled_account_is_nobody(self, enter, db, cast, now):
        token = enter()
        disable_user(db, cast.asha.officer_id, by=None, now=now)
        assert recognise_session(db, token, now=now, **SHIFT) is None
