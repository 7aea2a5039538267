"""Hotspots on screen: added, asked, patrolled from a phone, counted by week, changed, retired."""

import json
import re
from io import BytesIO

import pytest

from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.watch_hotspots import every_hotspot, hotspots_of_deployment
from fieldlog.store.connection import write_transaction
from fieldlog.store.premises import Registration, add_registered
from tests.core.test_outline import BOW_TIE, EDGE, polygon
from tests.phones import SENT_AT, batch, patrol_event, patrol_start

DAYS = list("1234567")


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def lanes(cast, **more):
    """What the coordinator types to add a square where Op Dial’s patrols are asked for."""
    return {
        "name": "The Lanes",
        "operations": [str(cast.operation)],
        "reference": "TM 9712 3067",
        "first": "2020-11-30",
        "patrols": "3",
        "patrol_hours": "9",
        "person_hours": "18",
        "crew": "2",
        "least_minutes": "15",
        "days": DAYS,
    } | more


def test_a_patrol_of_one_minute_is_asked_for_as_people_say_it(cast, cora):
    cora.post("/hotspots/new", data=lanes(cast, least_minutes="1"))
    assert "of 1 minute or more" in text(cora, "/hotspots/1")


@pytest.fixture
def hotspot(cast, cora):
    answer = cora.post("/hotspots/new", data=lanes(cast))
    assert answer.location == "/hotspots/1"
    return 1


def text(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return words(page)


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)).split())


def walk(browser, cast, day: int, starts: str, ends: str, hotspot: int | str, **more):
    """Asha and Ben on patrol in December 2020, as Asha’s phone sends it."""
    crew = f"{cast.asha.officer_id} {cast.ben.officer_id}"
    said = {"members": crew, "deployment": str(cast.deployment), "hotspot": str(hotspot)} | more
    start = patrol_start(cast.asha.officer_id, f"2020-12-{day:02}T{starts}:00Z", **said)
    finish = patrol_event(start, "finish", f"2020-12-{day:02}T{ends}:00Z")
    answer = browser.post("/api/sync", json=batch(start, finish, sent_at=SENT_AT))
    assert [one["state"] for one in answer.json["answers"]] == ["stored", "stored"]
    return start["id"]


def test_a_square_is_the_one_its_reference_lies_in(db, hotspot, cora):
    (found,) = every_hotspot(db)
    assert found.is_square
    assert found.outline.corners[0].reference(10) == "TM 97000 30500"
    page = cora.get("/hotspots/1").get_data(as_text=True)
    assert '<title id="shape-title">Shape of The Lanes</title>' in page
    assert "A square of 250 m; its south-west corner is TM 9700 3050." in page


def test_degrees_make_the_same_square_as_their_reference(db, cast, cora):
    said = lanes(cast, reference="", latitude="51.89487", longitude="2.31736")
    assert cora.post("/hotspots/new", data=said).status_code == 303
    assert every_hotspot(db)[0].outline.corners[0].reference() == "TM 9700 3050"


def test_done_against_asked_is_counted_from_what_phones_send(
    db, cast, clock, hotspot, cora, signed_in
):
    asha = signed_in("asha")
    assert asha.get("/api/briefing").json["deployments"][0]["hotspots"] == [[1, "The Lanes"]]
    long = walk(asha, cast, 5, "18:05", "21:05", hotspot)
    short = walk(asha, cast, 5, "21:06", "21:20", hotspot)
    page = text(cora, "/hotspots")
    assert "0 of 1 hotspots as asked" in page
    assert (
        "The Lanes Op Emblazen 1 of 3 3 of 9 6 of 18 1 0 To do: 2 patrols, 6 patrol-hours" in page
    )
    page = text(cora, "/hotspots/1?week=2020-12-05")
    assert "Sat 5 Dec, 21:06 to 21:20 Asha Reed, Ben Cole On foot 0 h 14" in page
    assert "No: 14 minutes, 15 asked" in page
    shown = text(cora, f"/patrols/{short}")
    assert "Hotspot The Lanes" in shown
    assert "Counts No: 14 minutes, 15 asked" in shown
    assert "The Lanes, chosen when it started" in shown
    (told,) = hotspots_of_deployment(db, cast.deployment, clock.now)
    assert (told.done.patrols, told.done.others, told.asked.patrols) == (1, 1, 3)
    assert [one.stored.patrol.id.hex for one in told.patrols] == [
        one.replace("-", "") for one in (long, short)
    ]


@pytest.mark.parametrize(
    "page",
    ["", "?week=2020-11-23", "/1", "/1?week=2020-11-23", "/1/premises", "/return"],
)
def test_each_page_says_as_at_when_it_is_for_it_renews_itself_only_when_opened_again(
    hotspot, cora, clock, page
):
    clock.move_on(minutes=5)
    assert "s at 21:45 on 5 December 2020." in text(cora, f"/hotspots{page}")


