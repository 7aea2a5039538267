"""What becomes of a queue when its phone, its officer or its browser is not what it was."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, BrowserContext, Page, expect

from fieldlog.config import secret_key
from fieldlog.core.night import utc_text
from fieldlog.services.open_database import open_database
from fieldlog.services.revoke_device import list_devices, revoke_device
from tests.browser.conftest import PHONE, OpenWindow, Server, findings, sign_in
from tests.browser.meddling import Relay
from tests.browser.offline_phone import (
    SOON,
    expect_all_sent,
    in_store,
    log_note,
    make_ready,
    no_sync,
    nothing,
    send,
    stored,
    unsent,
)

PageOf = Callable[[str], Page]


@pytest.fixture
def page_of(chromium: Browser, relay: Relay) -> Iterator[PageOf]:
    """``page_of(username)`` is a page on that officer's phone, which is ready to work alone.

    Each test has phones of its own: it leaves them as no other should find them.
    """
    phones: dict[str, BrowserContext] = {}

    def open_page(username: str) -> Page:
        if username in phones:
            return phones[username].new_page()
        phones[username] = chromium.new_context(
            base_url=relay.address, viewport=PHONE, timezone_id="Europe/London"
        )
        phones[username].set_default_timeout(SOON)
        page = phones[username].new_page()
        make_ready(page, username)
        return page

    yield open_page
    for context in phones.values():
        context.close()


def post_by_hand(page: Page, row: dict, times: int = 1) -> list[str]:
    """Post a record ``times`` times at once under the phone's own token; return what was said."""
    (device,) = in_store(page, "devices")
    record = {"id": row["id"], "sealed": row["sealed"]}
    body = json.dumps({"sent_at": utc_text(datetime.now(UTC)), "unsent": 1, "records": [record]})
    said: list[str] = page.evaluate(
        """([body, token, length]) => Promise.all(Array.from({ length }, async () => {
          const json = { "Content-Type": "application/json", By: "hand" };
          const headers = { ...json, Authorization: `Bearer ${token}` };
          const options = { method: "POST", credentials: "omit", headers, body };
          return (await (await fetch("/api/sync", options)).json()).answers[0].state;
        }))""",
        [body, device["token"], times],
    )
    return sorted(said)


