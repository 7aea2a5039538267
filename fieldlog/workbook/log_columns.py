"""The columns of the log: what a reader on paper needs first, then every other thing recorded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from fieldlog.core.lists import Measure
from fieldlog.core.log import LogLine, NoticeLine, PurchaseLine
from fieldlog.core.words import Unit
from fieldlog.workbook.columns import TEXT, Column
from fieldlog.workbook.names import headings
from fieldlog.workbook.report import counts

COUNTED = "Counted"
PRINTED_MEASURES = 2
"""How many measures, from the first of the catalogue on, are among the printed columns."""

_KINDS = {Unit.COUNT: "whole", Unit.PENCE: "pence", Unit.GRAMS: "grams"}
_UNITS = {Unit.COUNT: "", Unit.PENCE: " (£)", Unit.GRAMS: " (g)"}


def log_columns(measures: Sequence[Measure]) -> tuple[list[Column[LogLine]], int]:
    """Return (the columns of the log, how many of them are printed).

    There is a column for each of ``measures``; those of pence are in pounds. Filtering ``Counted``
    to ``Yes`` leaves the entries that the figures count.
    """
    counted = [_measured(measure) for measure in measures]
    printed = [*_FIRST, *counted[:PRINTED_MEASURES], *_LAST_PRINTED]
    columns = [*printed, *counted[PRINTED_MEASURES:], *_REST]
    names = headings(column.heading for column in columns)
    named = [replace(column, heading=name) for column, name in zip(columns, names, strict=True)]
    return named, len(printed)


def _measured(measure: Measure) -> Column[LogLine]:
    code = measure.code
    return Column(
        measure.label + _UNITS[measure.unit],
        _KINDS[measure.unit],
        lambda line: line.counts.get(code),
        12,
    )


def _notice(value: Callable[[NoticeLine], Any]) -> Callable[[LogLine], Any]:
    return lambda line: value(line.notice) if line.notice else None


def _purchase(value: Callable[[PurchaseLine], Any]) -> Callable[[LogLine], Any]:
    return lambda line: value(line.purchase) if line.purchase else None


def _yes_or_no(said: bool | None) -> str:
    return "" if said is None else ("Yes" if said else "No")


_FIRST: tuple[Column[LogLine], ...] = (
    Column(COUNTED, TEXT, lambda line: "Yes" if counts(line) else "No", 10),
    Column("Date", "day", lambda line: line.happened_at, 12),
    Column("Time", "clock", lambda line: line.happened_at, 8),
    Column("Officer", TEXT, lambda line: line.officer, 18),
    Column("Kind of entry", TEXT, lambda line: line.kind.label, 16),
    Column("Premises or place", TEXT, lambda line: line.where, 28),
    Column("Ward", TEXT, lambda line: line.ward, 18),
    Column("Action taken", TEXT, lambda line: line.action, 24),
    Column("Minutes", "whole", lambda line: line.minutes, 10),
)
_LAST_PRINTED: tuple[Column[LogLine], ...] = (Column("Notes", TEXT, lambda line: line.notes, 50),)
_REST: tuple[Column[LogLine], ...] = (
    Column("Night of", "night", lambda line: line.night_of, 12),
    Column("Operation", TEXT, lambda line: line.operation, 24),
    Column("Agency", TEXT, lambda line: line.agency, 30),
    Column("Four Es", TEXT, lambda line: line.four_e.label if line.four_e else "", 12),
    Column("Particulars", TEXT, lambda line: line.particulars, 40),
    Column("Capacity", TEXT, lambda line: line.capacity.label, 13),
    Column("Collar number", TEXT, lambda line: line.collar_number, 13),
    Column("Address", TEXT, lambda line: line.premises_address, 34),
    Column("Type of premises", TEXT, lambda line: line.premises_type, 18),
    Column("Notice number", TEXT, _notice(lambda it: it.number), 18),
    Column("Law", TEXT, _notice(lambda it: it.law), 24),
    Column("Act and section", TEXT, _notice(lambda it: it.provision), 64),
    Column("Prohibition", TEXT, _notice(lambda it: it.prohibition), 14),
    Column("Notice amount (£)", "pence", _notice(lambda it: it.amount_pence), 13),
    Column("Recipient", TEXT, _notice(lambda it: it.recipient), 24),
    Column("Product", TEXT, _purchase(lambda it: it.product), 12),
    Column("Test purchase", TEXT, _purchase(lambda it: it.result.label), 12),
    Column("Volunteer", TEXT, _purchase(lambda it: it.volunteer_reference), 14),
    Column("Volunteer’s age", "whole", _purchase(lambda it: it.volunteer_age), 11),
    Column("ID asked", TEXT, _purchase(lambda it: _yes_or_no(it.id_asked)), 9),
    Column("Seller", TEXT, _purchase(lambda it: it.seller), 28),
    Column("Exhibit", TEXT, _purchase(lambda it: it.exhibit), 14),
    Column("Marking", TEXT, lambda line: line.marking.label, 22),
    Column("Recorded on the phone", "moment", lambda line: line.captured_at, 18),
    Column("Received", "moment", lambda line: line.received_at, 18),
    Column("Recorded by", TEXT, lambda line: line.recorded_by, 18),
    Column("Version", "whole", lambda line: line.version, 10),
    Column("Struck", TEXT, lambda line: _yes_or_no(line.struck), 9),
    Column("Reason for the change", TEXT, lambda line: line.reason, 40),
    Column("Entry", TEXT, lambda line: line.id, 38),
)
