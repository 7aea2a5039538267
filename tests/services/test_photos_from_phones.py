"""A photo that a phone sends is kept once, with its entry, or set aside: none is lost."""

import hashlib

import pytest

from fieldlog.core.strict_json import read_json
from fieldlog.services.accept_sync import accept_sync
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.decide_set_aside import accept_record, refuse_record
from fieldlog.services.delivery import Delivery, Sender
from fieldlog.services.open_photo import open_photo
from fieldlog.services.open_sealed import sealing_key
from fieldlog.store.arrivals import arrivals_of
from fieldlog.store.connection import IntegrityError
from fieldlog.store.photos import jpeg_of, photos_of
from fieldlog.web.api.record_fields import RecordFields
from tests.phones import an_id, sealed, strike, visit
from tests.pictures import MAKER, TAKEN_AT, a_photo, photo_record


@pytest.fixture
def key(instance):
    return sealing_key(instance)


@pytest.fixture
def send(app, db, cast, now, key):
    """``send(record, …)`` delivers under Asha's name and returns the states."""

    def sent(*records, by=cast.asha):
        delivery = Delivery(records, sent_at=now, received_at=now)
        with app.app_context():
            answers = accept_sync(db, delivery, Sender(by), forms=RecordFields(), key=key)
        return [answer.state.value for answer in answers]

    return sent


@pytest.fixture
def entry(cast):
    return visit(cast.asha.officer_id)


@pytest.fixture
def decide(app, db, cast, now, key):
    """``decide()`` accepts the record that was set aside first."""

    def accepted(number=1):
        with app.app_context():
            return accept_record(
                db,
                number,
                reason="Looked at it",
                by=cast.cora.officer_id,
                now=now,
                forms=RecordFields(),
                key=key,
            )

    return accepted


def reasons(db):
    return [row[0] for row in db.execute("SELECT reason FROM set_aside ORDER BY id")]


def test_it_keeps_the_picture_with_all_that_is_known_of_it(db, cast, now, send, entry):
    content = a_photo()
    assert send(entry, photo_record(entry, 2, content)) == ["stored", "stored"]
    (photo,) = photos_of(db, entry["id"])
    kept = jpeg_of(db, photo.id, small=False)
    assert MAKER in content
    assert MAKER not in kept
    assert photo.sent_sha256 == hashlib.sha256(content).hexdigest()
    assert photo.sha256 == hashlib.sha256(kept).hexdigest()
    assert (photo.position, photo.width, photo.height, photo.bytes) == (2, 64, 48, len(kept))
    assert f"{photo.captured_at:%Y-%m-%dT%H:%M:%SZ}" == TAKEN_AT
    assert (photo.received_at, photo.officer_id) == (now, cast.asha.officer_id)


def test_a_sealed_photo_travels_as_it_is(db, send, key, entry):
    photo = photo_record(entry)
    closed = sealed(photo, key.public)
    assert len(closed["sealed"]["ct"]) < 1.4 * len(a_photo()) + 600
    assert send(sealed(entry, key.public), closed) == ["stored", "stored"]
    assert send(photo, closed) == ["already-stored", "already-stored"]
    assert len(photos_of(db, entry["id"])) == 1


def test_it_waits_for_its_entry(db, send, entry):
    photo = photo_record(entry)
    assert send(photo) == ["waiting"]
    assert send(photo, entry) == ["stored", "stored"]


def test_another_photo_under_the_same_id_is_set_aside_and_both_can_be_kept(db, send, entry, decide):
    photo = photo_record(entry)
    other = photo_record(entry, content=a_photo(colour="navy"), id=photo["id"])
    assert send(entry, photo, other) == ["stored", "stored", "conflict"]
    decide()
    kept = {one.sha256 for one in photos_of(db, entry["id"])}
    assert kept == {open_photo(a_photo(colour=one)).sha256 for one in ("teal", "navy")}


