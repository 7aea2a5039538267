"""A night from its plan to the second version of its figures: three phones and a coordinator."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts_of_a_night import (
    BarOfSignal,
    expect_on_phone,
    expect_task,
    figures,
    in_sheet,
    patrol,
    plan,
    press,
    redirect,
    roster,
    save,
    say_what_was_done,
    take_in,
    tap,
    visit,
)
from tests.browser.conftest import LAPTOP, PHONE, sign_in
from tests.browser.meddling import Relay
from tests.browser.offline_phone import (
    expect_all_sent,
    make_ready,
    nothing,
    send,
    unsent,
)
from tests.browser.one_clock import PATIENCE, ServerOnTheClock
from tests.pictures import a_photo

NIGHT = date(2021, 8, 7)
LOUD = "Loud music from the back room, speak to the manager"
CROWD = "Crowd at the taxi rank, see that it stays calm"


@pytest.fixture
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerOnTheClock]:
    one = ServerOnTheClock(tmp_path_factory.mktemp("night"), NIGHT)
    one.at("17:00")
    one.start()
    add = ("user", "add", "dev", "--name", "Dev Marsh", "--agency", "Marlbridge Borough Council")
    one.server.command(*add, "--password-stdin", typed="demonstration\n")
    yield one
    one.close()


@pytest.fixture
def line(night: ServerOnTheClock) -> Iterator[Relay]:
    """What lies between Dev's phone and the server."""
    one = Relay(night.server.address)
    yield one
    one.close()


@pytest.fixture
def cora(chromium: Browser, night: ServerOnTheClock) -> Page:
    """Cora's laptop, signed in."""
    laptop = night.open(
        chromium,
        base_url=night.server.address,
        viewport=LAPTOP,
        service_workers="block",
        accept_downloads=True,
    )
    page = laptop.new_page()
    sign_in(page, "cora")
    return page


@pytest.fixture
def phones(chromium: Browser, night: ServerOnTheClock, line: Relay) -> dict[str, Page]:
    """The phones of the three crews, not signed in yet."""
    lines = {"asha": night.server.address, "ben": night.server.address, "dev": line.address}
    return {
        username: night.open(chromium, base_url=address, viewport=PHONE).new_page()
        for username, address in lines.items()
    }


