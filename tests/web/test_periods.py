"""A period on screen: its figures, its changes with their base, and the paragraph to copy."""

import re
from dataclasses import replace
from datetime import date, time

import pytest

from fieldlog.core.entry import NoticeDetail
from fieldlog.core.night import from_uk
from fieldlog.core.words import Capacity, EntryKind
from tests.web.busy_nights import a_visit, record
from tests.web.figures_on_pages import CELL, ROW, headline, problems, words

NIGHT, BEFORE, A_YEAR = date(2020, 12, 5), date(2020, 11, 21), date(2019, 12, 7)


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def at(night, entry):
    moment = from_uk(night, time(20, 15))
    return replace(entry, night_of=night, happened_at=moment, captured_at=moment)


@pytest.fixture
def nights(db, cast):
    """Three visits to two premises on the night, two before, one a year before."""
    loose = a_visit(cast, deployment_id=None)
    told = [
        *(
            at(NIGHT, replace(loose, place=place, minutes=30))
            for place in ("The Lamp", "The Mitre")
        ),
        at(NIGHT, replace(loose, counts={"spoken_to": 9, "warned": 2, "closures": 1})),
        at(BEFORE, replace(loose, counts={"spoken_to": 3})),
        at(BEFORE, replace(loose, minutes=60)),
        at(A_YEAR, replace(loose, counts={"arrests": 1})),
    ]
    record(db, *(replace(entry, id=a_visit(cast).id) for entry in told))


def page(browser, **query):
    answer = browser.get("/periods", query_string=query)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def table(html):
    """The comparison: the headings, and each figure with its cells."""
    rows = ROW.findall(html.split('<div class="compared">')[1].split("</table>")[0])
    head, *body = [[words(inner) for _, _, inner in CELL.findall(row)] for row in rows]
    return head, {row[0]: row[1:] for row in body}


def wording(html):
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", html, re.DOTALL)[1]


def test_a_night_against_the_last_one_and_the_same_a_year_before(nights, cora):
    head, rows = table(page(cora, period="night", **{"from": "2020-12-05"}))
    assert head == [
        *("Figure", "5 December 2020", "21 November 2020", "Difference", "Per cent, of what"),
        *("7 December 2019", "Difference", "Per cent, of what"),
    ]
    assert rows["Visits"] == ["3", "2", "+1", "+50.0% of 2 visits", "1", "+2", "+200.0% of 1 visit"]
    assert rows["Premises visited"][:4] == ["2", "1", "+1", "+100.0% of 1 premises"]
    assert rows["People warned"][:4] == ["2", "0", "+2", "no base: 0 people"]
    assert rows["Arrests"][4:] == ["1", "−1", "−100.0% of 1 arrest"]
    assert rows["Hours recorded"][:3] == ["1", "1", "0"]


def test_the_latest_night_is_what_it_starts_with(nights, cora):
    html = page(cora)
    assert "Night of Saturday 5 December 2020, from 3 entries." in words(html)
    assert int(headline(html)["visits"]) == 3


def test_periods_of_every_length(nights, cora):
    for query, says, visits in (
        ({"period": "week", "from": "2020-12-01"}, "Week from Monday 30 November 2020", "3"),
        ({"period": "month", "from": "2020-11-30"}, "November 2020, from 2 entries.", "2"),
        ({"period": "year", "from": "2020-12-05"}, "Financial year 2020/21, from 5", "5"),
        ({"period": "range", "from": "2020-11-21", "to": "2020-12-05"}, "Nights from 21", "5"),
        ({"from": "2019-12-01", "to": "2020-11-30"}, "Nights from 1 December 2019", "3"),
    ):
        html = page(cora, **query)
        assert says in words(html)
        assert table(html)[1]["Visits"][0] == visits


def test_a_year_has_no_other_year_before_than_its_last(nights, cora):
    head, rows = table(page(cora, period="year", **{"from": "2020-12-05"}))
    assert head[1:3] == ["Financial year 2020/21", "Financial year 2019/20"]
    assert len(head) == 5
    assert rows["Visits"] == ["5", "1", "+4", "+400.0% of 1 visit"]


def test_it_can_be_of_an_agency_an_operation_or_an_order(db, cast, nights, cora):
    notice = NoticeDetail("CB000001", "pspo", 10_000)
    by_order = at(NIGHT, a_visit(cast, kind=EntryKind.NOTICE, notice=notice))
    record(db, replace(by_order, capacity=Capacity.WITNESSED))
    html = page(cora, period="month", law="pspo", **{"from": "2020-12-05"})
    assert "from 1 entry." in words(html)
    assert wording(html).startswith("PSPO breach, December 2020: 0 visits were made to 0 premises.")
    assert page(cora, agency=cast.council)
    assert (
        table(page(cora, operation=cast.operation, **{"from": "2020-12-05"}))[1]["Visits"][0] == "0"
    )


def test_the_share_of_the_register_names_the_register(db, nights, cora):
    db.execute("UPDATE premises SET registered = 1 WHERE name = 'The Lamp'")
    said = words(page(cora, **{"from": "2020-12-05"}))
    assert "5 December 2020: 1 of 1 premises on the register visited, 100.0%" in said


def test_without_a_register_a_share_has_no_base(nights, cora):
    assert "0 of 0 premises on the register visited, no base" in words(page(cora))