def test_a_damaged_photo_is_set_aside_not_lost(db, send, entry):
    whole = photo_record(entry)
    cut = whole | {"id": an_id(), "bytes": whole["bytes"][:400]}
    no_picture = photo_record(entry, content=b"GIF89a and more")
    assert send(entry, cut, no_picture) == ["stored", "set-aside", "set-aside"]
    assert reasons(db) == ["refused", "refused"]
    bodies = [read_json(row[0].encode()) for row in db.execute("SELECT body FROM set_aside")]
    assert [one["bytes"] for one in bodies] == [cut["bytes"], no_picture["bytes"]]


def test_a_fifth_photo_is_set_aside(db, send, entry):
    photos = [photo_record(entry, 1 + n % 4) for n in range(5)]
    assert send(entry, *photos) == ["stored"] * 5 + ["set-aside"]


def test_a_photo_of_another_officers_entry_is_set_aside(db, cast, send, entry):
    assert send(entry) == ["stored"]
    theirs = photo_record(entry, officer_id=cast.ben.officer_id)
    assert send(theirs, by=cast.ben) == ["set-aside"]
    assert photos_of(db, entry["id"]) == []


def test_photos_of_an_entry_that_is_struck_stay_and_still_arrive(db, send, entry):
    first, late = photo_record(entry), photo_record(entry, 2)
    assert send(entry, first, strike(entry), late) == ["stored"] * 4
    assert len(photos_of(db, entry["id"])) == 2


def test_the_photo_of_an_entry_that_was_set_aside_follows_it(db, cast, send, entry, decide):
    photo = photo_record(entry)
    assert send(entry, by=cast.ben) == ["set-aside"]
    assert send(photo) == ["set-aside"]
    assert reasons(db) == ["other-officer", "entry-set-aside"]
    decide(1)
    landed = decide(2)
    assert str(landed.entry_id) == entry["id"]
    assert len(photos_of(db, entry["id"])) == 1


def test_the_photo_of_a_refused_entry_does_not_wait_on_the_phone_for_ever(
    db, cast, now, send, entry
):
    assert send(entry, by=cast.ben) == ["set-aside"]
    refuse_record(db, 1, reason="A test", by=cast.cora.officer_id, now=now)
    assert send(photo_record(entry)) == ["set-aside"]


def test_accepting_a_photo_changes_nothing_of_its_entry(db, cast, send, entry, decide):
    assert send(entry) == ["stored"]
    assert send(photo_record(entry), by=cast.ben) == ["set-aside"]
    decide()
    versions = db.execute("SELECT version, struck FROM entries").fetchall()
    assert versions == [(1, 0)]
    assert [one.officer_id for one in photos_of(db, entry["id"])] == [cast.asha.officer_id]


def test_photos_say_nothing_twice_about_how_their_entry_arrived(db, send, entry):
    assert send(entry, photo_record(entry)) == ["stored", "stored"]
    assert [str(one.record_id) for one in arrivals_of(db, entry["id"])] == [entry["id"]]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE photos SET position = 3",
        "UPDATE photo_pictures SET jpeg = small",
        "DELETE FROM photos",
        "DELETE FROM photo_pictures",
    ],
)
def test_what_was_kept_cannot_be_changed(db, send, entry, change):
    send(entry, photo_record(entry))
    with pytest.raises(IntegrityError, match="append-only"):
        db.execute(change)


def test_the_check_sees_a_picture_that_is_not_what_arrived(db, send, entry):
    send(entry, photo_record(entry))
    assert [one for one in check_integrity(db) if one.problems] == []
    db.execute("DROP TRIGGER photo_pictures_refuse_update")
    db.execute("UPDATE photo_pictures SET jpeg = CAST(small || jpeg AS BLOB)")
    found = {one.what: one.problems for one in check_integrity(db) if one.problems}
    (photo,) = photos_of(db, entry["id"])
    assert found["Every photo is what arrived"] == (f"Photo {photo.id} is not what arrived.",)
