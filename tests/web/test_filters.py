"""Filters survive the way into the address and back, whatever they hold to."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import DIMENSIONS, ENTRIES, Filter
from fieldlog.core.words import EntryKind, FourE, PurchaseResult, Role
from fieldlog.store.starting_lists import ACTIONS, LAWS, LISTS, MEASURES
from fieldlog.tallies.chart import ChartKind
from fieldlog.tallies.crosstab import BLANK
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order, Showing
from fieldlog.web.asking import Asked, query_for, read_asked
from fieldlog.web.filters import BadAddress, has_empty, query_of, read_filter

numbers = st.integers(0, 10**12)
dimensions = st.sampled_from(list(DIMENSIONS))
CODES = [ENTRIES, "visits", "premises", "minutes", "spoken_to", "warned"]
nights = st.dates(date(1999, 1, 1), date(2100, 12, 31))
KEYS = {
    "action": st.sampled_from([action[0] for action in ACTIONS]),
    "kind": st.sampled_from([kind.value for kind in EntryKind]),
    "premises_type": st.from_regex(r"[a-z_]{1,20}", fullmatch=True),
    "night": nights.map(date.isoformat),
    "hour": st.integers(0, 23),
    "four_e": st.sampled_from([stage.value for stage in FourE]),
    "law": st.sampled_from([law[0] for law in LAWS]),
    "prohibition": st.sampled_from(["3", "12", "3 (a)", "é&=?"]),
    "product": st.sampled_from(["alcohol", "vape"]),
    "result": st.sampled_from([result.value for result in PurchaseResult]),
    "operation_kind": st.sampled_from(["night_of_action", "doorstep_event"]),
}


@st.composite
def held(draw):
    return {name: draw(keys(name)) for name in draw(st.lists(dimensions, unique=True, max_size=4))}


def keys(name):
    some = st.none() | KEYS.get(name, numbers)
    return st.lists(some, min_size=1, max_size=4, unique=True).map(tuple)


@st.composite
def filters(draw):
    where, without = draw(held()), draw(held())
    first, last = sorted([draw(nights), draw(nights)])
    return Filter(
        where=where,
        without=without,
        date_from=draw(st.sampled_from([None, first])),
        date_to=draw(st.sampled_from([None, last])),
        holding=draw(st.sampled_from([None, "premises", "minutes", *(m[0] for m in MEASURES)])),
        place=" ".join(draw(st.text("abé &=?#+%(blank)", max_size=40)).split()),
    )


def by_address(query):
    """The query as a browser writes it into the address and the server reads it."""
    return MultiDict(parse_qsl(urlencode(query, doseq=True), keep_blank_values=True))


@given(filters())
def test_a_filter_reads_back_as_it_was_written(wanted):
    address = by_address(query_of(wanted))
    assert not has_empty(address)
    assert read_filter(address) == wanted


@st.composite
def questions(draw):
    levels = draw(st.lists(dimensions, min_size=1, max_size=4, unique=True))
    measures = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True))
    return Asked(
        Breakdown(tuple(levels[:2]), tuple(levels[2:]), tuple(measures), draw(filters())),
        Showing(
            draw(st.sampled_from(Order)),
            draw(st.none() | st.integers(1, 50)),
            draw(st.just(()) | keys(levels[0])),
        ),
        draw(st.none() | st.sampled_from(Share)),
        draw(st.none() | st.sampled_from(ChartKind)),
        each=draw(st.none() | st.integers(1, 1440)),
    )


@given(questions())
def test_a_question_reads_back_as_it_was_written(asked):
    assert read_asked(by_address(query_for(asked)), Role.COORDINATOR) == asked


@given(st.dictionaries(st.sampled_from([*DIMENSIONS, "from", "to", "holding", "x"]), st.text()))
def test_whatever_is_typed_into_the_address_is_read_or_refused_in_words(query):
    assert all(problem.endswith(".") for problem in problems_of(by_address(query)))


def problems_of(address):
    try:
        read_filter(address)
    except BadAddress as bad:
        return bad.problems
    return ()


def test_a_filter_that_nothing_can_pass_has_no_address():
    with pytest.raises(ValueError, match="has no address"):
        query_of(Filter(where={"action": ()}))


def test_no_code_is_spelled_like_the_word_for_blanks():
    codes = {line[0] for lines in (ACTIONS, LAWS, MEASURES) for line in lines}
    codes |= {label for labels in LISTS.values() for label in labels}
    assert BLANK not in codes
    with pytest.raises(BadAddress):
        read_filter(MultiDict({"action": "(other)"}))
