"""The night without a server in another engine: Firefox ESR."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PHONE
from tests.browser.offline_phone import (
    Stoppable,
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
    for number in range(10):
        log_note(page, f"firefox {number:02}")
    page.reload()
    log_note(page, "firefox 10")
    expect(unsent(page)).to_contain_text("11")
    stoppable.start()
    page.reload()
    expect_all_sent(page)
    assert stored(stoppable.server, "firefox") == [f"firefox {number:02}" for number in range(11)]
