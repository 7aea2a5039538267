"""Hotspots: all of them in a week, one with its weeks, and the forms that add and change them."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.hotspot import Hotspot
from fieldlog.core.night import night_of, says_date
from fieldlog.core.period import Period, PeriodKind, period_of
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Role
from fieldlog.services.ask_of_hotspot import ask_of_hotspot
from fieldlog.services.list_operations import operations
from fieldlog.services.plan_hotspots import add_hotspot, change_hotspot, retire_hotspot
from fieldlog.services.premises_inside import premises_inside
from fieldlog.services.watch_hotspots import (
    every_hotspot,
    hotspot_called,
    said_of_hotspot,
    watch_hotspot,
    watch_hotspots,
)
from fieldlog.tallies.done_against_asked import together
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.forms.hotspot import (
    AskForm,
    HotspotForm,
    LaterAskForm,
    NewHotspotForm,
)
from fieldlog.web.hotspot_shape import shape_of
from fieldlog.web.hotspot_words import (
    AGAINST,
    OVERVIEW,
    PATROLS,
    WEEKS,
    against_rows,
    asked_rows,
    headline_of,
    in_force_words,
    overview_row,
    patrol_rows,
    place_rows,
    result_words,
    said_words,
    week_links,
    week_row,
)
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("hotspots", __name__)

PLANNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
WEEKS_BEFORE = 12
PLACE_FIELDS = ("reference", "latitude", "longitude", "outline")


@bp.get("/hotspots")
@open_to(*PLANNERS)
def index() -> ResponseReturnValue:
    """Every hotspot of a week, done against asked; this week as it stands now."""
    db, week = database(), _week()
    found = watch_hotspots(db, [week], now())
    shown = {one.hotspot.id for one in found}
    return render_template(
        "hotspots/index.html",
        week=week_links("hotspots.index", week),
        as_at=now(),
        figures_shown=headline_of(found),
        columns=OVERVIEW,
        rows=[overview_row(one) for one in found],
        others=[
            {"name": one.name, "id": one.id, "when": in_force_words(one)}
            for one in every_hotspot(db)
            if one.id not in shown
        ],
    )


@bp.get("/hotspots/<int(max=999999999):hotspot_id>")
@open_to(*PLANNERS)
def show(hotspot_id: int) -> ResponseReturnValue:
    """One hotspot: a week with the patrols behind it, the weeks before, what was ever said."""
    db, week, hotspot = database(), _week(), _hotspot_or_404(hotspot_id)
    starts = [week.first - timedelta(weeks=back) for back in range(WEEKS_BEFORE + 1)]
    weeks = [period_of(PeriodKind.WEEK, first) for first in starts]
    this, *before = watch_hotspot(db, hotspot, weeks, now())
    standing = together([(this.asked, this.done)])
    names = {one.id: one.name for one in operations(db)}
    return render_template(
        "hotspots/show.html",
        hotspot=hotspot,
        retired=hotspot.retired(night_of(now())),
        begun=hotspot.first <= night_of(now()),
        shape=shape_of(hotspot),
        summary=[*place_rows(hotspot), *asked_rows(this.asked)],
        week=week_links("hotspots.show", week, hotspot_id=hotspot_id),
        as_at=now(),
        result=result_words(standing, over=not _live(week)),
        done=this.done,
        against=(AGAINST, against_rows(standing)),
        patrols=(PATROLS, patrol_rows(this.patrols)),
        weeks=(
            WEEKS,
            [week_row(one) for one in before if one.patrols or hotspot.in_force_during(one.week)],
        ),
        history=[said_words(said, names) for said in said_of_hotspot(db, hotspot_id)],
    )


@bp.get("/hotspots/<int(max=999999999):hotspot_id>/premises")
@open_to(*PLANNERS)
def premises(hotspot_id: int) -> ResponseReturnValue:
    """The premises of the register that lie inside a hotspot."""
    hotspot = _hotspot_or_404(hotspot_id)
    rows = [
        [
            {"text": one.name, "href": url_for("premises_page.show", premises_id=one.id)},
            one.address,
            one.grid_reference,
        ]
        for one in premises_inside(database(), hotspot)
    ]
    return render_template("hotspots/premises.html", hotspot=hotspot, rows=rows, as_at=now())


@bp.route("/hotspots/new", methods=["GET", "POST"])
@open_to(*PLANNERS)
def new() -> ResponseReturnValue:
    """Add a hotspot with what is asked there."""
    form = NewHotspotForm()
    form.offer(_operations())
    if not form.is_submitted():
        form.start()
        form.operations.data = request.args.getlist("operation")
        form.first.data = night_of(now())
    elif (added := _added(form)) is not None:
        flash("Added. Crews can choose it when they start a patrol.", "success")
        return redirect(url_for("hotspots.show", hotspot_id=added), 303)
    return _form("hotspots/new.html", form)


@bp.route("/hotspots/<int(max=999999999):hotspot_id>/change", methods=["GET", "POST"])
@open_to(*PLANNERS)
def change(hotspot_id: int) -> ResponseReturnValue:
    """Change what a hotspot is called, where it is, when it is in force and for which operation."""
    hotspot, form = _hotspot_or_404(hotspot_id), HotspotForm()
    form.offer(_operations())
    if not form.is_submitted():
        form.fill(hotspot)
    elif (changed := _changed(form, hotspot)) is not None:
        flash("Saved as a new version." if changed else "Nothing was different.", "success")
        return redirect(url_for("hotspots.show", hotspot_id=hotspot_id), 303)
    return _form("hotspots/change.html", form, hotspot)


@bp.route("/hotspots/<int(max=999999999):hotspot_id>/asked", methods=["GET", "POST"])
@open_to(*PLANNERS)
def ask(hotspot_id: int) -> ResponseReturnValue:
    """Ask something else of a hotspot, from a week on."""
    hotspot, form = _hotspot_or_404(hotspot_id), LaterAskForm()
    week = period_of(PeriodKind.WEEK, max(night_of(now()), hotspot.first)).first
    if not form.is_submitted():
        form.fill_ask(hotspot.asked_in(week) or hotspot.asked[0])
        form.week.data = week
    elif form.validate():
        plan = form.later_ask()
        try:
            asked = ask_of_hotspot(database(), hotspot, plan, by=person().officer_id, now=now())
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash(f"Asked from the week of {says_date(asked.from_week)} on.", "success")
            return redirect(url_for("hotspots.show", hotspot_id=hotspot_id), 303)
    return _form("hotspots/ask.html", form, hotspot)


@bp.post("/hotspots/<int(max=999999999):hotspot_id>/retire")
@open_to(*PLANNERS)
def retire(hotspot_id: int) -> ResponseReturnValue:
    """Let tonight be its last night; its patrols and figures stay."""
    hotspot = _hotspot_or_404(hotspot_id)
    try:
        retire_hotspot(database(), hotspot, by=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
    else:
        flash("Tonight is its last night. Its patrols and figures stay.", "success")
    return redirect(url_for("hotspots.show", hotspot_id=hotspot_id), 303)


def _added(form: NewHotspotForm) -> int | None:
    """Return the id of the hotspot that was added, or None where something is wrong."""
    valid, plan = form.validate(), form.plan()
    if not valid:
        return None
    try:
        return add_hotspot(database(), plan, form.ask(), by=person().officer_id, now=now())
    except Refused as refused:
        _say(form, refused)
        return None


def _changed(form: HotspotForm, hotspot: Hotspot) -> bool | None:
    """Return whether anything was different, or None where something is wrong."""
    stored = HotspotForm(formdata=None)
    stored.offer(_operations())
    stored.fill(hotspot)
    valid = form.validate()
    valid, plan = form.take_in(stored) and valid, form.plan()
    if not valid or any(form[name].errors for name in PLACE_FIELDS):
        return None
    try:
        return change_hotspot(database(), hotspot, plan, by=person().officer_id, now=now())
    except Refused as refused:
        _say(form, refused)
        return None


def _say(form: HotspotForm, refused: Refused) -> None:
    """Show what is wrong; of its place only what was found in what was typed."""
    wrong_place = any(form[name].errors for name in PLACE_FIELDS)
    kept: list[Problem] = [
        one for one in refused.problems if not (wrong_place and one.field == "reference")
    ]
    show_problems(form, Refused(tuple(kept)))


def _form(
    template: str, form: HotspotForm | AskForm, hotspot: Hotspot | None = None
) -> ResponseReturnValue:
    said: dict[str, Any] = {"form": form, "hotspot": hotspot}
    if hotspot:
        said["shape"] = shape_of(hotspot)
    return render_template(template, **said), NOT_ACCEPTED if form.errors else 200


def _operations() -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in operations(database())]


def _hotspot_or_404(hotspot_id: int) -> Hotspot:
    return hotspot_called(database(), hotspot_id) or abort(404)


def _live(week: Period) -> bool:
    return night_of(now()) <= week.last


def _week() -> Period:
    text = request.args.get("week", "")
    try:
        day = date.fromisoformat(text) if text else night_of(now())
    except ValueError:
        abort(404)
    if not date(2000, 1, 3) <= day <= date(2100, 12, 31):
        abort(404)
    return period_of(PeriodKind.WEEK, day)
