"""The sums behind a headline, counted otherwise than fieldlog counts: to explain other figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_uk, utc_text
from fieldlog.core.question import Filter, Sums
from fieldlog.store.filtering import VISIT, conditions
from fieldlog.store.premises_merges_schema import COUNTED_AS

_SUPERSEDED = "SELECT 1 FROM entries AS later WHERE later.supersedes = entry.version_id"
_PREMISES = COUNTED_AS.format(id="entry.premises_id")
_IN_FORCE = f"NOT EXISTS ({_SUPERSEDED})"


def with_struck(db: Database, wanted: Filter) -> Sums:
    """Return the sums with struck entries counted too."""
    where, values = conditions(wanted, struck=True)
    return _sums(db, f"{_IN_FORCE} AND {where}", values)


def as_received_by(db: Database, wanted: Filter, moment: datetime) -> Sums:
    """Return the sums of the log as it stood at ``moment``: without what came or changed later."""
    where, values = conditions(wanted)
    then = (
        f"entry.received_at <= :moment AND NOT EXISTS ({_SUPERSEDED} "
        "AND later.received_at <= :moment)"
    )
    return _sums(db, f"{then} AND {where}", {**values, "moment": utc_text(moment)})


def by_calendar_day(db: Database, wanted: Filter, days: Iterable[date]) -> Sums:
    """Return the sums of what happened from midnight to midnight UK time on ``days``.

    ``wanted`` says what else the entries must have; it names no night of its own.
    """
    where, values = conditions(wanted)
    named = dict(values)
    spans = []
    for number, day in enumerate(days):
        named[f"start_{number}"] = utc_text(from_uk(day, time()))
        named[f"end_{number}"] = utc_text(from_uk(day + timedelta(days=1), time()))
        spans.append(
            f"(entry.happened_at >= :start_{number} AND entry.happened_at < :end_{number})"
        )
    within = " OR ".join(spans) or "0"
    return _sums(db, f"{_IN_FORCE} AND ({within}) AND {where}", named)


def own_capacity(db: Database, wanted: Filter) -> Sums:
    """Return the sums of what officers did as their own, without what they only witnessed."""
    where, values = conditions(wanted)
    return _sums(db, f"{_IN_FORCE} AND entry.capacity = 'own' AND {where}", values)


def _sums(db: Database, where: str, values: Mapping[str, Any]) -> Sums:
    entries, visits, premises, timed, minutes = db.execute(
        f"SELECT count(*), count(CASE WHEN {VISIT} THEN 1 END), "
        f"count(DISTINCT CASE WHEN {VISIT} THEN {_PREMISES} END), count(entry.minutes), "
        f"coalesce(sum(entry.minutes), 0) FROM entries AS entry WHERE {where}",
        dict(values),
    ).fetchone()
    measured = db.execute(
        "SELECT counts.measure, sum(counts.value) FROM entries AS entry "
        f"JOIN counts ON counts.version_id = entry.version_id WHERE {where} GROUP BY 1",
        dict(values),
    )
    return Sums(entries, visits, premises, timed, minutes, dict(measured.fetchall()))