class Walk:
    """The night as it goes on, one stretch after the other, by everybody's clock."""

    def __init__(
        self, night: ServerOnTheClock, line: Relay, cora: Page, phones: dict[str, Page]
    ) -> None:
        self.night, self.line, self.cora = night, line, cora
        self.asha, self.ben, self.dev = phones.values()
        self.address = ""

    def turn_out(self) -> None:
        """Everybody is told the plan by their phone, and a patrol begins."""
        self.address = plan(self.cora, NIGHT)
        roster(self.cora)
        self.night.at("18:00")
        for username, phone in (("asha", self.asha), ("ben", self.ben), ("dev", self.dev)):
            make_ready(phone, username)
            expect(phone.get_by_role("banner")).to_contain_text("Op Sandpiper")
        self.asha.goto("/briefing")
        expect(self.asha.locator("main")).to_contain_text("Crew 1")
        expect(self.asha.locator("main")).to_contain_text(
            "The Velvet Anchor: complaint of 2 August"
        )
        self.night.at("18:05")
        self.dev.goto("/tonight")
        patrol(self.dev).get_by_text("Start a patrol").click()
        patrol(self.dev).get_by_role("button", name="On foot").click()
        expect(patrol(self.dev)).to_contain_text("Patrol 18:05")
        expect_all_sent(self.dev)

    def redirect_two_reports(self) -> None:
        """Two reports come in and are given to others than they went to first."""
        self.night.at("20:00")
        loud = take_in(self.cora, "The Copper Lantern", LOUD, "Crew 1")
        crowd = take_in(self.cora, "Station Road taxi rank", CROWD, "Crew 2")
        self.night.at("20:05")
        expect_task(self.asha, LOUD, mine=True)
        expect_task(self.ben, CROWD, mine=True)
        self.night.at("20:20")
        redirect(self.cora, loud, "Crew 2")
        redirect(self.cora, crowd, "Crew 3")
        self.night.at("20:25")
        expect_task(self.asha, LOUD, mine=False)
        expect_task(self.ben, LOUD, mine=True)
        expect(self.ben.locator(".task", has_text=CROWD)).to_have_count(0)
        expect_task(self.dev, CROWD, mine=True)

    def lose_signal(self, photo: Path) -> None:
        """The last bar of signal takes an entry along, and not its photo."""
        self.night.at("20:40")
        photo.write_bytes(a_photo(640, 480))
        self.dev.goto("/entries/new/patrol-note")
        expect(self.dev.get_by_label("Choose photos")).to_be_visible()
        self.dev.get_by_label("Choose photos").set_input_files(photo)
        expect(self.dev.locator(".photos__one img")).to_have_count(1)
        self.dev.get_by_label("Notes").fill("fire doors of the car park")
        bar = self.line.meddle = BarOfSignal()
        save(self.dev)
        assert bar.through.wait(PATIENCE / 1000)
        expect(self.dev.locator("[data-phone=feed] li").first).to_contain_text("1 photo to send")
        expect(unsent(self.dev)).to_contain_text("1")
        self.line.meddle = nothing

    def visit_twice(self) -> None:
        """A crew that comes to a door is told who has been there, and goes on to its task."""
        self.night.at("21:15")
        visit(self.asha, "The Velvet Anchor", "Advice given", "15")
        expect_all_sent(self.asha)
        self.night.at("21:40")
        self.ben.goto("/briefing")
        expect(self.ben.locator("[data-phone=visits]")).to_contain_text("The Velvet Anchor")
        visit(self.ben, "The Velvet Anchor", "No further action", "15", warning="21:15")
        expect_all_sent(self.ben)
        self.night.at("21:50")
        self.ben.goto("/tasks")
        self.ben.locator(".task", has_text=LOUD).get_by_role("link").click()
        expect(self.ben.get_by_label("Premises", exact=True)).to_have_value("The Copper Lantern")
        say_what_was_done(self.ben, "Advice given", "30")
        expect_all_sent(self.ben)
        self.night.at("22:10")
        tap(self.asha, 3)
        expect_all_sent(self.asha)

    def work_in_the_dark(self) -> None:
        """Without signal the work goes on."""
        self.night.at("23:30")
        self.dev.goto("/tasks")
        self.dev.locator(".task", has_text=CROWD).get_by_role("link").click()
        self.dev.get_by_label("Notes").fill("calm by midnight")
        save(self.dev)
        self.night.at("00:40")
        visit(self.dev, "The Brass Otter", "Advice given", "45")
        self.night.at("00:50")
        tap(self.dev, 2)
        expect(unsent(self.dev)).to_contain_text("5")

    def close(self) -> None:
        """The night is closed with what is outstanding, and its figures issued."""
        self.night.at("01:00")
        self.cora.goto(f"{self.address}/close")
        outstanding = self.cora.locator(".checklist")
        expect(outstanding).to_contain_text("Dev Marsh, since 18:05")
        expect(outstanding).to_contain_text(
            re.compile(r"Dev Marsh, \w+\s*1 entry unsent, last heard")
        )
        expect(outstanding).to_contain_text(CROWD)
        expect(outstanding).not_to_contain_text(LOUD)
        self.cora.get_by_label("Statement").fill("Crew 3 has no signal.")
        press(self.cora, "Close the night")
        expect(self.cora.locator("main")).to_contain_text("by Cora Hale")
        assert FIRST.items() <= figures(self.cora).items()
        self.issue(1)

    def issue(self, version: int) -> None:
        number = self.address.rsplit("/", 1)[1]
        self.cora.goto(f"/exports/new?deployment={number}&edition=working")
        press(self.cora, f"Issue version {version}")
        title = self.cora.get_by_role("heading", level=1)
        expect(title).to_contain_text(f"Issue 1, version {version}", timeout=PATIENCE)

    def come_back(self) -> None:
        """At two the phone has signal again: everything arrives, late, and once."""
        self.night.at("02:00")
        self.dev.goto("/tonight")
        finish = patrol(self.dev).get_by_role("button", name="Hold to finish")
        finish.press("Enter")
        expect(patrol(self.dev).get_by_role("status")).to_contain_text("press it once more")
        finish.press("Enter")
        expect(patrol(self.dev)).to_contain_text("finished")
        self.night.at("02:05")
        self.line.meddle = None
        send(self.dev)
        expect_all_sent(self.dev)

    def issue_again(self, file: Path) -> openpyxl.Workbook:
        """The second version says what came late and what it changed; return its workbook."""
        self.night.at("02:10")
        self.cora.goto(self.address)
        expect(self.cora.locator("main")).to_contain_text("by Cora Hale; 4 entries came after.")
        late = self.cora.get_by_role("list", name="Latest entries").locator("li", has_text="Late")
        expect(late).to_have_count(4)
        assert (SECOND | ON_PATROL).items() <= figures(self.cora).items()
        self.issue(2)
        changed = self.cora.get_by_role("table", name="Figures that changed with this version")
        for label, cells in CHANGED.items():
            row = changed.get_by_role("row", name=re.compile(f"^{label} "))
            assert row.locator("td").all_inner_texts() == cells
        with self.cora.expect_download() as download:
            press(self.cora, "Download it again")
        download.value.save_as(file)
        return openpyxl.load_workbook(file, data_only=True)


