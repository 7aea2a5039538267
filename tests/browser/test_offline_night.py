"""A whole night without a server, in a browser that was closed and opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import PHONE, findings, scrolls_sideways
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
    one = Stoppable(tmp_path_factory.mktemp("offline"))
    yield one
    one.stop()


class Handset:
    """A phone whose browser can be closed: what it keeps stays in its folder."""

    def __init__(self, playwright: Playwright, folder: Path, address: str) -> None:
        self.chromium, self.folder, self.address = playwright.chromium, folder, address
        self.context: BrowserContext | None = None

    def switched_on(self) -> Page:
        """Close the browser if it is open, and open it."""
        self.switched_off()
        self.context = self.chromium.launch_persistent_context(
            str(self.folder),
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"],
            base_url=self.address,
            viewport=PHONE,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        return self.context.pages[0]

    def switched_off(self) -> None:
        if self.context:
            self.context.close()
            self.context = None


@pytest.fixture
def handset(playwright: Playwright, tmp_path: Path, stoppable: Stoppable) -> Iterator[Handset]:
    one = Handset(playwright, tmp_path / "phone", stoppable.server.address)
    yield one
    one.switched_off()


def test_eleven_entries_of_a_cellar_arrive_once(handset: Handset, stoppable: Stoppable):
    stoppable.start()
    make_ready(handset.switched_on(), "asha")
    stoppable.stop()

    page = handset.switched_on()
    page.goto("/")
    expect(page.get_by_role("heading", name="Tonight")).to_be_visible()
    expect(page.locator("[data-phone=who]")).to_contain_text("Asha Reed")
    for number in range(10):
        log_note(page, f"cellar {number:02}")
    expect(unsent(page)).to_contain_text("10")
    page.reload()
    log_note(page, "cellar 10")
    expect(page.locator("[data-phone=feed] li").first).to_contain_text("On this phone")
    expect(unsent(page)).to_contain_text("11")

    page = handset.switched_on()
    stoppable.start()
    page.goto("/tonight")
    expect_all_sent(page)
    expect(page.locator("[data-phone=feed] li").first).to_contain_text("Sent")
    wanted = [f"cellar {number:02}" for number in range(11)]
    assert stored(stoppable.server, "cellar") == wanted
    page.reload()
    send(page)
    expect_all_sent(page)
    assert stored(stoppable.server, "cellar") == wanted


def test_everything_an_officer_needs_opens_without_a_server(handset: Handset, stoppable: Stoppable):
    if stoppable.process is None:
        stoppable.start()
    make_ready(handset.switched_on(), "ben")
    stoppable.stop()
    page = handset.switched_on()
    for path, heading in {
        "/tonight": "Tonight",
        "/entries/new/premises-visit": "Premises visit",
        "/entries/new/encounter?first=warned": "Warning",
        "/plus-one": "+1 tally",
        "/entries/mine": "My entries",
        "/briefing": "Briefing",
        "/phone": "This phone",
        "/nights": "No signal for this page",
    }.items():
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert findings(page) == [], path
        assert not scrolls_sideways(page), path
    page.goto("/entries/new/premises-visit")
    page.get_by_role("textbox", name="Premises").press_sequentially("lant")
    expect(page.locator(".premises-search__choice").first).to_be_visible()
    expect(page.locator(".premises-search__count")).to_contain_text("premises found")


def test_taps_undo_and_amendments_wait_and_go_in_their_order(
    handset: Handset, stoppable: Stoppable
):
    if stoppable.process is None:
        stoppable.start()
    make_ready(handset.switched_on(), "asha")
    stoppable.stop()
    page = handset.switched_on()
    page.goto("/plus-one")
    tile = page.get_by_role("button", name="People spoken to")
    before = int(tile.locator(".tally__value").inner_text())
    for number in range(1, 4):
        tile.click()
        expect(tile.locator(".tally__value")).to_have_text(str(before + number))
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    expect(tile.locator(".tally__value")).to_have_text(str(before + 2))
    tile.click()
    expect(undo).to_be_visible()
    # Ten seconds are over.
    undo.evaluate("button => button.getAnimations()[0].finish()")
    expect(undo).not_to_be_visible()

    log_note(page, "order: as first written")
    page.locator("[data-phone=feed] li a").first.click()
    page.get_by_role("button", name="Amend this entry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amend")
    page.get_by_label("Notes").fill("order: as amended")
    page.wait_for_selector("html[data-draft-kept]")
    page.goto("/tonight")
    page.get_by_role("link", name="Carry on").click()
    expect(page.get_by_label("Notes")).to_have_value("order: as amended")
    page.get_by_label("Why it is amended").fill("Wrong words")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-phone=feed] li").first).to_contain_text("Amended")

    log_note(page, "order: to be struck")
    page.locator("[data-phone=feed] li a").first.click()
    expect(page.locator("[data-phone=rows]")).to_contain_text("order: to be struck")
    page.get_by_text("Strike this entry out").click()
    assert findings(page) == []
    assert not scrolls_sideways(page)
    page.get_by_label("Why it is struck out").fill("logged twice")
    page.get_by_role("button", name="Strike out").click()
    expect(page.locator("[data-phone=states]")).to_contain_text("Struck")
    expect(page.locator("[data-phone=versions]")).to_contain_text("logged twice")

    stoppable.start()
    send(page)
    expect_all_sent(page)
    assert stored(stoppable.server, "order") == ["order: as amended"]
    page.goto("/plus-one")
    expect(tile.locator(".tally__value")).to_have_text(str(before + 3))


def test_a_half_filled_form_outlives_the_browser(handset: Handset, stoppable: Stoppable):
    if stoppable.process is None:
        stoppable.start()
    make_ready(handset.switched_on(), "asha")
    page = handset.switched_on()
    page.goto("/entries/new/patrol-note")
    page.get_by_label("Notes").fill("half of what I")
    page.wait_for_selector("html[data-draft-kept]")
    page.reload()
    expect(page.get_by_label("Notes")).to_have_value("half of what I")
    page = handset.switched_on()
    page.goto("/tonight")
    page.get_by_role("link", name="Carry on").click()
    expect(page.get_by_label("Notes")).to_have_value("half of what I")
    page.get_by_label("Notes").fill("half of what I wanted to say")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-phone=saved]")).to_contain_text("Sent")
    expect(page.get_by_role("link", name="Carry on")).to_have_count(0)
    assert stored(stoppable.server, "half of") == ["half of what I wanted to say"]
