"""The night without a server in another engine: Firefox ESR."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PHONE
from tests.browser.offline_phone import (
    Stoppable,
    arrived,
    expect_all_sent,
    log_note,
    make_ready,
    stored,
    unsent,
)


@pytest.fixture
def stoppable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    one = Stoppable(tmp_path_factory.mktemp("firefox"))
    yield one
    one.stop()


@pytest.fixture
def firefox(playwright: Playwright, stoppable: Stoppable) -> Iterator[Page]:
    browser = playwright.firefox.launch(
        channel="moz-firefox", executable_path="/usr/bin/firefox-esr"
    )
    context = browser.new_context(base_url=stoppable.server.address, viewport=PHONE, locale="en-GB")
    yield context.new_page()
    browser.close()


def test_eleven_entries_arrive_once_from_firefox(firefox: Page, stoppable: Stoppable):
    stoppable.start()
    make_ready(firefox, "asha")
    stoppable.stop()
    page = firefox.context.new_page()
    firefox.close()
    page.goto("/tonight")
    for number in range(4):
        log_note(page, f"firefox {number}")
    page.goto("/plus-one")
    tile = page.get_by_role("button", name="People spoken to")
    for number in range(1, 7):
        tile.click()
        expect(tile.locator(".tally__value")).to_have_text(str(number))
    page.reload()
    log_note(page, "firefox 4")
    expect(unsent(page)).to_contain_text("11")
    stoppable.start()
    page.reload()
    expect_all_sent(page)
    assert stored(stoppable.server, "firefox") == [f"firefox {number}" for number in range(5)]
    page.goto("/plus-one")
    expect(tile.locator(".tally__value")).to_have_text("6")
    assert arrived(stoppable.server) == 11