FIRST = {"premises": "2", "visits": "3", "spoken to": "6", "hours recorded": "1"}
SECOND = {"premises": "3", "visits": "4", "spoken to": "9", "hours recorded": "1.75"}
ON_PATROL = {"patrol-hours": "7.92", "person-hours on patrol": "7.92"}
CHANGED = {
    "Entries counted": ["7", "11", "+4"],
    "Premises visited": ["2", "3", "+1"],
    "People spoken to": ["6", "9", "+3"],
    "Patrol-hours": ["0", "7.92", "+7.92"],
    "Hours recorded": ["1", "1.75", "+0.75"],
}
IN_WORKBOOK = {
    "Entries": 11,
    "Premises visited": 3,
    "Visits": 4,
    "People spoken to": 9,
    "Hours recorded": 1.75,
    "Patrol-hours": 7.92,
    "Person-hours on patrol": 7.92,
}
ON_PHONES = ((4, 4), (2, 2), (5, 3))
"""What each phone shows of its officer: how many entries, and how many people spoken to."""


def test_a_night_with_one_phone_outstanding_has_the_same_figures_everywhere(
    night: ServerOnTheClock,
    line: Relay,
    cora: Page,
    phones: dict[str, Page],
    tmp_path: Path,
):
    walk = Walk(night, line, cora, phones)
    walk.turn_out()
    walk.redirect_two_reports()
    walk.lose_signal(tmp_path / "doors.jpg")
    walk.visit_twice()
    walk.work_in_the_dark()
    walk.close()
    walk.come_back()
    workbook = walk.issue_again(tmp_path / "night.xlsx")

    headline = {row[0]: row[1] for row in in_sheet(workbook, "Headline figures") if row[0]}
    assert IN_WORKBOOK.items() <= headline.items()
    log = [row for row in in_sheet(workbook, "Log") if {"Encounter", "Patrol note"} & set(row)]
    visits = [row for row in in_sheet(workbook, "Log") if "Premises visit" in row]
    assert len(log) + len(visits) == 11
    cora.goto(f"/tallies?deployment={walk.address.rsplit('/', 1)[1]}")
    table = cora.locator("table", has_text="Action taken").first
    assert table.locator("tr").last.locator("td").last.inner_text() == "11"
    assert SECOND.items() <= figures(cora).items()
    for phone, shown in zip(phones.values(), ON_PHONES, strict=True):
        expect_on_phone(phone, *shown)
