"""A task from the coordinator to a phone without a network, and back closed by what was logged."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from fieldlog.store.connection import database_path
from tests.browser.conftest import LAPTOP, PHONE, OpenWindow, Server, findings, sign_in
from tests.browser.offline_phone import expect_all_sent, make_ready, send, unsent

ASKED = "Bins across the side door, ask for them to be moved"


def choose_premises(page: Page, label: str, letters: str) -> str:
    """Type a few letters and take the first that is found; return its name."""
    page.get_by_label(label, exact=True).fill(letters)
    page.locator(".premises-search__choice").first.click()
    return page.get_by_label(label, exact=True).input_value()


def take_in(cora: Page) -> tuple[str, str]:
    """Take a report in for Asha; return the address of the task and where it is."""
    cora.goto("/tasks/new")
    where = choose_premises(cora, "Premises or place", "copper lantern")
    cora.get_by_label("What is to be done").fill(ASKED)
    cora.get_by_label("Member of the public").check()
    cora.get_by_label("Asha Reed").check()
    cora.get_by_role("button", name="Take it in").click()
    expect(cora.get_by_role("heading", name=where)).to_be_visible()
    return cora.url, where


def log_without_a_network(phone: Page, where: str) -> None:
    """Open the tasks, log what was done about the one, and answer a checklist on the way."""
    phone.goto("/tasks")
    task = phone.locator(".task", has_text=ASKED)
    expect(task).to_contain_text("For you")
    assert findings(phone) == []
    task.get_by_role("link", name=re.compile("Log what was done")).click()
    expect(phone.get_by_label("Premises", exact=True)).to_have_value(where)
    expect(phone.get_by_label(re.compile(ASKED))).to_be_checked()
    phone.get_by_label("Advice given", exact=True).check()
    phone.get_by_label("Within 7 days").check()
    phone.locator("summary", has_text="Fire and capacity").click()
    question = phone.get_by_role("group", name="Are all fire exits clear and unlocked?")
    question.get_by_label("No", exact=True).check()
    phone.get_by_label("Make a task: Look at the fire exits").check()
    assert findings(phone) == []
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-phone=saved]")).to_contain_text("Saved on this phone")
    phone.goto("/tasks")
    expect(phone.locator(".task", has_text=ASKED)).to_contain_text("Logged")


def links_to(server: Server, task_id: str) -> int:
    db = sqlite3.connect(f"file:{database_path(server.instance)}?mode=ro", uri=True)
    (found,) = db.execute(
        "SELECT count(*) FROM entry_tasks WHERE task_id = ?", [task_id]
    ).fetchone()
    db.close()
    return int(found)


def test_what_a_phone_logs_in_a_cellar_closes_its_task(open_window: OpenWindow, server: Server):
    cora = open_window(LAPTOP, service_workers="block")
    sign_in(cora, "cora")
    address, where = take_in(cora)

    phone = open_window(PHONE)
    make_ready(phone, "asha")
    phone.goto("/tonight")
    expect(phone.locator("[data-phone=for-you]")).to_contain_text(re.compile(r"For you: \d+ task"))
    context = phone.context
    context.set_offline(True)
    phone.close()
    phone = context.new_page()
    log_without_a_network(phone, where)
    expect(unsent(phone)).to_contain_text("1")

    context.set_offline(False)
    send(phone)
    expect_all_sent(phone)
    send(phone)
    phone.goto("/tasks")
    expect(phone.locator(".task", has_text="Look at the fire exits")).to_be_visible()
    expect(phone.locator(".task", has_text=ASKED)).to_have_count(0)

    assert links_to(server, address.rsplit("/", 1)[1]) == 1
    cora.goto(address)
    expect(cora.get_by_text("Closed").first).to_be_visible()
    expect(cora.locator("main")).to_contain_text("It took")
    expect(cora.locator(".events")).to_contain_text("Dealt with")

    cora.get_by_role("link", name="The entry that dealt with it").click()
    cora.locator("summary", has_text="Strike this entry out").click()
    cora.get_by_label("Why").fill("wrong premises")
    cora.get_by_role("button", name="Strike out").click()
    cora.goto(address)
    expect(cora.locator(".events")).to_contain_text("the entry was struck out")
    expect(cora.get_by_role("link", name="Log what was done")).to_be_visible()
