"""Periods: a night, week, month, financial year or range, compared, and its paragraph to copy."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import night_of, says_date
from fieldlog.core.period import Period, PeriodKind, period_of
from fieldlog.core.question import Filter
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import in_words, unknown
from fieldlog.services.compare_periods import Comparison, Counted, compare_periods, latest_night
from fieldlog.services.keep_wordings import (
    Wording,
    forget_wording,
    keep_wording,
    kept_wording,
)
from fieldlog.tallies.comparison import Change, Compared
from fieldlog.tallies.crosstab import BLANK
from fieldlog.tallies.shares import percent
from fieldlog.web.access import open_to
from fieldlog.web.asking import read_each
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.filters import (
    NAMES_PEOPLE,
    BadAddress,
    Query,
    far_off,
    given,
    has_empty,
    query_of,
    read_filter,
    single,
)
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.holding import of_wording
from fieldlog.web.linked_figures import Shown, bases, headline_items, hours_line, link_for
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("periods", __name__)

FILTERS = FilterPage(
    endpoint="periods.show",
    selects=("operation", "law", "agency"),
    typed=frozenset({"from", "to"}),
)
OWN_NAMES = frozenset({"period", "each"})
SEEING = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
WRITING = (Role.COORDINATOR, Role.ADMINISTRATOR)
BY_NAME = frozenset({"operation", "deployment", "agency", "law"})
"""What the paragraph names without saying what sort of thing it is."""
BY = (("By operation", "operation"), ("By order", "law"), ("By agency", "agency"))


class AskedPeriod:
    """What the address of a period asks for; ``period`` is None where nothing was ever logged."""

    def __init__(self) -> None:
        role = person().role
        asked = given(request.args)
        problems: list[str] = []
        hidden = NAMES_PEOPLE if role is Role.VIEWER else frozenset()
        wanted = read_filter(request.args, also=OWN_NAMES, hidden=hidden)
        problems += unknown(database(), wanted)
        self.each = read_each(asked, problems)
        text = single("period", asked, problems)
        usual = PeriodKind.RANGE if wanted.date_from and wanted.date_to else PeriodKind.NIGHT
        self.kind = usual
        try:
            self.kind = PeriodKind(text) if text else usual
        except ValueError:
            problems.append("A period is a night, week, month, year or range.")
        if self.kind is PeriodKind.RANGE and not (wanted.date_from and wanted.date_to):
            problems.append("Give the first and the last night of the period.")
        dates = filter(None, (wanted.date_from, wanted.date_to))
        problems += filter(None, map(far_off, dates))
        if problems:
            raise BadAddress(problems)
        self.wanted = replace(wanted, date_from=None, date_to=None)
        self.period = self._period(wanted)

    def _period(self, wanted: Filter) -> Period | None:
        if wanted.date_from:
            return period_of(self.kind, wanted.date_from, wanted.date_to)
        latest = latest_night(database(), wanted)
        return period_of(self.kind, latest.first) if latest else None

    def own(self) -> Query:
        """Return the parameters that are not the filter's."""
        own: Query = {"period": self.kind.value}
        if self.each is not None:
            own["each"] = str(self.each)
        return own

    def dates(self) -> Query:
        """Return the dates of the period as the address has them."""
        if self.period is None:
            return {}
        dates: Query = {"from": self.period.first.isoformat()}
        if self.kind is PeriodKind.RANGE:
            dates["to"] = self.period.last.isoformat()
        return dates

    def address(self) -> str:
        """Return the one address of the period and its filter, whatever else is asked for."""
        return urlencode(
            {"period": self.kind.value} | self.dates() | query_of(self.wanted), doseq=True
        )


@bp.get("/periods")
@open_to(*SEEING)
def show() -> ResponseReturnValue:
    """A period's figures, its changes, its hours and its paragraph."""
    if has_empty(request.args):
        return redirect(url_for("periods.show", **given(request.args)))
    try:
        asked = AskedPeriod()
    except BadAddress as bad:
        return _page(None, None, bad.problems), 400
    return _page(asked, _compared(asked))


@bp.post("/periods/wording")
@open_to(*WRITING)
def wording() -> ResponseReturnValue:
    """Keep what somebody made of the paragraph, or go back to the figures' own words."""
    try:
        asked = AskedPeriod()
    except BadAddress as bad:
        return _page(None, None, bad.problems), 400
    comparison = _compared(asked)
    back = f"{url_for('periods.show')}?{asked.address()}#paragraph"
    if comparison is None:
        return redirect(back, 303)
    who, period = person(), asked.address()
    text, forgets = request.form.get("wording", ""), "forget" in request.form
    try:
        if forgets:
            forget_wording(database(), period, by=who, now=now())
        else:
            keep_wording(database(), period, text, comparison.sentences, by=who, now=now())
    except Refused as refused:
        wrong = tuple(problem.message for problem in refused.problems)
        return _page(asked, comparison, typed=text, wrong=wrong), NOT_ACCEPTED
    kept = "Wording kept. The figures are as they were."
    flash("These are the figures’ own words again." if forgets else kept, "success")
    return redirect(back, 303)


