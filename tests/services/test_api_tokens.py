"""A program reads with a token what its owner may see, as long as the token lasts."""

import pytest

from fieldlog.core.api_token import MOST_REQUESTS, TokenScope
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.api_tokens import (
    MayNotRead,
    TooManyRequests,
    UnknownToken,
    every_token,
    make_token,
    recognise_reader,
    revoke_token,
    tokens_of,
)


@pytest.fixture
def make(db, now):
    def made(owner, scope=TokenScope.ENTRIES, days=30, name="Power BI"):
        return make_token(db, owner, name=name, scope=scope, days=days, now=now)

    return made


def test_it_opens_what_it_was_made_for_and_only_its_hash_is_kept(db, cast, make, now):
    made = make(cast.cora)
    reader = recognise_reader(db, made.token, now)
    assert (reader.person.name, reader.scope) == ("Cora Hale", TokenScope.ENTRIES)
    assert made.token.startswith("flt_")
    assert made.token not in "\n".join(db.conn.iterdump())
    assert tokens_of(db, cast.cora.officer_id)[0].last_used_at == now


def test_figures_alone_are_read_as_a_viewer_reads_them(db, cast, make, now):
    reader = recognise_reader(db, make(cast.ada, TokenScope.FIGURES).token, now)
    assert reader.reads_as is Role.VIEWER


def test_it_opens_nothing_once_it_has_expired_or_was_revoked(db, cast, make, clock):
    first, second = make(cast.cora), make(cast.cora)
    revoke_token(db, first.kept.id, by=cast.cora, now=clock.now)
    with pytest.raises(UnknownToken):
        recognise_reader(db, first.token, clock.now)
    clock.move_on(days=30)
    with pytest.raises(UnknownToken):
        recognise_reader(db, second.token, clock.now)
    with pytest.raises(UnknownToken):
        recognise_reader(db, "flt_nothing", clock.now)


def test_only_its_owner_and_an_administrator_revoke_it(db, cast, make, now):
    made = make(cast.cora)
    assert revoke_token(db, made.kept.id, by=cast.vic, now=now) is None
    assert recognise_reader(db, made.token, now)
    assert revoke_token(db, made.kept.id, by=cast.ada, now=now).owner == "Cora Hale"
    assert [one.revoked_at for one in every_token(db)] == [now]


def test_a_role_that_was_taken_away_counts_at_once(db, cast, make, now):
    made = make(cast.cora)
    db.execute("UPDATE users SET role = 'viewer' WHERE username = 'cora'")
    assert recognise_reader(db, made.token, now).scope is TokenScope.FIGURES
    for change in (
        "role = 'officer'",
        "role = 'coordinator', disabled_at = '2020-12-05T00:00:00Z'",
    ):
        db.execute(f"UPDATE users SET {change} WHERE username = 'cora'")
        with pytest.raises(MayNotRead):
            recognise_reader(db, made.token, now)


def test_it_rests_after_too_many_requests_in_a_minute(db, cast, make, clock):
    token = make(cast.cora).token
    for _ in range(MOST_REQUESTS):
        recognise_reader(db, token, clock.now)
    with pytest.raises(TooManyRequests) as rests:
        recognise_reader(db, token, clock.now)
    clock.now = rests.value.until
    assert recognise_reader(db, token, clock.now)


@pytest.mark.parametrize(
    ("who", "changes", "message"),
    [
        ("asha", {"scope": TokenScope.FIGURES}, "Choose what it opens"),
        ("vic", {}, "Choose what it opens"),
        ("cora", {"scope": None}, "Choose what it opens"),
        ("cora", {"days": 4_000}, "Choose how long it lasts"),
        ("cora", {"name": " "}, "Give it a name"),
        ("cora", {"name": "x" * 61}, "at most 60 characters"),
    ],
)
def test_it_is_not_made_for_more_than_its_owner_may_see(db, cast, make, who, changes, message):
    with pytest.raises(Refused, match=message):
        make(cast[who], **changes)
    assert every_token(db) == []