def test_one_that_is_out_counts_when_it_is_finished(cast, hotspot, cora, signed_in):
    start = patrol_start(cast.asha.officer_id, hotspot="1", deployment=str(cast.deployment))
    signed_in("asha").post("/api/sync", json=batch(start, sent_at=SENT_AT))
    page = text(cora, "/hotspots/1")
    assert "To do: 3 patrols, 9 patrol-hours, 18 person-hours , 1 out now" in page
    assert "Still out: it counts when it is finished" in page


def test_a_patrol_starts_at_a_hotspot_from_tonight_too(db, hotspot, signed_in):
    asha = signed_in("asha")
    assert '<option value="1">The Lanes</option>' in asha.get("/tonight").text
    asha.post(
        "/patrols",
        data={"id": "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d", "mode": "foot", "hotspot": "1"},
    )
    assert "hotspot The Lanes" in text(signed_in("cora"), "/nights/1/patrols")


@pytest.mark.parametrize(
    ("said", "answer"), [("77", "Choose one of those"), ("x", "whole numbers")]
)
def test_a_hotspot_that_nobody_knows_is_for_the_coordinator(cast, signed_in, said, answer):
    start = patrol_start(cast.asha.officer_id, hotspot=said)
    (found,) = signed_in("asha").post("/api/sync", json=batch(start)).json["answers"]
    assert found["state"] == "set-aside"
    assert answer in found["problems"][0]["message"]


def test_the_coordinator_places_a_patrol_with_a_reason(cast, hotspot, cora, signed_in):
    patrol = walk(signed_in("asha"), cast, 5, "18:05", "21:05", "")
    page = f"/patrols/{patrol}"
    assert "It is at no hotspot" in text(cora, page)
    refused = cora.post(f"{page}/hotspot", data={"hotspot": "1", "placing_reason": " "})
    assert refused.status_code == 422
    assert "Say why, for example" in words(refused)
    cora.post(f"{page}/hotspot", data={"hotspot": "1", "placing_reason": "forgot to choose"})
    assert "The Lanes: forgot to choose" in text(cora, page)
    assert "1 of 3" in text(cora, "/hotspots")
    cora.post(f"{page}/hotspot", data={"hotspot": "", "placing_reason": "was elsewhere"})
    assert "No hotspot: was elsewhere" in text(cora, page)
    assert "0 of 3" in text(cora, "/hotspots")
    again = cora.post(f"{page}/hotspot", data={"hotspot": "", "placing_reason": "twice"})
    assert "This is how it stands already" in words(again)


def test_an_outline_is_read_from_a_file(db, cast, cora):
    file = (BytesIO(polygon(EDGE)), "quay.geojson")
    answer = cora.post("/hotspots/new", data=lanes(cast, reference="", outline=file))
    assert answer.status_code == 303
    assert "An outline of 4 points" in cora.get("/hotspots/1").text
    assert not every_hotspot(db)[0].is_square


