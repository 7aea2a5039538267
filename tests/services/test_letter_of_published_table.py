"""The mail about the marshals holds the published table of 483 records, cell for cell."""

import csv
from datetime import UTC, datetime

import pytest

from fieldlog.core.question import Filter
from fieldlog.services.load_demonstration import load_demonstration
from fieldlog.services.look_at_mail import Asked, preview
from fieldlog.store.deployments import operation_named
from tests.house.checkout import ROOT

NOW = datetime(2021, 3, 5, 10, 0, tzinfo=UTC)
PUBLISHED = ROOT / "tests" / "facts" / "marshal_actions_by_time.csv"


@pytest.fixture
def ready(db, passwords):
    load_demonstration(db, now=NOW, passwords=passwords)
    wanted = Filter(where={"operation": (operation_named(db, "Covid marshals"),)})
    return preview(db, Asked(wanted), as_at=NOW)


def published():
    with PUBLISHED.open(encoding="utf-8") as file:
        return {
            (row["action_taken"] or "(blank)", row["minutes"] or "(blank)"): row["records"]
            for row in csv.DictReader(file)
        }


def test_the_letter_holds_the_published_cells(ready):
    lines = ready.text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("Action taken "))
    actions = {action for action, _ in published()}
    columns = lines[start].removeprefix("Action taken").replace("Grand Total", "total").split()
    found = {}
    for line in lines[start + 1 : start + 1 + len(actions)]:
        (action,) = [action for action in actions if line.startswith(action)]
        numbers = line.removeprefix(action).split()
        for column, number in zip(columns, numbers, strict=True):
            if number != "0" and column != "total":
                found[action, column] = number
    assert found == {cell: number for cell, number in published().items() if number != "0"}
    assert lines[start + 1 + len(actions)].split()[-1] == "483"


def test_its_hours_are_those_of_the_records_and_say_so(ready):
    says = "143 timed records, 78.75 h recorded; 340 records without a time, not in the hours."
    assert f"Hours: {says}" in ready.text
    assert f"<p>Hours: {says}</p>" in ready.html
