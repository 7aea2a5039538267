"""Nights: the deployments with their figures, and one night as its coordinator watches it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_day, says_length, says_time
from fieldlog.core.question import Filter
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import unknown
from fieldlog.services.close_night import is_over, late_among, standing_of
from fieldlog.services.list_nights import LOOSE, ListedNight, Nights, list_nights
from fieldlog.services.read_lists import read_lists
from fieldlog.services.watch_night import Deployment, Seen, Watch, watch_night
from fieldlog.services.watch_patrols import Watched, loose_patrols, watch_patrols
from fieldlog.tallies.headline import PATROL_HOURS, PERSON_HOURS
from fieldlog.tallies.narrowing import narrowed
from fieldlog.web.access import open_to
from fieldlog.web.closing import says_after
from fieldlog.web.filters import BadAddress, given, has_empty, query_of, read_filter
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.linked_figures import (
    SHORT,
    Shown,
    bases,
    crosstab,
    headline_items,
    hours_line,
    link_for,
    log_link,
)
from fieldlog.web.log_lines import shown
from fieldlog.web.operations import length_of, times_of
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.patrol_words import state_of, times_of_patrol, who_is_out
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("nights", __name__)

FILTERS = FilterPage(
    endpoint="nights.index",
    selects=("operation",),
    typed=frozenset({"from", "to"}),
    blanks=False,
)
COLUMNS = {
    "premises": "Premises",
    "visits": "Visits",
    "spoken_to": "Spoken to",
    "warned": "Warned",
    "fpn": "FPNs",
    "arrests": "Arrests",
    "closures": "Closed",
}
"""Figures of the list of nights and their short headings; the night's own page has them all."""


@bp.get("/nights")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
def index() -> ResponseReturnValue:
    """Every night, the newest first, tonight's on top with its figures."""
    if has_empty(request.args):
        return redirect(url_for("nights.index", **given(request.args)))
    try:
        wanted, number = _read(), read_page(request.args)
    except BadAddress as bad:
        return _index(Filter(), None, bad.problems), 400
    (operation_id,) = wanted.where.get("operation", (None,))
    found = list_nights(
        database(),
        now=now(),
        operation_id=int(operation_id) if operation_id is not None else None,
        date_from=wanted.date_from,
        date_to=wanted.date_to,
        page=number,
    )
    return _index(wanted, found)


def _read() -> Filter:
    """Return the filter of the address, which may hold one operation and dates only."""
    wanted = read_filter(request.args, also={"page"})
    problems = list(unknown(database(), wanted))
    others = set(wanted.where) - {"operation"} or wanted.without
    if others or wanted.holding or wanted.place:
        problems.append("Nights are chosen by operation and dates. Look in Entries for the rest.")
    if len(wanted.where.get("operation", ())) > 1 or None in wanted.where.get("operation", ()):
        problems.append("Choose one operation, or all.")
    if problems:
        raise BadAddress(problems)
    return wanted


def _index(wanted: Filter, found: Nights | None, problems: tuple[str, ...] = ()) -> str:
    query = query_of(wanted)
    figures = [{"label": label, "numeric": True} for label in COLUMNS.values()]
    return render_template(
        "nights/index.html",
        filters=filter_form(database(), FILTERS, wanted, {}),
        filtered=bool(query),
        problems=[{"text": text} for text in problems],
        has_errors=bool(problems),
        found=found,
        tonight=[_tonight(night) for night in found.tonight] if found else [],
        columns=[{"label": "Night of"}, {"label": "Operation"}, *figures],
        rows=[_row(night) for night in found.past] if found else [],
        pager=pager("nights.index", query, _paging(found)) if found else None,
        totals_href=url_for("tallies.show", **query),
        loose_href=log_link(LOOSE),
        times_of=times_of,
        length_of=length_of,
        may_plan=person().role is not Role.VIEWER,
        loose_patrols="" if person().role is Role.VIEWER else _says_loose_patrols(),
    )


def _says_loose_patrols() -> str:
    """Return how many patrols of no operation there are to look at; empty where there are none."""
    found = loose_patrols(database(), now())
    number = len(found.going) or len(found.every)
    if not number:
        return ""
    said = f"{number} {'patrol' if number == 1 else 'patrols'} without an operation"
    if found.going:
        said += " still runs" if number == 1 else " still run"
    return said


def _tonight(night: ListedNight) -> Shown:
    return {
        "deployment": night.deployment,
        "entries": night.entries,
        "under_way": _under_way(night.deployment, now()),
        "closed": standing_of(database(), night.deployment.id).closing is not None,
        "figures": headline_items(night.headline, link_for(person())),
    }


