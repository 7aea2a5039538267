"""Tallies on screen say what was counted, and every number opens exactly its entries."""

import itertools
from urllib.parse import parse_qs, urlsplit

import pytest

from fieldlog.core.question import DIMENSIONS, Filter, Question
from fieldlog.services.count_tally import count_tally
from fieldlog.tallies.spread import lay_out_breakdown
from fieldlog.tallies.writing import as_data
from fieldlog.web import presets, tallies
from tests.web.busy_nights import OTHER_NIGHT, a_visit, busy_nights, record
from tests.web.figures_on_pages import (
    also_said,
    crosstabs,
    entries_listed,
    entries_said,
    headline,
    problems,
    words,
)

PAIRS = [
    *zip(DIMENSIONS, [*list(DIMENSIONS)[5:], *list(DIMENSIONS)[:5]], strict=True),
    ("action", "time"),
    ("premises", "night"),
    ("operation", "officer"),
]


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


def refused(browser, **query):
    answer = browser.get("/tallies", query_string=query)
    assert answer.status_code == 400
    return problems(answer.get_data(as_text=True))


def table_of(browser, **query):
    (table,) = crosstabs(page(browser, **query))
    return table


@pytest.mark.parametrize(("rows", "columns"), PAIRS)
def test_the_figures_on_screen_are_those_of_the_tally(db, nights, cora, rows, columns):
    shown = table_of(cora, rows=rows, columns=columns)
    counted = count_tally(db, Question(rows, columns))
    data = as_data(counted)
    assert shown.rows == [row.text for row in counted.rows]
    assert len(shown.columns) == len(counted.columns)
    assert [[int(cell) for cell in row] for row in shown.cells] == data["cells"]
    assert [int(total) for total in shown.row_totals] == data["row_totals"]
    assert [int(total) for total in shown.column_totals] == data["column_totals"]
    assert int(shown.grand_total) == data["grand_total"] == nights.counted


def test_action_by_time_of_everything_is_what_it_starts_with(nights, cora):
    html = page(cora)
    (table,) = crosstabs(html)
    assert "Entries by action taken and time taken" in html
    assert table.columns == ["0", "15", "30", "75", "(blank)"] or table.columns[-1] == "(blank)"
    assert table.rows[-1] == "(blank)"


@pytest.mark.parametrize(
    ("rows", "columns"), [("action", "time"), ("premises_type", "law"), ("operation", "four_e")]
)
def test_every_number_opens_exactly_its_entries(nights, cora, rows, columns):
    table = table_of(cora, rows=rows, columns=columns)
    assert nights.counted == int(table.grand_total)
    for number in table.every_number():
        assert bool(number.href) == (int(number) > 0)
        if number.href:
            html = cora.get(number.href).get_data(as_text=True)
            assert entries_said(html) == int(number)
            struck = str(nights.struck.id) in entries_listed(html)
            assert len(entries_listed(html)) == min(int(number) + struck, 50)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("spoken_to", "{} people spoken to"),
        ("premises", "{} premises visited"),
        ("minutes", None),
    ],
)
def test_every_number_of_a_measure_opens_the_entries_it_was_made_of(nights, cora, measure, said):
    table = table_of(cora, rows="agency", columns="kind", measure=measure)
    followed = [number for number in table.every_number() if number.href]
    assert followed
    for number in followed:
        html = cora.get(number.href).get_data(as_text=True)
        assert entries_said(html) > 0
        expected = said.format(int(number)) if said else f"{int(number) / 60:.2f}".rstrip("0")
        assert (
            also_said(html)
            .replace("1 person spoken", "1 people spoken")
            .startswith(expected.rstrip("."))
        )


def test_the_link_of_a_cell_names_its_row_and_its_column(nights, cora):
    table = table_of(cora, rows="action", columns="time")
    corner = table.cells[-1][-1]
    assert parse_qs(urlsplit(corner.href).query) == {"action": ["(blank)"], "time": ["(blank)"]}
    assert urlsplit(table.grand_total.href).query == ""


