"""Patrols: those of a night with their hours, one of them with what happened, and Tonight's own."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_day
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.close_night import late_among
from fieldlog.services.close_patrol import close_patrol
from fieldlog.services.list_operations import deployment
from fieldlog.services.place_patrol import place_patrol
from fieldlog.services.read_lists import read_lists
from fieldlog.services.run_patrol import run_patrol_now
from fieldlog.services.see_photo import photo_counts
from fieldlog.services.watch_hotspots import (
    every_hotspot,
    given_to_patrol,
    hotspot_called,
    patrol_at_hotspot,
)
from fieldlog.services.watch_patrols import (
    LOOSE_SHOWN,
    Watched,
    entries_made,
    loose_patrols,
    patrol_called,
    watch_patrols,
)
from fieldlog.tallies.headline import patrol_basis
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.forms.close_patrol import ClosePatrolForm
from fieldlog.web.forms.hotspot import PlaceForm
from fieldlog.web.hotspot_words import counts_words, given_words, with_what
from fieldlog.web.log_lines import by_night
from fieldlog.web.on_duty import on_duty
from fieldlog.web.patrol_words import (
    COLUMNS,
    gap_words,
    happened_to,
    patrol_figures,
    patrol_row,
    summary_of,
    times_of_patrol,
)
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("patrols", __name__)


@bp.get("/nights/<int(max=999999999):deployment_id>/patrols")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def of_night(deployment_id: int) -> ResponseReturnValue:
    """The patrols of a night: who, where, how long, and what does not add up by itself."""
    night = deployment(database(), deployment_id) or abort(404)
    watched = watch_patrols(database(), deployment_id, now())
    return render_template(
        "patrols/night.html",
        deployment=night,
        as_at=now(),
        figures_shown=patrol_figures(watched.time),
        basis=patrol_basis(watched.time),
        columns=COLUMNS,
        rows=[patrol_row(one) for one in watched.every],
        left=[
            {
                "text": f"{one.stored.leader}, {times_of_patrol(one.stored)}",
                "href": url_for("patrols.show", patrol_id=one.patrol.id),
            }
            for one in watched.left_running
        ],
        gaps=[gap_words(gap) for gap in watched.gaps],
    )


@bp.get("/patrols")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def loose() -> ResponseReturnValue:
    """The patrols that belong to no deployment, those that still run first."""
    watched = loose_patrols(database(), now())
    return render_template(
        "patrols/loose.html",
        as_at=now(),
        nights=LOOSE_SHOWN,
        columns=[COLUMNS[0], {"label": "Night of"}, *COLUMNS[1:]],
        going=[_loose_row(one) for one in watched.going],
        ended=[_loose_row(one) for one in reversed(watched.every) if not one.patrol.going],
        left_running=len(watched.left_running),
    )


def _loose_row(watched: Watched) -> list[Any]:
    times, *others = patrol_row(watched)
    return [times, says_day(watched.stored.night_of), *others]


@bp.get("/patrols/<uuid:patrol_id>")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def show(patrol_id: UUID) -> ResponseReturnValue:
    """One patrol with everything that happened to it."""
    return _shown(_watched(patrol_id), ClosePatrolForm(formdata=None))


@bp.get("/patrols/<uuid:patrol_id>/entries")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def entries(patrol_id: UUID) -> ResponseReturnValue:
    """Exactly the entries that a patrol's members made meanwhile."""
    db, watched = database(), _watched(patrol_id)
    lines = entries_made(db, watched)
    late, photos = late_among(db, lines), photo_counts(db, lines)
    return render_template(
        "patrols/entries.html",
        watched=watched,
        patrol=f"{watched.stored.leader}, {times_of_patrol(watched.stored)}",
        as_at=now(),
        nights=list(by_night(lines, read_lists(db), late, photos)),
    )


