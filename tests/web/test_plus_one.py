"""The tally: one tap, one entry, and the last one can be taken back."""

from datetime import UTC, datetime

import pytest

from fieldlog.services.record_entry import record_entry
from fieldlog.services.undo_entry import UNDO_ALLOWED
from fieldlog.store.connection import StorageFull
from tests.services.one_night import counts, said
from tests.web.thumb import Screen


@pytest.fixture
def asha(signed_in):
    return signed_in("asha")


@pytest.fixture
def tiles(asha):
    """Measure → what its tile sends, from a page that was just loaded."""

    def look():
        screen = Screen(asha.get("/plus-one").get_data(as_text=True))
        values = [value for form in screen.forms for value in form.offered("tap")]
        return {value.split()[0]: value for value in values}

    return look


@pytest.fixture
def tap(asha):
    def one(tile, **how):
        return asha.post("/plus-one", data={"tap": tile}, **how)

    return one


@pytest.fixture
def undo_of(tap):
    """Tap a tile and return the form that takes it back."""

    def form(tile):
        screen = Screen(tap(tile, follow_redirects=True).get_data(as_text=True))
        return next(form for form in screen.forms if form.action.endswith("/undo"))

    return form


def test_the_tiles_come_from_the_catalogue_and_leave_out_what_entries_count(tiles):
    measures = list(tiles())
    assert measures[:4] == ["spoken_to", "warned", "masks", "moved_on"]
    assert {"fpn", "arrests"}.isdisjoint(measures)


def test_a_tap_counts_its_step(tiles, tap, db):
    tap(tiles()["masks"])
    tap(tiles()["spoken_to"])
    assert counts(db) == {"masks": 10, "spoken_to": 1}


def test_a_tap_after_six_belongs_to_the_deployment_that_still_goes_on(tiles, tap, db, cast, clock):
    db.execute("UPDATE deployments SET finishes_at = '2020-12-06T09:00:00Z'")
    db.conn.commit()
    clock.now = datetime(2020, 12, 6, 6, 30, tzinfo=UTC)
    tap(tiles()["spoken_to"])
    clock.now = datetime(2020, 12, 6, 9, 30, tzinfo=UTC)
    tap(tiles()["spoken_to"])
    found = db.execute("SELECT night_of, deployment_id FROM entries ORDER BY version_id").fetchall()
    assert found == [("2020-12-05", cast.deployment), ("2020-12-06", None)]


def test_the_tiles_show_what_i_have_counted_tonight(tiles, tap, asha, db, cast, now):
    record_entry(db, said(cast, counts={"spoken_to": 41}), by=1, now=now)
    record_entry(db, said(cast, cast.ben, counts={"spoken_to": 100}), by=1, now=now)
    answer = tap(tiles()["spoken_to"], follow_redirects=True)
    text = Screen(answer.get_data(as_text=True)).text
    assert "People spoken to 42 +1" in text
    assert "Last: 1 person spoken to, 21:40" in text


def test_the_same_tap_sent_again_counts_once_and_says_so(tiles, tap, db):
    tile = tiles()["spoken_to"]
    tap(tile)
    answer = tap(tile, follow_redirects=True)
    assert counts(db) == {"spoken_to": 1}
    assert "arrived as one and were counted once" in answer.get_data(as_text=True)


def test_every_page_has_tiles_of_its_own_so_that_the_next_tap_counts(tiles, tap, db):
    for _ in range(3):
        tap(tiles()["spoken_to"])
    assert counts(db) == {"spoken_to": 3}


def test_two_tiles_of_one_page_count_both(tiles, tap, db):
    page = tiles()
    tap(page["spoken_to"])
    tap(page["warned"])
    assert counts(db) == {"spoken_to": 1, "warned": 1}


def test_undo_takes_the_last_tap_back(undo_of, tiles, asha, db):
    undo = undo_of(tiles()["spoken_to"])
    answer = asha.post(undo.action, data=undo.values(), follow_redirects=True)
    assert counts(db) == {}
    assert "Undone." in answer.get_data(as_text=True)


def test_undo_comes_too_late_with_words_and_changes_nothing(undo_of, tiles, asha, clock, db):
    undo = undo_of(tiles()["spoken_to"])
    clock.move_on(seconds=UNDO_ALLOWED.total_seconds() + 1)
    answer = asha.post(undo.action)
    assert answer.status_code == 409
    assert "too late to undo" in answer.get_data(as_text=True)
    assert counts(db) == {"spoken_to": 1}


def test_nobody_undoes_another_officers_tap(undo_of, tiles, signed_in, db):
    undo = undo_of(tiles()["spoken_to"])
    assert signed_in("ben").post(undo.action).status_code == 409
    assert counts(db) == {"spoken_to": 1}


@pytest.mark.parametrize("tile", ["", "spoken_to", "spoken_to x", "fpn {}", "smiles {}"])
def test_what_is_no_tile_is_refused(tap, db, tile):
    assert tap(tile.format("00000000-0000-4000-8000-000000000001")).status_code == 400
    assert counts(db) == {}


def test_an_id_that_another_tap_has_counts_nothing_and_says_so(tiles, tap, db):
    tile = tiles()["spoken_to"]
    tap(tile)
    answer = tap(tile.replace("spoken_to", "warned"))
    assert answer.status_code == 409
    assert "Tap again" in answer.get_data(as_text=True)
    assert counts(db) == {"spoken_to": 1}


def test_a_full_disk_counts_nothing_and_says_so(tiles, tap, db, monkeypatch):
    def cannot(*args, **kwargs):
        raise StorageFull("The disk is full.")

    tile = tiles()["spoken_to"]
    monkeypatch.setattr("fieldlog.web.plus_one.count_one_more", cannot)
    answer = tap(tile)
    assert answer.status_code == 507
    assert "The disk is full." in answer.get_data(as_text=True)
    monkeypatch.undo()
    tap(tile)
    assert counts(db) == {"spoken_to": 1}


def test_a_tap_without_our_token_counts_nothing(tiles, asha, db):
    answer = asha.post("/plus-one", data={"tap": tiles()["warned"]}, csrf=False)
    assert answer.status_code == 400
    assert counts(db) == {}


def test_a_viewer_counts_nothing(signed_in):
    assert signed_in("vic").get("/plus-one").status_code == 403
