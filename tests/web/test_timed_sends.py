"""A coordinator sets up what goes by itself: chosen, looked at, and then on the reports page."""

import re
from datetime import timedelta

import pytest

from fieldlog.core.timed_send import Outcome
from fieldlog.services.edit_distribution_lists import ListPlan, change_list
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.store import timed_sends
from tests.services.issuing import writes
from tests.services.one_timed_send import MORNING
from tests.web.busy_nights import busy_nights
from tests.web.figures_on_pages import words

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def cora(signed_in, db, cast, committee):
    busy_nights(db, cast)
    return signed_in("cora")


def typed(cast, committee, **more):
    usual = {"list_id": str(committee), "operations": [str(cast.operation)], "clock": "08:00"}
    usual |= {"days": ["5", "6"], "what": "committee", "file_format": "xlsx"}
    usual |= {"marking": "official", "when_open": "send", "when_empty": "tell"}
    return usual | more


def look(browser, **data):
    answer = browser.post("/timed-sends/new", data=data)
    html = answer.get_data(as_text=True)
    fields: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(html):
        fields.setdefault(name, []).append(value)
    fields.pop("csrf_token", None)
    return answer, words(html), fields


def test_it_is_set_up_after_a_second_look(db, cast, cora, committee):
    _, html, fields = look(cora, **typed(cast, committee))
    assert "Send this to 2 addresses by itself?" in html
    assert "a@marlbridge.gov.uk, b@marlshire.police.uk" in html
    assert "08:00 on 6 December 2020, with the night of 5 December 2020" in html
    assert "OFFICIAL at most" in html
    assert timed_sends.every(db) == []
    answer = cora.post("/timed-sends/set-up", data=fields)
    assert answer.status_code == 303, words(answer.get_data(as_text=True))
    page = words(cora.get(answer.location).get_data(as_text=True))
    assert "Committee, Saturday, Sunday at 08:00" in page
    assert "Cora Hale, who set it up at 21:40 on 5 December 2020" in page
    assert "Committee, Saturday, Sunday at 08:00" in words(
        cora.get("/reports").get_data(as_text=True)
    )


def test_what_is_wrong_stands_beside_its_field(cast, cora, committee):
    wrong = typed(cast, committee, days=[], clock="05:30", list_id="99", operations=["x"])
    answer, html, _ = look(cora, **wrong)
    assert answer.status_code == 400
    for problem in (
        "Choose at least one day",
        "A night is over at 06:00",
        "Choose the distribution list",
        "There is no such operation",
    ):
        assert problem in html
    answer, html, _ = look(cora, **typed(cast, committee, when_open=""))
    assert (answer.status_code, "Make a choice under each heading" in html) == (400, True)


def test_a_list_that_changed_meanwhile_is_looked_at_again(db, cast, cora, committee, settings, now):
    _, _, fields = look(cora, **typed(cast, committee))
    plan = ListPlan("Committee", "c@marlbridge.gov.uk")
    change_list(db, committee, plan, settings, by=cast.cora.officer_id, now=now)
    answer = cora.post("/timed-sends/set-up", data=fields)
    html = words(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "The list has changed since you looked" in html
    assert "c@marlbridge.gov.uk" in html


def test_each_night_is_listed_with_what_became_of_it(
    db, cast, cora, committee, settings, instance, clock, signed_in
):
    for _ in range(2):
        _, _, fields = look(cora, **typed(cast, committee))
        cora.post("/timed-sends/set-up", data=fields)
        clock.move_on(minutes=1)
    clock.now = MORNING
    assert cora.post("/timed-sends/2/pause").status_code == 303
    run_timed_sends(db, settings, instance, clock=clock, make=writes())
    page = words(cora.get("/timed-sends/1").get_data(as_text=True))
    assert "Night of 5 December 2020 In the queue of mails" in page
    assert "Paused by Cora Hale" in words(cora.get("/timed-sends/2").get_data(as_text=True))
    clock.now = MORNING + timedelta(days=6, hours=20)
    run_timed_sends(db, settings, instance, clock=clock, make=writes())
    assert timed_sends.runs(db, 1, 1)[0].outcome is Outcome.MISSED
    cora = signed_in("cora")
    reports = cora.get("/reports").get_data(as_text=True)
    assert "The night of 11 December 2020 did not go to Committee by itself: missed" in reports
    assert "Send this night by hand" in cora.get("/timed-sends/1").get_data(as_text=True)
    assert "Missed: 11 December 2020" in words(cora.get("/timed-sends").get_data(as_text=True))
    cora.post("/timed-sends/1/end")
    assert "did not go" not in cora.get("/reports").get_data(as_text=True)
    assert "Ended by Cora Hale" in words(cora.get("/timed-sends/1").get_data(as_text=True))


def test_there_is_no_timed_send_of_another_number(cora):
    assert cora.get("/timed-sends/99").status_code == 404
