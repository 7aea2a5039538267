"""Log something new: few taps, nothing lost, stored once however often it is sent."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.core.words import Capacity, EntryKind, FourE, Marking
from fieldlog.services.record_entry import record_entry
from tests.services.one_night import counts, in_force, register, said
from tests.web.thumb import Thumb

EVERY_KIND = [kind.value.replace("_", "-") for kind in EntryKind]


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, address="14 High Street", ward="Castle")


@pytest.fixture
def thumb(signed_in):
    return Thumb(signed_in("asha"))


@pytest.fixture
def bens_thumb(signed_in):
    return Thumb(signed_in("ben"))


@pytest.fixture
def stored(db):
    """The one entry of the database, as the version in force has it."""

    def one():
        (entry_id,) = {row[0] for row in db.execute("SELECT id FROM entries")}
        return in_force(db, entry_id)

    return one


def test_a_common_visit_takes_five_taps_from_tonight_to_saved(thumb, lamp, stored, cast, now):
    thumb.open("/tonight")
    thumb.tap_link("Visit premises")
    thumb.choose_premises("lam")
    after_choosing = thumb.taps
    thumb.tap("action", "advice_given")
    thumb.tap("minutes", "15")
    answer = thumb.save()
    assert (thumb.taps, thumb.taps - after_choosing) == (5, 3)
    entry = stored()
    assert answer.location == f"/tonight?saved={entry.id}"
    assert (entry.premises_id, entry.action, entry.minutes) == (lamp, "advice_given", 15)
    assert (entry.officer_id, entry.deployment_id) == (cast.asha.officer_id, cast.deployment)
    assert (entry.happened_at, entry.night_of, entry.ward_id) == (now, cast.night, 1)


def test_with_people_spoken_to_and_warned_it_is_five_after_choosing(thumb, lamp, stored):
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.taps = 0
    thumb.tap("action", "advice_given")
    thumb.tap("minutes", "30")
    thumb.tap_plus("count_spoken_to")
    thumb.tap_plus("count_warned")
    thumb.save()
    assert thumb.taps == 5
    assert dict(stored().counts) == {"spoken_to": 1, "warned": 1}


def test_nothing_is_chosen_beforehand_that_an_officer_says(thumb):
    thumb.open("/entries/new/premises-visit")
    assert {"action", "minutes", "four_e", "law"}.isdisjoint(thumb.said)
    assert thumb.said["count_spoken_to"] == ""


def test_a_visit_says_only_what_was_said(thumb, lamp, stored):
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.save()
    entry = stored()
    assert (entry.action, entry.minutes, entry.four_e) == (None, None, None)
    assert (dict(entry.counts), entry.notes, entry.marking) == ({}, "", Marking.OFFICIAL)


def test_actions_come_in_the_order_of_the_list_and_only_those_of_the_night(thumb, db):
    db.execute("UPDATE actions SET valid_to = '2020-01-01' WHERE code = 'email'")
    thumb.open("/entries/new/premises-visit")
    assert thumb.form.offered("action") == [
        "advice_given",
        "no_further_action",
        "visit",
        "phone_call",
        "letter",
        "formal_action",
        "not recorded",
    ]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("20", 20), ("1.25 hrs", 75), ("2 hours", 120), ("15 Mins", 15), ("0", 0)],
)
def test_another_time_is_typed_as_officers_type_it(thumb, lamp, stored, typed, minutes):
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.tap("minutes", "other")
    thumb.type(minutes_other=typed)
    thumb.save()
    assert stored().minutes == minutes


def test_a_time_that_was_typed_and_then_tapped_is_the_one_tapped(thumb, stored):
    thumb.open("/entries/new/encounter")
    thumb.type(minutes_other="20")
    thumb.tap("minutes", "30")
    thumb.save()
    assert stored().minutes == 30


def test_not_recorded_is_nothing_and_not_nought(thumb, stored):
    thumb.open("/entries/new/encounter")
    thumb.tap("minutes", "not recorded")
    thumb.save()
    assert stored().minutes is None


def test_a_warning_asks_for_the_warned_first(thumb):
    thumb.open("/entries/new/encounter?first=warned")
    assert "Warning" in thumb.screen.text
    order = [c.name for c in thumb.form.controls if c.name in {"count_warned", "count_spoken_to"}]
    assert order == ["count_warned", "count_spoken_to"]


def test_everything_a_form_asks_is_stored(thumb, stored):
    thumb.open("/entries/new/other")
    thumb.tap("action", "letter")
    thumb.tap("four_e", "explain")
    thumb.tap("capacity", "joint")
    thumb.tap("marking", "official_sensitive")
    thumb.type(
        particulars=" Road closed ",
        place=" Quay ",
        notes=" kept \n as it is ",
        count_masks="20",
        count_cash_pence="65.50",
        count_drugs_grams="12",
        count_warned="0",
        count_spoken_to="1,200",
    )
    thumb.save()
    entry = stored()
    assert (entry.kind, entry.particulars, entry.place) == (EntryKind.OTHER, "Road closed", "Quay")
    assert (entry.action, entry.four_e) == ("letter", FourE.EXPLAIN)
    assert (entry.capacity, entry.marking) == (Capacity.JOINT, Marking.OFFICIAL_SENSITIVE)
    assert entry.notes == " kept \n as it is "
    assert dict(entry.counts) == {
        "masks": 20,
        "cash_pence": 6_550,
        "drugs_grams": 12,
        "warned": 0,
        "spoken_to": 1_200,
    }


def test_a_notice_is_stored_with_its_particulars_and_counts_once(bens_thumb, db, stored):
    bens_thumb.open("/entries/new/notice")
    bens_thumb.tap("law", "pspo")
    bens_thumb.type(number=" FPN 4471 ", amount="£65.50", prohibition="3", recipient="A. Person")
    answer = bens_thumb.save()
    assert answer.status_code == 303
    notice = stored().notice
    assert vars(notice) == {
        "number": "FPN 4471",
        "law": "pspo",
        "amount_pence": 6_550,
        "prohibition": "3",
        "recipient": "A. Person",
    }
    assert counts(db) == {"fpn": 1}


def test_another_notice_like_the_last_has_its_law_and_amount_filled_in(bens_thumb):
    bens_thumb.open("/entries/new/notice?law=disorder")
    assert (bens_thumb.said["law"], bens_thumb.said["amount"]) == ("disorder", "90")


def test_a_notice_form_says_the_act_and_section_and_the_usual_amount(bens_thumb):
    screen = bens_thumb.open("/entries/new/notice")
    assert "Anti-social Behaviour, Crime and Policing Act 2014, s.67 and s.68" in screen.text
    assert "Usually £100, at most £500" in screen.text
    assert "covid_business" in bens_thumb.form.offered("law")


def test_an_amount_above_the_highest_is_saved_and_mentioned(bens_thumb, stored):
    bens_thumb.open("/entries/new/notice")
    bens_thumb.tap("law", "pspo")
    bens_thumb.type(number="1", amount="10,000")
    answer = bens_thumb.save()
    assert stored().notice.amount_pence == 1_000_000
    page = bens_thumb.open(answer.location)
    assert "£10,000 is above the highest amount for PSPO breach, £100." in page.text


def test_a_marshal_is_not_offered_a_notice_as_their_own(thumb, stored, db):
    thumb.open("/entries/new/notice")
    assert thumb.form.offered("capacity") == ["witnessed", "referred", "joint"]
    thumb.tap("law", "pspo")
    assert thumb.save().status_code == 422
    assert "no power to issue a notice" in thumb.screen.text
    thumb.tap("capacity", "witnessed")
    assert thumb.save().status_code == 303
    assert counts(db) == {}


def test_a_test_purchase_says_what_was_sold(thumb, stored):
    thumb.open("/entries/new/test-purchase")
    thumb.tap("product", "vape")
    thumb.tap("result", "sold")
    thumb.tap("id_asked", "no")
    thumb.type(volunteer_age="16", volunteer_reference="V7", seller="tall", exhibit="EX/1")
    thumb.save()
    purchase = stored().purchase
    assert (purchase.product, purchase.result.value, purchase.id_asked) == ("vape", "sold", False)
    assert (purchase.volunteer_age, purchase.volunteer_reference) == (16, "V7")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_has_a_form_that_comes_back_when_it_is_empty_or_is_stored(thumb, kind, db):
    thumb.open(f"/entries/new/{kind}")
    answer = thumb.save()
    if answer.status_code == 303:
        assert db.execute("SELECT kind FROM entries").fetchone()[0].replace("_", "-") == kind
    else:
        assert answer.status_code == 422
        assert "There is a problem" in thumb.screen.text


def test_a_kind_that_is_none_is_not_found(thumb):
    assert thumb.browser.get("/entries/new/dance").status_code == 404


@pytest.mark.parametrize(
    ("opened", "on", "at", "happened"),
    [
        ("2020-12-05T21:40", "", "", "2020-12-05T21:40"),
        ("2020-12-05T21:40", "2020-12-05", "20:05", "2020-12-05T20:05"),
        ("2020-12-05T21:40", "05/12/2020", "2005", "2020-12-05T20:05"),
        ("2020-12-06T00:10", "", "23:50", "2020-12-05T23:50"),
        ("2020-12-06T00:10", "", "00:05", "2020-12-06T00:05"),
        ("2020-06-06T00:10", "", "00:05", "2020-06-05T23:05"),
        ("2020-10-25T00:20", "", "01:15", "2020-10-25T00:15"),
        ("2020-10-25T01:20", "", "01:15", "2020-10-25T01:15"),
    ],
)
def test_when_it_happened_is_the_opening_of_the_form_or_what_uk_clocks_showed(
    thumb, clock, stored, opened, on, at, happened
):
    clock.now = datetime.fromisoformat(opened).replace(tzinfo=UTC)
    if opened.startswith("2020-06"):
        clock.now -= timedelta(hours=1)
    thumb.open("/sign-in", "username")
    thumb.browser.post("/sign-in", data={"username": "asha", "password": "lantern-bridge-42"})
    thumb.open("/entries/new/encounter")
    thumb.type(happened_on=on, happened_time=at)
    clock.move_on(minutes=3)
    assert thumb.save().status_code == 303
    assert stored().happened_at == datetime.fromisoformat(happened).replace(tzinfo=UTC)


def test_two_crews_at_one_premises_are_told_of_each_other(thumb, db, cast, lamp, now):
    visit = said(
        cast,
        cast.ben,
        kind=EntryKind.PREMISES_VISIT,
        premises_id=lamp,
        happened_at=now - timedelta(minutes=85),
    )
    record_entry(db, visit, by=1, now=now)
    thumb.open("/entries/new/premises-visit")
    assert thumb.choose_premises("lam")["note"] == "Ben Cole was here at 20:15"
    thumb.type(count_spoken_to="x")
    thumb.save()
    assert "Ben Cole was here at 20:15" in thumb.screen.text
    thumb.said |= {"premises_id": "", "count_spoken_to": ""}
    page = thumb.open(thumb.save().location)
    assert "Ben Cole visited The Lamp at 20:15 on the same night." in page.text


def test_a_name_typed_over_the_chosen_premises_is_what_is_meant(thumb, db, lamp, stored):
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.type(place="The Lantern")
    thumb.save()
    assert stored().premises_id != lamp
    assert db.execute("SELECT name FROM premises WHERE registered = 0").fetchall() == [
        ("The Lantern",)
    ]
