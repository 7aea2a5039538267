"""A hotspot in the words of the screen: what is asked, what was done, its shape."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import url_for

from fieldlog.core.hotspot import Asked, Done, Hotspot
from fieldlog.core.national_grid import to_wgs84
from fieldlog.core.night import night_of, says_date, says_length
from fieldlog.core.period import Period
from fieldlog.services.watch_hotspots import AtHotspot, Given, HotspotWeek, Place, Said
from fieldlog.tallies.done_against_asked import Standing, in_hours, out_of, together
from fieldlog.tallies.hotspot_return import says_place
from fieldlog.web.patrol_words import short_length, times_of_patrol, who_is_out
from fieldlog.web.surroundings import now

Row = dict[str, Any]
A_WEEK = timedelta(days=7)
OVERVIEW = (
    {"label": "Hotspot"},
    {"label": "Operation"},
    {"label": "Patrols", "numeric": True},
    {"label": "Patrol-hours", "numeric": True},
    {"label": "Person-hours", "numeric": True},
    {"label": "Not qualifying", "numeric": True},
    {"label": "Out now", "numeric": True},
    {"label": "Result"},
)
WEEKS = ({"label": "Week of"}, *OVERVIEW[2:6], OVERVIEW[-1])
PATROLS = (
    {"label": "Patrol"},
    {"label": "Who"},
    {"label": "How and where"},
    {"label": "Out for", "brief": True},
    {"label": "Patrol-hours", "numeric": True},
    {"label": "Person-hours", "numeric": True},
    {"label": "Counts"},
)
AGAINST = (
    {"label": "A week"},
    {"label": "Asked", "numeric": True},
    {"label": "Done", "numeric": True},
    {"label": "Missing", "numeric": True},
)


def in_force_words(hotspot: Hotspot) -> str:
    """Return ``from 30 November 2020``, or until when."""
    since = f"from {says_date(hotspot.first)}"
    return f"{since} to {says_date(hotspot.last)}" if hotspot.last else since


def is_over(week: Period) -> bool:
    """Say whether the last night of a week is past."""
    return week.last < night_of(now())


def result_words(standing: Standing, *, over: bool) -> str:
    """Return ``As asked``, or what is missing or still to do."""
    if not standing.asks:
        return "Nothing asked"
    missing = standing.missing()
    return f"{'Missing' if over else 'To do'}: {missing}" if missing else "As asked"


def numbers_of(standing: Standing) -> list[str]:
    """Return done of asked: patrols, patrol-hours and person-hours."""
    done = standing.done
    asked_patrols = None if standing.patrols is None else f"{standing.patrols:,}"
    return [
        out_of(f"{done.patrols:,}", asked_patrols),
        out_of(in_hours(done.patrol_time), _hours(standing.patrol_time)),
        out_of(in_hours(done.person_time), _hours(standing.person_time)),
    ]


def overview_row(one: HotspotWeek) -> list[Any]:
    """Return the cells of a hotspot's week under ``OVERVIEW``; each figure opens its patrols."""
    standing = together([(one.asked, one.done)])
    day = one.week.first.isoformat()
    page = url_for("hotspots.show", hotspot_id=one.hotspot.id, week=day)
    behind = f"{page}#patrols"
    figures = [*numbers_of(standing), str(one.done.others), str(one.done.going)]
    return [
        {"text": one.hotspot.name, "href": page},
        ", ".join(one.hotspot.operations.values()),
        *({"text": text, "href": behind} if text != "0" else text for text in figures),
        result_words(standing, over=is_over(one.week)),
    ]


def week_row(one: HotspotWeek) -> list[Any]:
    """Return the cells of a week of a hotspot under ``WEEKS``."""
    cells = overview_row(one)
    page = url_for("hotspots.show", hotspot_id=one.hotspot.id, week=one.week.first.isoformat())
    return [{"text": says_date(one.week.first), "href": page}, *cells[2:6], cells[-1]]


def headline_of(weeks: Sequence[HotspotWeek]) -> list[Row]:
    """Return the figures of a week over all hotspots.

    What is asked stands beside what is done only where every hotspot is asked it: done at one is
    not asked of another.
    """
    each = [together([(one.asked, one.done)]) for one in weeks]
    every = together((one.asked, one.done) for one in weeks)
    every = replace(
        every,
        patrols=every.patrols if all(one.patrols for one in each) else None,
        patrol_time=every.patrol_time if all(one.patrol_time for one in each) else None,
        person_time=every.person_time if all(one.person_time for one in each) else None,
    )
    asked = [one for one in each if one.asks]
    patrols, patrol_hours, person_hours = numbers_of(every)
    met = out_of(str(sum(one.met for one in asked)), str(len(asked)))
    return [
        {"label": "hotspots as asked", "value": met},
        {"label": "patrols that qualify", "value": patrols},
        {"label": "patrol-hours", "value": patrol_hours},
        {"label": "person-hours", "value": person_hours},
    ]