def test_filters_hold_the_table_the_headline_and_the_links_of_both(db, cast, nights, cora):
    query = {"operation": cast.operation, "agency": cast.council, "kind": "premises_visit"}
    where = {
        "operation": (cast.operation,),
        "agency": (cast.council,),
        "kind": ("premises_visit",),
    }
    counted = count_tally(db, Question("action", "time", filter=Filter(where)))
    html = page(cora, **query)
    (table,) = crosstabs(html)
    assert 0 < int(table.grand_total) == counted.grand_total < nights.counted
    assert int(headline(html)["visits"]) == counted.grand_total
    for number in (table.grand_total, headline(html)["visits"]):
        assert entries_said(cora.get(number.href).get_data(as_text=True)) == int(number)


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2020-12-01"},
        {"to": "2020-12-01"},
        {"from": "2020-11-28", "to": "2020-11-28"},
        {"deployment": "(blank)"},
        {"officer": "(blank)"},
        {"place": "lamp"},
        {"holding": "spoken_to"},
        {"action": ["visit", "(blank)"]},
    ],
    ids=str,
)
def test_every_filter_counts_what_the_log_lists(nights, cora, query):
    html = page(cora, **query)
    (table,) = crosstabs(html)
    listed = cora.get("/entries", query_string=query).get_data(as_text=True)
    assert 0 < int(table.grand_total) == entries_said(listed) < nights.counted
    assert int(table.grand_total) == entries_said(
        cora.get(table.grand_total.href).get_data(as_text=True)
    )


def test_every_headline_figure_opens_the_entries_behind_it(nights, cora):
    figures = headline(page(cora))
    assert list(figures) == [
        *("premises", "visits", "spoken to", "warned", "FPNs"),
        *("arrests", "premises closed", "hours recorded"),
    ]
    for label in ("premises", "spoken to", "warned", "hours recorded"):
        html = cora.get(figures[label].href).get_data(as_text=True)
        assert also_said(html).startswith(figures[label].text)
    assert figures["arrests"].text == "0"
    assert entries_listed(cora.get(figures["arrests"].href).get_data(as_text=True)) == []


def test_hours_come_with_their_method_and_an_estimate_stands_apart(db, cast, cora):
    record(db, a_visit(cast, minutes=30), a_visit(cast, minutes=75), a_visit(cast))
    plain = words(page(cora))
    assert "Timed records 2 Recorded hours 1.75 h Untimed records 1" in plain
    assert "Estimate, kept apart" not in plain
    estimated = words(page(cora, each="30"))
    assert "Recorded hours 1.75 h" in estimated
    assert (
        "Estimate, kept apart 0.5 h for the untimed records at 30 minutes each, "
        "2.25 h with those recorded" in estimated
    )


def test_rows_and_columns_can_be_swapped(nights, cora):
    before = table_of(cora, rows="agency", columns="kind", **{"from": "2020-12-01"})
    html = page(cora, rows="agency", columns="kind", **{"from": "2020-12-01"})
    swap = html.split("Swap rows and columns")[0].rsplit('href="', 1)[1].split('"')[0]
    (after,) = crosstabs(cora.get(swap.replace("&amp;", "&")).get_data(as_text=True))
    assert after.rows == before.columns
    assert [int(total) for total in after.row_totals] == [int(n) for n in before.column_totals]


def test_rows_can_stand_with_the_most_first_and_blanks_last(nights, cora):
    table = table_of(cora, rows="action", columns="kind", order="most")
    totals = [int(total) for total in table.row_totals]
    assert totals[:-1] == sorted(totals[:-1], reverse=True)
    assert table.rows[-1] == "(blank)"


