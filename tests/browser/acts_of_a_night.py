"""What a coordinator and officers do in a night, each as one act on their page."""

import re
from collections.abc import Callable
from datetime import date
from http.client import OK
from threading import Event

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.meddling import Reply

CREWS = {"Crew 1": "Asha Reed", "Crew 2": "Ben Cole", "Crew 3": "Dev Marsh"}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, summary: str) -> None:
    """Open what is folded under ``summary``, if it is not open already."""
    fold = page.locator("details", has=page.locator("summary", has_text=summary))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def plan(cora: Page, night: date) -> str:
    """Plan what crews are told; return the address of the night."""
    cora.goto("/operations/new")
    cora.get_by_label("Name", exact=True).fill("Op Sandpiper")
    cora.get_by_label("Other spellings").fill("Op Sand Piper")
    cora.get_by_label("Night of action").check()
    press(cora, "Add operation")
    cora.get_by_role("link", name="Plan the first one").click()
    start, finish = (cora.get_by_role("group", name=name) for name in ("Start", "Finish"))
    start.get_by_label("Date").fill(night.isoformat())
    start.get_by_label("Time").fill("18:00")
    finish.get_by_label("Time").fill("03:00")
    press(cora, "Plan it")
    expect(cora.locator("main")).to_contain_text("18:00 to 03:00, 9 hours")
    cora.get_by_label("Areas").fill("High Street and the car parks")
    cora.get_by_label("Objectives").fill("Speak to every door supervisor")
    press(cora, "Save briefing")
    cora.get_by_label("Add premises to visit").fill("The Velvet Anchor")
    cora.get_by_label("Why", exact=True).fill("complaint of 2 August")
    press(cora, "Add premises")
    expect(cora.locator("main")).to_contain_text("complaint of 2 August")
    return cora.url.removesuffix("/plan")


def roster(cora: Page) -> None:
    """Put everybody into a crew of their own."""
    for crew, officer in CREWS.items():
        unfold(cora, "Add a crew")
        cora.locator("[name='crew-name']").fill(crew)
        press(cora, "Add crew")
        expect(cora.get_by_role("heading", name=crew)).to_be_visible()
        unfold(cora, "Add somebody to a crew")
        cora.get_by_label(crew, exact=True).check()
        known = cora.get_by_label("Somebody with an account")
        chosen = known.locator("option", has_text=officer).get_attribute("value")
        known.select_option(chosen)
        press(cora, "Add to the crew")
        expect(cora.locator(".plan__crew", has_text=crew)).to_contain_text(officer)


def choose_premises(page: Page, label: str, name: str) -> None:
    page.get_by_label(label, exact=True).fill(name.lower())
    page.locator(".premises-search__choice", has_text=name).first.click()
    expect(page.locator(".premises-search__count")).to_contain_text(f"Chosen: {name}")


def take_in(cora: Page, place: str, asked: str, crew: str) -> str:
    """Take a report in for a crew; return the address of its task."""
    cora.goto("/tasks/new")
    if place.startswith("The "):
        choose_premises(cora, "Premises or place", place)
    else:
        cora.get_by_label("Premises or place", exact=True).fill(place)
    cora.get_by_label("What is to be done").fill(asked)
    cora.get_by_label("Police", exact=True).check()
    cora.get_by_label(re.compile("^Op Sandpiper")).check()
    cora.get_by_label(crew, exact=True).check()
    press(cora, "Take it in")
    expect(cora.locator("main")).to_contain_text(crew)
    return cora.url


def redirect(cora: Page, address: str, crew: str) -> None:
    """Give a task to another crew."""
    cora.goto(address)
    unfold(cora, "Assign it")
    cora.get_by_label(crew, exact=True).check()
    press(cora, "Assign")
    expect(cora.locator(".events")).to_contain_text(f"to {crew}")


def expect_task(phone: Page, asked: str, *, mine: bool) -> None:
    """See at the next contact whether a task is this officer's."""
    phone.goto("/tasks")
    task = phone.locator(".task", has_text=asked)
    if mine:
        expect(task).to_contain_text("For you")
    else:
        expect(task).to_have_count(0)


def visit(phone: Page, name: str, action: str, minutes: str, *, warning: str = "") -> None:
    """Log a visit with one person spoken to, and wait until the phone has it."""
    phone.goto("/entries/new/premises-visit")
    choose_premises(phone, "Premises", name)
    if warning:
        expect(phone.locator(".premises-search__count")).to_contain_text(warning)
    say_what_was_done(phone, action, minutes)


def say_what_was_done(phone: Page, action: str, minutes: str) -> None:
    phone.get_by_label(action, exact=True).check()
    phone.get_by_role("radio", name=minutes, exact=True).check()
    press(phone, "one more person spoken to")
    save(phone)


def save(phone: Page) -> None:
    press(phone, "Save")
    expect(phone.locator("[data-phone=saved]")).to_contain_text(
        re.compile("Saved on this phone|Sent")
    )


def patrol(phone: Page) -> Locator:
    return phone.get_by_role("region", name="Patrol")


def tap(phone: Page, times: int) -> None:
    """Count people spoken to, one at a time."""
    phone.goto("/plus-one")
    tile = phone.get_by_role("button", name="People spoken to")
    before = int(tile.locator(".tally__value").inner_text())
    for number in range(before + 1, before + times + 1):
        tile.click()
        expect(tile.locator(".tally__value")).to_have_text(str(number))


class BarOfSignal:
    """A line that lets one delivery through, and nothing after it."""

    def __init__(self) -> None:
        self.through = Event()

    def __call__(
        self, path: str, _headers: dict[str, str], pass_on: Callable[[], Reply]
    ) -> Reply | None:
        if self.through.is_set():
            return None
        reply = pass_on()
        # What a page sent that was left meanwhile may have come in half.
        if path == "/api/sync" and reply[0] == OK:
            self.through.set()
        return reply


def figures(page: Page) -> dict[str, str]:
    """Return label → value of the headline figures that a page shows."""
    shown = page.locator(".figures").first.locator(".figure")
    return {
        one.locator(".figure__label").inner_text(): one.locator(".figure__value").inner_text()
        for one in shown.all()
    }


def in_sheet(workbook: openpyxl.Workbook, title: str) -> list[tuple[object, ...]]:
    return list(workbook[title].iter_rows(values_only=True))


def expect_on_phone(phone: Page, entries: int, spoken_to: int) -> None:
    """See how many entries a phone lists, and what its tally says were spoken to."""
    phone.goto("/entries/mine")
    expect(phone.locator("[data-phone=feed] li")).to_have_count(entries)
    phone.goto("/plus-one")
    tile = phone.get_by_role("button", name="People spoken to").locator(".tally__value")
    expect(tile).to_have_text(str(spoken_to))
