"""Entries, tallies and nights as plain data for programs: the same figures as on the pages."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldlog.core.log import LogLine
from fieldlog.core.night import utc_text, utc_text_or_none
from fieldlog.core.question import Filter
from fieldlog.services.find_entries import LogPage, find_entries
from fieldlog.services.list_nights import ListedNight, list_nights
from fieldlog.store.connection import Database
from fieldlog.store.lists import load_lists
from fieldlog.tallies.headline import HOURS
from fieldlog.workbook.csv_rows import write_log_csv


@dataclass(frozen=True)
class DataPage:
    """A page of rows as plain data: which page of how many, and how many rows in all."""

    rows: list[dict[str, Any]]
    number: int
    last: int
    total: int


def entries_as_data(db: Database, wanted: Filter, *, page: int, size: int) -> DataPage:
    """Return a page of the entries that ``wanted`` counts, the newest first, struck ones marked."""
    found = find_entries(db, wanted, page=page, size=size)
    return DataPage([_entry(line) for line in found.lines], found.number, found.last, found.shown)


def entries_as_csv(
    db: Database, wanted: Filter, *, page: int, size: int, raw: bool
) -> tuple[bytes, LogPage]:
    """Return the same page as CSV in UTF-8, and the page.

    ``raw`` is for programs; otherwise text that a spreadsheet would run is made harmless.
    """
    found = find_entries(db, wanted, page=page, size=size)
    measures = sorted(load_lists(db).measures.values(), key=lambda measure: measure.position)
    file = io.StringIO(newline="")
    write_log_csv(file, found.lines, measures, raw=raw)
    return file.getvalue().encode("utf-8", "replace"), found


def nights_as_data(db: Database, *, now: datetime, page: int, size: int) -> DataPage:
    """Return a page of the nights with their headline figures, the newest first."""
    found = list_nights(db, now=now, page=page, size=size)
    rows = [_night(one) for one in (*found.tonight, *found.past)]
    return DataPage(rows, found.number, found.last, found.every)


def _night(listed: ListedNight) -> dict[str, Any]:
    deployment, hours = listed.deployment, listed.headline.hours
    return {
        "deployment": deployment.id,
        "operation": deployment.operation,
        "name": deployment.name,
        "night_of": deployment.night_of.isoformat(),
        "starts_at": utc_text_or_none(deployment.starts_at),
        "finishes_at": utc_text_or_none(deployment.finishes_at),
        "entries": listed.entries,
        "figures": {
            figure.code: int(figure.value)
            for figure in listed.headline.figures
            if figure.code != HOURS
        },
        "hours": {
            "timed_records": hours.timed_records,
            "recorded_minutes": hours.recorded_minutes,
            "untimed_records": hours.untimed_records,
        },
    }


def _entry(line: LogLine) -> dict[str, Any]:
    notice, purchase = line.notice, line.purchase
    return {
        "id": line.id,
        "version": line.version,
        "struck": line.struck,
        "night_of": line.night_of.isoformat(),
        "happened_at": utc_text(line.happened_at),
        "captured_at": utc_text(line.captured_at),
        "received_at": utc_text(line.received_at),
        "operation": line.operation or None,
        "kind": line.kind.value,
        "capacity": line.capacity.value,
        "officer": line.officer or None,
        "collar_number": line.collar_number or None,
        "agency": line.agency or None,
        "premises": line.premises or None,
        "place": line.place or None,
        "ward": line.ward or None,
        "action": line.action_code,
        "minutes": line.minutes,
        "four_e": line.four_e.value if line.four_e else None,
        "counts": dict(line.counts),
        "particulars": line.particulars or None,
        "notes": line.notes or None,
        "marking": line.marking.value,
        "notice": notice.number if notice else None,
        "law": notice.law_code if notice else None,
        "amount_pence": notice.amount_pence if notice else None,
        "purchase": purchase.result.value if purchase else None,
    }