def test_the_usual_tables_keep_the_filter_that_is_chosen(nights, cora):
    html = page(cora, kind="encounter", rows="ward", columns="law")
    listed = html.split('class="presets__list"')[1].split("</ul>")[0]
    linked = [part.split('"')[0] for part in listed.split('href="')[1:]]
    # The return on hotspots stands among them and is no tally.
    addresses = [address for address in linked if address.startswith("/tallies")]
    assert len(addresses) == len(presets.PRESETS)
    for address, (_, preset) in zip(addresses, presets.PRESETS, strict=True):
        assert f"kind={preset.get('kind', 'encounter')}" in address
    for address in addresses:
        assert cora.get(address.replace("&amp;", "&")).status_code == 200


def test_nothing_to_count_yet(cora):
    html = page(cora)
    assert "Nothing to count yet" in html
    assert crosstabs(html) == []


def test_no_entries_match(nights, cora):
    html = page(cora, **{"from": "2031-01-01"})
    assert "No entries match" in html
    assert words(html).count("Nights from 1 January 2031") == 1


def test_a_table_too_large_for_a_page_is_offered_as_a_file(nights, cora, monkeypatch):
    monkeypatch.setattr(tallies, "MOST_CELLS", 3)
    html = page(cora)
    assert "cells, too many for a page" in html
    assert crosstabs(html) == []


def test_what_is_chosen_is_said_in_words_and_can_be_taken_off(cast, nights, cora):
    html = page(cora, operation=cast.operation, time="15", action="(blank)", to="2020-12-31")
    chosen = words(html.split('<ul class="chosen"')[1].split("</ul>")[0])
    for part in (
        "Action taken (blank)",
        "Time taken 15 minutes",
        "Operation Op Emblazen",
        "Nights to 31 December 2020",
    ):
        assert part in chosen
    taken_off = html.split(">Remove<")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "action" not in parse_qs(urlsplit(taken_off.replace("&amp;", "&")).query)


def test_what_the_form_has_no_box_for_is_sent_along(nights, cora):
    html = page(cora, ward="(blank)", hour=["18", "20"])
    for name, value in (("ward", "(blank)"), ("hour", "18"), ("hour", "20")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in html


def test_a_viewer_sees_the_same_figures_without_links(nights, cora, signed_in):
    vic = signed_in("vic")
    for query in ({}, {"rows": "agency", "columns": "kind", "measure": "spoken_to"}):
        mine, theirs = page(vic, **query), page(cora, **query)
        (seen,), (linked,) = crosstabs(mine), crosstabs(theirs)
        assert [n.text for n in seen.every_number()] == [n.text for n in linked.every_number()]
        figures = itertools.chain(seen.every_number(), headline(mine).values())
        assert {number.href for number in figures} == {""}
        assert "/entries" not in mine


@pytest.mark.parametrize("query", [{"rows": "officer"}, {"columns": "officer"}, {"officer": "1"}])
def test_a_viewer_counts_nobody_by_name(nights, signed_in, query):
    vic = signed_in("vic")
    assert "Officer" in refused(vic, **query)
    html = page(vic)
    assert "Asha Reed" not in html
    assert '<option value="officer"' not in html


def test_a_total_that_does_not_add_up_is_not_shown(nights, cora, monkeypatch):
    def wrong(found, showing):
        spread = lay_out_breakdown(found, showing)
        (total,) = spread.values[(), ()]
        values = {**spread.values, ((), ()): (total + 1,)}
        return type(spread)(**(vars(spread) | {"values": values}))

    monkeypatch.setattr("fieldlog.services.count_breakdown.lay_out_breakdown", wrong)
    answer = cora.get("/tallies")
    assert answer.status_code == 500
    assert "The figures do not add up" in words(answer.get_data(as_text=True))


def test_the_dates_of_a_month_give_its_headline(db, cast, nights, cora):
    html = page(cora, **{"from": "2020-12-01", "to": "2020-12-31"})
    wanted = [entry for entry in nights.entries if entry.night_of != OTHER_NIGHT]
    counted = [entry for entry in wanted if entry.id != nights.struck.id]
    spoken = sum(entry.counts.get("spoken_to", 0) for entry in counted)
    assert int(headline(html)["spoken to"]) == spoken > 0
