"""Premises are found by a few letters, with who has been there on the night."""

from datetime import timedelta

import pytest

from fieldlog.core.entry import NoticeDetail
from fieldlog.core.words import EntryKind
from fieldlog.services.amend_entry import strike_entry
from fieldlog.services.doubt_entry import doubts_about
from fieldlog.services.find_premises import find_premises, premises_called, visits_of_night
from fieldlog.services.record_entry import record_entry
from fieldlog.store.lists import load_lists
from fieldlog.store.log import versions
from tests.services.one_night import register, said


@pytest.fixture
def lamp(db, now):
    return register(db, "The Lamp", now, address="14 High Street")


@pytest.fixture
def visit(db, cast, now):
    def one(premises_id, who=cast.ben, ago=85, **more):
        at = now - timedelta(minutes=ago)
        entry = said(
            cast,
            who,
            kind=EntryKind.PREMISES_VISIT,
            premises_id=premises_id,
            happened_at=at,
            captured_at=at,
            **more,
        )
        record_entry(db, entry, by=who.officer_id, now=now)
        return entry

    return one


@pytest.mark.parametrize("letters", ["lam", "LAMP", "the l", "high str", "lamp high", " lamp "])
def test_a_few_letters_of_name_or_address_are_enough(db, lamp, letters):
    assert [found.id for found in find_premises(db, letters)] == [lamp]


@pytest.mark.parametrize("letters", ["", "  ", "lamq", "%", "_amp", "lamp low"])
def test_other_letters_find_nothing(db, lamp, letters):
    assert find_premises(db, letters) == []


def test_names_that_begin_with_the_letters_come_first(db, lamp, now):
    register(db, "Blue Lamp", now)
    register(db, "Lambeth Stores", now)
    names = [found.name for found in find_premises(db, "lam")]
    assert names == ["Lambeth Stores", "Blue Lamp", "The Lamp"]


def test_a_premises_is_only_the_one_chosen_while_its_name_stands(db, lamp):
    found = premises_called(db, lamp, "the  LAMP")
    assert found is not None
    assert found.id == lamp
    assert premises_called(db, lamp, "The Lamp and more") is None
    assert premises_called(db, None, "The Lamp") is None
    assert premises_called(db, 99, "The Lamp") is None


def test_visits_of_the_night_are_told_latest_first(db, cast, lamp, visit):
    visit(lamp, ago=85)
    visit(lamp, cast.asha, ago=30)
    found = visits_of_night(db, [lamp], cast.night)[lamp]
    assert [one.officer for one in found] == ["Asha Reed", "Ben Cole"]


def test_struck_visits_and_those_of_other_nights_are_not_told(db, cast, lamp, visit, now):
    struck = visit(lamp)
    strike_entry(db, struck.id, reason="twice", seen_version=1, by=1, now=now)
    visit(lamp, ago=24 * 60, night_of=cast.night - timedelta(days=1), deployment_id=None)
    assert visits_of_night(db, [lamp], cast.night) == {}


def doubts(db, entry, **how):
    return doubts_about(db, versions(db, entry.id)[-1], load_lists(db), **how)


def test_a_second_crews_visit_is_mentioned_and_stands(db, cast, lamp, visit):
    visit(lamp)
    second = visit(lamp, cast.asha, ago=0)
    assert doubts(db, second) == ("Ben Cole visited The Lamp at 20:15 on the same night.",)
    assert doubts(db, second, visits=False) == ()


def test_ones_own_second_visit_is_nothing_to_mention(db, cast, lamp, visit):
    visit(lamp, cast.asha)
    assert doubts(db, visit(lamp, cast.asha, ago=0)) == ()


@pytest.mark.parametrize(("pence", "odd"), [(10_000, False), (10_001, True), (None, False)])
def test_an_amount_above_the_laws_highest_is_mentioned_and_stands(db, cast, now, pence, odd):
    notice = said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail("1", "pspo", pence))
    record_entry(db, notice, by=cast.ben.officer_id, now=now)
    expected = (
        "£100.01 is above the highest amount for PSPO breach, £100. "
        "Amend the entry if that was a slip."
    )
    assert doubts(db, notice) == ((expected,) if odd else ())
