"""The return on hotspots: done against asked by week or month, as a page and as CSV."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import night_of
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.core.words import Role
from fieldlog.services.list_operations import operations
from fieldlog.services.return_hotspots import (
    EACH,
    ReturnAsked,
    TooLong,
    count_return,
    export_return,
    notes_of,
    title_of,
)
from fieldlog.tallies.hotspot_return import (
    COLUMNS,
    TOTAL,
    Return,
    ReturnLine,
    columns_called,
    says_period,
)
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress, Query, given, has_empty, read_day, single
from fieldlog.web.hotspots import PLANNERS
from fieldlog.web.issued import MIMETYPES, attachment
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("hotspot_return", __name__)

WEEKS_SHOWN = 4


@bp.get("/hotspots/return")
@open_to(*PLANNERS, Role.VIEWER)
def show() -> ResponseReturnValue:
    """The return that the address asks for: a row for each hotspot and week or month."""
    if has_empty(request.args):
        return redirect(url_for("hotspot_return.show", **given(request.args)))
    try:
        asked = _asked()
        found = count_return(database(), asked, now())
    except (BadAddress, TooLong) as bad:
        problems = list(bad.problems) if isinstance(bad, BadAddress) else [str(bad)]
        return _page(_usual(), None, problems), 400
    return _page(asked, found)


@bp.post("/hotspots/return.csv")
@open_to(*PLANNERS)
def download() -> ResponseReturnValue:
    """The same as CSV; the register of exports says who took it out."""
    try:
        name, body = export_return(database(), _asked(), by=person(), now=now())
    except (BadAddress, TooLong):
        return redirect(url_for("hotspot_return.show", **given(request.args)), 303)
    return attachment(body, MIMETYPES["csv"], name)


def _usual() -> ReturnAsked:
    last = period_of(PeriodKind.WEEK, night_of(now()))
    first = last.first - timedelta(weeks=WEEKS_SHOWN - 1)
    return ReturnAsked(PeriodKind.WEEK, first, last.last, columns_called(()))


def _asked() -> ReturnAsked:
    """Read the address. Raises BadAddress."""
    problems: list[str] = []
    query, usual = given(request.args), _usual()
    each = single("each", query, problems) or usual.each.value
    if each not in {one.value for one in EACH}:
        problems.append("A return is by week or by month.")
    codes = query.get("column", [])
    if set(codes) - {column.code for column in COLUMNS}:
        problems.append("Choose columns of those shown.")
    first, last = (_day(name, query, problems) for name in ("from", "to"))
    last = last or (max(first, usual.last) if first else usual.last)
    first = first or min(usual.first, last)
    if last < first:
        problems.append("The last day cannot be before the first.")
    operation_id = _operation(query, problems)
    if problems:
        raise BadAddress(problems)
    return ReturnAsked(PeriodKind(each), first, last, columns_called(codes), operation_id)


def _operation(query: Query, problems: list[str]) -> int | None:
    text = single("operation", query, problems)
    if not text:
        return None
    known = {str(one.id): one.id for one in operations(database())}
    if text not in known:
        problems.append("There is no such operation. Choose one of those shown.")
    return known.get(text)


def _day(name: str, query: Query, problems: list[str]) -> date | None:
    text = single(name, query, problems)
    try:
        return read_day(text) if text else None
    except ValueError:
        problems.append(f"“{text[:40]}” is no date like 2020-12-05.")
        return None


def _page(asked: ReturnAsked, found: Return | None, problems: list[str] | None = None) -> str:
    query = given(request.args)
    chosen = {column.code for column in asked.columns}
    return render_template(
        "hotspots/return.html",
        problems=[{"text": problem} for problem in problems or []],
        has_errors=bool(problems),
        title=title_of(asked) if found else "",
        as_at=now(),
        each=[(one.value, f"By {one.value}") for one in EACH],
        chosen_each=asked.each.value,
        first=asked.first.isoformat(),
        last=asked.last.isoformat(),
        operations=[(one.id, one.name) for one in operations(database())],
        operation=asked.operation_id,
        boxes=[
            {"value": column.code, "label": column.label, "ticked": column.code in chosen}
            for column in COLUMNS
        ],
        table=_table(found, by_week=asked.each is PeriodKind.WEEK)
        if found and found.lines
        else None,
        total=[TOTAL, "", *found.total] if found else [],
        notes=notes_of(asked),
        csv_href=url_for("hotspot_return.download", **query),
        inside=person().role in PLANNERS,
    )


def _table(found: Return, *, by_week: bool) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    columns = [{"label": "Hotspot"}, {"label": "Week of" if by_week else "Month"}] + [
        {"label": column.label, "numeric": column.numeric} for column in found.columns
    ]
    rows = [
        [_name(line), says_period(line.period), *cells]
        for line, cells in zip(found.lines, found.rows, strict=True)
    ]
    return columns, rows


def _name(line: ReturnLine) -> Any:
    """Return the name, which opens the patrols of a week for those who may see them."""
    if person().role not in PLANNERS:
        return line.hotspot.name
    week = min(line.last, night_of(now())).isoformat()
    href = url_for("hotspots.show", hotspot_id=line.hotspot.id, week=week)
    return {"text": line.hotspot.name, "href": href}
