"""A night as its live page shows it: to those who may open entries, to viewers, and to a room.

A viewer sees figures and the map without a way to single entries. What hangs on a wall is read by
whoever comes in: it names no person, prints nothing that somebody typed freely, and leaves out
what is marked OFFICIAL-SENSITIVE.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import url_for

from fieldlog.core.lists import Lists
from fieldlog.core.night import says_date, says_length, says_moment, says_time
from fieldlog.core.person import Person
from fieldlog.core.words import Marking, Role
from fieldlog.services.close_night import is_over
from fieldlog.services.complete_entries import lacks
from fieldlog.services.watch_live import (
    Arrived,
    Closing,
    Deployment,
    HotspotWeek,
    LiveCrew,
    LiveNight,
    Task,
)
from fieldlog.tallies.done_against_asked import together
from fieldlog.web.closing import says_after
from fieldlog.web.entry_words import highest_marking
from fieldlog.web.hotspot_words import numbers_of, result_words
from fieldlog.web.linked_figures import Shown, headline_items, log_link, no_link
from fieldlog.web.live_map import map_shown
from fieldlog.web.log_lines import shown
from fieldlog.web.patrol_words import short_length, state_of
from fieldlog.web.task_words import says_due
from fieldlog.web.task_words import state_of as state_of_task

MOST_TASKS = 12


class Edition(StrEnum):
    """Who it is shown to: those who may open entries, a room, or viewers."""

    INSIDE = "inside"
    WALL = "wall"
    FIGURES = "figures"


def edition_for(who: Person, *, wall: bool) -> Edition:
    """Return the edition that a person gets; a viewer's is the same on a wall."""
    if who.role is Role.VIEWER:
        return Edition.FIGURES
    return Edition.WALL if wall else Edition.INSIDE


def live_shown(night: LiveNight, lists: Lists, edition: Edition, now: datetime) -> dict[str, Any]:
    """Return what the template of the live parts takes."""
    inside = edition is Edition.INSIDE
    link = log_link if inside else no_link
    crews = [] if edition is Edition.FIGURES else night.crews
    feed = _feed(night, edition)
    return {
        "edition": edition.value,
        "deployment": night.deployment,
        "closed": _closed(night),
        "marking": highest_marking([one.line for one in feed]),
        "headline": headline_items(night.headline, link),
        "attention": _attention(night, now) if inside else [],
        "map": map_shown(night.map, night.wanted, night.hotspots, link) if night.map else None,
        "hotspots": [_hotspot(one, inside=inside) for one in night.hotspots],
        "crews": [_crew(one, now) for one in crews if inside or one.rostered],
        "others": sum(not one.rostered for one in crews) if edition is Edition.WALL else 0,
        "feed": [_line(one, night, lists, inside=inside) for one in feed],
        "log_href": link(night.wanted),
        "entries": night.entries,
        "tasks": [_task(one, now) for one in night.tasks[:MOST_TASKS]] if inside else [],
        "open_tasks": len(night.tasks),
        "overdue": sum(task.overdue(now) for task in night.tasks),
    }


def said_of(night: LiveNight, edition: Edition, now: datetime) -> dict[str, Any]:
    """Return what a screen reader is told of: how much came in, and the latest of it in words."""
    latest = night.latest[0].line if night.latest else None
    words = "1 new entry."
    if latest and edition is Edition.INSIDE:
        parts = (says_time(latest.happened_at), latest.where or latest.kind.label, latest.action)
        words = f"New entry: {', '.join(part for part in parts if part)}."
    return {
        "received": night.received,
        "latest": words,
        "overdue": sum(task.overdue(now) for task in night.tasks),
    }


def over_words(deployment: Deployment, closing: Closing | None, now: datetime) -> str:
    """Return that a night is over and when it was to end; empty for one that is watched."""
    if not is_over(deployment, closing, now):
        return ""
    if closing:
        return "The night is closed"
    if deployment.finishes_at:
        return f"The night was planned until {says_moment(deployment.finishes_at)} and is over"
    return f"The night of {says_date(deployment.night_of)} is over"


