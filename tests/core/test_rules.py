"""What stops an entry from being recorded, and what it tells the officer to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail
from fieldlog.core.lists import Action, Choice, Law, Lists, Measure
from fieldlog.core.rules import Refused, problems_of, text_problems
from fieldlog.core.words import Capacity, CountsAs, EntryKind, FourE, PurchaseResult, Unit

NOW = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)
NIGHT = date(2020, 12, 5)
LONG_AGO = date(2000, 1, 1)


def measure(code: str, label: str, unit: Unit = Unit.COUNT) -> Measure:
    return Measure(code, label, 1, LONG_AGO, None, f"one more {code}", unit, 1)


LISTS = Lists(
    actions={
        "advice": Action("advice", "Advice given", 1, LONG_AGO, None, CountsAs.NEITHER),
        "old": Action("old", "Old action", 2, LONG_AGO, date(2019, 12, 31), CountsAs.NEITHER),
        "new": Action("new", "New action", 3, date(2021, 1, 1), None, CountsAs.NEITHER),
    },
    measures={
        "spoken_to": measure("spoken_to", "People spoken to"),
        "cash": measure("cash", "Cash seized", Unit.PENCE),
        "grams": measure("grams", "Drugs seized", Unit.GRAMS),
    },
    laws={"pspo": Law("pspo", "PSPO breach", 1, LONG_AGO, None, "s.67", "fpn", 100, 100)},
    plain={
        "post": {"warden": Choice("warden", "Marshal or warden", 1, LONG_AGO, None)},
        "product": {"vape": Choice("vape", "Vape", 1, LONG_AGO, None)},
    },
    powers={
        "warden": frozenset(),
        "officer": frozenset({"notice", "enforce"}),
        "constable": frozenset({"notice", "arrest", "enforce"}),
    },
)
VISIT = Entry(
    id=UUID(int=1),
    kind=EntryKind.PREMISES_VISIT,
    happened_at=NOW,
    captured_at=NOW,
    night_of=NIGHT,
    place="The Lamp",
)
NOTICE = replace(VISIT, kind=EntryKind.NOTICE, notice=NoticeDetail("4471", "pspo", 10_000))
PURCHASE = replace(
    VISIT, kind=EntryKind.TEST_PURCHASE, purchase=PurchaseDetail("vape", PurchaseResult.SOLD)
)


def wrong(entry: Entry, post: str | None = None) -> dict[str, str]:
    return {p.field: p.message for p in problems_of(entry, LISTS, post, NOW)}


@pytest.mark.parametrize("entry", [VISIT, NOTICE, PURCHASE])
def test_an_ordinary_entry_passes(entry):
    assert wrong(entry) == {}


def test_a_time_in_the_future_is_refused_with_both_times():
    message = wrong(replace(VISIT, happened_at=NOW + timedelta(hours=2)))["happened_at"]
    assert "23:40 on 5 December 2020 is in the future" in message
    assert "21:40" in message


def test_a_year_before_the_lists_begin_is_a_slip():
    long_ago = replace(
        VISIT, happened_at=datetime(20, 12, 5, 21, 40, tzinfo=UTC), night_of=date(20, 12, 5)
    )
    assert wrong(long_ago) == {"happened_at": "Check the year of the date: 20."}


def test_a_phone_whose_clock_is_a_little_fast_is_let_through():
    assert wrong(replace(VISIT, happened_at=NOW + timedelta(minutes=4))) == {}


@pytest.mark.parametrize("hours", [-24, 72])
def test_a_moment_far_from_its_night_is_refused(hours):
    entry = replace(
        VISIT,
        night_of=NIGHT - timedelta(days=4),
        happened_at=NOW - timedelta(days=4) + timedelta(hours=hours),
    )
    assert "does not belong to the night" in wrong(entry)["happened_at"]


def test_after_midnight_still_belongs_to_the_night():
    entry = replace(
        VISIT, night_of=date(2020, 12, 4), happened_at=datetime(2020, 12, 5, 1, 30, tzinfo=UTC)
    )
    assert wrong(entry) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"action": "dance"}, "action"),
        ({"counts": {"smiles": 1}}, "smiles"),
        ({"notice": NoticeDetail("1", "magic")}, "law"),
        ({"purchase": PurchaseDetail("sofa", PurchaseResult.SOLD)}, "product"),
    ],
)
def test_what_is_in_no_list_is_refused(change, field):
    assert "Choose one of those shown" in wrong(replace(VISIT, **change))[field]


@pytest.mark.parametrize("code", ["old", "new"])
def test_what_was_not_in_use_on_the_night_is_refused_by_name(code):
    message = wrong(replace(VISIT, action=code))["action"]
    assert message.startswith(f"“{LISTS.actions[code].label}” could not be used on 5 December 2020")


@pytest.mark.parametrize("minutes", [0, 15, 1440, None])
def test_whole_minutes_of_a_day_or_none_pass(minutes):
    assert wrong(replace(VISIT, minutes=minutes)) == {}


@pytest.mark.parametrize("minutes", [-1, 1441, 10**30])
def test_impossible_minutes_say_what_to_write(minutes):
    assert "like 15" in wrong(replace(VISIT, minutes=minutes))["minutes"]


@pytest.mark.parametrize(
    ("code", "value", "says"),
    [
        ("spoken_to", -1, "People spoken to cannot be less than 0."),
        ("spoken_to", 100_001, "cannot be more than 100,000"),
        ("spoken_to", 10**30, "cannot be more than 100,000"),
        ("grams", 10_000_001, "cannot be more than"),
        ("cash", -5, "Cash seized cannot be less than 0."),
    ],
)
def test_a_negative_or_enormous_count_is_refused(code, value, says):
    assert says in wrong(replace(VISIT, counts={code: value}))[code]


def test_nobody_spoken_to_is_a_result():
    assert wrong(replace(VISIT, counts={"spoken_to": 0})) == {}


@pytest.mark.parametrize("amount", [-1, 10**11])
def test_an_impossible_amount_is_refused(amount):
    assert "amount" in wrong(replace(NOTICE, notice=NoticeDetail("1", "pspo", amount)))


def test_an_amount_above_the_highest_is_not_for_the_rules_to_refuse():
    assert wrong(replace(NOTICE, notice=NoticeDetail("1", "pspo", 1_000_000))) == {}


@pytest.mark.parametrize("age", [9, 100])
def test_a_volunteer_has_a_likely_age(age):
    detail = replace(PURCHASE.purchase, volunteer_age=age)
    assert "volunteer_age" in wrong(replace(PURCHASE, purchase=detail))


def test_ten_thousand_characters_of_notes_are_too_many_and_nothing_is_lost():
    message = wrong(replace(VISIT, notes="x" * 10_000))["notes"]
    assert "at most 4,000 characters; this has 10,000" in message
    assert "Nothing was lost" in message


@pytest.mark.parametrize(
    "odd", ["\x00", "\x07", "\x1b", "\x7f", "\ud800", "\uffff", "\ufffe", "\r"]
)
def test_a_character_that_is_no_text_is_named_with_its_place(odd):
    message = wrong(replace(VISIT, notes=f"ab{odd}c"))["notes"]
    assert f"number 3, code U+{ord(odd):04X}" in message


@pytest.mark.parametrize(
    "text",
    ["=1+1", "#N/A", "+44", "-1", "@x", "naïve\n\tŵ", "مرحبا", "👮🏽‍♀️", "'; DROP TABLE entries"],
)
def test_text_is_text_whatever_it_begins_with(text):
    assert wrong(replace(VISIT, notes=text)) == {}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=200))
def test_ordinary_characters_are_always_text(text):
    assert list(text_problems("notes", text)) == []


def test_a_visit_is_a_visit_to_somewhere():
    assert wrong(replace(VISIT, place="  ")) == {"place": "Choose the premises, or type its name."}
    assert wrong(replace(VISIT, place="", premises_id=3)) == {}
    assert wrong(replace(VISIT, kind=EntryKind.ENCOUNTER, place="")) == {}


def test_a_notice_given_has_a_number():
    assert wrong(replace(NOTICE, notice=NoticeDetail(" ", "pspo"))) == {
        "number": "Give the number printed on the notice."
    }


def test_the_number_of_a_notice_that_was_only_seen_may_be_unknown():
    seen = replace(NOTICE, capacity=Capacity.WITNESSED, notice=NoticeDetail("", "pspo"))
    assert wrong(seen, "warden") == {}


@pytest.mark.parametrize(
    ("kind", "post", "allowed"),
    [
        (EntryKind.NOTICE, "warden", False),
        (EntryKind.NOTICE, "officer", True),
        (EntryKind.NOTICE, "constable", True),
        (EntryKind.ARREST, "warden", False),
        (EntryKind.ARREST, "officer", False),
        (EntryKind.ARREST, "constable", True),
        (EntryKind.NOTICE, None, True),
        (EntryKind.ARREST, "unheard of", False),
    ],
)
def test_who_may_record_a_notice_or_an_arrest_as_their_own(kind, post, allowed):
    entry = replace(NOTICE if kind is EntryKind.NOTICE else VISIT, kind=kind)
    assert ("capacity" not in wrong(entry, post)) == allowed


@pytest.mark.parametrize("capacity", [Capacity.WITNESSED, Capacity.REFERRED, Capacity.JOINT])
def test_anybody_may_record_one_they_took_part_in(capacity):
    arrest = replace(VISIT, kind=EntryKind.ARREST, capacity=capacity)
    assert wrong(arrest, "warden") == {}
    assert wrong(replace(NOTICE, capacity=capacity), "warden") == {}


def test_wardens_stop_at_the_third_e():
    for stage in (FourE.ENGAGE, FourE.EXPLAIN, FourE.ENCOURAGE):
        assert wrong(replace(VISIT, four_e=stage), "warden") == {}
    enforce = replace(VISIT, four_e=FourE.ENFORCE)
    assert "Marshal or warden: engage, explain or encourage" in wrong(enforce, "warden")["four_e"]
    assert wrong(enforce, "officer") == {}


def test_everything_wrong_is_said_at_once():
    entry = replace(VISIT, place="", minutes=-1, notes="\x00", counts={"spoken_to": -1})
    assert set(wrong(entry)) == {"place", "minutes", "notes", "spoken_to"}


def test_a_refusal_reads_as_its_messages():
    refused = Refused(problems_of(replace(VISIT, place=""), LISTS, None, NOW))
    assert str(refused) == "Choose the premises, or type its name."
