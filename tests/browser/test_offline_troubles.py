"""Whatever lies between the phone and the server: no record is dropped or doubled."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Server, findings, sign_in
from tests.browser.meddling import PORTAL, Relay, Reply
from tests.browser.offline_phone import (
    expect_all_sent,
    log_note,
    make_ready,
    send,
    stored,
    unsent,
)

Mistake = Callable[[str, dict[str, str], Callable[[], Reply]], Reply | None]
MISTAKE: Reply = (500, {"Content-Type": "application/json"}, b'{"error": "mistake"}')
SIGNED_OUT: Reply = (401, {"Content-Type": "application/json"}, b'{"error": "signed-out"}')


def new_context(chromium: Browser, line: Relay) -> BrowserContext:
    return chromium.new_context(
        base_url=line.address, viewport=PHONE, locale="en-GB", timezone_id="Europe/London"
    )


@pytest.fixture(scope="module")
def asha(chromium: Browser, line: Relay) -> Iterator[BrowserContext]:
    """Asha's phone, ready to work alone."""
    one = new_context(chromium, line)
    page = one.new_page()
    make_ready(page, "asha")
    page.close()
    yield one
    one.close()


@pytest.fixture
def context(asha: BrowserContext, relay: Relay) -> Iterator[BrowserContext]:
    yield asha
    for page in asha.pages:
        page.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def own_page(chromium: Browser, relay: Relay) -> Iterator[Page]:
    """Asha's phone for a test that leaves it as no other should find it."""
    one = new_context(chromium, relay)
    page = one.new_page()
    make_ready(page, "asha")
    yield page
    one.close()


def only_for_api(answer: Callable[[Callable[[], Reply]], Reply | None]) -> Mistake:
    return lambda path, _headers, pass_on: (
        answer(pass_on) if path.startswith("/api/") else pass_on()
    )


def nothing_sent(page: Page, relay: Relay, count: int) -> None:
    """A try to send was made, it failed, and everything is still here."""
    asked = len(relay.asked)
    send(page)
    expect(page.locator("[data-unsent-said]")).to_contain_text("on this phone")
    assert "/api/sync" in relay.asked[asked:] or "/api/sync" in relay.asked
    expect(unsent(page)).to_contain_text(str(count))


def test_a_reply_that_is_lost_after_the_server_stored_it(page: Page, relay: Relay, server: Server):
    def lost(pass_on: Callable[[], Reply]) -> None:
        pass_on()

    relay.meddle = only_for_api(lost)
    log_note(page, "lost reply 1")
    log_note(page, "lost reply 2")
    nothing_sent(page, relay, 2)
    assert stored(server, "lost reply") == ["lost reply 1", "lost reply 2"]
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    assert stored(server, "lost reply") == ["lost reply 1", "lost reply 2"]


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("portal", PORTAL),
        ("mistake", MISTAKE),
        ("signed out", SIGNED_OUT),
        ("half", (200, {"Content-Type": "application/json"}, b'{"answers": [{"id": "')),
        ("empty", (200, {"Content-Type": "application/json"}, b"{}")),
    ],
)
def test_an_answer_that_proves_nothing_keeps_everything(
    page: Page, relay: Relay, server: Server, name: str, reply: Reply
):
    relay.meddle = only_for_api(lambda _pass_on: reply)
    wanted = [f"{name} {number}" for number in range(3)]
    for notes in wanted:
        log_note(page, notes)
    nothing_sent(page, relay, 3)
    assert stored(server, name) == []
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    assert stored(server, name) == wanted


def test_two_tabs_send_one_of_each(
    page: Page, context: BrowserContext, relay: Relay, server: Server
):
    relay.meddle = only_for_api(lambda _pass_on: None)
    for number in range(4):
        log_note(page, f"tabs {number}")
    other = context.new_page()
    other.goto("/tonight")
    expect(unsent(other)).to_contain_text("4")
    relay.asked.clear()
    relay.meddle = None
    send(page)
    send(other)
    expect_all_sent(page)
    expect_all_sent(other)
    assert stored(server, "tabs") == [f"tabs {number}" for number in range(4)]


def test_one_half_filled_form_in_two_tabs_is_one_entry(
    page: Page, context: BrowserContext, server: Server
):
    page.goto("/entries/new/patrol-note")
    page.get_by_label("Notes").fill("in two tabs")
    page.wait_for_selector("html[data-draft-kept]")
    address = page.evaluate("'?draft=' + document.documentElement.dataset.draftKept")
    other = context.new_page()
    other.goto(f"/entries/new/patrol-note{address}")
    expect(other.get_by_label("Notes")).to_have_value("")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.locator("[data-phone=saved]")).to_contain_text("Sent")
    expect_all_sent(page)
    assert stored(server, "in two tabs") == ["in two tabs"]


def test_what_is_typed_before_the_form_is_ready_is_kept_too(own_page: Page):
    typed = "document.querySelector('#notes').value = 'typed early'"
    own_page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ {typed} }})")
    own_page.goto("/entries/new/patrol-note")
    own_page.wait_for_selector("html[data-draft-kept]")
    expect(own_page.get_by_label("Notes")).to_have_value("typed early")


