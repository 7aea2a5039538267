"""Premises that are one and the same count as one, lose no history, and can be taken apart."""

import random
from datetime import timedelta

import pytest

from fieldlog.core.question import PREMISES, Filter, Question
from fieldlog.core.rules import Refused
from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind
from fieldlog.services.count_tally import count_tally
from fieldlog.services.find_premises import find_premises, visits_of_night
from fieldlog.services.list_tasks import tasks_of_premises
from fieldlog.services.merge_premises import likely_duplicates, merge, pair, undo_merge
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.premises_history import history_of
from fieldlog.services.record_entry import record_entry
from fieldlog.store import (
    counted,
    log,
    nightly,
    otherwise,
    periods,
    premises,
    premises_merges,
)
from fieldlog.store.connection import write_transaction
from fieldlog.store.counting import sums
from tests.services.one_night import register, said


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, uprn="100", address="14 High Street", ward="Castle")


@pytest.fixture
def old_lamp(db, cast, now):
    return register(db, "Lamp Inn", now, uprn="200", licence_number="L1", premises_type="bar")


@pytest.fixture
def visit(db, cast, now):
    def one(premises_id, who=cast.ben, **more):
        entry = said(cast, who, kind=EntryKind.PREMISES_VISIT, premises_id=premises_id, **more)
        record_entry(db, entry, by=who.officer_id, now=now)
        return entry

    return one


@pytest.fixture
def join(db, cast, now):
    def one(kept, gone, *taken):
        who = cast.cora.officer_id
        return merge(
            db, kept_id=kept, gone_id=gone, taken=taken, reason="same place", by=who, now=now
        )

    return one


@pytest.fixture
def part(db, cast, now):
    def one(number):
        undo_merge(db, number, reason="two places", by=cast.cora.officer_id, now=now)

    return one


def tally(db, rows, measure, wanted=None):
    table = count_tally(db, Question(rows, "action", measure, wanted or Filter()))
    cells = {
        (row.key, column.key): value
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
    }
    return cells, table.grand_total


def everything(db):
    """Every figure that premises have a part in."""
    rows = ("premises", "premises_type", "ward", "night")
    return [
        *(tally(db, one, measure) for one in rows for measure in ("entries", PREMISES, "visits")),
        sums(db, Filter()),
        nightly.sums_by_deployment(db, [1]),
        otherwise.own_capacity(db, Filter()),
        db.execute("SELECT id, uprn, address, licence_number FROM premises").fetchall(),
    ]


def test_two_that_were_merged_count_as_one_everywhere(db, cast, lamp, old_lamp, visit, join):
    visit(lamp, action="advice_given")
    visit(old_lamp, action="advice_given")
    assert sums(db, Filter()).premises_visited == 2
    join(lamp, old_lamp)
    assert sums(db, Filter()).premises_visited == 1
    assert tally(db, "premises", "entries") == ({(lamp, "advice_given"): 2}, 2)
    assert tally(db, "action", PREMISES)[1] == 1
    assert nightly.sums_by_deployment(db, [cast.deployment])[cast.deployment].premises_visited == 1
    assert otherwise.own_capacity(db, Filter()).premises_visited == 1
    assert not list(premises_merges.merges_are_whole(db))
    assert counted.differences(db) == 0


@pytest.mark.parametrize("asked", ["lamp", "old_lamp"])
def test_the_entries_behind_a_figure_are_those_of_both(
    db, request, lamp, old_lamp, visit, join, asked
):
    ids = {str(visit(lamp).id), str(visit(old_lamp).id)}
    join(lamp, old_lamp)
    wanted = Filter({"premises": (request.getfixturevalue(asked),)})
    assert {line.id for line in log.find_lines(db, wanted)} == ids
    assert sums(db, wanted).entries == 2
    assert sums(db, Filter(without={"premises": (lamp,)})).entries == 0
    assert sums(db, Filter(place="inn")).entries == log.count_lines(db, Filter(place="inn")) == 2
    of_type = Filter({"premises_type": (None,)})
    assert sums(db, of_type).entries == log.count_lines(db, of_type) == 2


def test_an_entry_keeps_the_premises_and_the_name_it_was_written_with(
    db, lamp, old_lamp, visit, join
):
    before, after = visit(old_lamp), None
    join(lamp, old_lamp)
    after = visit(old_lamp)
    for entry in (before, after):
        (line,) = log.versions(db, entry.id)
        assert (line.premises_id, line.premises) == (old_lamp, "Lamp Inn")
    assert tally(db, "premises", "entries")[0] == {(lamp, None): 2}
    assert counted.differences(db) == 0


def test_searches_tasks_and_visits_know_one(db, cast, now, lamp, old_lamp, visit, join):
    visit(old_lamp)
    add_task(db, TaskPlan(Source.POLICE, "Noise", premises_id=old_lamp), by=1, now=now)
    join(lamp, old_lamp)
    assert [one.id for one in find_premises(db, "lamp inn")] == [lamp]
    assert premises.named(db, "Lamp Inn") == lamp
    assert [task.where for task in tasks_of_premises(db, lamp)] == ["The Lamp"]
    assert list(visits_of_night(db, [lamp], cast.night)) == [lamp]
    found = history_of(db, old_lamp, now=now)
    assert (found.premises.name, found.premises.names) == ("The Lamp", ("Lamp Inn",))
    assert (found.sums.visits, found.open_tasks, len(found.merges)) == (1, 1, 1)