def _row(night: ListedNight) -> list[Any]:
    deployment = night.deployment
    href = url_for("nights.show", deployment_id=deployment.id)
    return [
        {"text": says_day(deployment.night_of), "href": href},
        " · ".join(filter(None, [deployment.operation, deployment.name])),
        *(night.headline[code].text for code in COLUMNS),
    ]


def _paging(found: Nights) -> Paging:
    return Paging(
        number=found.number,
        last=found.last,
        first=found.first_place,
        here=len(found.past),
        total=found.total,
        things="nights",
    )


@bp.get("/nights/<int(max=999999999):deployment_id>")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
def show(deployment_id: int) -> ResponseReturnValue:
    """One deployment's night. A viewer sees its figures, without names and single entries."""
    watch = watch_night(database(), deployment_id)
    if watch is None:
        abort(404)
    link = link_for(person())
    figures = watch.figures
    return render_template(
        "nights/show.html",
        deployment=watch.deployment,
        under_way=_under_way(watch.deployment, now()),
        as_at=now(),
        times=times_of(watch.deployment),
        length=length_of(watch.deployment),
        entries=figures.sums.entries,
        headline=_with_patrols(headline_items(figures.headline, link), deployment_id),
        bases=bases(figures.headline),
        hours=hours_line(figures.headline.hours),
        action_by_time=crosstab(figures.action_by_time, link),
        by_agency=crosstab(figures.by_agency, link),
        inside=None if person().role is Role.VIEWER else _inside(watch),
        log_href=link(figures.wanted),
        **_closed(watch.deployment),
        tables=_other_tables(figures.wanted),
    )


def _with_patrols(items: list[Shown], deployment_id: int) -> list[Shown]:
    """Let the hours on patrol lead to the patrols, for those who may open them."""
    if person().role is Role.VIEWER:
        return items
    href = url_for("patrols.of_night", deployment_id=deployment_id)
    on_patrol = {SHORT[PATROL_HOURS], SHORT[PERSON_HOURS]}
    return [item | {"href": href} if item["label"] in on_patrol else item for item in items]


def _closed(deployment: Deployment) -> Shown:
    """Return when the night was closed, by whom (not for a viewer), and what came after."""
    standing = standing_of(database(), deployment.id)
    return {
        "over": is_over(deployment, standing.closing, now()),
        "closing": standing.closing,
        "came_after": says_after(standing),
        "closer": standing.closing.who
        if standing.closing and person().role is not Role.VIEWER
        else "",
    }


def _inside(watch: Watch) -> Shown:
    """Return what only those who may open entries see: names, the feed, what may be mended."""
    lists = read_lists(database())
    late = late_among(database(), watch.latest)
    watched = watch_patrols(database(), watch.deployment.id, now())
    return {
        "out": [_out(one) for one in watched.going],
        "feed": [shown(line, lists, late) for line in watch.latest],
        "seen": [_seen_row(seen, watch) for seen in watch.seen],
        "worth_a_look": [
            {"entries": look.entries, "what": look.what, "href": log_link(look.behind)}
            for look in watch.worth_a_look
        ],
        "struck": watch.struck,
        "marking": watch.marking.label,
    }


def _out(one: Watched) -> Shown:
    return {
        "text": f"{who_is_out(one.stored)}, {times_of_patrol(one.stored)}",
        "state": state_of(one),
        "href": url_for("patrols.show", patrol_id=one.patrol.id),
    }


def _seen_row(seen: Seen, watch: Watch) -> list[Any]:
    wanted = narrowed(watch.figures.wanted, {"officer": (seen.officer_id,)})
    name = " ".join(filter(None, [seen.officer, seen.collar_number])) or "Not recorded"
    last = says_time(seen.last_at)
    if _under_way(watch.deployment, now()):
        last = f"{last}, {says_length(max(timedelta(), now() - seen.last_at))} ago"
    return [
        {"text": name, "href": log_link(wanted)},
        seen.agency,
        f"{seen.entries:,}",
        " · ".join(filter(None, [last, seen.last_where])),
    ]


def _other_tables(wanted: Filter) -> list[Shown]:
    """Return links to more tables of the same night."""
    asked = (
        ("Premises by action taken", "premises", "action"),
        ("Hour by kind of entry", "hour", "kind"),
        ("Ward by action taken", "ward", "action"),
    )
    return [
        {
            "label": label,
            "href": url_for("tallies.show", rows=rows, columns=columns, **query_of(wanted)),
        }
        for label, rows, columns in asked
    ]


def _under_way(deployment: Deployment, moment: datetime) -> bool:
    if deployment.starts_at is None or deployment.finishes_at is None:
        return False
    return deployment.starts_at <= moment <= deployment.finishes_at
