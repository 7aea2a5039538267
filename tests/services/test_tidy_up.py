"""What work apart and unfinished imports leave behind is dropped after a day, unless it is held."""

import os
from io import BytesIO

import pytest

from fieldlog.core.mail import MailSettings
from fieldlog.services import work_apart
from fieldlog.services.hold_record import place_hold
from fieldlog.services.run_import import start
from fieldlog.services.take_register_in import file_of, take_in
from fieldlog.services.tidy_up import tidy_up
from fieldlog.services.work_apart import Task, start_work
from fieldlog.store import register_imports
from fieldlog.store.connection import write_transaction
from fieldlog.store.register_imports import CHECKED, CHECKING, GIVEN_UP, ImportedRow

REGISTER = b"name,address,uprn\nThe Lamp,1 Quay Street,100090000001\n"
A_DAY_ON = {"hours": 24, "seconds": 1}


@pytest.fixture
def uploaded(db, cast, instance, clock):
    """A register that was uploaded and checked, and is not imported."""
    number = take_in(
        db, instance, BytesIO(REGISTER), "register.csv", by=cast.cora.officer_id, now=clock.now
    )
    with write_transaction(db):
        register_imports.add_rows(db, number, [ImportedRow(2, "new", "", "The Lamp", None)])
        register_imports.move(db, number, CHECKED)
    return number


@pytest.fixture
def tidy(db, instance, clock):
    def tidied():
        tidy_up(db, MailSettings(), instance, clock=clock)

    return tidied


def rows(db):
    return db.execute("SELECT count(*) FROM register_import_rows").fetchone()[0]


def test_a_register_that_nobody_imports_within_a_day_is_given_up(
    db, instance, uploaded, tidy, clock
):
    clock.move_on(hours=24)
    tidy()
    assert (file_of(instance, uploaded).exists(), rows(db)) == (True, 1)
    clock.move_on(seconds=1)
    tidy()
    assert (file_of(instance, uploaded).exists(), rows(db)) == (False, 0)
    assert register_imports.get(db, uploaded).state == GIVEN_UP
    (told,) = db.execute("SELECT officer_id, about FROM audit WHERE act = 'import given up'")
    assert tuple(told) == (None, "register.csv")


def test_one_that_is_held_stays(db, cast, instance, uploaded, tidy, clock):
    by = cast.cora.officer_id
    place_hold(db, "import", str(uploaded), "asked for", by=by, now=clock.now)
    clock.move_on(**A_DAY_ON)
    tidy()
    assert (file_of(instance, uploaded).exists(), rows(db)) == (True, 1)


def test_one_that_is_being_checked_stays(db, cast, instance, uploaded, tidy, clock, monkeypatch):
    clock.move_on(**A_DAY_ON)
    monkeypatch.setattr(work_apart, "launch", lambda *_: NeverDone())
    found = register_imports.get(db, uploaded)
    start(db, instance, found, CHECKING, by=cast.cora.officer_id, now=clock.now)
    tidy()
    assert file_of(instance, uploaded).exists()


class NeverDone:
    def wait(self):
        return 0


@pytest.mark.parametrize("name", ["7", "1.new"])
def test_a_file_of_an_upload_that_was_interrupted_goes(instance, uploaded, tidy, clock, name):
    left = file_of(instance, uploaded).with_name(name)
    left.write_bytes(REGISTER)
    at = clock.now.timestamp()
    os.utime(left, (at, at))
    tidy()
    assert left.exists()
    clock.move_on(**A_DAY_ON)
    tidy()
    assert not left.exists()


def test_what_work_was_told_and_made_goes_also_where_nothing_more_is_started(
    cast, instance, tidy, clock, monkeypatch
):
    monkeypatch.setattr(work_apart, "launch", lambda *_: NeverDone())
    by = cast.cora.officer_id
    key = start_work(instance, Task("no.module", "A mail", {}), by=by, now=clock.now)
    never_started = instance / "work" / f"{key}.new"
    never_started.mkdir()
    at = clock.now.timestamp()
    os.utime(never_started, (at, at))
    tidy()
    assert len(list((instance / "work").iterdir())) == 2
    clock.move_on(**A_DAY_ON)
    tidy()
    assert list((instance / "work").iterdir()) == []


@pytest.mark.parametrize("left", ["scratch/x7", "outbox/.fieldlog-x7"])
def test_a_file_on_its_way_that_a_killed_process_left_goes(instance, tidy, clock, left):
    folder = instance / left
    folder.mkdir(parents=True)
    (folder / "issue.xlsx").write_bytes(b"PK")
    draft = instance / "outbox" / "00001 Op Emblazen.eml"
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("To: committee@marlbridge.gov.uk")
    at = clock.now.timestamp()
    for path in (folder, draft):
        os.utime(path, (at, at))
    tidy()
    assert folder.exists()
    clock.move_on(**A_DAY_ON)
    tidy()
    assert not folder.exists()
    assert draft.exists()


def test_it_ends_between_two_imports_where_it_is_told_to(db, cast, instance, uploaded, clock):
    clock.move_on(**A_DAY_ON)
    tidy_up(db, MailSettings(), instance, clock=clock, stop=lambda: True)
    assert register_imports.get(db, uploaded).state == CHECKED
