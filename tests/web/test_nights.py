"""Nights are listed newest first with their figures, and one night is watched on its own page."""

import re
from datetime import date, time, timedelta

import pytest

from fieldlog.core.night import from_uk
from fieldlog.core.question import Question
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services.count_tally import count_tally
from fieldlog.services.list_nights import list_nights, of_deployment
from fieldlog.services.plan_deployment import DeploymentPlan, add_deployment, deployment_for
from fieldlog.store.connection import write_transaction
from tests.conftest import LATE_THAT_NIGHT
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import (
    also_said,
    crosstabs,
    entries_listed,
    entries_said,
    headline,
    problems,
    words,
)


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def nights(db, cast):
    return busy_nights(db, cast)


def text(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def listed(html):
    """The cells of the list of nights, row by row."""
    body = re.search(r'<table class="data\b.*?<tbody.*?>(.*?)</tbody>', html, re.DOTALL)
    rows = re.findall(r"<tr\b.*?</tr>", body[1], re.DOTALL) if body else []
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows
    ]


def plan(db, operation, night, start, finish, name=""):
    hours = timedelta(hours=24) if finish <= start else timedelta()
    starts_at, finishes_at = from_uk(night, start), from_uk(night, finish) + hours
    wanted = DeploymentPlan(operation, starts_at, finishes_at, name)
    return add_deployment(db, wanted, now=LATE_THAT_NIGHT)


def test_tonights_figures_stand_on_top_each_with_its_entries(nights, cora):
    html = text(cora.get("/nights"))
    assert "Op Emblazen, night of Saturday 5 December 2020" in html
    assert "Under way, 18:00 to 03:00" in words(html)
    spoken_to = headline(html)["spoken to"]
    assert int(spoken_to) > 0
    behind = text(cora.get(spoken_to.href))
    assert also_said(behind).startswith(f"{int(spoken_to)} people spoken to")


def test_after_midnight_tonight_is_still_the_night_that_began_before(nights, cora, clock):
    clock.move_on(hours=4)
    html = words(text(cora.get("/nights")))
    assert "Op Emblazen, night of Saturday 5 December 2020" in html
    assert "Under way" in html


def test_nights_are_listed_newest_first_with_their_own_figures(db, cast, nights, signed_in, clock):
    clock.move_on(days=7)
    html = text(signed_in("cora").get("/nights"))
    assert "Nothing planned tonight" in html
    rows = listed(html)
    assert [row[:2] for row in rows] == [
        ["Saturday 5 December 2020", "Op Emblazen"],
        ["Saturday 28 November 2020", "Op Dial"],
    ]
    for row, deployment in zip(rows, (cast.deployment, nights.dial_night), strict=True):
        wanted = of_deployment(deployment)
        spoken = count_tally(db, Question("agency", "kind", "spoken_to", wanted)).grand_total
        premises = count_tally(db, Question("agency", "kind", "premises", wanted)).grand_total
        assert [int(row[2]), int(row[4])] == [premises, spoken]


def test_many_nights_take_no_more_questions_to_the_database(db, cast, nights):
    def questions():
        asked = []
        db.conn.set_trace_callback(asked.append)
        list_nights(db, now=LATE_THAT_NIGHT)
        db.conn.set_trace_callback(None)
        return len(asked)

    before = questions()
    with write_transaction(db):
        for day in range(1, 20):
            deployment_for(
                db, operation_id=nights.dial, night=date(2020, 10, day), now=LATE_THAT_NIGHT
            )
    assert questions() == before


def test_what_is_planned_is_to_come_with_its_length(db, cast, cora):
    plan(db, cast.operation, date(2020, 12, 19), time(18), time(3))
    plan(db, cast.operation, date(2020, 12, 11), time(18), time(3))
    html = words(text(cora.get("/nights")))
    first = html.index("Friday 11 December 2020, Op Emblazen , 18:00 to 03:00, 9 hours")
    assert html.index("To come") < first < html.index("Saturday 19 December 2020, Op Emblazen")
    assert listed(text(cora.get("/nights"))) == []


