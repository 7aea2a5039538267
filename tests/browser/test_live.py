"""On a live page what is stored appears by itself, and the person stays where they were."""

from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from fieldlog.core.entry import Entry
from fieldlog.core.night import night_of
from fieldlog.core.words import EntryKind
from fieldlog.services.offer_deployments import deployments_ahead
from fieldlog.services.record_entry import record_entry
from fieldlog.store.connection import Database, connect, database_path
from tests.browser.conftest import LAPTOP, OpenWindow, Server, findings, scrolls_sideways, sign_in

NARROW = {"width": 320, "height": 740}
LOW = {"width": 1280, "height": 240}


def log_an_entry(db: Database, deployment_id: int, place: str) -> None:
    """Let Asha have spoken to three people somewhere just now."""
    ((officer_id, agency_id),) = db.execute(
        "SELECT id, agency_id FROM officers WHERE name = 'Asha Reed'"
    ).fetchall()
    now = datetime.now(UTC).replace(microsecond=0)
    entry = Entry(
        id=uuid4(),
        kind=EntryKind.ENCOUNTER,
        happened_at=now,
        captured_at=now,
        night_of=night_of(now),
        officer_id=officer_id,
        agency_id=agency_id,
        deployment_id=deployment_id,
        place=place,
        counts={"spoken_to": 3},
    )
    record_entry(db, entry, by=officer_id, now=now)


def top_of(row: Locator) -> float:
    box = row.bounding_box()
    assert box is not None
    return box["y"]


def figure(page: Page, label: str) -> str:
    return page.locator(".figure", has_text=label).locator(".figure__value").inner_text()


def test_an_entry_appears_on_an_open_page_and_nothing_that_somebody_does_is_lost(
    server: Server, open_window: OpenWindow
) -> None:
    db = connect(database_path(server.instance))
    now = datetime.now(UTC)
    (tonight, *_) = [one for one in deployments_ahead(db, now) if one.night_of == night_of(now)]
    log_an_entry(db, tonight.id, "Bus station")
    page = open_window(LAPTOP, service_workers="block")
    sign_in(page, "cora")
    page.goto(f"/nights/{tonight.id}/live")
    expect(page.locator(".live-now")).to_have_attribute("data-state", "live")
    expect(page.get_by_text("Live: updates by itself.")).to_be_visible()
    page.evaluate("window.sameDocument = true")
    focused = page.get_by_role("link", name="Bus station")
    focused.focus()
    log_an_entry(db, tonight.id, "Taxi rank")
    expect(page.locator(".feed__place").first).to_have_text("Taxi rank")
    expect(page.locator("[data-live-said]")).to_contain_text("Taxi rank")
    expect(focused).to_be_focused()
    assert figure(page, "spoken to") == "6"
    assert page.evaluate("window.sameDocument") is True

    page.set_viewport_size(LOW)
    focused.evaluate("row => { row.blur(); row.closest('li').scrollIntoView(); }")
    focused.hover()
    before = top_of(focused)
    log_an_entry(db, tonight.id, "North Street")
    expect(page.locator(".feed__place").first).to_have_text("North Street")
    assert abs(top_of(focused) - before) < 2

    page.context.clear_cookies()
    expect(page.get_by_text("You are signed out.").first).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    page.get_by_label("User name").fill("cora")
    page.get_by_label("Password", exact=True).fill("demonstration")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/nights/{tonight.id}/live")
    expect(page.locator(".feed__place").first).to_have_text("North Street")

    page.goto(f"/nights/{tonight.id}/live?wall=1")
    expect(page.locator(".live-now")).to_have_attribute("data-state", "live")
    assert findings(page) == []
    page.goto("/nights/2/live?wall=1")
    expect(page.get_by_text("no longer updates by itself")).to_be_visible()
    assert findings(page) == []
    page.set_viewport_size(NARROW)
    assert not scrolls_sideways(page)
