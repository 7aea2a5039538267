"""A patrol in the words of the screen: its row in a table, its figures, what happened to it."""

from datetime import timedelta
from typing import Any

from flask import url_for

from fieldlog.core.night import says_length, says_moment, says_time
from fieldlog.core.patrol import EventKind, PatrolTime, hours, lasted
from fieldlog.services.watch_patrols import Gap, StoredPatrol, Watched
from fieldlog.tallies.hours import plain

Row = dict[str, Any]

COLUMNS = (
    {"label": "Patrol"},
    {"label": "Who"},
    {"label": "How and where"},
    {"label": "Length", "brief": True},
    {"label": "Person-hours", "numeric": True},
    {"label": "Entries", "numeric": True},
    {"label": "State"},
)


def in_hours(length: timedelta) -> str:
    """Return a length in hours as figures are printed: ``9``, ``2.17``."""
    return plain(hours(length))


def times_of_patrol(stored: StoredPatrol) -> str:
    """Return ``18:05 to 21:10``, or ``since 18:05`` where it still runs."""
    started, ended = stored.patrol.started_at, stored.patrol.ended_by
    if started is None:
        return "never started"
    return (
        f"{says_time(started)} to {says_time(ended.at)}" if ended else f"since {says_time(started)}"
    )


def who_is_out(stored: StoredPatrol) -> str:
    """Return who is out with a patrol, its leader first."""
    named = [name for officer, name in stored.names.items() if officer != stored.patrol.officer_id]
    others = stored.patrol.others
    more = [f"{others} other{'' if others == 1 else 's'}"] if others else []
    return ", ".join([stored.leader, *named, *more])


def short_length(length: timedelta) -> str:
    """Return ``2 h 10``, as the phone's strip says it."""
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60:02}"


def state_of(watched: Watched) -> str:
    """Return how a patrol stands, and what is odd about it."""
    if watched.left_running:
        return "Left running"
    said = watched.patrol.state.label
    if watched.counted and watched.counted.overlap:
        said += f"; {says_length(watched.counted.overlap)} counted with another patrol"
    return said


def length_of_patrol(watched: Watched) -> str:
    """Return how long it was out, up to now if it still is."""
    length = short_length(watched.so_far)
    return f"{length} so far" if watched.patrol.going else length


def where_it_is(stored: StoredPatrol) -> str:
    """Return ``On foot · High Street · hotspot The Lanes``."""
    hotspot = f"hotspot {stored.hotspot}" if stored.hotspot else ""
    return " · ".join(part for part in (stored.mode.label, stored.area, hotspot) if part)


def _entries_href(watched: Watched) -> str | None:
    """Return the way to the entries behind their number, None where there is none."""
    return url_for("patrols.entries", patrol_id=watched.patrol.id) if watched.entries else None


def patrol_row(watched: Watched) -> list[Any]:
    """Return the cells of a patrol under ``COLUMNS``."""
    stored = watched.stored
    href = url_for("patrols.show", patrol_id=watched.patrol.id)
    entries = _entries_href(watched)
    return [
        {"text": times_of_patrol(stored), "href": href},
        who_is_out(stored),
        where_it_is(stored),
        length_of_patrol(watched),
        in_hours(watched.counted.person_time) if watched.counted else "",
        {"text": f"{watched.entries:,}", "href": entries} if entries else "0",
        state_of(watched),
    ]


def patrol_figures(time: PatrolTime, href: str | None = None) -> list[Row]:
    """Return patrol-hours and person-hours for ``headline_figures``."""
    return [
        {"label": "patrol-hours", "value": in_hours(time.patrol_time), "href": href},
        {"label": "person-hours on patrol", "value": in_hours(time.person_time), "href": href},
    ]


def gap_words(gap: Gap) -> str:
    """Return ``Asha Reed, 21:00 to 21:30 (30 minutes)``."""
    start, finish = says_time(gap.span.start), says_time(gap.span.finish)
    return f"{gap.officer}, {start} to {finish} ({says_length(gap.span.length)})"


def happened_to(stored: StoredPatrol) -> list[Row]:
    """Return what happened to a patrol, for a summary list."""
    undone = {one.event.undoes for one in stored.happenings}
    rows = []
    for one in stored.happenings:
        said = [says_moment(one.event.at)]
        if one.event.kind is EventKind.CLOSE or one.recorder != stored.leader:
            said.append(f"by {one.recorder or 'the command line'}")
        if one.reason:
            said.append(f"reason: {one.reason}")
        if one.event.id in undone:
            said.append("taken back")
        rows.append({"key": one.event.kind.label, "value": ", ".join(said)})
    return rows


def summary_of(watched: Watched) -> list[Row]:
    """Return what follows from it all, for a summary list."""
    stored, counted = watched.stored, watched.counted
    rows: list[Row] = [
        {"key": "Who", "value": who_is_out(stored)},
        {"key": "How", "value": stored.mode.label},
        {"key": "Area", "value": stored.area or None},
        {"key": "State", "value": state_of(watched)},
        {"key": "Length", "value": length_of_patrol(watched)},
        {
            "key": "Entries made meanwhile",
            "value": f"{watched.entries:,}",
            "href": _entries_href(watched),
            "link": "Look at them",
        },
    ]
    if counted:
        spans = stored.patrol.spans()
        rows[5:5] = [
            {"key": "Patrol-hours", "value": in_hours(counted.patrol_time)},
            {"key": "Person-hours", "value": in_hours(counted.person_time)},
        ]
        if counted.overlap:
            own = says_length(lasted(spans) - counted.overlap)
            rows.insert(
                5,
                {
                    "key": "Overlap",
                    "value": f"{says_length(counted.overlap)} is counted with an earlier patrol of "
                    f"the same people, {own} with this one",
                },
            )
    return rows
