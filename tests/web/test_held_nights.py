"""A timed send that would give small numbers away: said when planned, held, let go by a person."""

from datetime import timedelta

import pytest

from fieldlog.core.words import Marking
from fieldlog.services import export_apart, work_apart
from fieldlog.services.edit_distribution_lists import remove_list
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.store import mails, timed_sends
from tests.services.issuing import writes
from tests.services.one_timed_send import MORNING
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import words
from tests.web.test_send import HIDDEN
from tests.web.test_send import look as look_by_hand
from tests.web.test_send import sent as sent_by_hand
from tests.web.test_timed_sends import look, typed
from tests.web.test_under_way import to_the_end

ADDRESS = "/timed-sends/1/nights/1"
GIVEN_AWAY = "Small numbers can be worked out."


@pytest.fixture
def cora(signed_in, db, cast):
    busy_nights(db, cast)
    return signed_in("cora")


@pytest.fixture
def by_hand(cast, cora):
    """The figures of the night have gone to somebody by hand, with small numbers."""
    night = f"/nights/{cast.deployment}/send"
    _, fields = look_by_hand(cora, night, addresses="c@marlbridge.gov.uk")
    return sent_by_hand(cora, night, fields)


@pytest.fixture
def set_up(cast, cora, committee):
    """``set_up(what)`` sets up a timed send and returns its second look."""

    def made(what="hidden", **more):
        _, html, fields = look(cora, **typed(cast, committee, what=what, **more))
        assert cora.post("/timed-sends/set-up", data=fields).status_code == 303
        return html

    return made


@pytest.fixture
def morning(db, signed_in, settings, instance, clock):
    """``morning()`` comes, what is due is run, and Cora signs in again."""

    def comes():
        clock.now = MORNING
        run_timed_sends(db, settings, instance, clock=clock, make=writes())
        return signed_in("cora")

    return comes


def opened(browser, address=ADDRESS):
    """A page's words, and what its form would post."""
    html = browser.get(address).get_data(as_text=True)
    fields = dict(HIDDEN.findall(html))
    fields.pop("csrf_token", None)
    return words(html), fields


def test_whoever_sets_it_up_is_told_what_holds_its_first_night(set_up, by_hand):
    said = set_up()
    assert GIVEN_AWAY in said
    assert (
        "The mail of 21:40 on 5 December 2020 shows small numbers and went to c@marlbridge" in said
    )
    assert "The night of 5 December 2020 is held as it stands, and does not go by itself" in said
    assert GIVEN_AWAY not in set_up("committee")


def test_whoever_sets_up_a_second_one_is_told_of_the_first(set_up):
    said = set_up("committee")
    assert "Small numbers" in said
    assert "could be worked out" not in said
    said = set_up()
    assert (
        "this hides numbers from 1 to 4, and the timed send to Committee, Saturday, Sunday at "
        "08:00, shows them" in said
    )
    assert "Small numbers" not in set_up("working")


def test_it_is_held_and_let_go_after_a_look(db, set_up, by_hand, morning):
    set_up()
    cora = morning()
    assert mails.count(db) == 1
    reports = cora.get("/reports").get_data(as_text=True)
    why = "this hides numbers from 1 to 4, and the mail of 21:40 on 5 December 2020 shows them"
    assert why in words(reports)
    assert 'href="/timed-sends/1">See what can be done' in reports
    page = cora.get("/timed-sends/1").get_data(as_text=True)
    assert why in words(page)
    assert f'href="{ADDRESS}">Look at it, and let it go anyway' in page
    said, fields = opened(cora)
    for shown in (
        GIVEN_AWAY,
        "was held at 08:00 on 6 December 2020, and nobody got it",
        "Committee: a@marlbridge.gov.uk, b@marlshire.police.uk",
        "Marking OFFICIAL",
        "the committee edition, issue 1, version 1, issued when you send",
    ):
        assert shown in said
    assert mails.count(db) == 1
    answer = cora.post(f"{ADDRESS}/let-go", data=fields)
    assert answer.location == "/mails/2"
    assert "In the queue" in words(cora.get("/mails/2").get_data(as_text=True))
    page = words(cora.get("/timed-sends/1").get_data(as_text=True))
    assert "Held, then let go" in page
    assert "Let go by Cora Hale at 08:00 on 6 December 2020" in page
    assert "did not go" not in words(cora.get("/reports").get_data(as_text=True))