def test_nights_can_be_held_to_an_operation_and_dates(nights, cora, cast):
    def nights_of(**query):
        return [row[0] for row in listed(text(cora.get("/nights", query_string=query)))]

    assert nights_of(operation=nights.dial) == ["Saturday 28 November 2020"]
    assert nights_of(operation=cast.operation) == []
    assert nights_of(to="2020-11-30") == ["Saturday 28 November 2020"]
    html = text(cora.get("/nights", query_string={"to": "2020-11-01"}))
    assert "No nights match" in html
    assert "Nights to 1 November 2020" in words(html)


def test_totals_of_the_nights_shown_are_one_click_away(nights, cora):
    html = text(cora.get(f"/nights?operation={nights.dial}&from=2020-11-01&to=2020-11-30"))
    address = html.split("Totals of these nights")[0].rsplit('href="', 1)[1].split('"')[0]
    assert address == f"/tallies?operation={nights.dial}&amp;from=2020-11-01&amp;to=2020-11-30"
    (row,) = listed(html)
    figures = headline(text(cora.get(address.replace("&amp;", "&"))))
    assert [figures["premises"].text, figures["visits"].text] == row[2:4]


def test_nights_come_in_pages(db, cast, cora):
    with write_transaction(db):
        for day in range(30):
            night = date(2020, 1, 1) + timedelta(days=day)
            deployment_for(db, operation_id=cast.operation, night=night, now=LATE_THAT_NIGHT)
    first = text(cora.get("/nights"))
    assert "1 to 25 of 30 nights" in words(first)
    second = text(cora.get("/nights?page=2"))
    assert "26 to 30 of 30 nights" in words(second)
    assert len(listed(first) + listed(second)) == 30
    assert "Under way" not in second


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"operation": "77"}, "Operation: there is no “77”"),
        ({"operation": "(blank)"}, "Choose one operation, or all."),
        ({"kind": "notice"}, "Nights are chosen by operation and dates."),
        ({"place": "lamp"}, "Nights are chosen by operation and dates."),
        ({"from": "soon"}, "is not a date"),
        ({"page": "x"}, "not the number of a page"),
    ],
)
def test_a_bad_address_gets_a_clear_message(nights, cora, query, says):
    assert says in problems(text(cora.get("/nights", query_string=query), 400))


def test_entries_of_no_deployment_are_not_forgotten(nights, cora):
    html = text(cora.get("/nights"))
    loose = [entry for entry in nights.entries if entry.deployment_id is None]
    assert f"{len(loose)} entries belong to no deployment" in words(html)
    behind = text(cora.get("/entries?deployment=(blank)"))
    assert entries_said(behind) == len(loose)


def test_a_night_shows_its_figures_and_tables_each_number_with_its_entries(db, cast, nights, cora):
    html = text(cora.get(f"/nights/{cast.deployment}"))
    by_time, by_agency = crosstabs(html)
    counted = count_tally(db, Question("action", "time", filter=of_deployment(cast.deployment)))
    assert [[int(cell) for cell in row] for row in by_time.cells] == [
        list(cells) for cells in counted.cells
    ]
    assert int(by_time.grand_total) == int(by_agency.grand_total) == counted.grand_total
    linked = [number for number in by_time.every_number() + by_agency.every_number() if number.href]
    for number in linked:
        assert entries_said(text(cora.get(number.href))) == int(number)
    figures = headline(html)
    for label in ("premises", "spoken to", "hours recorded"):
        assert also_said(text(cora.get(figures[label].href))).startswith(figures[label].text)


def test_hours_stand_with_their_method(db, cast, cora):
    record(db, a_visit(cast, minutes=45), a_visit(cast, minutes=None))
    html = words(text(cora.get(f"/nights/{cast.deployment}")))
    assert "Timed records 1 Recorded hours 0.75 h Untimed records 1" in html
    assert "What these figures count" in html


def test_officers_stand_with_their_last_entry(db, cast, cora):
    at = from_uk(cast.night, time(21, 30))
    record(
        db,
        a_visit(cast),
        a_visit(cast, happened_at=at, place="The Mitre"),
        a_visit(cast, officer_id=cast.ben.officer_id, agency_id=cast.constabulary),
    )
    rows = listed(text(cora.get(f"/nights/{cast.deployment}")))
    assert rows == [
        ["Asha Reed CM07", "Marlbridge Borough Council", "2", "21:30, 10 minutes ago · The Mitre"],
        ["Ben Cole PC 1432", "Marlshire Police", "1", "20:15, 1 hour 25 minutes ago · The Lamp"],
    ]


