"""A patrol on a phone without signal, and a night that is closed while a phone is outstanding."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LAPTOP, PHONE, findings, scrolls_sideways, sign_in
from tests.browser.offline_phone import (
    Stoppable,
    expect_all_sent,
    log_note,
    make_ready,
    send,
    stored,
    unsent,
)


@pytest.fixture(scope="module")
def stoppable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    one = Stoppable(tmp_path_factory.mktemp("patrols"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def pages(chromium: Browser, stoppable: Stoppable) -> Iterator[dict[str, Page]]:
    """Asha's phone, ready to work alone, and Cora's laptop."""
    contexts = {
        name: chromium.new_context(
            base_url=stoppable.server.address,
            viewport=size,
            locale="en-GB",
            timezone_id="Europe/London",
            service_workers=workers,
        )
        for name, size, workers in (("phone", PHONE, "allow"), ("laptop", LAPTOP, "block"))
    }
    pages = {name: context.new_page() for name, context in contexts.items()}
    make_ready(pages["phone"], "asha")
    sign_in(pages["laptop"], "cora")
    yield pages
    for context in contexts.values():
        context.close()


def strip(phone: Page):
    return phone.get_by_role("region", name="Patrol")


def button(phone: Page, name: str):
    return strip(phone).get_by_role("button", name=name)


def hold(phone: Page) -> None:
    """Hold the button until the patrol is finished, as a thumb does."""
    button(phone, "Hold to finish").hover()
    phone.mouse.down()
    expect(strip(phone)).to_contain_text("finished")
    phone.mouse.up()


def test_a_patrol_without_signal_has_the_same_hours_everywhere(
    pages: dict[str, Page], stoppable: Stoppable
):
    phone, laptop = pages["phone"], pages["laptop"]
    phone.context.set_offline(True)
    phone.goto("/tonight")
    strip(phone).get_by_text("Start a patrol").click()
    strip(phone).get_by_label("Others, how many").fill("1")
    strip(phone).get_by_label("Hotspot").select_option(label="Quayside walk")
    button(phone, "On foot").click()
    expect(strip(phone)).to_contain_text(re.compile(r"Patrol \d\d:\d\d → 0 h 0\d"))
    expect(unsent(phone)).to_contain_text("1")
    log_note(phone, "patrol: seen on the way")
    hold(phone)
    button(phone, "Undo finish").click()
    # Whoever cannot hold presses twice.
    button(phone, "Hold to finish").press("Enter")
    expect(strip(phone).get_by_role("status")).to_contain_text("press it once more")
    assert findings(phone) == []
    button(phone, "Hold to finish").press("Enter")
    expect(strip(phone)).to_contain_text("finished")
    said = strip(phone).locator("[data-phone=patrol-words]").inner_text()

    phone.context.set_offline(False)
    send(phone)
    expect_all_sent(phone)
    expect(strip(phone)).to_contain_text(said)
    laptop.goto("/nights")
    laptop.get_by_role("link", name=re.compile("^Op Emblazen")).first.click()
    laptop.get_by_role("link", name="Patrols").click()
    started = re.search(r"\d\d:\d\d", said)
    assert started
    row = laptop.get_by_role("row", name=re.compile(started[0]))
    expect(row).to_contain_text("Asha Reed, 1 other")
    expect(row).to_contain_text("On foot · hotspot Quayside walk")
    expect(row).to_contain_text("Finished")
    assert findings(laptop) == []
    row.get_by_role("rowheader").get_by_role("link").click()
    expect(laptop.locator("dt", has_text="Taken back")).to_have_count(1)
    expect(laptop.locator("main")).to_contain_text(re.compile(r"Entries made meanwhile\s+1"))
    laptop.get_by_role("link", name="Look at them").click()
    expect(laptop.locator("main")).to_contain_text("1 entry made by whoever was out")
    expect(laptop.get_by_role("link", name="Patrol note")).to_have_count(1)
    assert stored(stoppable.server, "patrol:") == ["patrol: seen on the way"]


def hears_taps(appearing: Locator) -> list[bool]:
    """Say whether something that appears hears a tap: after 300 milliseconds, and after 700."""
    return appearing.evaluate(
        """(element) => {
          // It appears anew, however long ago it came.
          element.style.animation = "none";
          element.getBoundingClientRect();
          element.style.animation = "";
          const heard = (after) => {
            for (const one of element.getAnimations()) {
              one.pause();
              one.currentTime = after;
            }
            return getComputedStyle(element).pointerEvents !== "none";
          };
          return [heard(300), heard(700)];
        }"""
    )


def test_the_second_of_two_quick_taps_does_nothing_on_what_took_the_place_of_the_first(
    pages: dict[str, Page],
):
    phone = pages["phone"]
    phone.goto("/tonight")
    strip(phone).get_by_text("Start a patrol").click()
    button(phone, "On foot").click()
    assert hears_taps(button(phone, "Pause")) == [False, True]
    button(phone, "Pause").click()
    assert hears_taps(button(phone, "Resume")) == [False, True]
    bar = phone.get_by_role("navigation", name="Main").get_by_role("link", name="Tasks")
    assert hears_taps(bar) == [True, True]
    log_note(phone, "patrol: tapped twice")
    expect(phone.locator("[data-phone=saved]")).to_contain_text("Sent")
    assert hears_taps(bar) == [False, True]


def test_a_night_is_closed_with_one_phone_outstanding(pages: dict[str, Page], stoppable: Stoppable):
    phone, laptop = pages["phone"], pages["laptop"]
    phone.goto("/entries/new/premises-visit")
    phone.get_by_label("Premises", exact=True).fill("Corner shop")
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-phone=saved]")).to_contain_text("Sent")
    # What it lacks is one tap away.
    phone.get_by_role("link", name="Add time and action").click()
    expect(phone.locator("#minutes-0")).to_be_focused()
    phone.context.set_offline(True)
    log_note(phone, "late: from the cellar")
    laptop.goto("/nights")
    laptop.get_by_role("link", name=re.compile("^Op Emblazen")).first.click()
    laptop.get_by_role("link", name="Close…").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Close the night")
    assert findings(laptop) == []
    assert not scrolls_sideways(laptop)
    laptop.get_by_label("Statement").fill("One phone has no signal.")
    laptop.get_by_role("button", name="Close the night").click()
    expect(laptop.locator("main")).to_contain_text(re.compile(r"Closed as at .* by Cora Hale\."))
    phone.context.set_offline(False)
    send(phone)
    expect_all_sent(phone)
    laptop.reload()
    expect(laptop.locator("main")).to_contain_text("1 entry came after")
    expect(laptop.get_by_role("list", name="Latest entries")).to_contain_text("Late")
