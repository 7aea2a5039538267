"""Premises in the words of the screen: how they stand, who was there tonight."""

from datetime import date

from fieldlog.core.night import says_time
from fieldlog.services.find_premises import Visit
from fieldlog.services.tell_premises import Arrival, Standing
from fieldlog.web.surroundings import person

_WARNED = {"warned": ("person warned", "people warned"), "cpw": ("CPW", "CPWs")}


def other_crew_note(arrival: Arrival) -> str | None:
    """Return ``Ben Cole’s crew was here at 21:40`` where another crew was there tonight."""
    visit = arrival.other
    if visit is None:
        return None
    who = visit.officer or "Another crew"
    crew = "’s crew" if visit.officer and arrival.other_crewed else ""
    return f"{who}{crew} was here at {says_time(visit.at)}"


def visited_note(visit: Visit) -> str:
    """Return ``Visited 20:15 by Ben Cole`` of a visit, whoever made it."""
    who = "you" if visit.officer_id == person().officer_id else visit.officer or "another crew"
    return f"Visited {says_time(visit.at)} by {who}"


def arrival_line(arrival: Arrival) -> str:
    """Return how premises stand, on one line; empty where nothing is known of them."""
    tasks = arrival.open_tasks
    parts = [
        _own_visit(arrival.own),
        _last(arrival.standing),
        f"{tasks} open task{'' if tasks == 1 else 's'}" if tasks else "",
        _warned(arrival.standing),
    ]
    return " · ".join(part for part in parts if part)


def standing_line(standing: Standing) -> str:
    """Return the same of what stood before tonight, without tasks."""
    return arrival_line(Arrival(standing, 0))


def short_date(day: date) -> str:
    """Return ``5 Dec 2020``."""
    return f"{day.day} {day:%b %Y}"


def _own_visit(visit: Visit | None) -> str:
    if visit is None:
        return ""
    who = "You were" if visit.officer_id == person().officer_id else f"{visit.officer} was"
    return f"{who} here at {says_time(visit.at)}"


def _last(standing: Standing) -> str:
    visit, acted = standing.last_visit, standing.last_action_on
    said = f"Last visit {short_date(visit)}" if visit else ""
    if acted is None:
        return said
    if acted == visit:
        return f"{said}, {standing.last_action}"
    return f"{said} · {standing.last_action} {short_date(acted)}".removeprefix(" · ")


def _warned(standing: Standing) -> str:
    counted = [(standing.warnings.get(one, 0), words) for one, words in _WARNED.items()]
    said = [f"{number} {words[number > 1]}" for number, words in counted if number]
    return f"{', '.join(said)} in the last year" if said else ""
