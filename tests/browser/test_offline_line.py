"""A long night on a line that loses replies, and what the officer was told of it."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldlog.store.connection import database_path
from tests.browser.conftest import PHONE, Server
from tests.browser.meddling import Relay, Reply
from tests.browser.offline_phone import (
    SOON,
    expect_all_sent,
    log_note,
    make_ready,
    nothing,
    send,
    stored,
    unsent,
)

TAPS = 130


@pytest.fixture
def page(chromium: Browser, relay: Relay) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=relay.address, viewport=PHONE, timezone_id="Europe/London"
    )
    context.set_default_timeout(SOON)
    page = context.new_page()
    make_ready(page, "asha")
    yield page
    context.close()


def losing_every_third() -> Callable[[str, dict[str, str], Callable[[], Reply]], Reply | None]:
    """A line that passes every batch on, and loses every third answer on its way back."""
    number = count(1)

    def meddle(path: str, _headers: dict[str, str], pass_on: Callable[[], Reply]) -> Reply | None:
        reply = pass_on()
        return None if path == "/api/sync" and next(number) % 3 == 1 else reply

    return meddle


def counted(server: Server, measure: str) -> int:
    """How much of a measure stands in entries in force, of whichever night."""
    query = """SELECT coalesce(sum(value), 0) FROM counts
        JOIN entries_in_force USING (version_id) WHERE measure = ? AND NOT struck"""
    uri = f"file:{database_path(server.instance)}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        (found,) = db.execute(query, [measure]).fetchone()
    return int(found)


def test_a_long_queue_arrives_once_over_a_line_that_loses_replies(
    page: Page, relay: Relay, server: Server
):
    before = counted(server, "spoken_to")
    relay.meddle = nothing
    page.goto("/plus-one")
    tile = page.get_by_role("button", name="People spoken to")
    shown = int(tile.locator(".tally__value").inner_text())
    tile.evaluate(
        f"async (tile) => {{ for (let n = 0; n < {TAPS}; n += 1) tile.click(); }}",
    )
    expect(tile.locator(".tally__value")).to_have_text(str(shown + TAPS), timeout=60_000)
    page.get_by_role("button", name="Undo").click()
    expect(tile.locator(".tally__value")).to_have_text(str(shown + TAPS - 1))
    log_note(page, "bad line: as first written")
    for words in ("once amended", "twice amended"):
        page.locator("[data-phone=feed] li a").first.click()
        page.get_by_role("button", name="Amend this entry").click()
        page.get_by_label("Notes").fill(f"bad line: {words}")
        page.get_by_label("Why it is amended").fill(words)
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-phone=feed] li").first).to_contain_text("Amended")
    log_note(page, "bad line: another")
    relay.meddle = losing_every_third()
    for _ in range(20):
        send(page)
        page.wait_for_load_state("networkidle")
        if "All sent" in unsent(page).inner_text():
            break
    expect_all_sent(page)
    assert stored(server, "bad line") == ["bad line: another", "bad line: twice amended"]
    assert counted(server, "spoken_to") == before + TAPS - 1
    page.goto("/plus-one")
    expect(tile.locator(".tally__value")).to_have_text(str(shown + TAPS - 1))


def test_back_after_a_save_leads_past_the_form_that_was_saved(page: Page):
    log_note(page, "Once and no more")
    expect_all_sent(page)
    page.go_back()
    expect(page).to_have_url(re.compile("/tonight$"))
