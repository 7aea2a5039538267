"""The demonstration shows the published figures on screen, cell for cell."""

import csv
from collections import Counter
from datetime import UTC, datetime

import pytest
from flask import Flask

from fieldlog.app import create_app
from fieldlog.config import Config
from fieldlog.demonstration.names import PASSWORD
from fieldlog.services.load_demonstration import load_demonstration
from fieldlog.store.connection import database_path
from fieldlog.store.migrations import prepare_database
from tests.house.checkout import ROOT
from tests.web.browser import Browser
from tests.web.figures_on_pages import ScreenTable, crosstabs, entries_said, headline, words

NOW = datetime(2021, 3, 5, 10, 0, tzinfo=UTC)
PUBLISHED = ROOT / "tests" / "facts" / "marshal_actions_by_time.csv"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory, passwords) -> Flask:
    instance = tmp_path_factory.mktemp("demonstration")
    db = prepare_database(database_path(instance))
    load_demonstration(db, now=NOW, passwords=passwords)
    db.close()
    config = Config(instance=instance, secret_key="a key for tests")
    app = create_app(config, clock=lambda: NOW, passwords=passwords)
    app.testing = True
    app.test_client_class = Browser
    return app


@pytest.fixture
def cora(demonstration) -> Browser:
    browser = demonstration.test_client()
    answer = browser.post("/sign-in", data={"username": "cora", "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def text(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def operation(browser, name):
    html = text(browser, "/operations")
    return html.split(f">{name}</a>")[0].rsplit("/operations/", 1)[1].split('"')[0]


def published() -> Counter[tuple[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as file:
        return Counter(
            {
                (row["action_taken"] or "(blank)", row["minutes"] or "(blank)"): int(row["records"])
                for row in csv.DictReader(file)
            }
        )


def test_the_marshals_table_is_the_published_one_cell_for_cell(cora):
    html = text(cora, f"/tallies?operation={operation(cora, 'Covid marshals')}")
    (table,) = crosstabs(html)
    assert isinstance(table, ScreenTable)
    shown = {
        (row, column): int(cell)
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, cell in zip(table.columns, cells, strict=True)
    }
    assert {key: value for key, value in shown.items() if value} == published()
    assert table.columns == ["15", "30", "45", "60", "75", "120", "150", "(blank)"]
    assert int(table.grand_total) == 483
    assert "Timed records 143 Recorded hours 78.75 h Untimed records 340" in words(html)
    assert entries_said(text(cora, table.grand_total.href)) == 483


def test_the_estimate_of_the_papers_stands_beside_the_recorded_hours(cora):
    html = words(text(cora, f"/tallies?operation={operation(cora, 'Covid marshals')}&each=30"))
    assert "Recorded hours 78.75 h" in html
    assert "170 h for the untimed records at 30 minutes each, 248.75 h with those recorded" in html


@pytest.mark.parametrize(
    ("first", "last", "figures"),
    [
        ("2020-12-05", "2020-12-05", [15, 92, 38, 0, 0]),
        ("2020-12-11", "2020-12-11", [19, 65, 10, 0, 0]),
        ("2020-12-19", "2020-12-19", [18, 89, 30, 2, 3]),
        ("2020-12-01", "2020-12-31", [52, 246, 78, 2, 3]),
    ],
)
def test_the_headline_of_a_night_and_of_a_month_is_the_published_one(cora, first, last, figures):
    emblazen = operation(cora, "Op Emblazen")
    shown = headline(text(cora, f"/tallies?operation={emblazen}&from={first}&to={last}"))
    labels = ("premises", "spoken to", "warned", "FPNs", "arrests")
    assert [int(shown[label]) for label in labels] == figures


def test_the_night_of_august_visited_45_premises(cora):
    emblazen = operation(cora, "Op Emblazen")
    html = text(cora, f"/nights?operation={emblazen}&to=2020-08-31")
    assert "Friday 7 August 2020 Op Emblazen 45 " in words(html)
