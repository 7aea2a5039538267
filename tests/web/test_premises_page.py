"""The page of premises with its timeline, the list of premises, and merging two of them."""

import re

import pytest

from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.record_entry import record_entry
from fieldlog.store import premises
from tests.services.one_night import register, said


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, address="14 High Street", licence_number="L1")


@pytest.fixture
def visits(db, cast, now, lamp):
    """A visit of Ben's with a warning and notes, and one of Asha's."""
    for who, more in (
        (cast.ben, {"counts": {"warned": 2}, "notes": "=HYPERLINK(1) queue", "minutes": 15}),
        (cast.asha, {"action": "advice_given", "notes": "spoke to the manager"}),
    ):
        entry = said(cast, who, kind=EntryKind.PREMISES_VISIT, premises_id=lamp, **more)
        record_entry(db, entry, by=who.officer_id, now=now)
    add_task(db, TaskPlan(Source.POLICE, "Loud music", premises_id=lamp), by=1, now=now)


def figures(page):
    found = re.findall(
        r'figure__value">([^<]*)</span>\s*<span class="figure__label">([^<]*)<', page
    )
    return {label: value for value, label in found}


def test_a_coordinator_reads_everything_about_premises(signed_in, lamp, visits):
    page = signed_in("cora").get(f"/premises/{lamp}").text
    assert figures(page) == {
        "visits": "2",
        "people warned": "2",
        "CPWs": "0",
        "notices": "0",
        "arrests": "0",
        "closures": "0",
        "open tasks": "1",
        "checklists with a no": "0",
    }
    for words in (
        "5 Dec 2020",
        "Advice given",
        "queue",
        "spoke to the manager",
        "Loud music",
        "Ben Cole PC 1432",
        "14 High St",
    ):
        assert words in page
    assert "as at 21:40 on 5 December 2020" in page


def test_an_officer_reads_what_was_done_and_what_they_wrote_themselves(signed_in, lamp, visits):
    page = signed_in("asha").get(f"/premises/{lamp}").text
    assert "2 people warned" in page
    assert "Ben Cole" in page
    assert "queue" not in page
    assert "spoke to the manager" in page
    assert "Download CSV" not in page


def test_the_timeline_is_narrowed_by_dates_and_kind(signed_in, lamp, visits):
    cora = signed_in("cora")
    warned = cora.get(f"/premises/{lamp}?kind=warning").text
    assert "queue" in warned
    assert "spoke to the manager" not in warned
    earlier = cora.get(f"/premises/{lamp}?to=2020-12-04").text
    assert figures(earlier)["visits"] == "0"
    assert "Nothing of that kind in that time." in earlier
    for wrong in ("from=5+Dec", "kind=fire"):
        assert cora.get(f"/premises/{lamp}?{wrong}").status_code == 400
    assert cora.get("/premises/999").status_code == 404


def test_it_carries_the_highest_marking_of_what_it_shows(db, cast, now, signed_in, lamp, visits):
    entry = said(cast, premises_id=lamp, marking=Marking.OFFICIAL_SENSITIVE)
    record_entry(db, entry, by=1, now=now)
    cora = signed_in("cora")
    assert cora.get(f"/premises/{lamp}").text.count("</span>OFFICIAL-SENSITIVE</p>") == 2
    assert "</span>OFFICIAL</p>" in cora.get(f"/premises/{lamp}?kind=warning").text


def test_the_csv_file_is_safe_and_noted(db, signed_in, lamp, visits):
    answer = signed_in("cora").post(f"/premises/{lamp}/timeline.csv?kind=visit")
    rows = answer.data.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Date,Time,Night of,What,Done,Written,By")
    assert len(rows) == 3
    assert ",'=HYPERLINK(1) queue," in rows[2]
    (about,) = db.execute("SELECT about FROM audit WHERE act LIKE '%exported%'").fetchone()
    assert about == f"Premises {lamp}; OFFICIAL; 2 entries, 0 struck"
    assert signed_in("asha").post(f"/premises/{lamp}/timeline.csv").status_code == 403


def test_premises_are_listed_and_searched(db, now, signed_in, lamp, visits):
    for number in range(60):
        register(db, f"Shop {number:02}", now)
    cora = signed_in("cora")
    first = cora.get("/premises").text
    assert "1 to 50 of 61 premises" in first
    assert "The Lamp" in cora.get("/premises?page=2").text
    for letters in ("lam", "high street", "l1"):
        found = cora.get(f"/premises?q={letters}").text
        assert f"/premises/{lamp}" in found
        assert "5 Dec 2020" in found
    assert "No premises like that" in cora.get("/premises?q=zzz").text


def test_two_are_compared_merged_and_taken_apart(db, now, signed_in, lamp, visits):
    twin = register(db, "the lamp", now, uprn="12", address="14-16 High Street")
    cora = signed_in("cora")
    assert f"/premises/{lamp}/merge/{twin}" in cora.get("/premises/duplicates").text
    page = f"/premises/{lamp}/merge/{twin}"
    assert "14-16 High Street" in cora.get(page).text
    told = {"stays": lamp, "from_uprn": twin, "from_address": lamp, "reason": " "}
    refused = cora.post(page, data=told)
    assert refused.status_code == 400
    assert "Say why" in refused.text
    answer = cora.post(page, data=told | {"reason": "one place"})
    assert answer.location == f"/premises/{lamp}"
    kept = premises.get(db, lamp)
    assert (kept.uprn, kept.address) == ("12", "14 High Street")
    assert cora.get(f"/premises/{twin}").location == f"/premises/{lamp}"
    assert "one place" in cora.get(f"/premises/{lamp}").text
    assert "No likely duplicates" in cora.get("/premises/duplicates").text
    undo = re.search(r"/premises/merges/\d+/undo", cora.get(f"/premises/{lamp}/merge").text)
    cora.post(undo.group(), data={"reason": "two doors", "back": lamp})
    assert premises.get(db, lamp).uprn is None
    assert "the lamp" in cora.get(f"/premises/{twin}").text


def test_a_pair_that_somebody_merged_meanwhile_leads_to_how_they_stand(db, now, signed_in, lamp):
    twin = register(db, "the lamp", now)
    cora, ada = signed_in("cora"), signed_in("ada")
    told = {"stays": lamp, "reason": "one place"}
    assert cora.post(f"/premises/{lamp}/merge/{twin}", data=told).status_code == 303
    late = ada.post(f"/premises/{twin}/merge/{lamp}", data=told, follow_redirects=True)
    assert late.request.path == f"/premises/{lamp}"
    assert "Not merged: somebody merged one of them meanwhile" in late.text
    assert "The reason you typed was: “one place”" in late.text
    assert ada.get(f"/premises/{twin}/merge/{lamp}").status_code == 404


def test_the_other_premises_are_chosen_by_a_few_letters(db, now, signed_in, lamp):
    crown = register(db, "The Crown", now)
    cora = signed_in("cora")
    answer = cora.post(f"/premises/{lamp}/merge", data={"premises_id": crown, "place": "x"})
    assert answer.location == f"/premises/{lamp}/merge/{crown}"
    assert cora.post(f"/premises/{lamp}/merge", data={"premises_id": lamp}).status_code == 400