def _closed(night: LiveNight) -> str:
    closing = night.standing.closing
    if closing is None:
        return ""
    said = f"Closed as at {says_moment(closing.at)}"
    return "; ".join(part for part in (said, says_after(night.standing)) if part)


def _attention(night: LiveNight, now: datetime) -> list[Shown]:
    """Return what waits for the coordinator, each with the way to it."""
    found: list[Shown] = []
    if night.set_aside:
        words = f"{night.set_aside} set aside to decide about"
        found.append({"text": words, "href": url_for("set_aside.index")})
    found += [
        {
            "text": f"Patrol left running: {one.stored.leader}",
            "href": url_for("patrols.show", patrol_id=one.patrol.id),
        }
        for one in night.patrols.left_running
    ]
    overdue = sum(task.overdue(now) for task in night.tasks)
    if overdue:
        words = f"{overdue} task{'' if overdue == 1 else 's'} overdue"
        found.append({"text": words, "href": url_for("tasks.index", state="overdue")})
    return found


def _crew(one: LiveCrew, now: datetime) -> Shown:
    states: list[Shown] = []
    for patrol in one.patrols[-1:]:
        label = state_of(patrol)
        if patrol.patrol.going and not patrol.left_running:
            label = f"{label} {short_length(patrol.so_far)}"
        states.append({"label": label, "tone": "bad" if patrol.left_running else "plain"})
    if one.out_of_touch(now):
        states.append({"label": "No contact", "tone": "bad"})
    return {
        "name": one.name,
        "area": one.area if one.rostered else "on no roster",
        "people": ", ".join(one.people),
        "partner": one.partner,
        "entries": one.entries,
        "contact": _contact(one, now),
        "where": one.last_where,
        "unsent": one.unsent,
        "states": states,
    }


def _contact(one: LiveCrew, now: datetime) -> str:
    heard = one.last_contact
    if heard is None:
        return "Not heard of yet"
    ago = max(timedelta(), now - heard)
    if ago >= timedelta(hours=12):
        return says_moment(heard)
    return f"{says_time(heard)}, {says_length(ago)} ago" if ago.seconds >= 60 else "Just now"


def _feed(night: LiveNight, edition: Edition) -> list[Arrived]:
    if edition is Edition.FIGURES:
        return []
    if edition is Edition.INSIDE:
        return list(night.latest)
    return [
        one for one in night.latest if one.line.marking is Marking.OFFICIAL and not one.line.struck
    ]


def _line(one: Arrived, night: LiveNight, lists: Lists, *, inside: bool) -> Shown:
    line = one.line
    crew = night.crew_names.get(line.officer_id, "")
    row = shown(line, lists, frozenset([line.id] if one.late else []))
    tags = []
    if one.slow:
        tags.append({"label": f"Came {says_time(one.at)}", "tone": "warn"})
    if inside:
        tags += [{"label": f"No {what}", "tone": "warn"} for what in lacks(line)]
    row |= {"key": line.id, "tags": tags}
    if inside:
        named = (crew, row["officer"])
        return row | {"officer": " · ".join(part for part in named if part)}
    return row | {
        "href": None,
        "place": line.premises or line.ward,
        "action": line.action,
        "officer": crew or line.agency,
    }


def _hotspot(one: HotspotWeek, *, inside: bool) -> list[Any]:
    """Return the cells of a hotspot: what its week has of what is asked."""
    standing = together([(one.asked, one.done)])
    day = one.week.first.isoformat()
    page = url_for("hotspots.show", hotspot_id=one.hotspot.id, week=day) if inside else None
    out = f"{one.done.going} out now" if one.done.going else ""
    result = result_words(standing, over=False)
    return [
        {"text": one.hotspot.name, "href": page},
        *numbers_of(standing),
        "; ".join(part for part in (result, out) if part),
    ]


def _task(task: Task, now: datetime) -> Shown:
    whose = f"For {task.assigned_to}" if task.assigned_to else "For anyone"
    parts = (whose, says_due(task.plan.due))
    return {
        "key": task.id,
        "href": url_for("tasks.show", task_id=task.id),
        "where": task.where,
        "asked": task.plan.asked,
        "about": " · ".join(part for part in parts if part),
        "state": state_of_task(task, now),
    }
