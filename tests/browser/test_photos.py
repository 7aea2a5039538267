"""Photos taken without signal: kept with the half-filled form, saved, and on the server once."""

import io
import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from fieldlog.store.connection import database_path
from tests.browser.conftest import PHONE, OpenWindow, Server, findings, scrolls_sideways
from tests.browser.offline_phone import expect_all_sent, make_ready, send, unsent
from tests.pictures import MAKER, a_photo

PHOTOS_LEFT = """() => new Promise((done) => {
  const opening = indexedDB.open("fieldlog");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("photos").objectStore("photos").count();
    counting.onsuccess = () => {
      opening.result.close();
      done(counting.result);
    };
  };
})"""
"""How many photos the phone still holds bytes of."""


@pytest.fixture
def phone(open_window: OpenWindow) -> Page:
    """Asha's phone, ready for a night without signal."""
    page = open_window(PHONE)
    make_ready(page, "asha")
    page.context.set_offline(True)
    return page


@pytest.fixture
def camera(tmp_path: Path) -> list[Path]:
    """Two photos as a camera makes them: large, with its name and place in them."""
    paths = [tmp_path / "IMG_1.jpg", tmp_path / "IMG_2.jpg"]
    for path, colour in zip(paths, ("teal", "navy"), strict=True):
        path.write_bytes(a_photo(2400, 1800, colour))
        assert MAKER in path.read_bytes()
    return paths


def choose(page: Page, label: str, files: Path | list[Path]) -> None:
    """Choose files as a person can: once the field is there to be seen."""
    expect(page.get_by_label(label)).to_be_visible()
    page.get_by_label(label).set_input_files(files)


def small(page: Page, count: int) -> None:
    """Wait until the form shows as many photos, which then are on the phone."""
    expect(page.locator(".photos__one img")).to_have_count(count)
    expect(page.locator(".photos__one img").last).to_have_js_property("complete", True)


def kept_by(server: Server, notes: str) -> list[tuple[int, str, str, bytes]]:
    """Position and the two hashes of each photo of the entry with those notes, and the picture."""
    db = sqlite3.connect(f"file:{database_path(server.instance)}?mode=ro", uri=True)
    found = db.execute(
        "SELECT position, sent_sha256, sha256, jpeg FROM photos "
        "JOIN photo_pictures ON photo_id = photos.id "
        "JOIN entries_in_force ON entries_in_force.id = entry_id WHERE notes = ? ORDER BY position",
        [notes],
    ).fetchall()
    db.close()
    return found


def test_photos_of_a_cellar_outlive_the_tab_and_arrive_once(
    phone: Page, server: Server, camera: list[Path]
):
    phone.goto("/entries/new/patrol-note")
    choose(phone, "Take a photo", camera[0])
    small(phone, 1)
    choose(phone, "Choose photos", camera)
    small(phone, 3)
    phone.get_by_role("button", name="Remove photo 2").click()
    small(phone, 2)
    phone.get_by_label("Notes").fill("photos of a cellar")
    phone.wait_for_selector("html[data-draft-kept]")
    assert findings(phone) == []
    assert not scrolls_sideways(phone)

    phone.goto("/tonight")
    phone.get_by_role("link", name="Carry on").click()
    small(phone, 2)
    expect(phone.get_by_alt_text(re.compile("Photo 2 of 2, taken"))).to_be_visible()
    expect(phone.get_by_label("Notes")).to_have_value("photos of a cellar")
    phone.get_by_role("button", name="Save").dblclick()
    expect(phone.locator("[data-phone=saved]")).to_contain_text("Saved on this phone")
    first = phone.locator("[data-phone=feed] li").first
    expect(first).to_contain_text("2 photos to send")
    expect(unsent(phone)).to_contain_text("1")
    phone.goto("/phone")
    expect(phone.locator("[data-phone=photos]")).to_contain_text("2 photos are among what waits")

    phone.context.set_offline(False)
    phone.goto("/tonight")
    send(phone)
    expect_all_sent(phone)
    expect(phone.locator("[data-phone=feed] li").first).not_to_contain_text("to send")
    assert phone.evaluate(PHOTOS_LEFT) == 0
    kept = kept_by(server, "photos of a cellar")
    assert [position for position, *_ in kept] == [1, 2]
    for _, sent_hash, kept_hash, jpeg in kept:
        image = Image.open(io.BytesIO(jpeg))
        assert image.size == (1600, 1200)
        assert not image.getexif()
        assert MAKER not in jpeg
        assert kept_hash == sha256(jpeg).hexdigest() != sent_hash
    teal, navy = (Image.open(io.BytesIO(jpeg)).getpixel((1500, 600)) for *_, jpeg in kept)
    assert teal == pytest.approx((0, 128, 128), abs=8)
    assert navy == pytest.approx((0, 0, 128), abs=8)
    assert server.command("check")

    phone.goto("/entries/mine")
    phone.get_by_role("link", name="Patrol note").first.click()
    phone.get_by_role("link", name="and the photos").click()
    opening = phone.get_by_role("link", name=re.compile("Photo 2 of 2, taken"))
    expect(opening.locator("img")).to_have_js_property("naturalWidth", 240)
    assert findings(phone) == []
    assert not scrolls_sideways(phone)


def test_a_full_phone_saves_the_entry_without_its_photos(
    phone: Page, server: Server, camera: list[Path]
):
    phone.goto("/entries/new/patrol-note")
    choose(phone, "Take a photo", camera[0])
    small(phone, 1)
    phone.get_by_label("Notes").fill("photos that do not fit")
    phone.wait_for_selector("html[data-draft-kept]")
    # From here on there is no room for anything as large as a photo.
    phone.evaluate(
        """() => {
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (value, ...key) {
            if (value instanceof ArrayBuffer) throw new DOMException("full", "QuotaExceededError");
            return put.call(this, value, ...key);
          };
        }"""
    )
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator("[data-phone=problems]")).to_contain_text("no room left")
    phone.get_by_role("button", name="Save without the photos").click()
    expect(phone.locator("[data-phone=saved]")).to_contain_text("Saved on this phone")
    phone.context.set_offline(False)
    send(phone)
    expect_all_sent(phone)
    assert kept_by(server, "photos that do not fit") == []


def test_a_file_that_is_no_picture_is_said_and_keeps_nothing_up(phone: Page, tmp_path: Path):
    odd = tmp_path / "notes.jpg"
    odd.write_bytes(b"not a picture")
    phone.goto("/entries/new/patrol-note")
    choose(phone, "Choose photos", odd)
    said = phone.locator("[data-phone=photos] [role=status]")
    expect(said).to_have_text("notes.jpg is not a photo that this phone can open.")