def test_the_values_chosen_hold_and_undoing_gives_each_its_own_back(db, lamp, old_lamp, join, part):
    number = join(lamp, old_lamp, "uprn", "licence_number")
    kept, gone = premises.get(db, lamp), premises.get(db, old_lamp)
    assert (kept.uprn, kept.licence_number, kept.address) == ("200", "L1", "14 High Street")
    assert gone.uprn is None
    part(number)
    kept, gone = premises.get(db, lamp), premises.get(db, old_lamp)
    assert (kept.uprn, kept.licence_number, gone.uprn) == ("100", "", "200")


def test_what_is_on_the_register_stays_on_it_and_is_counted_there_once(
    db, now, lamp, old_lamp, visit, join, part
):
    with write_transaction(db):
        typed = premises.add_typed(db, "Lampp", now)
    visit(lamp)
    number = join(typed, lamp)
    assert premises.get(db, typed).registered
    assert periods.registered(db) == 2
    assert periods.registered_visited(db, Filter()) == 1
    part(number)
    assert not premises.get(db, typed).registered
    assert periods.registered(db) == 2


def test_what_was_changed_since_the_merge_stays(db, lamp, old_lamp, join, part):
    number = join(lamp, old_lamp, "licence_number")
    db.execute("UPDATE premises SET licence_number = 'L9' WHERE id = ?", [lamp])
    part(number)
    assert premises.get(db, lamp).licence_number == "L9"


@pytest.mark.parametrize("seed", range(3))
def test_any_merges_undone_in_any_order_leave_every_tally_as_it_was(
    db, cast, now, visit, join, part, seed
):
    draw = random.Random(seed)
    ids = [
        register(db, f"Place {n}", now, uprn=str(n), premises_type=draw.choice(["bar", None]))
        for n in range(1, 6)
    ]
    for one in draw.choices(ids, k=8):
        visit(one, action=draw.choice(["advice_given", None]), notes=str(draw.random()))
    before = everything(db)
    numbers, left = [], list(ids)
    while len(left) > 2:
        kept, gone = draw.sample(left, 2)
        left.remove(gone)
        numbers.append(join(kept, gone, *draw.sample(["uprn", "premises_type"], k=1)))
        assert sums(db, Filter()).entries == 8
        assert counted.differences(db) == 0
    visited = {one for (one,) in db.execute("SELECT premises_id FROM entries_counted")}
    assert visited <= set(left)
    for number in reversed(numbers):
        part(number)
        assert counted.differences(db) == 0
        assert not list(premises_merges.merges_are_whole(db))
    assert everything(db) == before


def test_a_merge_in_the_middle_of_a_chain_can_be_undone_alone(
    db, now, lamp, old_lamp, visit, join, part
):
    third = register(db, "Third", now)
    visit(old_lamp)
    first = join(lamp, old_lamp)
    second = join(third, lamp)
    assert premises.merged_away(db) == {lamp: third, old_lamp: third}
    part(first)
    assert premises.merged_away(db) == {lamp: third}
    assert tally(db, "premises", "entries")[0] == {(old_lamp, None): 1}
    part(second)
    assert premises.merged_away(db) == {}
    assert counted.differences(db) == 0


def test_what_cannot_be_merged_or_undone_is_refused(db, cast, now, lamp, old_lamp, join, part):
    number = join(lamp, old_lamp)
    for kept, gone in ((lamp, old_lamp), (old_lamp, lamp), (lamp, lamp), (lamp, 999)):
        assert pair(db, kept, gone) is None
        with pytest.raises(Refused):
            join(kept, gone)
    part(number)
    with pytest.raises(Refused):
        part(number)
    with pytest.raises(Refused):
        merge(db, kept_id=lamp, gone_id=old_lamp, taken=(), reason=" ", by=1, now=now)
    assert premises.merged_away(db) == {}


def test_likely_duplicates_are_proposed_until_they_are_merged(db, now, lamp, old_lamp, join):
    twin = register(db, "the lamp", now + timedelta(days=1))
    register(db, "The Lamp", now, ward="Another ward", uprn="0200")
    register(db, "Elsewhere", now, licence_number="L1")
    found = {(one.one_id, one.other_id): one.why for one in likely_duplicates(db)}
    assert found[lamp, twin] == "the same name"
    assert found[old_lamp, twin + 1] == "the same UPRN but for noughts in front"
    assert found[old_lamp, twin + 2] == "the same licence number"
    assert (lamp, twin + 1) not in found
    join(lamp, twin)
    assert (lamp, twin) not in {(one.one_id, one.other_id) for one in likely_duplicates(db)}


def test_events_are_never_changed(db, lamp, old_lamp, join):
    join(lamp, old_lamp)
    for change in ("UPDATE premises_merges SET reason = 'x'", "DELETE FROM premises_merges"):
        with pytest.raises(Exception, match="append-only"):
            db.conn.execute(change)