def test_another_officer_reads_nothing_and_sends_nothing_of_the_first(
    own_page: Page, relay: Relay, server: Server
):
    page = own_page
    relay.meddle = only_for_api(lambda _pass_on: None)
    log_note(page, "switch: mine alone")
    relay.meddle = lambda path, _headers, pass_on: None if path == "/api/sync" else pass_on()
    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/sign-in"))
    expect(unsent(page)).to_contain_text("1")
    make_ready(page, "ben")
    page.goto("/phone")
    expect(page.get_by_text("1 of them is another officer’s.")).to_be_visible()
    expect(page.locator("[data-phone=feed] li")).to_have_count(0)
    assert findings(page) == []
    assert "mine alone" not in page.content()
    relay.meddle = None
    send(page)
    expect_all_sent(page)
    assert stored(server, "switch") == ["switch: mine alone"]
    page.goto("/entries/mine")
    expect(page.locator("[data-phone=who]")).to_contain_text("Ben Cole")
    expect(page.get_by_text("mine alone")).to_have_count(0)


def test_a_new_version_waits_until_nothing_waits_to_be_sent(own_page: Page, relay: Relay):
    page = own_page

    def newer(path: str, _headers: dict[str, str], pass_on: Callable[[], Reply]) -> Reply | None:
        if path == "/api/sync":
            return None
        status, fields, content = pass_on()
        if path == "/sw.js":
            content = re.sub(rb'VERSION = "\w+"', b'VERSION = "0123456789ab"', content)
        return status, fields, content

    relay.meddle = newer
    log_note(page, "before the update")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.evaluate(
        """async () => {
          const one = await navigator.serviceWorker.getRegistration();
          const worker = one.installing ?? one.waiting;
          if (worker.state !== "installed") {
            await new Promise((done) => worker.addEventListener("statechange", done));
          }
        }"""
    )
    update = page.locator("[data-phone=update]")
    page.goto("/tonight")
    expect(unsent(page)).to_contain_text("1")
    expect(update).to_be_hidden()
    relay.meddle = lambda path, headers, pass_on: (
        newer(path, headers, pass_on) if path != "/api/sync" else pass_on()
    )
    send(page)
    expect_all_sent(page)
    expect(update).to_be_visible()
    with page.expect_navigation():
        update.get_by_role("button", name="Use it now").click()
    expect(update).to_be_hidden()
    kept = json.loads(page.evaluate("caches.keys().then(JSON.stringify)"))
    assert sorted(kept) == ["fieldlog-0123456789ab", "fieldlog-ready"]


def test_a_phone_without_room_says_so_and_keeps_the_form(page: Page, relay: Relay):
    page.goto("/entries/new/patrol-note")
    page.evaluate(
        """() => {
          IDBObjectStore.prototype.add = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
        }"""
    )
    page.get_by_label("Notes").fill("no room")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.get_by_label("Notes")).to_have_value("no room")
    assert findings(page) == []
    expect(unsent(page)).to_contain_text("All sent")


def test_what_the_server_refuses_is_mended_and_the_rest_goes_on(
    page: Page, relay: Relay, server: Server
):
    relay.meddle = only_for_api(lambda _pass_on: None)
    page.goto("/entries/new/patrol-note")
    page.get_by_label("Notes").fill("refused for its minutes")
    page.get_by_text("Notes, action taken").or_(page.locator("details.fold > summary")).last.click()
    page.get_by_role("radio", name="Other", exact=True).check()
    page.get_by_label("Other time").fill("many")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/tonight?saved=*")
    log_note(page, "refused beside it")
    relay.meddle = None
    send(page)
    expect(unsent(page)).to_contain_text("needs you")
    assert stored(server, "refused") == ["refused beside it"]
    page.goto("/tonight")
    row = page.locator("[data-phone=feed] li").filter(has_text="Needs attention")
    expect(row).to_contain_text("whole number of minutes")
    assert findings(page) == []
    row.get_by_role("link").click()
    expect(page.get_by_role("alert")).to_contain_text("whole number of minutes")
    expect(page.locator("#minutes_other-error")).to_be_visible()
    assert findings(page) == []
    page.get_by_label("Other time").fill("20")
    page.get_by_role("button", name="Save").click()
    expect_all_sent(page)
    assert stored(server, "refused") == ["refused beside it", "refused for its minutes"]


def test_an_expired_session_strands_nothing(own_page: Page, server: Server):
    page = own_page
    page.context.clear_cookies()
    log_note(page, "without a session")
    expect_all_sent(page)
    assert stored(server, "without a session") == ["without a session"]
    way_back = page.locator("main").get_by_role("link", name="Sign in")
    for path in ("/tonight", "/tasks", "/briefing", "/plus-one", "/entries/mine", "/phone"):
        page.goto(path)
        expect(way_back).to_be_visible()
        expect(page.get_by_text("briefing and tasks are not here")).to_be_visible()
        assert findings(page) == []
    way_back.click()
    sign_in(page, "asha")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tonight")
    expect(page.locator("main")).to_contain_text("from just now")
    expect(way_back).not_to_be_visible()


def test_a_browser_that_keeps_nothing_logs_with_signal(
    chromium: Browser, relay: Relay, server: Server
):
    with new_context(chromium, relay) as context:
        context.add_init_script(
            """Object.defineProperty(globalThis, "indexedDB", { value: { open() {
              throw new DOMException("private", "SecurityError");
            } } })"""
        )
        page = context.new_page()
        sign_in(page, "asha")
        page.goto("/entries/new/patrol-note")
        page.get_by_label("Notes").fill("in a private window")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
        assert stored(server, "in a private window") == ["in a private window"]
        page.goto("/phone")
        expect(page.get_by_text("This browser keeps nothing for fieldlog")).to_be_visible()
