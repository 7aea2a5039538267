"""My entries of a night, and one entry with everything it ever said."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from fieldlog.core.entry import NoticeDetail, PurchaseDetail
from fieldlog.core.words import Capacity, EntryKind, Marking, PurchaseResult
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.record_entry import record_entry
from tests.services.one_night import register, said
from tests.web.thumb import Screen


@pytest.fixture
def record(db, cast, now):
    def one(who=None, later=timedelta(0), **more):
        entry = said(cast, who, **more)
        record_entry(db, entry, by=entry.officer_id, now=now + later)
        return entry

    return one


@pytest.fixture
def see(signed_in):
    def look(path, who="asha"):
        return Screen(signed_in(who).get(path).get_data(as_text=True))

    return look


def test_it_lists_my_entries_of_tonight_and_nobody_elses(record, cast, see):
    record(place="Bus station", counts={"spoken_to": 4, "warned": 1})
    record(cast.ben, place="Elsewhere")
    text = see("/entries/mine").text
    assert "Tonight, the night of Saturday 5 December 2020" in text
    assert "Bus station" in text
    assert "Elsewhere" not in text
    assert "1 entry" in text
    assert "4 people spoken to" in text
    assert "1 person warned" in text


def test_struck_ones_are_shown_struck_and_count_nowhere(db, signed_in, record, now):
    entry = record(place="Bus station", counts={"spoken_to": 4})
    strike_entry(db, entry.id, reason="twice", seen_version=1, by=1, now=now)
    html = signed_in("asha").get("/entries/mine").get_data(as_text=True)
    assert "<s>Bus station</s>" in html
    assert "Struck" in html
    assert "0 entries" in Screen(html).text


def test_another_night_is_in_the_address(record, cast, see, now):
    before = cast.night - timedelta(days=1)
    record(
        place="The night before",
        night_of=before,
        happened_at=now - timedelta(days=1),
        deployment_id=None,
    )
    assert "The night before" not in see("/entries/mine").text
    screen = see(f"/entries/mine?night={before}")
    assert "The night of Friday 4 December 2020" in screen.text
    assert "The night before" in screen.text
    assert screen.form("night").offered("night") == [cast.night.isoformat(), before.isoformat()]


@pytest.mark.parametrize("night", ["yesterday", "2020-13-01", "2020-12-05x"])
def test_a_night_that_is_none_is_not_found(signed_in, night):
    assert signed_in("asha").get(f"/entries/mine?night={night}").status_code == 404


def test_an_entry_shows_all_it_says(db, record, see, now):
    lamp = register(db, "The Lamp", now, address="14 High Street", ward="Castle")
    entry = record(
        kind=EntryKind.PREMISES_VISIT,
        premises_id=lamp,
        action="advice_given",
        minutes=15,
        counts={"spoken_to": 4, "cash_pence": 6_550, "drugs_grams": 12},
        notes="Line one\nLine two",
        capacity=Capacity.JOINT,
    )
    screen = see(f"/entries/{entry.id}")
    for words in (
        "Premises visit by Asha Reed, CM07, Marlbridge Borough Council.",
        "The Lamp, 14 High Street",
        "Castle",
        "Advice given",
        "15 minutes",
        "People spoken to 4",
        "Cash seized £65.50",
        "Drugs seized 12 g",
        "Line one Line two",
        "Joint visit",
        "Op Emblazen, Saturday 5 December 2020",
        "OFFICIAL",
    ):
        assert words in screen.text, words


def test_what_was_not_recorded_says_so(record, see):
    screen = see(f"/entries/{record().id}")
    assert "Action taken Not recorded" in screen.text
    assert "Time taken Not recorded" in screen.text


def test_no_time_taken_is_not_the_same_as_not_recorded(record, see):
    assert "Time taken 0 minutes" in see(f"/entries/{record(minutes=0).id}").text


def test_it_shows_the_three_times(record, see, now):
    entry = record(
        later=timedelta(minutes=30),
        happened_at=now - timedelta(minutes=20),
        captured_at=now - timedelta(minutes=2),
    )
    text = see(f"/entries/{entry.id}").text
    assert "Happened 21:20 on 5 December 2020" in text
    assert "Recorded on the phone 21:38 on 5 December 2020" in text
    assert "Received 22:10 on 5 December 2020" in text


def test_after_midnight_it_says_which_night(record, see, clock):
    clock.move_on(hours=4)
    entry = record(happened_at=clock.now, captured_at=clock.now, later=timedelta(hours=4))
    text = see(f"/entries/{entry.id}").text
    assert "01:40 on 6 December 2020, night of 5 December 2020" in text


def test_a_notice_shows_its_law_with_act_and_section(record, cast, see):
    detail = NoticeDetail("4471", "pspo", 10_000, "3", "A. Person")
    entry = record(cast.ben, kind=EntryKind.NOTICE, notice=detail)
    text = see(f"/entries/{entry.id}", "ben").text
    assert "Notice 4471" in text
    assert "PSPO breach, Anti-social Behaviour, Crime and Policing Act 2014, s.67 and s.68" in text
    assert "Amount £100" in text
    assert "Prohibition number 3" in text
    assert "How the officer took part My own" in text


def test_a_test_purchase_shows_its_result(record, see):
    purchase = PurchaseDetail("vape", PurchaseResult.REFUSED, "V7", 16, True)
    text = see(f"/entries/{record(kind=EntryKind.TEST_PURCHASE, purchase=purchase).id}").text
    assert "Product Vape" in text
    assert "Result Refused" in text
    assert "Asked for identification Yes" in text


def test_every_version_is_there_the_older_ones_struck_with_who_when_and_why(
    db, cast, signed_in, record, now
):
    entry = record(counts={"spoken_to": 4})
    amend_entry(
        db,
        replace(entry, counts={"spoken_to": 5}),
        reason="counted one too few",
        seen_version=1,
        by=cast.cora.officer_id,
        now=now + timedelta(minutes=10),
    )
    html = signed_in("asha").get(f"/entries/{entry.id}").get_data(as_text=True)
    text = Screen(html).text
    assert "Version 2, as it stands 21:50 on 5 December 2020, Cora Hale." in text
    assert "Reason: counted one too few" in text
    assert "Version 1, struck 21:40 on 5 December 2020, Asha Reed" in text
    assert "<s>4</s>" in html
    assert "<s>5</s>" not in html


def test_a_struck_entry_says_who_struck_it_when_and_why(db, cast, signed_in, record, now):
    entry = record(place="Bus station")
    strike_entry(
        db, entry.id, reason="logged twice", seen_version=1, by=cast.cora.officer_id, now=now
    )
    html = signed_in("asha").get(f"/entries/{entry.id}").get_data(as_text=True)
    text = Screen(html).text
    assert "This entry is struck out and counts nowhere. Cora Hale struck it at 21:40" in text
    assert "Reason: logged twice." in text
    assert "<s>Bus station</s>" in html


def test_the_marking_stands_at_top_and_bottom(record, see):
    entry = record(marking=Marking.OFFICIAL_SENSITIVE)
    assert see(f"/entries/{entry.id}").text.count("Marking: OFFICIAL-SENSITIVE") == 2
    assert see("/entries/mine").text.count("Marking: OFFICIAL-SENSITIVE") == 2


def test_text_is_shown_as_text(record, signed_in):
    entry = record(notes="<script>alert(1)</script>", place="<b>x</b>")
    html = signed_in("asha").get(f"/entries/{entry.id}").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in html
    assert "<b>x</b>" not in html


@pytest.mark.parametrize(
    ("who", "status"), [("asha", 200), ("ben", 403), ("cora", 200), ("ada", 200), ("vic", 403)]
)
def test_officers_see_their_own_and_coordinators_all(record, signed_in, who, status):
    assert signed_in(who).get(f"/entries/{record().id}").status_code == status


def test_who_may_not_open_an_entry_is_told_who_can(record, see):
    assert "A coordinator can open this one." in see(f"/entries/{record().id}", "ben").text


@pytest.mark.parametrize("path", ["{}", "{}/amend"])
def test_an_entry_that_is_not_there_is_not_found(signed_in, path):
    assert signed_in("cora").get("/entries/" + path.format(uuid4())).status_code == 404
