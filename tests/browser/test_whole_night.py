"""The whole job as people do it: an officer logs, the coordinator counts, the workbook agrees."""

import csv
import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from fieldlog.core.night import night_of
from tests.browser.conftest import LAPTOP, PHONE, OpenWindow, Server, sign_in

TONIGHT = re.compile(r"/tonight")


@pytest.fixture
def phone(open_window: OpenWindow) -> Page:
    """Asha's phone, signed in."""
    page = open_window(PHONE, service_workers="block", has_touch=True)
    sign_in(page, "asha")
    return page


@pytest.fixture
def laptop(open_window: OpenWindow) -> Page:
    """Cora's laptop, signed in."""
    page = open_window(LAPTOP, service_workers="block", accept_downloads=True)
    sign_in(page, "cora")
    return page


class Thumb:
    """A thumb that counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, role: Any, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.tap()
        self.taps += 1


def choose_premises(page: Page, letters: str, name: str) -> None:
    page.get_by_label("Premises", exact=True).fill(letters)
    page.get_by_role("button", name=re.compile(name)).tap()


def log_a_visit(page: Page, letters: str, name: str, minutes: str) -> int:
    """Log a common visit; return the taps after the premises was chosen."""
    page.get_by_role("link", name="Visit premises").tap()
    choose_premises(page, letters, name)
    thumb = Thumb(page)
    thumb.tap("radio", "Advice given")
    thumb.tap("radio", re.compile(rf"^{minutes}$"))
    thumb.tap("button", "one more person spoken to")
    thumb.tap("button", "Save")
    expect(page).to_have_url(TONIGHT)
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    return thumb.taps


def log_an_encounter(page: Page, spoken_to: int, warned: int) -> None:
    page.get_by_role("link", name="Spoke to people").tap()
    page.get_by_label("People spoken to").fill(str(spoken_to))
    page.get_by_label("People warned").fill(str(warned))
    page.get_by_role("button", name="Save").tap()
    expect(page).to_have_url(TONIGHT)


def rows_on_screen(page: Page) -> list[list[str]]:
    """The action × time table as the page shows it, headings first."""
    table = page.locator("table", has_text="Action taken").first
    rows = table.locator("tr").all()
    return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows]


def total_of(page: Page, label: str) -> int:
    """The headline figure above a label."""
    text = page.locator(".headline, .figures, main").first.inner_text()
    found = re.search(rf"([\d,]+)\s*\n\s*{re.escape(label)}\b", text)
    assert found, f"{label} is not among the headline figures:\n{text}"
    return int(found.group(1).replace(",", ""))


def sheet_rows(workbook: openpyxl.Workbook, title: str) -> list[tuple[Any, ...]]:
    return [row for row in workbook[title].iter_rows(values_only=True) if any(row)]


def test_a_night_from_the_phone_to_the_workbook(
    server: Server, phone: Page, laptop: Page, tmp_path: Path
) -> None:
    # The officer, in the rain.
    taps = log_a_visit(phone, "velvet an", "The Velvet Anchor", "15")
    assert taps <= 5
    log_a_visit(phone, "brass ott", "The Brass Otter", "30")
    log_an_encounter(phone, spoken_to=7, warned=2)
    expect(phone.get_by_text("The Velvet Anchor").first).to_be_visible()

    # A mistake, mended with a reason; the old version stays.
    phone.get_by_role("link", name=re.compile("The Brass Otter")).first.tap()
    phone.get_by_role("button", name="Amend this entry").tap()
    phone.get_by_role("radio", name="45", exact=True).tap()
    phone.get_by_label("Why it is amended").fill("wrong time taken")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text("wrong time taken").first).to_be_visible()
    expect(phone.locator("s, del", has_text=re.compile(r"\b30\b")).first).to_be_visible()

    # One tap on the tally, and one taken back.
    phone.goto("/plus-one")
    tile = phone.get_by_role("button", name=re.compile("People spoken to"))
    tile.tap()
    expect(tile).to_contain_text("10")
    tile.tap()
    expect(tile).to_contain_text("11")
    phone.get_by_role("button", name="Undo").tap()
    expect(tile).to_contain_text("10")

    # The coordinator, with a radio in one ear.
    laptop.goto("/nights")
    laptop.get_by_role("link", name=re.compile("night of")).first.click()
    shown = {label: total_of(laptop, label) for label in ("premises", "visits", "spoken to")}
    assert shown == {"premises": 2, "visits": 2, "spoken to": 10}
    assert total_of(laptop, "warned") == 2
    screen = rows_on_screen(laptop)
    night = laptop.url

    # Every cell leads to its entries.
    laptop.get_by_role("link", name=re.compile("^2$")).first.click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Entries")

    # The workbook says the same: by openpyxl and by LibreOffice.
    laptop.goto(night)
    with laptop.expect_download() as download:
        laptop.get_by_role("button", name="Export workbook").last.click()
    file = tmp_path / "night.xlsx"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".xlsx")
    workbook = openpyxl.load_workbook(BytesIO(file.read_bytes()), data_only=True)
    title = next(name for name in workbook.sheetnames if "time" in name.lower())
    in_workbook = numbers(sheet_rows(workbook, title))
    assert in_workbook == numbers(screen)
    assert numbers(libreoffice_rows(file, title, tmp_path)) == numbers(screen)

    # And so does the command line.
    tonight = night_of(datetime.now(UTC)).isoformat()
    told = server.tally("--rows", "action", "--columns", "time", "--night", tonight)
    assert told["grand_total"] == int(screen[-1][-1])
    phone.goto("/entries/mine")
    expect(phone.get_by_text("The Velvet Anchor").first).to_be_visible()


def numbers(rows: Any) -> list[list[int]]:
    """The rows that hold totals as whole numbers, whatever stands around them."""
    found = []
    for row in rows:
        cells = [str(cell).strip() for cell in row if cell not in {None, ""}]
        whole = [int(cell) for cell in cells[1:] if re.fullmatch(r"\d+", cell)]
        if cells and len(whole) == len(cells) - 1 and len(whole) > 1:
            found.append(whole)
    return found


def libreoffice_rows(file: Path, title: str, folder: Path) -> list[list[str]]:
    """One sheet as LibreOffice reads it."""
    soffice = shutil.which("soffice") or shutil.which("localc")
    assert soffice
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir",
            str(folder / "csv"),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    written = next((folder / "csv").glob(f"*-{title}.csv"))
    with written.open(encoding="utf-8") as lines:
        return list(csv.reader(lines))
