"""Retention: what is kept how long, what is due, and its removal by an administrator."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import to_uk
from fieldlog.core.retention import FROM, GOES, Item, Retained, Rule, says_months
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.apply_retention import (
    CopiesLeft,
    Moved,
    apply_retention,
    copies_left,
    disposals,
    look,
    periods_of,
    set_period,
    standings,
)
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import CONFLICT, NOT_ACCEPTED
from fieldlog.web.filters import Query
from fieldlog.web.forms.retention import PeriodForm, RemovalForm
from fieldlog.web.holding import held_now, says_period
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("retention", __name__)

THOSE_WHO_SEE = (Role.COORDINATOR, Role.ADMINISTRATOR)
MOST_LISTED = 100
PAGES = {
    Retained.PHOTOS: ("entries.show", "entry_id"),
    Retained.ENFORCEMENT_PHOTOS: ("entries.show", "entry_id"),
    Retained.WORDS: ("entries.show", "entry_id"),
    Retained.TASKS: ("tasks.show", "task_id"),
    Retained.BRIEFINGS: ("night_plan.show", "deployment_id"),
    Retained.MAILS: ("mails.show", "mail_id"),
    Retained.IMPORTS: ("register_imports.show", "import_id"),
    Retained.SET_ASIDE: ("set_aside.show", "number"),
}
"""Where one thing of a kind is to be looked at before it goes, and by what the page is called."""


@bp.get("/retention")
@open_to(*THOSE_WHO_SEE)
def index() -> ResponseReturnValue:
    """Every kind with its period and what is due, what is held, and what was removed."""
    db = database()
    return render_template(
        "retention/index.html",
        kinds=[
            {
                "kind": one.rule.kind,
                "href": url_for("retention.show", name=_name(one.rule.kind)),
                "period": says_months(one.rule.months),
                "due": one.due.total,
                "held": len(one.due.held),
            }
            for one in standings(db, now=now())
        ],
        holds=held_now(db),
        removals=[(one, says_months(one.months)) for one in disposals(db)],
        copies_left=copies_left(db),
        as_at=now(),
    )


@bp.get("/retention/<name>")
@open_to(*THOSE_WHO_SEE)
def show(name: str) -> ResponseReturnValue:
    """One kind: its period and where that comes from, and exactly what is due of it."""
    return _shown(_kind(name), RemovalForm())


@bp.post("/retention/<name>/remove")
@open_to(Role.ADMINISTRATOR)
def remove(name: str) -> ResponseReturnValue:
    """Remove what was looked at, for a reason; if it is not the same any more, show it again."""
    kind, form = _kind(name), RemovalForm()
    try:
        reason, seen = form.reason.data or "", request.form.get("seen", "")
        removed = apply_retention(
            database(), kind, by=person(), now=now(), reason=reason, seen=seen
        )
    except Refused as refused:
        show_problems(form, refused)
        return _shown(kind, form, NOT_ACCEPTED)
    except Moved:
        form.form_errors.append("It is not the same any more. This is what is due now.")
        return _shown(kind, form, CONFLICT)
    except CopiesLeft as left:
        flash(str(left), "error")
        return redirect(url_for("retention.index"), 303)
    if removed:
        flash(f"Removed: {removed.items:,}. The register below says who, when and why.", "success")
    return redirect(url_for("retention.index"), 303)


def _shown(kind: Retained, form: RemovalForm, status: int = 200) -> ResponseReturnValue:
    standing = look(database(), kind, now=now())
    due, (goes, stays) = standing.due, GOES[kind]
    if not due.total:
        # Nothing is asked any more, so that nothing can be missing.
        form.reason.errors = []
    page = render_template(
        "retention/show.html",
        form=form,
        kind=kind,
        name=_name(kind),
        rule=standing.rule,
        period=says_months(standing.rule.months),
        counts_from=FROM[kind],
        before=standing.before,
        goes=goes,
        stays=stays,
        due=due,
        items=[_line(kind, item) for item in due.items[:MOST_LISTED]],
        held=[_line(kind, item) for item in due.held[:MOST_LISTED]],
        periods=[_period(rule) for rule in periods_of(database(), kind)],
    )
    return page, status


def _line(kind: Retained, item: Item) -> dict[str, object]:
    """Return one thing that is due in words, with where it is to be looked at."""
    if kind is Retained.WORDINGS:
        words = f"{item.words}: {says_period(database(), item.shown_at)}"
        return vars(item) | {"words": words, "href": f"{url_for('periods.show')}?{item.shown_at}"}
    endpoint, argument = PAGES.get(kind, ("", ""))
    query: Query = {argument: item.shown_at}
    return vars(item) | {"href": url_for(endpoint, **query) if endpoint else ""}


def _period(rule: Rule) -> dict[str, object]:
    return {
        "period": says_months(rule.months),
        "source": rule.source,
        "set_on": to_uk(rule.set_at).date(),
        "by": rule.set_by or "fieldlog, to begin with",
    }


@bp.route("/retention/<name>/period", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def period(name: str) -> ResponseReturnValue:
    """How long a kind is kept, with where that comes from."""
    kind, form = _kind(name), PeriodForm()
    if form.validate_on_submit() and _set(kind, form):
        flash(f"Set. {kind.label} are due when their new period has run.", "success")
        return redirect(url_for("retention.show", name=name), 303)
    if not form.is_submitted():
        form.months.data = look(database(), kind, now=now()).rule.months
    page = render_template("retention/period.html", form=form, kind=kind, name=name)
    return page, NOT_ACCEPTED if form.errors else 200


def _set(kind: Retained, form: PeriodForm) -> bool:
    try:
        source = form.source.data or ""
        set_period(database(), kind, form.months.data, source, by=person(), now=now())
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


def _name(kind: Retained) -> str:
    """Return a kind as it stands in an address."""
    return kind.value.replace("_", "-")


def _kind(name: str) -> Retained:
    return next((kind for kind in Retained if _name(kind) == name), None) or abort(404)
