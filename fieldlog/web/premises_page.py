"""Premises: the list of the coordinator, and the page of one with its timeline to print or export.

Officers open the page too, without what other officers wrote (see ``timeline_words``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists
from fieldlog.core.night import night_of
from fieldlog.core.question import Filter
from fieldlog.core.timeline import LineKind, TimelineLine
from fieldlog.core.words import EntryKind, Role, highest
from fieldlog.services.premises_history import (
    History,
    ListedPage,
    history_of,
    list_premises,
    note_opened,
    timeline_as_csv,
)
from fieldlog.services.read_lists import read_lists
from fieldlog.tallies.narrowing import narrowed
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress, given, has_empty, read_day
from fieldlog.web.holding import of_premises
from fieldlog.web.issued import MIMETYPES, attachment
from fieldlog.web.linked_figures import log_link
from fieldlog.web.on_duty import on_duty
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.premises_words import short_date
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.timeline_words import CSV_COLUMNS, csv_rows, reads_everything, timeline
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("premises_page", __name__)

ONE = "/premises/<int(max=999999999):premises_id>"
LONGEST_QUERY = 80
MOST_SHOWN = 500


@dataclass(frozen=True)
class Period:
    """Which part of a timeline the address asks for, and what is wrong with the address."""

    date_from: date | None = None
    date_to: date | None = None
    kind: str = ""
    problems: tuple[str, ...] = ()


@bp.get("/premises")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """The premises that the letters in the address mean, by name."""
    if has_empty(request.args):
        return redirect(url_for("premises_page.index", **given(request.args)))
    letters = request.args.get("q", "")[:LONGEST_QUERY]
    try:
        number = read_page(request.args)
    except BadAddress:
        abort(404)
    found = list_premises(
        database(), letters.replace("\0", " "), night=night_of(now()), page=number
    )
    return render_template(
        "premises/index.html",
        letters=letters,
        found=found,
        columns=_COLUMNS,
        rows=[_listed(one) for one in found.rows],
        pager=pager("premises_page.index", {"q": letters} if letters else {}, _paging(found)),
    )


_COLUMNS = (
    {"label": "Premises"},
    {"label": "Address"},
    {"label": "Type", "brief": True},
    {"label": "Ward", "brief": True},
    {"label": "Last visit", "brief": True},
    {"label": "Visits", "numeric": True},
    {"label": "Open tasks", "numeric": True},
)


def _listed(one: Any) -> list[Any]:
    known = one.premises
    return [
        {"text": known.name, "href": url_for("premises_page.show", premises_id=known.id)},
        *(known.address, known.type, known.ward),
        short_date(one.last_visit) if one.last_visit else "",
        f"{one.visits:,}",
        f"{one.open_tasks:,}",
    ]


def _paging(found: ListedPage) -> Paging:
    return Paging(
        number=found.number,
        last=found.last,
        first=found.first_place,
        here=len(found.rows),
        total=found.total,
        things="premises",
    )


@bp.get(ONE)
@open_to(*THOSE_WHO_LOG)
def show(premises_id: int) -> ResponseReturnValue:
    """What is known of premises and everything that happened there."""
    if has_empty(request.args):
        return redirect(
            url_for("premises_page.show", premises_id=premises_id, **given(request.args))
        )
    period = _period()
    history = _history(premises_id, period)
    if history.same[0] != premises_id:
        return redirect(
            url_for("premises_page.show", premises_id=history.same[0], **given(request.args))
        )
    reader, lists, moment = person(), read_lists(database()), now()
    if reads_everything(reader):
        note_opened(database(), premises_id, by=reader.officer_id, now=moment)
    lines = _lines(history, lists, period)
    page = render_template(
        "premises/show.html",
        on_duty=on_duty(database(), moment).header,
        history=history,
        kept=of_premises(premises_id),
        premises=history.premises,
        rows=_rows(history),
        figures_shown=_figures(history, links=reads_everything(reader)),
        period=period,
        problems=[{"text": text} for text in period.problems],
        has_errors=bool(period.problems),
        kinds=[(kind.value, kind.label) for kind in LineKind],
        lines=lines[:MOST_SHOWN],
        more=max(0, len(lines) - MOST_SHOWN),
        as_at=moment,
        reads_everything=reads_everything(reader),
        marking=_marking(lines),
        query=given(request.args),
    )
    return page, 400 if period.problems else 200


@bp.post(f"{ONE}/timeline.csv")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def timeline_csv(premises_id: int) -> ResponseReturnValue:
    """The same timeline as a CSV file; the audit says who took it out."""
    period = _period()
    history = _history(premises_id, period)
    lines = _lines(history, read_lists(database()), period)
    body = timeline_as_csv(
        database(),
        history,
        [CSV_COLUMNS, *csv_rows(lines)],
        marking=_marking(lines),
        by=person().officer_id,
        now=now(),
    )
    return attachment(body, MIMETYPES["csv"], f"Premises {history.same[0]}, timeline.csv")


def _history(premises_id: int, period: Period) -> History:
    return history_of(
        database(),
        premises_id,
        now=now(),
        date_from=period.date_from,
        date_to=period.date_to,
    ) or abort(404)


def _period() -> Period:
    dates: dict[str, date | None] = {}
    problems = []
    for name in ("from", "to"):
        text = request.args.get(name, "")
        try:
            dates[name] = read_day(text) if text else None
        except ValueError:
            problems.append(f"“{text[:40]}” is not a date. Write it like 2020-12-05.")
    kind = request.args.get("kind", "")
    if kind and kind not in set(LineKind):
        problems.append("Choose one of the kinds that are shown.")
    return Period(dates.get("from"), dates.get("to"), kind, tuple(problems))


def _lines(history: History, lists: Lists, period: Period) -> list[TimelineLine]:
    lines = timeline(history, lists, person())
    return [line for line in lines if period.kind in {"", *line.kinds}]


def _marking(lines: Sequence[TimelineLine]) -> str:
    return highest([line.marking for line in lines]).label


def _rows(history: History) -> list[dict[str, str]]:
    known, standing = history.premises, history.standing
    action = [standing.last_action]
    if standing.last_action_on and standing.last_action_on != standing.last_visit:
        action.append(short_date(standing.last_action_on))
    said = (
        ("Last visit", short_date(standing.last_visit) if standing.last_visit else ""),
        ("Last action", ", ".join(filter(None, action))),
        ("Address", known.address),
        *([("Also known as", ", ".join(known.names))] if known.names else []),
        ("Type", known.type),
        ("Ward", known.ward),
        ("Licence number", known.licence_number),
        ("UPRN", known.uprn),
        ("Grid reference", known.grid_reference),
        ("Register", "On the register" if known.registered else "Named by a crew"),
    )
    return [{"key": key, "value": value} for key, value in said]


def _figures(history: History, *, links: bool) -> list[dict[str, Any]]:
    sums, wanted = history.sums, history.wanted
    counting = [line for line in history.lines if not line.struck]
    notices = sum(line.kind is EntryKind.NOTICE for line in counting)
    no_answers = sum(any(one.said == "no" for one in line.answers) for line in counting)
    of_kind = {kind: narrowed(wanted, {"kind": (kind.value,)}) for kind in EntryKind}

    def figure(label: str, value: object, behind: Filter | None = None) -> dict[str, Any]:
        return {
            "label": label,
            "value": value,
            "href": log_link(behind) if links and behind else None,
        }

    def counted(label: str, code: str) -> dict[str, Any]:
        behind = narrowed(wanted, {}, holding=code)
        return figure(label, f"{sums.measures.get(code, 0):,}", behind)

    return [
        figure("visits", f"{sums.visits:,}", of_kind[EntryKind.PREMISES_VISIT]),
        counted("people warned", "warned"),
        counted("CPWs", "cpw"),
        figure("notices", f"{notices:,}", of_kind[EntryKind.NOTICE]),
        counted("arrests", "arrests"),
        counted("closures", "closures"),
        figure("open tasks", f"{history.open_tasks:,}"),
        figure("checklists with a no", f"{no_answers:,}"),
    ]
