"""A phone worked by keyboard: no act leaves the focus nowhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, OpenWindow, findings
from tests.browser.offline_phone import log_note, make_ready
from tests.pictures import a_photo


@pytest.fixture
def phone(open_window: OpenWindow) -> Page:
    """Asha's phone without signal."""
    page = open_window(PHONE)
    make_ready(page, "asha")
    page.context.set_offline(True)
    return page


def leads_from(pressed: Locator, to: Locator, *, at: Locator) -> None:
    """Press a button that goes out of sight: from ``at``, Tab leads ``to`` what is there now."""
    pressed.press("Enter")
    expect(pressed).not_to_be_visible()
    expect(at).to_be_focused()
    at.page.keyboard.press("Tab")
    expect(to).to_be_focused()


def test_each_step_of_a_patrol_leads_to_the_next(phone: Page):
    phone.goto("/tonight")
    strip = phone.get_by_role("region", name="Patrol")
    going = phone.locator("[data-phone=patrol-going]")
    foot, pause, resume, finish, undo = (
        strip.get_by_role("button", name=name)
        for name in ("On foot", "Pause", "Resume", "Hold to finish", "Undo finish")
    )
    strip.get_by_text("Start a patrol").click()
    leads_from(foot, pause, at=strip)
    leads_from(pause, resume, at=going)
    leads_from(resume, pause, at=going)
    finish.press("Enter")
    expect(strip.get_by_role("status")).to_contain_text("press it once more")
    leads_from(finish, undo, at=going)
    leads_from(undo, pause, at=going)
    assert findings(phone) == []


def test_what_is_taken_back_or_struck_out_leads_to_what_is_around_it(phone: Page):
    log_note(phone, "keyboard: taken back")
    phone.locator("[data-phone=saved]").get_by_role("button", name="Undo").press("Enter")
    expect(phone.locator("[data-phone=saved]")).to_be_focused()
    phone.goto("/plus-one")
    phone.get_by_role("button", name="People spoken to").press("Enter")
    phone.locator("[data-phone=last-tap]").get_by_role("button", name="Undo").press("Enter")
    expect(phone.locator("[data-phone=last-tap]")).to_be_focused()
    log_note(phone, "keyboard: struck")
    phone.locator("[data-phone=feed] a").first.press("Enter")
    phone.get_by_text("Strike this entry out").click()
    phone.get_by_label("Why it is struck out").fill("logged twice")
    phone.get_by_role("button", name="Strike out").press("Enter")
    expect(phone.locator("[data-phone=told]")).to_contain_text("Struck out")
    expect(phone.locator(":focus")).to_have_count(1)


def test_what_is_drawn_anew_keeps_the_focus(phone: Page, tmp_path: Path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(a_photo(400, 300, "teal"))
    phone.goto("/entries/new/patrol-note")
    expect(phone.get_by_label("Choose photos")).to_be_visible()
    phone.get_by_label("Choose photos").set_input_files([photo, photo])
    expect(phone.locator(".photos__one img")).to_have_count(2)
    phone.get_by_role("button", name="Remove photo 2").press("Enter")
    expect(phone.locator(".photos__one img")).to_have_count(1)
    expect(phone.locator(".photos :focus, .photos:focus")).to_have_count(1)
    phone.get_by_role("button", name="Save").click()
    for link in ("[data-phone=feed] a", "[data-phone=action] a"):
        drawn = phone.locator(link).first
        drawn.focus()
        drawn.evaluate("(link) => { link.dataset.drawn = 'before'; }")
        phone.evaluate("new BroadcastChannel('fieldlog').postMessage({ changed: true })")
        expect(phone.locator("[data-drawn]")).to_have_count(0)
        expect(drawn).to_be_focused()
        drawn.press("Enter")


def test_the_switch_to_dark_leads_to_the_one_to_light(phone: Page):
    phone.goto("/tonight")
    switch = phone.get_by_role("banner").locator("[data-theme-form]")
    dark, light = (switch.get_by_role("button", name=name) for name in ("Dark", "Light"))
    leads_from(dark, light, at=switch)