def against_rows(standing: Standing) -> list[list[str]]:
    """Return the rows under ``AGAINST``."""
    done = standing.done
    rows = [
        (
            "Patrols that qualify",
            None if standing.patrols is None else f"{standing.patrols:,}",
            f"{done.patrols:,}",
            f"{standing.patrols_short or 0:,}",
        ),
        (
            "Patrol-hours",
            _hours(standing.patrol_time),
            in_hours(done.patrol_time),
            _hours(standing.patrol_time_short),
        ),
        (
            "Person-hours",
            _hours(standing.person_time),
            in_hours(done.person_time),
            _hours(standing.person_time_short),
        ),
    ]
    return [
        [label, asked, did, missing or "0"] if asked else [label, "not asked", did, ""]
        for label, asked, did, missing in rows
    ]


def patrol_rows(patrols: Iterable[AtHotspot]) -> list[list[Any]]:
    """Return the rows of patrols under ``PATROLS``, the latest first."""
    return [_patrol_row(one) for one in reversed(list(patrols))]


def _patrol_row(one: AtHotspot) -> list[Any]:
    stored, judged = one.stored, one.judged
    href = url_for("patrols.show", patrol_id=stored.patrol.id)
    night = f"{stored.night_of:%a} {stored.night_of.day} {stored.night_of:%b}"
    return [
        {"text": f"{night}, {times_of_patrol(stored)}", "href": href},
        who_is_out(stored),
        " · ".join(part for part in (stored.mode.label, stored.area) if part),
        short_length(judged.lasted),
        in_hours(judged.patrol_time),
        in_hours(judged.person_time),
        counts_words(one),
    ]


def counts_words(one: AtHotspot) -> str:
    """Return whether a patrol counts, and why not or how much of it."""
    judged = one.judged
    if judged.patrol.going:
        return judged.reasons[0]
    if not judged.qualifies:
        return f"No: {'; '.join(judged.reasons)}"
    if judged.patrol_time < judged.lasted:
        return f"Yes: {says_length(judged.patrol_time)} of its {says_length(judged.lasted)}"
    return "Yes"


def asked_rows(asked: Asked | None) -> list[Row]:
    """Return what is asked as rows of a summary list."""
    if asked is None:
        return [{"key": "Asked", "value": "Nothing"}]
    return [
        {"key": "Asked a week", "value": how_much(asked)},
        {"key": "A patrol qualifies", "value": with_what(asked)},
        {"key": "Times that count", "value": asked.says_when()},
    ]


def how_much(asked: Asked) -> str:
    """Return ``3 patrols, 9 patrol-hours, 18 person-hours``."""
    return together([(asked, Done())]).missing()


def with_what(asked: Asked) -> str:
    """Return ``of 15 minutes or more, by 2 people or more, on foot``."""
    parts = []
    if asked.least_minutes:
        minutes = "minute" if asked.least_minutes == 1 else "minutes"
        parts.append(f"of {asked.least_minutes} {minutes} or more")
    if asked.crew > 1:
        parts.append(f"by {asked.crew} people or more")
    if asked.modes:
        parts.append(asked.says_modes())
    return ", ".join(parts) or "whatever its length"


def said_words(said: Said, operations: dict[int, str]) -> Row:
    """Return a line of a hotspot's history: who said what, and when."""
    what = said.what
    if isinstance(what, Asked):
        text = f"From the week of {says_date(what.from_week)}: {how_much(what)}; a patrol "
        text += f"qualifies {with_what(what)}; {what.says_when()}"
    else:
        text = _place_words(what, operations)
    return {"at": said.at, "by": said.by, "text": text}


def given_words(given: Given) -> Row:
    """Return a line of which hotspot a patrol was given."""
    text = given.hotspot or "No hotspot"
    if given.at_start:
        text += ", chosen when it started"
    return {"at": given.at, "by": given.by, "text": f"{text}: {given.reason}".removesuffix(": ")}


def _place_words(place: Place, operations: dict[int, str]) -> str:
    named = {one: operations.get(one, "") for one in sorted(place.operations)}
    found = Hotspot(0, place.name, place.outline, place.is_square, place.first, place.last, named)
    parts = (place.name, says_place(found), f"in force {in_force_words(found)}")
    return "; ".join((*parts, ", ".join(named.values())))


def week_links(endpoint: str, week: Period, **more: Any) -> Row:
    """Return the words of a week and the addresses of the weeks beside it."""

    def to(first: date) -> str:
        return url_for(endpoint, week=first.isoformat(), **more)

    return {
        "text": f"{week.says()[:1].upper()}{week.says()[1:]}",
        "previous": to(week.first - A_WEEK),
        "next": None if night_of(now()) <= week.last else to(week.first + A_WEEK),
    }


def place_rows(hotspot: Hotspot) -> list[Row]:
    """Return where a hotspot is and when, for a summary list."""
    latitude, longitude = to_wgs84(hotspot.outline.middle)
    return [
        {"key": "Where", "value": says_place(hotspot)},
        {"key": "Middle", "value": f"{latitude:.5f}, {longitude:.5f}"},
        {"key": "In force", "value": in_force_words(hotspot)},
        {"key": "Operations", "value": ", ".join(hotspot.operations.values())},
    ]


def _hours(length: timedelta | None) -> str | None:
    return None if length is None else in_hours(length)