def test_when_the_night_is_over_nobody_is_waited_for(db, cast, signed_in, clock):
    record(db, a_visit(cast))
    clock.move_on(days=1)
    (row,) = listed(text(signed_in("cora").get(f"/nights/{cast.deployment}")))
    assert row[3] == "20:15 · The Lamp"


def test_the_feed_shows_the_latest_entries_struck_ones_too(nights, cora, cast):
    html = text(cora.get(f"/nights/{cast.deployment}"))
    assert len(entries_listed(html)) == 10
    behind = text(cora.get(f"/entries?deployment={cast.deployment}"))
    assert entries_listed(html) == entries_listed(behind)[:10]


def test_what_is_worth_a_look_is_counted_and_one_click_away(db, cast, cora):
    record(
        db,
        a_visit(cast, action="visit", minutes=15),
        a_visit(cast, action="visit"),
        a_visit(cast, minutes=15),
        a_visit(cast, action="phone_call", minutes=5),
        a_visit(cast, action="letter", minutes=5),
        a_visit(cast, kind=EntryKind.ENCOUNTER),
    )
    html = text(cora.get(f"/nights/{cast.deployment}"))
    section = html.split('id="worth-a-look"')[1].split("</section>")[0]
    assert words(section).endswith(
        "1 visit with no time taken 1 visit with no action taken 2 visits with an action that is "
        "a contact, not a visit: a phone call, letter or e-mail"
    )
    for address, many in zip(re.findall(r'href="([^"]+)"', section), (1, 1, 2), strict=True):
        assert entries_said(text(cora.get(address.replace("&amp;", "&")))) == many


def test_nothing_is_worth_a_look_where_all_is_recorded(db, cast, cora):
    record(db, a_visit(cast, action="visit", minutes=15))
    assert "Worth a look" not in text(cora.get(f"/nights/{cast.deployment}"))


def test_a_night_without_entries_says_so(cora, cast):
    html = text(cora.get(f"/nights/{cast.deployment}"))
    assert "Nothing logged yet" in html
    assert crosstabs(html) == []


def test_it_says_what_the_workbook_holds_and_its_marking_before_it_is_made(db, cast, cora):
    record(db, a_visit(cast), a_visit(cast))
    address = f"/nights/{cast.deployment}"
    html = words(text(cora.get(address)))
    assert "the full log of 2 entries" in html
    assert "Marking OFFICIAL Export workbook" in html
    record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
    assert "Marking OFFICIAL-SENSITIVE Export workbook" in words(text(cora.get(address)))


def test_other_tables_of_the_night_are_one_click_away(nights, cora, cast):
    html = text(cora.get(f"/nights/{cast.deployment}"))
    (total, *_) = [int(table.grand_total) for table in crosstabs(html)]
    links = re.findall(r'href="(/tallies[^"]+)"', html)
    assert len(links) == 3
    for link in links:
        (table,) = crosstabs(text(cora.get(link.replace("&amp;", "&"))))
        assert int(table.grand_total) == total


def test_an_unknown_night_is_not_found(cora):
    assert "Page not found" in text(cora.get("/nights/99"), 404)


def test_a_viewer_sees_figures_and_nobodys_name(nights, cast, signed_in, cora):
    vic = signed_in("vic")
    for path in ("/nights", f"/nights/{cast.deployment}"):
        html = text(vic.get(path))
        assert headline(html).keys() == headline(text(cora.get(path))).keys()
        assert {figure.href for figure in headline(html).values()} == {""}
        for absent in (
            "/entries",
            "Asha Reed",
            "Ben Cole",
            "Latest",
            "Worth",
            "Export",
            "/operations",
        ):
            assert absent not in html
    mine = crosstabs(text(vic.get(f"/nights/{cast.deployment}")))
    theirs = crosstabs(text(cora.get(f"/nights/{cast.deployment}")))
    assert [n.text for t in mine for n in t.every_number()] == [
        n.text for t in theirs for n in t.every_number()
    ]


def test_a_deployment_without_times_is_nobodys_to_wait_for(nights, cora):
    html = words(text(cora.get(f"/nights/{nights.dial_night}")))
    assert "Saturday 28 November 2020. As at 21:40 on 5 December 2020." in html
    assert " ago · " not in html