def test_pressed_twice_or_looked_at_again_it_goes_once(db, set_up, by_hand, morning):
    set_up()
    cora = morning()
    _, fields = opened(cora)
    cora.post(f"{ADDRESS}/let-go", data=fields)
    for answer in (cora.post(f"{ADDRESS}/let-go", data=fields), cora.get(ADDRESS)):
        assert answer.location == "/timed-sends/1"
    assert "Nothing waits to be let go there" in opened(cora, "/timed-sends/1")[0]
    assert mails.count(db) == 2
    assert cora.get("/timed-sends/9/nights/1").status_code == 404


def test_figures_that_changed_since_are_looked_at_once_more(db, cast, set_up, by_hand, morning):
    set_up()
    cora = morning()
    _, fields = opened(cora)
    record(db, a_visit(cast, minutes=30))
    answer = cora.post(f"{ADDRESS}/let-go", data=fields)
    assert answer.status_code == 400
    assert "The figures have changed" in words(answer.get_data(as_text=True))
    assert mails.count(db) == 1


def test_what_is_marked_higher_than_was_agreed_needs_a_tick(db, cast, cora, set_up, morning):
    record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
    set_up()
    cora = morning()
    said, fields = opened(cora)
    assert "It was held for this reason: The night is OFFICIAL-SENSITIVE" in said
    answer = cora.post(f"{ADDRESS}/let-go", data=fields)
    assert answer.status_code == 400
    assert "Tick that everybody" in words(answer.get_data(as_text=True))
    assert mails.count(db) == 0
    answer = cora.post(f"{ADDRESS}/let-go", data=fields | {"sensitive": "y"})
    assert answer.location == "/mails/1"


def test_one_whose_file_takes_long_is_followed(db, cast, set_up, by_hand, morning, monkeypatch):
    set_up()
    cora = morning()
    monkeypatch.setattr(export_apart, "LONG_COUNT", 1)

    def meanwhile(module, folder):
        record(db, a_visit(cast, minutes=30))
        return to_the_end(module, folder)

    monkeypatch.setattr(work_apart, "launch", meanwhile)
    _, fields = opened(cora)
    failed = cora.post(f"{ADDRESS}/let-go", data=fields).location
    page = cora.get(failed).get_data(as_text=True)
    assert "Nothing was sent" in page
    assert f'href="{ADDRESS}">Look once more' in page
    monkeypatch.setattr(work_apart, "launch", to_the_end)
    _, fields = opened(cora)
    followed = cora.post(f"{ADDRESS}/let-go", data=fields).location
    assert cora.get(followed).location == "/mails/2"
    assert timed_sends.run(db, 1).mail_id == 2


def test_without_its_list_it_can_only_go_by_hand(
    db, cast, set_up, by_hand, morning, committee, now
):
    set_up()
    cora = morning()
    remove_list(db, committee, by=cast.cora.officer_id, now=now)
    page = cora.get("/timed-sends/1").get_data(as_text=True)
    assert "let it go anyway" not in page
    assert "Send this night by hand" in page
    assert cora.get(ADDRESS).location == "/timed-sends/1"


def test_what_was_missed_goes_by_hand_only(db, set_up, settings, instance, clock, signed_in):
    set_up()
    clock.now = MORNING + timedelta(hours=13)
    run_timed_sends(db, settings, instance, clock=clock, make=writes())
    page = signed_in("cora").get("/timed-sends/1").get_data(as_text=True)
    assert "Send this night by hand" in page
    assert "let it go anyway" not in page
