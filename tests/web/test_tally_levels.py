"""Tallies with levels, several measures, percentages and charts, as the page shows them."""

import re
from html import unescape
from uuid import uuid4

import pytest

from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.tallies.showing import Showing
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import CELL, ROW, entries_said, problems, words

MEASURES = ("entries", "premises", "spoken_to")
LEVELS = {"rows": "action", "then_rows": "agency", "columns": "kind", "then_columns": "hour"}


@pytest.fixture
def nights(db, cast):
    return busy_nights(db, cast)


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def page(browser, **query):
    answer = browser.get("/tallies", query_string=query)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def table_rows(html):
    """Every row of the bodies and the foot: its heading, then (number, address) of each."""
    table = html.split('<table class="crosstab')[1].split("</table>")[0].split("</thead>")[1]
    return [
        [(words(inner), address(inner)) for _, _, inner in CELL.findall(row)]
        for row in ROW.findall(table)
    ]


def address(html):
    href = re.search(r'href="([^"]*)"', html)
    return unescape(href[1]) if href else ""


def test_numbers_of_every_level_are_those_of_the_count_and_open_their_entries(db, nights, cora):
    spread = count_breakdown(db, Breakdown(("action", "agency"), ("kind", "hour"), MEASURES))
    rows = table_rows(page(cora, measure="entries", also=["premises", "spoken_to"], **LEVELS))
    assert [row[0][0] for row in rows] == [*(line.text for line in spread.rows), "Total"]
    for shown, line in zip(rows, [*(line.path for line in spread.rows), ()], strict=True):
        numbers = [
            f"{spread.value(line, column.path, place):,}"
            for column in spread.columns
            for place in range(3)
        ]
        assert [text for text, _ in shown[1:]] == numbers
    rows = table_rows(page(cora, **LEVELS))
    followed = 0
    for row in rows[::3]:
        for text, href in row[1::5]:
            assert bool(href) == (text != "0")
            if href:
                assert entries_said(cora.get(href).get_data(as_text=True)) == int(text)
                followed += 1
    assert followed > 10


def test_others_add_up_open_their_entries_and_can_be_chosen_by_hand(db, nights, cora):
    html = page(cora, rows="action", columns="none", top="2", order="most")
    names = {row[0][0]: row[1] for row in table_rows(html)}
    assert list(names)[2:] == ["Others (2)", "(blank)", "Total"]
    assert sum(int(text) for text, _ in names.values()) == 2 * nights.counted
    text, href = names["Others (2)"]
    log = cora.get(href).get_data(as_text=True)
    assert entries_said(log) == int(text)
    assert "Action taken not" in words(log)
    assert "Others holds everything that has no row of its own" in words(html)
    html = page(cora, rows="action", columns="none", only=["visit", "letter"])
    assert [row[0][0] for row in table_rows(html)] == [
        *("Visit subject premises", "Letter sent to subject premises"),
        *("Others (2)", "(blank)", "Total"),
    ]
    assert 'name="only" value="visit" checked' in html
    assert 'name="only" value="phone_call">' in html


@pytest.mark.parametrize("chosen", [{"top": "50"}, {"only": [str(n) for n in range(1, 51)]}])
def test_others_open_their_entries_beside_as_many_rows_as_an_address_can_name(
    db, cast, cora, chosen
):
    visits = [a_visit(cast, id=uuid4(), place=f"Bar {number}") for number in range(53)]
    record(db, *visits, a_visit(cast, id=uuid4(), place="High Street", kind=EntryKind.ENCOUNTER))
    html = page(cora, rows="premises", columns="none", **chosen)
    (text, href) = {row[0][0]: row[1] for row in table_rows(html)}["Others (3)"]
    assert text == "3"
    assert entries_said(cora.get(href).get_data(as_text=True)) == 3


def test_percentages_come_with_their_base(nights, cora):
    for share, named in (("row", "row"), ("column", "column"), ("total", "grand total")):
        html = page(cora, rows="agency", columns="kind", share=share)
        *_, total = table_rows(html)
        grand = int(total[-1][0].split()[0])
        assert total[-1][0] == f"{nights.counted} 100.0%"
        number, percent = total[1][0].split()
        base = int(number) if share == "column" else grand
        assert percent == f"{int(number) * 100 / base:.1f}%"
        assert f"Percentages are of the {named}:" in words(html)


def test_the_chart_says_the_numbers_of_the_table_and_the_papers_tables_are_there(db, nights, cora):
    html = page(cora, rows="agency", columns="none", chart="bars")
    chart = html.split('<figure class="chart">')[1].split("</figure>")[0]
    drawn = re.findall(r'<text class="chart__words[^>]*>([^<]*)</text>', chart)
    rows = [(row[0][0], row[1][0]) for row in table_rows(html)]
    assert drawn == [text for row in rows[:-1] for text in row]
    assert "The table has every number." in chart
    assert re.search(r'role="img" aria-labelledby="chart-title chart-says"', chart)
    assert '<figure class="chart">' not in page(cora, rows="agency", chart="none")
    html = page(cora, rows="night", columns="none", measure="spoken_to")
    assert '<polyline class="chart__line chart__line--0"' in html
    html = page(
        cora, rows="law", then_rows="prohibition", columns="none", measure="fpn", also="warned"
    )
    assert "Law, then Prohibition" in words(html)
    assert page(cora, rows="product", columns="result", share="row")


def test_a_viewer_sees_levels_without_links_and_without_what_officers_typed(nights, signed_in):
    vic = signed_in("vic")
    html = page(vic, **LEVELS)
    assert {href for row in table_rows(html) for _, href in row} == {""}
    assert "prohibition" not in html
    answer = vic.get("/tallies", query_string={"rows": "law", "then_rows": "prohibition"})
    assert "Prohibition" in problems(answer.get_data(as_text=True))


def test_what_is_left_out_of_the_filter_can_be_taken_back(nights, cora):
    html = page(cora, not_action=["visit", "(blank)"])
    chips = html.split('<ul class="chosen"')[1].split("</ul>")[0]
    assert "Action taken not Visit subject premises or (blank)" in words(chips)
    back = unescape(re.search(r'chosen__off" href="([^"]+)"', chips)[1])
    assert "not_action" not in back


def test_the_file_has_the_same_numbers_and_names_every_level(db, nights, cora):
    query = {**LEVELS, "also": ["premises"], "top": "1"}
    text = cora.get("/tallies.csv", query_string=query).get_data(as_text=True)
    lines = [line.split(",") for line in text.lstrip("\ufeff").splitlines()]
    spread = count_breakdown(
        db,
        Breakdown(("action", "agency"), ("kind", "hour"), ("entries", "premises"), Filter()),
        Showing(top=1),
    )
    assert lines[0][:2] == ["Action taken", "Agency"]
    assert lines[0][-2:] == ["Grand Total · Entries", "Grand Total · Premises visited"]
    assert lines[-1][-2:] == [str(spread.value((), (), place)) for place in (0, 1)]
    assert len(lines) == len(spread.rows) + 2