def _compared(asked: AskedPeriod) -> Comparison | None:
    if asked.period is None:
        return None
    who = ", ".join(
        part.text if part.name in BY_NAME and BLANK not in part.text else part.says
        for part in in_words(database(), asked.wanted)
    )
    return compare_periods(database(), asked.period, asked.wanted, who)


def _page(
    asked: AskedPeriod | None,
    found: Comparison | None,
    problems: tuple[str, ...] = (),
    typed: str | None = None,
    wrong: tuple[str, ...] = (),
) -> str:
    """Show the page; ``wrong`` is what is wrong with the wording that was ``typed``."""
    wanted = asked.wanted if asked else Filter()
    own = (asked.own() | asked.dates()) if asked else {}
    shown = _figures(asked, found, typed) if asked and found else None
    return render_template(
        "periods/show.html",
        problems=[
            *({"text": text} for text in problems),
            *({"text": text, "href": "#wording"} for text in wrong),
        ],
        wrong=wrong,
        has_errors=bool(problems or wrong),
        kinds=[(kind.value, kind.label) for kind in PeriodKind],
        kind=asked.kind.value if asked else PeriodKind.NIGHT.value,
        first=own.get("from", ""),
        last=own.get("to", ""),
        each=own.get("each", ""),
        filters=filter_form(database(), FILTERS, wanted, own),
        shown=shown,
        may_write=person().role in WRITING,
    )


def _figures(asked: AskedPeriod, found: Comparison, typed: str | None) -> Shown:
    link, this = link_for(person()), found.this
    kept = kept_wording(database(), asked.address())
    query = query_of(this.wanted)
    return {
        "period": this.period.says(),
        "unfinished": _unfinished(this.period),
        "entries": this.entries,
        "headline": headline_items(this.headline, link),
        "bases": bases(this.headline),
        "columns": [{"label": "Figure"}, *_columns(found)],
        "rows": [_row(row, found) for row in found.rows],
        "register": _register(found),
        "hours": hours_line(this.headline.hours, asked.each),
        "sentences": found.sentences,
        "kept": kept,
        "retained": of_wording(asked.address(), kept),
        "changed": kept is not None and kept.counted not in {"", found.sentences},
        "wording": typed if typed is not None else _worded(kept, found),
        "action": f"{url_for('periods.wording')}?{asked.address()}",
        "by": [
            {
                "label": label,
                "href": url_for(
                    "tallies.show",
                    **(query | {"rows": rows, "columns": "none", "measure": "visits"}),
                    also=["premises", "spoken_to", "warned", "fpn", "arrests", "closures"],
                ),
            }
            for label, rows in BY
        ],
    }


def _worded(kept: Wording | None, found: Comparison) -> str:
    return (kept.wording if kept else "") or found.sentences


def _columns(found: Comparison) -> list[Shown]:
    columns: list[Shown] = [{"label": _heading(found.this.period), "numeric": True}]
    for other in found.others:
        if other is not None:
            columns += [
                {"label": _heading(other.period), "numeric": True},
                {"label": "Difference", "numeric": True},
                {"label": "Per cent, of what", "numeric": True},
            ]
    return columns


def _heading(period: Period) -> str:
    if period.kind is PeriodKind.NIGHT:
        return says_date(period.first)
    if period.kind is PeriodKind.WEEK:
        return f"Week from {says_date(period.first)}"
    if period.kind is PeriodKind.RANGE:
        return f"{says_date(period.first)} to {says_date(period.last)}"
    said = period.says()
    return said[:1].upper() + said[1:]


def _row(row: Compared, found: Comparison) -> list[Any]:
    link, figure = link_for(person()), row.figure
    cells: list[Any] = [
        figure.label,
        _number(figure.text, link(figure.behind) if figure.behind else None),
    ]
    for change, other in zip(row.changes, found.others, strict=True):
        if other is not None and change is not None:
            cells += _changed(change)
    return cells


def _changed(change: Change) -> list[Any]:
    href = link_for(person())(change.behind) if change.behind else None
    return [_number(change.was, href), change.difference, change.percent]


def _number(text: str, href: str | None) -> Any:
    return {"text": text, "href": href} if href and text != "0" else text


def _register(found: Comparison) -> list[str]:
    """Return the share of the register that each period visited, its base named."""
    return [_share(one, found.register) for one in (found.this, *found.others) if one is not None]


def _share(counted: Counted, register: int) -> str:
    share = percent(counted.on_register, register)
    return (
        f"{_heading(counted.period)}: {counted.on_register:,} of {register:,} premises "
        f"on the register visited, {share}"
    )


def _unfinished(period: Period) -> str:
    tonight = night_of(now())
    if not period.first <= tonight <= period.last:
        return ""
    return f"This period is not over: its figures go up to tonight, {says_date(tonight)}."