def test_five_posts_of_one_record_at_once_store_it_once(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("asha")
    relay.meddle = no_sync
    log_note(page, "five at once")
    (row,) = in_store(page, "outbox")
    assert post_by_hand(page, row, 5) == ["already-stored"] * 4 + ["stored"]
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    assert stored(server, "five at once") == ["five at once"]


def test_a_csrf_token_of_another_session_is_changed_and_one_of_two_hours_ago_counts(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("asha")
    relay.meddle = no_sync
    log_note(page, "an old token")
    given: list[str] = []
    under_session: list[str] = []

    class TwoHoursAgo(URLSafeTimedSerializer):
        def make_signer(self, salt):
            signer = super().make_signer(salt)
            signer.get_timestamp = lambda: int(datetime.now(UTC).timestamp()) - 7200
            return signer

    def hand_out_bad_ones(path, headers, pass_on):
        # Under the phone's own token nothing goes, whenever that was sent: the session is asked.
        if path == "/api/sync" and "Authorization" in headers:
            return 401, {"Content-Type": "application/json"}, b'{"error": "signed-out"}'
        if path == "/api/sync":
            under_session.append(path)
        status, fields, content = pass_on()
        if path == "/api/csrf" and len(given) < 2:
            old = TwoHoursAgo(secret_key(server.instance), salt="wtf-csrf-token")
            told = json.loads(content)
            given.append(old.dumps(old.loads(told["token"]) if given else "of another session"))
            content = json.dumps(told | {"token": given[-1]}).encode()
        return status, fields, content

    relay.meddle = hand_out_bad_ones
    send(page)
    expect_all_sent(page)
    assert len(given) == len(under_session) == 2
    assert stored(server, "an old token") == ["an old token"]


def test_what_is_exported_is_imported_once_by_page_and_command_line(
    page_of: PageOf, open_window: OpenWindow, relay: Relay, server: Server, tmp_path: Path
):
    page = page_of("asha")
    relay.meddle = no_sync
    for number in range(3):
        log_note(page, f"out as a file {number}")
    page.goto("/phone")
    page.locator("summary").filter(has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator("[data-phone=told]")).to_contain_text("Give it to the coordinator")
    assert "out as a file" not in file.read_text(encoding="utf-8")

    # One arrives before the coordinator has the file, all of them again afterwards.
    first = next(row for row in in_store(page, "outbox") if row["state"] == "waiting")
    assert post_by_hand(page, first) == ["stored"]
    laptop = open_window({"width": 1280, "height": 800}, service_workers="block")
    sign_in(laptop, "cora")
    laptop.goto("/unsent/import")
    laptop.locator("input[type=file]").set_input_files(file)
    laptop.get_by_role("button", name="Import").click()
    expect(laptop.locator("main")).to_contain_text("3 records in the file")
    wanted = [f"out as a file {number}" for number in range(3)]
    assert stored(server, "out as a file") == wanted
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    server.command("import", "unsent", str(file))
    assert stored(server, "out as a file") == wanted


def test_what_was_refused_while_signed_out_is_mended_after_signing_in(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("ben")
    relay.meddle = no_sync
    page.goto("/entries/new/patrol-note")
    page.get_by_label("Notes").fill("mended after signing in")
    page.locator("summary").filter(has_text="When it happened").click()
    page.get_by_label("Date", exact=True).fill("2099-01-01")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/tonight?saved=*")
    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/sign-in"))
    relay.meddle = None
    send(page)
    expect(unsent(page)).to_contain_text("needs you")
    make_ready(page, "ben")
    page.goto("/tonight")
    row = page.locator("[data-phone=feed] li").filter(has_text="Needs attention")
    expect(row.locator(".feed__why")).to_be_visible()
    row.get_by_role("link").click()
    expect(page.get_by_label("Notes")).to_have_value("mended after signing in")
    page.get_by_label("Date", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect_all_sent(page)
    assert stored(server, "mended after signing in") == ["mended after signing in"]


def test_a_revoked_phone_shows_nothing_and_what_it_sends_is_set_aside(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("ben")
    relay.meddle = no_sync
    log_note(page, "from a revoked phone")
    db = open_database(server.instance)
    kept = in_store(page, "devices")
    phone = next(one for one in list_devices(db) if one.id == kept[0]["id"])
    revoke_device(db, phone.id, by=phone.officer_id, now=datetime.now(UTC))
    relay.meddle = None
    send(page)
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto("/phone")
    expect(page.locator("[data-phone=told]")).to_contain_text("Call the coordinator")
    assert "from a revoked phone" not in page.content()
    assert in_store(page, "keys") == 1
    assert stored(server, "from a revoked phone") == []
    assert db.execute("SELECT reason FROM set_aside").fetchall() == [("revoked-device",)]
    make_ready(page, "ben")
    now_kept = in_store(page, "devices")[0]["id"]
    assert now_kept != phone.id
    assert [one.revoked_at is None for one in list_devices(db) if one.id == now_kept] == [True]


def test_what_the_browser_throws_away_is_said_once(page_of: PageOf, relay: Relay, server: Server):
    page = page_of("ben")
    relay.meddle = no_sync
    log_note(page, "thrown away 1")
    log_note(page, "thrown away 2")
    expect(unsent(page)).to_contain_text("2")
    session = page.context.new_cdp_session(page)
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": relay.address, "storageTypes": "indexeddb,cache_storage,service_workers"},
    )
    page.close()
    page = page_of("ben")
    page.goto("/tonight")
    said = page.get_by_role("alert").filter(has_text="thrown away")
    expect(said).to_contain_text("2 not sent yet, the oldest from")
    assert findings(page) == []
    said.get_by_role("button").click()
    relay.meddle = None
    page.wait_for_selector("html[data-phone-ready=yes]", timeout=SOON)
    page.reload()
    expect_all_sent(page)
    expect(said).to_have_count(0)


def test_after_72_hours_alone_nothing_is_readable_and_all_still_arrives(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("ben")
    log_note(page, "three days: sent before")
    expect_all_sent(page)
    relay.meddle = nothing
    log_note(page, "three days: sealed")
    now = datetime.now(UTC)
    page.clock.set_fixed_time(now + timedelta(hours=73))
    page.goto("/tonight")
    expect(page.locator("[data-phone=feed] li")).to_contain_text("Sealed entry")
    assert "three days" not in page.content()
    log_note(page, "three days: later")
    page.reload()
    expect(page.locator("[data-phone=feed]")).to_contain_text("three days: later")
    expect(page.locator("[data-phone=feed] li")).to_have_count(2)
    page.clock.set_fixed_time(now)
    # A try still on its way would say what the wrong clock showed: wait for one that says now.
    right = f'"sent_at":"{utc_text(now)}"'
    with page.expect_event("requestfailed", lambda asked: right in (asked.post_data or "")):
        page.goto("/tonight")
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    wanted = ["three days: later", "three days: sealed", "three days: sent before"]
    assert stored(server, "three days") == wanted


def test_an_entry_shows_both_times_where_the_clock_was_wrong_also_without_signal(
    page_of: PageOf, relay: Relay
):
    page = page_of("ben")
    now = datetime.now(UTC)
    page.clock.set_fixed_time(now + timedelta(hours=2))
    log_note(page, "ahead of its time")
    expect_all_sent(page)
    page.locator("[data-phone=feed] a").first.click()
    both = page.locator("[data-phone=notes]")
    ahead = re.compile(r"clock was (2 hours|1 hour 5\d minutes) ahead")
    expect(both).to_contain_text(ahead)
    relay.meddle = nothing
    page.reload()
    expect(both).to_contain_text(ahead)
    expect(page.locator("[data-phone=rows]")).to_contain_text("ahead of its time")
    assert findings(page) == []
    page.clock.set_fixed_time(now)


def test_a_changed_password_and_a_disabled_account_lose_nothing(
    page_of: PageOf, relay: Relay, server: Server
):
    page = page_of("ben")
    relay.meddle = nothing
    log_note(page, "under the old password")
    server.command("user", "password", "ben", "--password-stdin", typed="lantern-bridge-42\n")
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    assert stored(server, "under the old password") == ["under the old password"]
    relay.meddle = nothing
    log_note(page, "of a disabled account")
    server.command("user", "disable", "ben")
    relay.meddle = None
    page.goto("/phone")
    send(page)
    expect_all_sent(page)
    row = page.locator("[data-phone=feed] li").filter(has_text="With the coordinator")
    expect(row).to_contain_text("The account is disabled. The record is kept")
    expect(row).to_contain_text("Call the coordinator")
    assert findings(page) == []
    assert stored(server, "of a disabled account") == []
    server.command("user", "enable", "ben")
