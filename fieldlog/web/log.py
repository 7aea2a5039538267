"""The log: the entries behind any figure, filtered by what the address says."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists
from fieldlog.core.question import MINUTES, PREMISES, VISITS, Filter
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import unknown
from fieldlog.services.close_night import late_among
from fieldlog.services.find_entries import LogPage, find_entries
from fieldlog.services.read_lists import read_lists
from fieldlog.services.see_photo import photo_counts
from fieldlog.tallies.hours import in_hours, plain
from fieldlog.web.access import open_to
from fieldlog.web.entry_words import counted
from fieldlog.web.filters import BadAddress, given, has_empty, query_of, read_filter
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.log_lines import by_night
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.surroundings import database

bp = Blueprint("log", __name__)

PAGE_SIZE = 50
FILTERS = FilterPage(
    endpoint="log.show",
    selects=("operation", "deployment", "agency", "officer", "kind", "action", "time"),
    more=("ward", "premises_type", "hour", "four_e", "law"),
)


@bp.get("/entries")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def show() -> ResponseReturnValue:
    """The entries that the address asks for, newest first, struck ones shown and not counted."""
    if has_empty(request.args):
        return redirect(url_for("log.show", **given(request.args)))
    db = database()
    try:
        wanted = read_filter(request.args, also={"page"})
        number = read_page(request.args)
        refuse_unknown(wanted)
    except BadAddress as bad:
        return _page(Filter(), None, bad.problems), 400
    return _page(wanted, find_entries(db, wanted, page=number, size=PAGE_SIZE))


def refuse_unknown(wanted: Filter) -> None:
    """Raise BadAddress if ``wanted`` names something that no list has."""
    problems = tuple(unknown(database(), wanted))
    if problems:
        raise BadAddress(problems)


def _page(wanted: Filter, found: LogPage | None, problems: tuple[str, ...] = ()) -> str:
    db = database()
    lists = read_lists(db)
    lines = found.lines if found else []
    late, photos = late_among(db, lines), photo_counts(db, lines)
    return render_template(
        "log/show.html",
        filters=filter_form(db, FILTERS, wanted, {}),
        problems=[{"text": text} for text in problems],
        has_errors=bool(problems),
        found=found,
        nights=list(by_night(lines, lists, late, photos)),
        held=_held(found, wanted.holding, lists) if found else "",
        pager=pager("log.show", query_of(wanted), _paging(found)) if found else None,
        csv_href=url_for("exports.entries_csv", **query_of(wanted)),
    )


def _held(found: LogPage, holding: str | None, lists: Lists) -> str:
    """Return the figure that led to entries holding a measure, where it is not their number."""
    if holding is None:
        return ""
    if holding == PREMISES:
        return f"{found.sums.premises_visited:,} premises visited"
    if holding == MINUTES:
        hours = plain(in_hours(found.sums.minutes))
        return f"{hours} hour{'' if hours == '1' else 's'} recorded"
    if holding == VISITS:
        return f"{found.sums.visits:,} visit{'' if found.sums.visits == 1 else 's'}"
    figure = counted(lists.measures[holding], found.sums.measures.get(holding, 0))
    return f"{figure['value']} {figure['label']}"


def _paging(found: LogPage) -> Paging:
    return Paging(
        number=found.number,
        last=found.last,
        first=found.first_place,
        here=len(found.lines),
        total=found.shown,
        things="entries",
    )
