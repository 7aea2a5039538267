"""Lines, tables and reports made up for the workbook tests, plain to count by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from fieldlog.core.lists import Measure
from fieldlog.core.log import LogLine, NoticeLine, PurchaseLine
from fieldlog.core.question import Answer, Filter, Group, Key, Label, Measured, Question, Sums
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult, Unit
from fieldlog.tallies.crosstab import Table, lay_out
from fieldlog.tallies.headline import headline
from fieldlog.workbook.report import NightReport, TableSheet, counts

NIGHT = date(2020, 12, 5)
AT_2140 = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)
MORNING_AFTER = datetime(2020, 12, 6, 9, 12, tzinfo=UTC)

FPN = NoticeLine(
    number="FPN-000123",
    law_code="litter",
    law="Litter",
    provision="Environmental Protection Act 1990, s.87 and s.88",
    measure="fpn",
    amount_pence=10_050,
    prohibition="4",
    recipient="R. Person",
)
PURCHASE = PurchaseLine("Vape", PurchaseResult.SOLD, "V7", 16, False, "tall", "EX/1")


def a_measure(code: str, label: str, position: int, unit: Unit = Unit.COUNT) -> Measure:
    return Measure(code, label, position, date(2000, 1, 1), None, "one more", unit, 1)


MEASURES = (
    a_measure("spoken_to", "People spoken to", 1),
    a_measure("warned", "People warned", 2),
    a_measure("fpn", "Fixed penalty notices (FPN)", 3),
    a_measure("pcn", "Penalty charge notices (PCN)", 4),
    a_measure("cash_pence", "Cash seized", 5, Unit.PENCE),
    a_measure("drugs_grams", "Drugs seized", 6, Unit.GRAMS),
)


def a_line(number: int = 1, **more: Any) -> LogLine:
    """A visit to The Lamp at 21:40 on Saturday 5 December 2020, with ``more`` said about it."""
    usual: dict[str, Any] = {
        "id": str(UUID(int=number, version=4)),
        "version_id": number,
        "version": 1,
        "in_force": True,
        "struck": False,
        "night_of": NIGHT,
        "happened_at": AT_2140,
        "captured_at": AT_2140,
        "received_at": AT_2140,
        "kind": EntryKind.PREMISES_VISIT,
        "capacity": Capacity.OWN,
        "operation": "Op Emblazen",
        "deployment_id": 1,
        "officer_id": 1,
        "officer": "Asha Reed",
        "collar_number": "CM07",
        "agency_id": 1,
        "agency": "Marlbridge Borough Council",
        "premises_id": 1,
        "premises": "The Lamp",
        "premises_address": "1 High Street",
        "premises_type": "Public house",
        "place": "",
        "ward_id": 1,
        "ward": "Castle",
        "action_code": "advice_given",
        "action": "Advice given",
        "minutes": 15,
        "four_e": FourE.EXPLAIN,
        "particulars": "",
        "notes": "",
        "marking": Marking.OFFICIAL,
        "counts": {"spoken_to": 3},
        "notice": None,
        "purchase": None,
        "recorded_by": "Asha Reed",
        "reason": "",
    }
    return LogLine(**(usual | more))


def a_table(
    groups: Mapping[tuple[Key, Key], int],
    rows: str = "action",
    columns: str = "time",
    measured: Measured | None = None,
) -> Table:
    """A table with one group for each (row, column); keys are their own labels."""
    found = tuple(Group(row, column, n, 0, 0, n) for (row, column), n in groups.items())
    labelled = {
        key: Label(f"{key} min" if columns == "time" and isinstance(key, int) else str(key), place)
        for place, key in enumerate(key for pair in groups for key in pair)
    }
    question = Question(rows, columns)
    return lay_out(Answer(question, found, labelled, labelled, measured or Measured()))


ACTION_BY_TIME = a_table(
    {("Advice given", 15): 3, ("Advice given", None): 17, ("Letter", None): 10, (None, 15): 1}
)


def a_report(lines: Iterable[LogLine] = (), **more: Any) -> NightReport:
    """A report of those lines, with figures counted from them by hand."""
    given = list(lines)
    counted = [line for line in given if counts(line)]
    timed = [line.minutes for line in counted if line.minutes is not None]
    totals: dict[str, int] = {}
    for line in counted:
        for code, value in line.counts.items():
            totals[code] = totals.get(code, 0) + value
    visits = [line for line in counted if line.kind is EntryKind.PREMISES_VISIT]
    premises = {line.premises_id for line in visits}
    sums = Sums(len(counted), len(visits), len(premises), len(timed), sum(timed), totals)
    usual: dict[str, Any] = {
        "title": "Op Emblazen, night of Saturday 5 December 2020",
        "as_at": MORNING_AFTER,
        "by": "Cora Hale, Marlbridge Borough Council",
        "marking": Marking.OFFICIAL,
        "headline": headline(sums, Filter()),
        "tables": [TableSheet("Action by time", ACTION_BY_TIME)],
        "notices": [line for line in given if line.notice],
        "lines": iter(given),
        "counted": len(counted),
        "struck": len(given) - len(counted),
        "measures": MEASURES,
        "about": [("Operation", "Op Emblazen")],
    }
    return NightReport(**(usual | more))
