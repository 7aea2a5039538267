"""The live page of a night: what it shows to whom, and that it changes with whatever it shows."""

import re
from datetime import timedelta

import pytest

from fieldlog.core.task import Source, TaskPlan, due_on
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services.ask_of_hotspot import AskPlan
from fieldlog.services.close_night import close_night
from fieldlog.services.plan_hotspots import HotspotPlan, WherePlan, add_hotspot, read_where
from fieldlog.services.plan_tasks import add_task
from tests.conftest import NIGHT
from tests.phones import patrol_start, visit
from tests.services.one_night import register
from tests.web.busy_nights import a_visit, record
from tests.web.figures_on_pages import entries_listed, entries_said, headline, words
from tests.web.live_night import crew_of_asha, parts, send

SQUARE = read_where(WherePlan(reference="TL 9952 2525"))


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def live(cast):
    return f"/nights/{cast.deployment}/live"


@pytest.fixture
def asked(cast):
    return f"/api/live?deployment={cast.deployment}"


@pytest.fixture
def lamp(db, now):
    return register(db, "The Lamp", now, grid_reference="TL 99525 25251")


@pytest.fixture
def crew(db, cast, now):
    return crew_of_asha(db, cast, now)


def text(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def section(html, name):
    return html.split(f'id="live-{name}"')[1].split("</section>")[0]


def test_it_shows_the_headline_of_the_night_with_a_way_to_its_entries(db, cast, cora, live, lamp):
    record(db, a_visit(cast, premises_id=lamp), a_visit(cast, counts={"spoken_to": 3}))
    html = text(cora, live)
    figures = headline(html)
    assert (figures["visits"].text, figures["spoken to"].text) == ("2", "3")
    assert figures.keys() == headline(text(cora, f"/nights/{cast.deployment}")).keys()
    assert entries_said(text(cora, figures["visits"].href)) == 2


def test_each_square_and_point_opens_its_entries_and_the_table_says_the_same(
    db, cast, cora, live, now, lamp
):
    near = register(db, "The Mitre", now, grid_reference="TL 99600 25300")
    far = register(db, "The Bell", now, grid_reference="TL 99100 25100")
    nowhere = register(db, "The Well", now)
    places = (lamp, lamp, near, far, nowhere)
    record(
        db, *(a_visit(cast, premises_id=one) for one in places), a_visit(cast, place="Taxi rank")
    )
    map_ = section(text(cora, live), "map")
    drawing, table = map_.split("</svg>")
    squares = re.findall(r'href="([^"]+)"[^>]*aria-label="(TL [^:]+): (\d+) entr', drawing)
    assert [(label, int(many)) for _, label, many in squares] == [
        ("TL 9950 2525", 3),
        ("TL 9900 2500", 1),
    ]
    for href, _, many in squares:
        assert entries_said(text(cora, href.replace("&amp;", "&"))) == int(many)
    points = re.findall(r'href="([^"]+)"[^>]*aria-label="(The \w+): (\d+) entr', drawing)
    assert {(name, many) for _, name, many in points} == {
        ("The Lamp", "2"),
        ("The Mitre", "1"),
        ("The Bell", "1"),
    }
    rows = [words(row) for row in re.findall(r"<tr\b.*?</tr>", table, re.DOTALL)][1:]
    assert rows == [
        "TL 9950 2525 3 The Lamp 2, The Mitre 1",
        "TL 9900 2500 1 The Bell",
        "Not on the map 2 No premises, or no grid reference",
    ]


def test_a_night_without_a_place_on_the_grid_says_so(db, cast, cora, live):
    assert "Squares and points appear" in text(cora, live)
    record(db, a_visit(cast))
    assert "None of the premises visited has a grid reference" in text(cora, live)


def test_a_crew_stands_with_its_people_patrol_last_contact_and_unsent_entries(
    cast, signed_in, cora, live, clock, crew
):
    asha = signed_in("asha")
    phone = asha.post("/api/devices", json={}).json["device"]
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    own = visit(cast.asha.officer_id, deployment=str(cast.deployment))
    send(asha, start, own, unsent=4, device=phone)
    clock.move_on(minutes=12)
    crews = words(section(text(cora, live), "crews"))
    assert crews.startswith(">Crews Crew 1 High Street Running 3 h 47")
    assert "2 unsent Asha Reed 21:40, 12 minutes ago · The Lamp · 1 entry" in crews
    assert "No contact" not in crews
    clock.move_on(minutes=20)
    assert "No contact" in words(section(text(cora, live), "crews"))


def test_people_on_no_roster_are_shown_too(db, cast, cora, live, crew):
    record(db, a_visit(cast, officer_id=cast.ben.officer_id))
    crews = words(section(text(cora, live), "crews"))
    assert "Crew 1 High Street Asha Reed Not heard of yet · 0 entries" in crews
    assert "Ben Cole on no roster" in crews


def test_the_feed_has_what_came_last_on_top_and_marks_what_came_late(
    db, cast, cora, live, clock, crew
):
    early = a_visit(cast, place="The Mitre", minutes=15, action="visit")
    late = a_visit(cast, place="The Bell", happened_at=early.happened_at - timedelta(hours=1))
    record(db, early, now=early.happened_at)
    record(db, late)
    html = text(cora, live)
    assert entries_listed(html) == [str(late.id), str(early.id)]
    feed = words(section(html, "feed"))
    assert "19:15 The Bell Came 21:40 No time No action" in feed
    assert "20:15 The Mitre Premises visit · Visit subject premises · 15 minutes Crew 1" in feed
    close_night(db, cast.deployment, statement="", by=cast.cora.officer_id, now=clock.now)
    record(db, a_visit(cast, place="The Well"))
    html = text(cora, live)
    assert "Closed as at 21:40 on 5 December 2020; 1 entry came after." in words(html)
    assert "The Well Came 21:40 No time No action Late" in words(html)


def test_open_tasks_stand_with_those_overdue_and_what_waits_is_on_top(
    db, cast, cora, live, now, clock
):
    plan = TaskPlan(Source.POLICE, "Queue outside", due=due_on(NIGHT), place="Bus station")
    add_task(db, plan, by=cast.cora.officer_id, now=now)
    assert "1 open Bus station" in words(section(text(cora, live), "tasks"))
    clock.move_on(hours=10)
    browser_page = words(text(cora, live))
    assert "Waiting for you 1 task overdue" in browser_page
    assert "1 open, 1 overdue" in browser_page


def test_what_a_coordinator_acts_on_is_at_hand(cast, cora, live):
    steps = re.findall(r'class="govuk-button[^>]*href="([^"]+)"', text(cora, live))
    night = f"/nights/{cast.deployment}"
    assert steps[:4] == ["/tasks/new", f"{night}/plan", f"{night}/patrols", f"{night}/close"]


def test_a_viewer_sees_figures_and_the_map_and_no_way_to_entries(
    db, cast, signed_in, cora, live, asked, lamp, crew
):
    record(db, a_visit(cast, premises_id=lamp, notes="A secret"))
    vic = signed_in("vic")
    for html in (text(vic, live), text(vic, f"{live}?wall=1"), parts(vic, asked).json["html"]):
        assert headline(html)["visits"].text == "1"
        assert "TL 9950 2525" in html
        for absent in ("/entries", "Asha Reed", "Crew 1", "Latest entries", "secret", "/tasks"):
            assert absent not in html
    assert parts(vic, asked).json["latest"] == "1 new entry."


def test_a_wall_screen_names_nobody_and_prints_nothing_typed(db, cast, cora, live, now, lamp, crew):
    record(
        db,
        a_visit(cast, premises_id=lamp, place="", notes="A secret", action="visit"),
        a_visit(cast, place="behind Mr Typed’s house", kind=EntryKind.ENCOUNTER),
        a_visit(cast, premises_id=lamp, place="", marking=Marking.OFFICIAL_SENSITIVE),
        a_visit(cast, officer_id=cast.ben.officer_id, premises_id=lamp, place="", action="letter"),
    )
    add_task(
        db,
        TaskPlan(Source.PUBLIC, "Mr Typed rang", place="Typed"),
        by=cast.cora.officer_id,
        now=now,
    )
    html = text(cora, f"{live}?wall=1")
    for absent in ("Asha", "Ben Cole", "Cora", "Typed", "secret", "/entries/", "<nav", "SENSITIVE"):
        assert absent not in html
    assert headline(html)["visits"].text == "3"
    assert "Crew 1 High Street" in words(section(html, "crews"))
    assert "1 person on no roster" in words(html)
    feed = words(section(html, "feed"))
    assert "20:15 The Lamp Came 21:40 Premises visit · Letter sent to subject premises" in feed
    assert "Visit subject premises · time not recorded Crew 1" in feed
    assert 'data-theme="dark"' in html


def test_the_page_works_without_javascript_and_says_of_when_it_is(cora, live):
    html = text(cora, live)
    assert "As at 21:40." in words(html)
    assert f'href="{live}">Reload</a>' in html
    assert f'href="/sign-in?next={live}">Sign in again</a>' in html


def test_the_page_and_what_renews_it_are_the_same(db, cast, cora, live, asked):
    record(db, a_visit(cast))
    html, answer = text(cora, live), parts(cora, asked)
    assert answer.json["html"] in html
    assert answer.headers["ETag"].replace('"', "\\&#34;") in html
    assert answer.json["received"] == 1
    assert answer.json["latest"] == "New entry: 20:15, The Lamp."


def test_it_travels_compressed_to_whoever_takes_that(cora, asked):
    plain = parts(cora, asked)
    packed = parts(cora, asked, **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert len(packed.data) < len(plain.data) / 2


def test_nothing_is_sent_while_nothing_changes_and_a_minute_later_what_the_clock_changed(
    db, cast, cora, asked, clock
):
    record(db, a_visit(cast))
    etag = parts(cora, asked).headers["ETag"]
    for _ in range(2):
        again = parts(cora, asked, **{"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")
    clock.move_on(minutes=1)
    assert parts(cora, asked, **{"If-None-Match": etag}).status_code == 200


def test_who_watches_the_same_shares_one_rendering(db, cast, signed_in, cora, asked):
    record(db, a_visit(cast))
    etag = parts(cora, asked).headers["ETag"]
    assert parts(signed_in("ada"), asked).headers["ETag"] == etag
    assert parts(signed_in("vic"), asked).headers["ETag"] != etag


def test_a_night_that_there_is_none_of_is_not_found(cora):
    assert "Page not found" in text(cora, "/nights/99/live", 404)
    assert parts(cora, "/api/live?deployment=99").json["error"] == "not-found"
    assert parts(cora, "/api/live?deployment=x").status_code == 404


def test_who_is_not_let_in_any_more_gets_nothing_though_it_is_rendered(
    db, cast, signed_in, cora, asked
):
    etag = parts(cora, asked).headers["ETag"]
    db.execute("UPDATE users SET role = 'officer' WHERE username = 'cora'")
    assert parts(cora, asked, **{"If-None-Match": etag}).status_code == 403
    db.execute("UPDATE sessions SET ended_at = last_seen_at")
    assert parts(cora, asked, **{"If-None-Match": etag}).json["error"] == "signed-out"


def test_hotspots_in_force_are_outlined_with_what_is_done_of_what_is_asked(
    db, cast, cora, live, now
):
    plan = HotspotPlan("The Lanes", SQUARE, NIGHT, None, [cast.operation])
    asked = AskPlan(NIGHT, patrols=3, patrol_hours="9", days=list("1234567"))
    add_hotspot(db, plan, asked, by=cast.cora.officer_id, now=now)
    html = text(cora, live)
    path = re.search(r'night-map__outline" d="M([\d ]+)Z"', html)[1].split()
    assert {(path[place], path[place + 1]) for place in range(0, 8, 2)} == {
        ("250", "250"),
        ("500", "250"),
        ("500", "500"),
        ("250", "500"),
    }
    table = words(section(html, "map").split("live-hotspots")[1])
    assert "The Lanes 0 of 3 0 of 9 0 To do: 3 patrols, 9 patrol-hours" in table
    assert "/hotspots/1?week=2020-11-30" in html
