"""An entry says what it says: the same said twice has one hash, anything else another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail, content_hash
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult

AT = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)
VISIT = Entry(
    id=UUID(int=7),
    kind=EntryKind.PREMISES_VISIT,
    happened_at=AT,
    captured_at=AT,
    night_of=date(2020, 12, 5),
    officer_id=1,
    premises_id=3,
    action="advice_given",
    minutes=15,
    counts={"spoken_to": 4, "warned": 1},
)


def test_the_same_said_twice_has_the_same_hash():
    assert content_hash(VISIT) == content_hash(replace(VISIT))


def test_when_the_form_was_filled_is_not_part_of_what_is_said():
    assert content_hash(VISIT) == content_hash(
        replace(VISIT, captured_at=AT + timedelta(minutes=3))
    )


def test_the_order_of_the_counts_is_not_part_of_what_is_said():
    turned = replace(VISIT, counts={"warned": 1, "spoken_to": 4})
    assert content_hash(VISIT) == content_hash(turned)


@pytest.mark.parametrize(
    "change",
    [
        {"id": UUID(int=8)},
        {"kind": EntryKind.ENCOUNTER},
        {"happened_at": AT + timedelta(minutes=1)},
        {"night_of": date(2020, 12, 4)},
        {"officer_id": 2},
        {"agency_id": 1},
        {"deployment_id": 1},
        {"capacity": Capacity.WITNESSED},
        {"premises_id": None},
        {"place": "Bus station"},
        {"ward_id": 1},
        {"action": None},
        {"minutes": None},
        {"minutes": 0},
        {"four_e": FourE.EXPLAIN},
        {"particulars": "x"},
        {"notes": "x"},
        {"marking": Marking.OFFICIAL_SENSITIVE},
        {"counts": {"spoken_to": 4}},
        {"notice": NoticeDetail("1", "pspo")},
        {"purchase": PurchaseDetail("alcohol", PurchaseResult.SOLD)},
        {"struck": True},
    ],
)
def test_anything_else_said_has_another_hash(change):
    assert content_hash(replace(VISIT, **change)) != content_hash(VISIT)


def test_no_time_taken_and_nothing_recorded_differ():
    assert content_hash(replace(VISIT, minutes=0)) != content_hash(replace(VISIT, minutes=None))


@given(st.text(), st.text())
def test_text_of_any_kind_can_be_told_apart(one, other):
    same = content_hash(replace(VISIT, notes=one)) == content_hash(replace(VISIT, notes=other))
    assert same == (one == other)


def test_the_law_of_an_entry_is_that_of_its_notice():
    assert VISIT.law is None
    assert replace(VISIT, notice=NoticeDetail("1", "pspo")).law == "pspo"
