"""The log lists exactly the entries that the address asks for, and says so in words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldlog.core.entry import NoticeDetail
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking
from fieldlog.services.amend_entry import strike_entry
from tests.web.busy_nights import OTHER_NIGHT, a_visit, busy_nights, record
from tests.web.figures_on_pages import also_said, entries_listed, entries_said, problems, words


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def nights(db, cast):
    return busy_nights(db, cast)


def page(browser, **query):
    answer = browser.get("/entries", query_string=query)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def wanted_by(nights, test):
    """The ids of the counted entries that pass ``test``, and of the struck one if it does."""
    return {str(entry.id) for entry in nights.entries if test(entry)}


FILTERS = {
    "action": ("visit", lambda e: e.action == "visit"),
    "no action": ("(blank)", lambda e: e.action is None),
    "time": ("15", lambda e: e.minutes == 15),
    "no time at all": ("0", lambda e: e.minutes == 0),
    "no time": ("(blank)", lambda e: e.minutes is None),
    "kind": ("notice", lambda e: e.kind is EntryKind.NOTICE),
    "four_e": ("explain", lambda e: e.four_e is FourE.EXPLAIN),
    "no four_e": ("(blank)", lambda e: e.four_e is None),
    "law": ("pspo", lambda e: e.law == "pspo"),
    "night": ("2020-11-28", lambda e: e.night_of == OTHER_NIGHT),
    "hour": ("18", lambda e: e.happened_at.hour == 18),
    "from": ("2020-12-05", lambda e: e.night_of >= OTHER_NIGHT + timedelta(days=7)),
    "to": ("2020-12-04", lambda e: e.night_of == OTHER_NIGHT),
    "holding": ("spoken_to", lambda e: e.counts.get("spoken_to", 0) > 0),
    "place": ("  LAMP the", lambda e: e.place == "The Lamp"),
    "place by its street": ("high", lambda e: e.place == "High Street"),
    "place with a sign": ("100%", lambda e: e.place == "100% Bar"),
    "premises_type": ("(blank)", lambda _: True),
}
NAMES = {"no action": "action", "no time at all": "time", "no time": "time", "no four_e": "four_e"}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_lists_exactly_its_entries(nights, cora, name):
    value, test = FILTERS[name]
    parameter = NAMES.get(name, name.split(" ")[0])
    html = page(cora, **{parameter: value})
    expected = wanted_by(nights, test)
    struck = {str(nights.struck.id)} & expected
    assert entries_said(html) == len(expected) - len(struck) > 0
    assert set(entries_listed(html)) <= expected
    assert len(entries_listed(html)) == min(50, len(expected))


def test_filters_by_what_the_database_numbers(db, cast, nights, cora):
    for query, test in (
        ({"operation": nights.dial}, lambda e: e.deployment_id == nights.dial_night),
        ({"deployment": cast.deployment}, lambda e: e.deployment_id == cast.deployment),
        ({"deployment": "(blank)"}, lambda e: e.deployment_id is None),
        ({"operation": "(blank)"}, lambda e: e.deployment_id is None),
        ({"agency": cast.constabulary}, lambda e: e.agency_id == cast.constabulary),
        ({"officer": cast.asha.officer_id}, lambda e: e.officer_id == cast.asha.officer_id),
        ({"officer": "(blank)"}, lambda e: e.officer_id is None),
    ):
        assert set(entries_listed(page(cora, **query))) == wanted_by(nights, test)


def test_filters_work_together_and_several_values_widen(nights, cora):
    html = page(cora, kind=["encounter", "notice"], action="(blank)", to="2020-11-30")
    kinds = {EntryKind.ENCOUNTER, EntryKind.NOTICE}
    expected = wanted_by(
        nights, lambda e: e.kind in kinds and e.action is None and e.night_of == OTHER_NIGHT
    )
    assert set(entries_listed(html)) == expected
    assert "Kind of entry Encounter or Notice" in words(html)


def test_struck_entries_are_shown_struck_and_not_counted(nights, cora):
    html = page(cora, night=nights.struck.night_of.isoformat())
    row = html.split(f"/entries/{nights.struck.id}")[1].split("</li>")[0]
    assert "<s>" in row
    assert "Struck" in row
    assert "1 struck, shown here and not counted" in also_said(html)
    assert entries_said(html) == len(entries_listed(html)) - 1


def test_an_amended_entry_says_so(nights, cora):
    html = page(cora, time="45")
    assert entries_listed(html) == [str(nights.entries[0].id)]
    assert "Amended" in words(html)


def test_an_amended_entry_counts_as_it_stands_now(db, cast, cora):
    entry = a_visit(cast, minutes=30)
    record(db, entry)
    strike_entry(
        db, entry.id, reason="twice", seen_version=1, by=cast.cora.officer_id, now=a_moment(entry)
    )
    html = page(cora, time="30")
    assert entries_said(html) == 0
    assert entries_listed(html) == [str(entry.id)]


def a_moment(entry):
    return entry.happened_at + timedelta(hours=1)


def test_the_newest_entry_comes_first_under_its_night(nights, cora):
    html = page(cora)
    moments = {str(entry.id): entry.happened_at for entry in nights.entries}
    shown = [moments[entry_id] for entry_id in entries_listed(html)]
    assert shown == sorted(shown, reverse=True)
    assert html.index("Night of Saturday 5 December 2020") < html.index(
        "Night of Saturday 28 November 2020"
    )


def test_long_lists_come_in_pages_that_keep_the_filter(nights, cora):
    first = page(cora, to="2021-01-01")
    assert "1 to 50 of 60 entries" in words(first)
    link = first.split('rel="next"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "to=2021-01-01" in link
    second = cora.get(link).get_data(as_text=True)
    assert "51 to 60 of 60 entries" in words(second)
    every = entries_listed(first) + entries_listed(second)
    assert sorted(every) == sorted(str(entry.id) for entry in nights.entries)
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_a_page_past_the_end_is_the_last(nights, cora):
    assert entries_listed(page(cora, page="99")) == entries_listed(page(cora, page="2"))


def test_a_line_says_what_was_done(db, cast, cora):
    record(
        db,
        a_visit(
            cast,
            kind=EntryKind.NOTICE,
            officer_id=cast.ben.officer_id,
            agency_id=cast.constabulary,
            capacity=Capacity.JOINT,
            notice=NoticeDetail("FPN-77", "litter", 10_000),
            counts={"spoken_to": 2, "cash_pence": 2_550},
        ),
        a_visit(cast, action="visit", minutes=1, marking=Marking.OFFICIAL_SENSITIVE),
        a_visit(cast, officer_id=None),
    )
    html = words(page(cora))
    for part in (
        "Litter FPN-77",
        "Joint visit",
        "2 people spoken to",
        "£25.50 cash seized",
        "Ben Cole PC 1432",
        "Visit subject premises · 1 minute",
        "OFFICIAL-SENSITIVE",
        "time not recorded",
    ):
        assert part in html


def test_one_visit_and_one_hour_are_said_as_people_do(db, cast, cora):
    record(db, a_visit(cast, minutes=60))
    for holding, says in (("visits", "1 visit"), ("minutes", "1 hour recorded")):
        assert also_said(page(cora, holding=holding)) == says
    night = words(cora.get(f"/nights/{cast.deployment}").get_data(as_text=True))
    assert "The one entry" in night
    assert "All 1 entries" not in night


def test_what_was_typed_is_shown_as_text(db, cast, cora):
    record(db, a_visit(cast, kind=EntryKind.ENCOUNTER, place="<script>alert(1)</script> & Co"))
    html = page(cora, place="<script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
    assert "<script>alert" not in html
    assert entries_said(html) == 1


def test_the_form_shows_what_is_chosen(cast, nights, cora):
    html = page(cora, operation=nights.dial, time="37", ward="(blank)", place="lamp")
    assert f'<option value="{nights.dial}" selected>Op Dial</option>' in html
    assert '<option value="37" selected>37 minutes</option>' in html
    assert '<details class="filters__more" open>' in html
    assert 'name="place" type="text" value="lamp"' in html


def test_empty_parts_of_a_form_leave_the_address(cora):
    answer = cora.get("/entries?action=&kind=notice&from=&place=")
    assert answer.status_code == 302
    assert answer.location == "/entries?kind=notice"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"page": "minus"}, "is not the number of a page"),
        ({"page": ["1", "2"]}, "gives “page” 2 times"),
        ({"rows": "action"}, "“rows”, which fieldlog does not know"),
        ({"deployment": "77"}, "Deployment: there is no “77”"),
        ({"holding": "colour"}, "no count called “colour”"),
        ({"from": "yesterday"}, "is not a date"),
    ],
)
def test_a_bad_address_gets_a_clear_message_and_no_figures(nights, cora, query, says):
    answer = cora.get("/entries", query_string=query)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert says in problems(html)
    assert entries_listed(html) == []
    assert "total__figure" not in html


def test_no_entries_yet_and_none_that_match(cora, db, cast):
    assert "No entries yet" in page(cora)
    record(db, a_visit(cast))
    assert "No entries match" in page(cora, kind="arrest")


def test_retired_words_can_still_be_asked_for(db, cast, cora):
    record(db, replace(a_visit(cast), action="letter"))
    db.execute("UPDATE actions SET valid_to = '2020-12-31' WHERE code = 'letter'")
    assert entries_said(page(cora, action="letter")) == 1