def test_hours_come_with_their_method_and_an_estimate_apart(nights, cora):
    said = words(page(cora, each="30", **{"from": "2020-12-05"}))
    assert "Timed records 2 Recorded hours 1 h Untimed records 1" in said
    assert "Estimate, kept apart 0.5 h for the untimed records at 30 minutes each" in said


def test_the_paragraph_says_zeros_and_what_is_known_of_a_closure(nights, cora):
    assert wording(page(cora, **{"from": "2020-12-05"})) == (
        "Night of Saturday 5 December 2020: 3 visits were made to 2 premises. 9 people were "
        "spoken to and 2 people warned. 0 fixed penalty notices were issued. 0 arrests were made "
        "and 1 premises was closed. No entry names the law of a closure."
    )


def test_a_wording_is_kept_with_who_and_when_and_says_when_figures_changed(db, cast, nights, cora):
    path = "/periods/wording?period=night&from=2020-12-05"
    kept = cora.post(path, data={"wording": "Three visits,\r\nall friendly."})
    assert kept.status_code == 303
    html = cora.get(kept.location.split("#")[0]).get_data(as_text=True)
    assert wording(html) == "Three visits,\nall friendly."
    assert "Kept by Cora Hale at 21:40 on 5 December 2020." in words(html)
    assert "The figures have changed" not in html
    record(db, at(NIGHT, a_visit(cast, deployment_id=None)))
    html = page(cora, period="night", **{"from": "2020-12-05"})
    assert wording(html) == "Three visits,\nall friendly."
    assert "The figures have changed since this wording was kept. They say now:" in words(html)
    assert "4 visits were made" in words(html)
    cora.post(path, data={"wording": "x", "forget": "y"})
    assert wording(page(cora, period="night", **{"from": "2020-12-05"})).startswith("Night of")


def test_a_wording_belongs_to_its_period_and_filter(cast, nights, cora):
    cora.post("/periods/wording?period=night&from=2020-12-05", data={"wording": "Mine."})
    for other in ({"period": "month"}, {"agency": cast.council}):
        assert wording(page(cora, **{"from": "2020-12-05"}, **other)) != "Mine."


def test_a_wording_that_cannot_be_kept_is_refused_beside_it_and_stays_typed(nights, cora):
    path = "/periods/wording?period=night&from=2020-12-05"
    for typed, says in (
        ("  ", "at least a sentence"),
        (
            "Three visits.\x07 All friendly.",
            "not text (number 14, code U+0007)",
        ),
        ("x" * 10_001, "at most 10,000"),
    ):
        answer = cora.post(path, data={"wording": typed})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert says in problems(html)
        assert says in words(re.search(r'<p id="wording-error".*?</p>', html)[0])
        assert 'aria-describedby="wording-error"' in html
        assert wording(html) == typed
    assert "Kept by" not in page(cora, period="night", **{"from": "2020-12-05"})


@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ({"agency": "1"}, "Marlbridge Borough Council, night of"),
        ({"not_agency": "2"}, "Agency not Marlshire Police, night of"),
        ({"deployment": "(blank)"}, "Deployment (blank), night of"),
        ({"holding": "spoken_to"}, "Only entries with people spoken to, night of"),
        ({"kind": "premises_visit"}, "Kind of entry Premises visit, night of"),
    ],
)
def test_the_paragraph_says_whose_figures_it_tells_and_what_else_narrows_them(
    nights, cora, query, begins
):
    said = wording(page(cora, period="night", **{"from": "2020-12-05"}, **query))
    assert said.startswith(f"{begins} Saturday 5 December 2020: ")


def test_a_viewer_sees_figures_without_links_and_keeps_no_wording(nights, signed_in):
    vic = signed_in("vic")
    html = page(vic)
    assert "/entries" not in html
    assert "Keep this wording" not in html
    assert vic.post("/periods/wording", data={"wording": "x"}).status_code == 403


def test_nothing_to_count_yet(cora):
    assert "Nothing to count yet" in page(cora)


def test_a_bad_address_gets_a_clear_message(cora):
    for query, says in (
        ({"period": "decade"}, "A period is a night, week, month, year or range."),
        ({"period": "range", "from": "2020-12-05"}, "Give the first and the last night"),
        ({"from": "yesterday"}, "is not a date"),
        ({"period": "week", "from": "0001-01-01"}, "Give dates from 1900 to 2200."),
        ({"period": "year", "from": "9999-12-31"}, "Give dates from 1900 to 2200."),
        ({"from": "2020-12-05", "to": "9999-12-31"}, "Give dates from 1900 to 2200."),
        ({"each": "0"}, "Minutes for each untimed record"),
        ({"law": "murphy"}, "Law: there is no “murphy”"),
        ({"rows": "ward"}, "“rows”, which fieldlog does not know"),
    ):
        answer = cora.get("/periods", query_string=query)
        assert answer.status_code == 400
        assert says in problems(answer.get_data(as_text=True))


def test_a_period_that_is_not_over_says_so(nights, cora):
    assert "This period is not over" in words(page(cora, period="month", **{"from": "2020-12-05"}))
    assert "This period is not over" not in page(cora, period="month", **{"from": "2020-11-05"})