@bp.post("/patrols/<uuid:patrol_id>/close")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def close(patrol_id: UUID) -> ResponseReturnValue:
    """Close a patrol that nobody finished."""
    watched, form = _watched(patrol_id), ClosePatrolForm()
    started = watched.patrol.started_at
    try:
        event_id = UUID(form.event_id.data or "")
    except ValueError:
        abort(400)
    if not form.validate() or started is None:
        return _shown(watched, form, NOT_ACCEPTED)
    try:
        close_patrol(
            database(),
            patrol_id,
            event_id,
            at=form.closed_at(started),
            reason=form.reason.data or "",
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        show_problems(form, refused)
        return _shown(watched, form, NOT_ACCEPTED)
    flash("Closed. If its officer’s own finish arrives later, that one counts.", "success")
    return redirect(url_for("patrols.show", patrol_id=patrol_id), 303)


@bp.post("/patrols/<uuid:patrol_id>/hotspot")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def place(patrol_id: UUID) -> ResponseReturnValue:
    """Place a patrol at a hotspot, at another or at none, with a reason."""
    watched, form = _watched(patrol_id), PlaceForm()
    try:
        place_patrol(
            database(),
            patrol_id,
            form.chosen(),
            reason=form.placing_reason.data or "",
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        show_problems(form, refused, {"reason": "placing_reason"})
        return _shown(watched, ClosePatrolForm(formdata=None), NOT_ACCEPTED, form)
    flash("Saved. What it counts is below.", "success")
    return redirect(url_for("patrols.show", patrol_id=patrol_id), 303)


def _watched(patrol_id: UUID) -> Watched:
    return patrol_called(database(), patrol_id, now()) or abort(404)


def _shown(
    watched: Watched,
    form: ClosePatrolForm,
    status: int = 200,
    placing: PlaceForm | None = None,
) -> ResponseReturnValue:
    form.event_id.data = form.event_id.data or str(uuid4())
    stored = watched.stored
    night = deployment(database(), stored.deployment_id) if stored.deployment_id else None
    page = render_template(
        "patrols/show.html",
        form=form,
        watched=watched,
        stored=stored,
        deployment=night,
        as_at=now(),
        times=times_of_patrol(stored),
        summary=summary_of(watched),
        happened=happened_to(stored),
        **_at_hotspot(watched, placing),
    )
    return page, status


def _at_hotspot(watched: Watched, placing: PlaceForm | None) -> dict[str, Any]:
    """Return what the page says of the hotspot a patrol is at, and where else it can be placed."""
    db, stored = database(), watched.stored
    placing = placing or PlaceForm(formdata=None, hotspot=str(stored.hotspot_id or ""))
    at = patrol_at_hotspot(db, stored, now())
    spot = hotspot_called(db, stored.hotspot_id) if stored.hotspot_id else None
    rows = []
    if at and spot:
        asked = spot.asked_in(period_of(PeriodKind.WEEK, stored.night_of).first)
        href = url_for("hotspots.show", hotspot_id=spot.id, week=stored.night_of.isoformat())
        rows = [
            {"key": "Hotspot", "value": spot.name, "href": href, "link": "Look at its week"},
            {"key": "Counts", "value": counts_words(at)},
            {"key": "Patrols qualify", "value": with_what(asked) if asked else "Nothing asked"},
            {"key": "Times that count", "value": asked.says_when() if asked else "None"},
        ]
    known = [(one.id, one.name) for one in every_hotspot(db) if one.in_force(stored.night_of)]
    if spot and (spot.id, spot.name) not in known:
        known.append((spot.id, spot.name))
    placing.offer(known)
    return {
        "hotspot_rows": rows,
        "hotspots": known,
        "given": [given_words(one) for one in given_to_patrol(db, stored.patrol.id)],
        "placing": placing,
        "has_errors": bool(placing.errors),
    }


@bp.post("/patrols")
@open_to(*THOSE_WHO_LOG)
def happened() -> ResponseReturnValue:
    """Start, pause, resume or finish one's own patrol from the server's own Tonight."""
    said = {name: " ".join(request.form.getlist(name)) for name in request.form}
    said["event"] = said.get("event") or "start"
    chosen = on_duty(database(), now()).chosen
    said["deployment"] = str(chosen.id) if chosen else "none"
    try:
        record_id = UUID(said.get("id", ""))
    except ValueError:
        abort(400)
    try:
        run_patrol_now(database(), record_id, said, officer_id=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
    return redirect(url_for("tonight.show"), 303)