def test_nothing_typed_is_lost_and_a_good_outline_is_kept(db, cast, cora):
    file = (BytesIO(polygon(EDGE)), "quay.geojson")
    wrong = lanes(cast, reference="", outline=file, patrols="three", name="=Quay<b>")
    page = cora.post("/hotspots/new", data=wrong)
    assert page.status_code == 422
    assert "Patrols a week must be a whole number" in page.text
    assert 'value="=Quay&lt;b&gt;"' in page.text
    assert 'value="three"' in page.text
    assert "The outline that was read is kept" in page.text
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', page.text)
    assert kept
    right = lanes(cast, reference="", name="Quay", kept=kept[1])
    assert cora.post("/hotspots/new", data=right).status_code == 303
    assert every_hotspot(db)[0].outline.points == 4


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"name": " "}, "Give the hotspot a name."),
        ({"operations": []}, "Choose the operation it belongs to"),
        ({"operations": ["999"]}, "Choose the operation it belongs to"),
        ({"reference": ""}, "Say where it is"),
        ({"reference": "TM 97 30"}, "across several squares of 250 m"),
        ({"reference": "somewhere"}, "Write it like TL 9952 2525"),
        ({"reference": "AA 9712 3067"}, "no land of Great Britain in AA"),
        ({"latitude": "51.9"}, "Give one of these"),
        ({"reference": "", "latitude": "51.9"}, "Longitude must be degrees"),
        ({"reference": "", "latitude": "2.3", "longitude": "51.9"}, "the wrong way round"),
        ({"reference": "", "latitude": "nan", "longitude": "inf"}, "outside Great Britain"),
        ({"first": ""}, "Give the first night"),
        ({"last": "2020-11-29"}, "cannot be before the first"),
        ({"patrols": "", "patrol_hours": "", "person_hours": ""}, "Ask for something"),
        ({"patrols": "0"}, "Patrols a week must be from 1 to 999"),
        ({"patrol_hours": "9h"}, "like 9 or 2.5"),
        ({"person_hours": "1e99"}, "like 9 or 2.5"),
        ({"least_minutes": "721"}, "from 0 to 720"),
        ({"days": []}, "Choose the days"),
        ({"days": ["8"]}, "Choose the days"),
        ({"modes": ["broom"]}, "Choose among those shown"),
        ({"starts_1": "18:00"}, "Band 1: give both times"),
        ({"starts_2": "18:00", "finishes_2": "18:00"}, "Band 2: it starts when it finishes"),
        ({"reference": "", "kept": "[[[[697000,230500]]]]"}, "no area"),
        ({"reference": "", "kept": "["}, "Choose the file of the outline again"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(db, cast, cora, said, answer):
    page = cora.post("/hotspots/new", data=lanes(cast, **said))
    assert page.status_code == 422
    assert answer in words(page)
    assert every_hotspot(db) == []


def test_a_hostile_file_is_refused_with_words(db, cast, cora):
    file = (BytesIO(polygon(BOW_TIE)), "quay.geojson")
    page = cora.post("/hotspots/new", data=lanes(cast, reference="", outline=file))
    assert "The outline crosses or touches itself near TM" in words(page)
    assert "Say where it is" not in words(page)
    assert every_hotspot(db) == []


def test_two_in_force_cannot_have_one_name(cast, hotspot, cora):
    page = cora.post("/hotspots/new", data=lanes(cast, name="the  LANES"))
    assert "There is a hotspot called “the LANES” already" in words(page)


def test_a_change_is_a_new_version_and_the_place_stays(db, cast, hotspot, cora):
    said = {"name": "Lanes, north", "operations": [str(cast.operation)], "first": "2020-11-30"}
    before = every_hotspot(db)[0].outline
    cora.post("/hotspots/1/change", data=said)
    cora.post("/hotspots/1/change", data=said)
    (found,) = every_hotspot(db)
    assert (found.name, found.version, found.outline) == ("Lanes, north", 2, before)
    page = text(cora, "/hotspots/1")
    assert "Lanes, north; Square TM 9700 3050; in force from 30 November 2020" in page
    assert "The Lanes; Square TM 9700 3050" in page


def test_what_is_asked_later_leaves_the_weeks_before_alone(cast, clock, hotspot, cora, signed_in):
    walk(signed_in("asha"), cast, 5, "18:05", "21:05", hotspot)
    clock.move_on(days=7)
    cora = signed_in("cora")
    page = cora.get("/hotspots/1/asked")
    assert 'value="2020-12-07"' in page.text
    said = {"week": "2020-12-12", "patrols": "7", "crew": "1", "least_minutes": "15", "days": DAYS}
    cora.post("/hotspots/1/asked", data=said | {"starts_1": "18:00", "finishes_1": "03:00"})
    page = text(cora, "/hotspots/1")
    assert "Asked a week 7 patrols" in page
    assert "18:00 to 03:00, every day" in page
    assert "30 November 2020 1 of 3 3 of 9 6 of 18 0 Missing: 2 patrols, 6 patrol-hours" in page
    early = cora.post("/hotspots/1/asked", data=said | {"week": "2020-11-01"})
    assert "Nothing is asked before" in words(early)


def test_a_retired_hotspot_keeps_its_figures_and_is_not_offered(
    db, cast, clock, hotspot, cora, signed_in
):
    walk(signed_in("asha"), cast, 5, "18:05", "21:05", hotspot)
    cora.post("/hotspots/1/retire")
    clock.move_on(days=1)
    cora = signed_in("cora")
    page = text(cora, "/hotspots/1")
    assert "Retired hotspot" in page
    assert "1 of 3" in text(cora, "/hotspots")
    assert "The Lanes" not in signed_in("asha").get("/tonight").text
    clock.move_on(days=7)
    page = text(signed_in("cora"), "/hotspots")
    assert "Not in force this week The Lanes , in force from 30 November 2020 to 5 December" in page


def test_premises_are_inside_by_their_grid_reference(db, now, hotspot, cora):
    places = {"In the corner": "TM 97000 30500", "Next door": "TM 97250 30500", "Nowhere": ""}
    with write_transaction(db):
        for name, reference in places.items():
            add_registered(db, Registration(name=name, grid_reference=reference), now)
    page = text(cora, "/hotspots/1/premises")
    assert "In the corner" in page
    assert "Next door" not in page
    assert "Nowhere" not in page


def test_the_integrity_check_reads_every_hotspot(db, cast, hotspot):
    def problems() -> tuple[str, ...]:
        every = {one.what: one.problems for one in check_integrity(db)}
        return every["Every hotspot is somewhere and is asked something"]

    assert problems() == ()
    db.execute("INSERT INTO hotspots (added_at) VALUES ('2020-12-05T00:00:00Z')")
    outline = json.dumps([[[[0, 0], [1, 0], [1, 1]]]])
    db.execute(
        "INSERT INTO hotspot_versions VALUES (1, 3, '2020-12-05T00:00:00Z', NULL, 'x', 'x', "
        "'outline', ?, '2020-12-05', NULL)",
        [outline],
    )
    found = " ".join(problems())
    assert "Hotspot 1 does not have every version from 1 on." in found
    assert "Hotspot 2 does not have every version from 1 on." in found
    assert "Nothing was ever asked of hotspot 2." in found
    assert "Version 3 of hotspot 1 has no outline." in found
