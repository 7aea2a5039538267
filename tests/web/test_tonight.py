"""Tonight: where an officer starts, what they are out with, what they logged last."""

from datetime import timedelta

import pytest

from fieldlog.services.record_entry import record_entry
from fieldlog.services.undo_entry import UNDO_ALLOWED
from fieldlog.store.connection import write_transaction
from tests.services.one_night import in_force, register, said
from tests.web.thumb import Screen


@pytest.fixture
def asha(signed_in):
    return signed_in("asha")


@pytest.fixture
def tonight(asha):
    def look(path="/tonight"):
        return Screen(asha.get(path).get_data(as_text=True))

    return look


@pytest.fixture
def late_turn(db, cast):
    """A second deployment on the same night."""
    with write_transaction(db):
        return db.execute(
            "INSERT INTO deployments (operation_id, night_of, name, starts_at, finishes_at, "
            "created_at) VALUES (?, '2020-12-05', 'Late turn', '2020-12-05T22:00:00Z', "
            "'2020-12-06T05:00:00Z', '2020-11-01T00:00:00Z') RETURNING id",
            [cast.operation],
        ).fetchone()[0]


@pytest.fixture
def nothing_planned(db, cast):
    with write_transaction(db):
        db.execute("DELETE FROM deployments")


def record(db, cast, clock, **more):
    entry = said(cast, **more)
    record_entry(db, entry, by=entry.officer_id, now=clock.now)
    return entry


def test_it_says_which_operation_and_which_night(tonight):
    screen = tonight()
    assert "Op Emblazen · Sat 5 Dec" in screen.text
    assert "Night of Saturday 5 December 2020" in screen.text


def test_everything_that_can_be_logged_is_a_tap_away(tonight):
    links = tonight().links
    assert list(links)[list(links).index("Visit premises") :][:10] == [
        "Visit premises",
        "Spoke to people",
        "Warning",
        "Notice",
        "+1 tally",
        "Patrol note",
        "Arrest",
        "Test purchase",
        "Referral",
        "Other",
    ]


def test_every_button_leads_to_its_form(asha, tonight):
    for words, path in tonight().links.items():
        if path.startswith("/entries/new/"):
            assert asha.get(path).status_code == 200, words


def test_after_midnight_it_is_still_the_same_night(tonight, clock):
    clock.move_on(hours=3, minutes=50)
    assert "Night of Saturday 5 December 2020" in tonight().text


def test_with_nothing_planned_one_logs_anyway(nothing_planned, asha, tonight, db):
    assert "Nothing planned tonight. Log anyway" in tonight().text
    form = Screen(asha.get("/entries/new/encounter").get_data(as_text=True)).form("opened_at")
    answer = asha.post("/entries/new/encounter", data=form.values() | {"count_spoken_to": "3"})
    assert answer.status_code == 303
    row = db.execute("SELECT night_of, deployment_id FROM entries").fetchone()
    assert row == ("2020-12-05", None)


def test_of_several_deployments_it_asks_which_and_remembers(late_turn, asha, tonight):
    screen = tonight()
    assert "Which operation are you with?" in screen.text
    assert screen.form("deployment").offered("deployment") == ["1", str(late_turn), "none"]
    assert asha.post("/tonight/deployment", data={"deployment": late_turn}).status_code == 303
    screen = tonight()
    assert "Which operation" not in screen.text
    assert "Late turn" in screen.text
    form = Screen(asha.get("/entries/new/encounter").get_data(as_text=True)).form("opened_at")
    assert form.values()["deployment"] == str(late_turn)


def test_none_of_them_is_remembered_too_and_can_be_changed(late_turn, asha, tonight):
    asha.post("/tonight/deployment", data={"deployment": "none"})
    screen = tonight()
    assert "No operation. Night of Saturday 5 December 2020" in screen.text
    changing = tonight(screen.links["Change operation"])
    assert "Which operation are you with?" in changing.text


def test_the_first_form_asks_if_tonight_was_not_asked_and_remembers(late_turn, asha, tonight):
    form = Screen(asha.get("/entries/new/encounter").get_data(as_text=True)).form("opened_at")
    assert "deployment" not in form.values()
    asha.post("/entries/new/encounter", data=form.values() | {"deployment": str(late_turn)})
    assert "Which operation" not in tonight().text


def test_a_deployment_that_is_not_tonights_is_refused(asha):
    assert asha.post("/tonight/deployment", data={"deployment": "99"}).status_code == 400


def test_the_last_entries_stand_underneath_with_their_state(db, cast, clock, tonight):
    record(db, cast, clock, place="Bus station", counts={"spoken_to": 12})
    text = tonight().text
    assert "21:40 Bus station" in text
    assert "12 people spoken to" in text
    assert "Sent" in text


def test_only_the_last_few_are_listed_with_a_way_to_the_others(db, cast, clock, tonight):
    for number in range(9):
        record(db, cast, clock, place=f"Corner {number}")
    screen = tonight()
    assert sum(f"Corner {number}" in screen.text for number in range(9)) == 6
    assert screen.links["All your entries of this night"] == "/entries/mine"


def test_nobody_elses_entries_are_there(db, cast, clock, tonight):
    record(db, cast, clock, who=cast.ben, place="Bus station")
    assert "Bus station" not in tonight().text
    assert "Nothing logged tonight yet." in tonight().text


def test_what_was_saved_is_said_calmly_with_an_undo(db, cast, clock, asha, tonight):
    entry = record(db, cast, clock, place="Bus station")
    screen = tonight(f"/tonight?saved={entry.id}")
    assert "Saved 21:40 · Bus station" in screen.text
    undo = next(form for form in screen.forms if form.action.endswith("/undo"))
    assert asha.post(undo.action, data=undo.values()).status_code == 303
    assert in_force(db, entry.id).struck
    assert "Undone" in tonight().text


def test_undo_goes_after_a_while_and_says_what_to_do_instead(db, cast, clock, asha, tonight):
    entry = record(db, cast, clock, place="Bus station")
    clock.move_on(seconds=UNDO_ALLOWED.total_seconds() + 1)
    assert "Saved" not in tonight(f"/tonight?saved={entry.id}").text
    answer = asha.post(f"/entries/{entry.id}/undo", follow_redirects=True)
    assert "too late to undo" in answer.get_data(as_text=True)
    assert not in_force(db, entry.id).struck


@pytest.mark.parametrize("saved", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_an_address_that_names_nothing_saved_says_nothing(tonight, saved):
    assert "Saved" not in tonight(f"/tonight?saved={saved}").text


def test_it_does_not_say_what_somebody_else_saved(db, cast, clock, tonight):
    entry = record(db, cast, clock, who=cast.ben, place="Bus station")
    assert "Bus station" not in tonight(f"/tonight?saved={entry.id}").text


def test_the_coordinator_can_log_and_a_viewer_cannot(signed_in):
    assert signed_in("cora").get("/tonight").status_code == 200
    assert signed_in("vic").get("/tonight").status_code == 403


def test_a_premises_is_called_by_its_name(db, cast, clock, tonight, now):
    lamp = register(db, "The Lamp", now)
    record(db, cast, clock, premises_id=lamp, happened_at=now - timedelta(minutes=5))
    assert "21:35 The Lamp" in tonight().text
