"""Tonight: the officer's first screen, from which everything is logged."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import says_time
from fieldlog.core.words import EntryKind, Role
from fieldlog.services.list_tasks import tasks_for, who_is_out
from fieldlog.services.read_entries import entries_of_night, versions_of
from fieldlog.services.read_lists import read_lists
from fieldlog.services.undo_entry import UNDO_ALLOWED, can_undo
from fieldlog.web.access import open_to
from fieldlog.web.entry_words import feed_item, kebab, name_of, short_day
from fieldlog.web.on_duty import on_duty, remember
from fieldlog.web.patrol_strip import patrol_strip
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.task_words import for_you

bp = Blueprint("tonight", __name__)

THOSE_WHO_LOG = (Role.OFFICER, Role.COORDINATOR, Role.ADMINISTRATOR)
LAST_SHOWN = 6
FIRST_KINDS = (
    ("Visit premises", EntryKind.PREMISES_VISIT, None, ""),
    ("Spoke to people", EntryKind.ENCOUNTER, None, ""),
    ("Warning", EntryKind.ENCOUNTER, "warned", ""),
    ("Notice", EntryKind.NOTICE, None, ""),
)
MORE_KINDS = (
    EntryKind.PATROL_NOTE,
    EntryKind.ARREST,
    EntryKind.TEST_PURCHASE,
    EntryKind.REFERRAL,
    EntryKind.OTHER,
)


@bp.get("/tonight")
@open_to(*THOSE_WHO_LOG)
def show() -> ResponseReturnValue:
    """Big buttons, and the last entries underneath."""
    db, moment = database(), now()
    duty = on_duty(db, moment)
    lists = read_lists(db)
    lines = entries_of_night(db, person().officer_id, duty.night, limit=LAST_SHOWN + 1)
    return render_template(
        "tonight/show.html",
        duty=duty,
        on_duty=duty.header,
        choosing=duty.ask or "choose" in request.args,
        labels={one.id: short_day(one) for one in duty.tonight},
        first=first_links(),
        more=more_links(),
        saved=_saved(request.args.get("saved", "")),
        entries=[feed_item(line, lists) for line in lines[:LAST_SHOWN]],
        has_more=len(lines) > LAST_SHOWN,
        for_you=_for_you(),
        **patrol_strip(duty),
    )


def _for_you() -> str:
    """How much there is to do for an officer; those who run the night have a page of their own."""
    if person().role is not Role.OFFICER:
        return ""
    out = who_is_out(database(), person(), now=now())
    found = tasks_for(database(), out, now=now())
    return for_you(len(found), sum(task.due_now(now()) for task in found))


@bp.post("/tonight/deployment")
@open_to(*THOSE_WHO_LOG)
def choose() -> ResponseReturnValue:
    """Remember which deployment tonight's entries belong to."""
    if not remember(database(), request.form.get("deployment", ""), now()):
        abort(400)
    return redirect(url_for("tonight.show"), 303)


def first_links() -> list[dict[str, str]]:
    """Return the ways to log that are wanted most often."""
    return [*(_first(*kind) for kind in FIRST_KINDS), _tally()]


def more_links() -> list[dict[str, str]]:
    """Return the other ways to log."""
    return [_link(kind.label, kind) for kind in MORE_KINDS]


def _first(label: str, kind: EntryKind, first: str | None, detail: str) -> dict[str, str]:
    return {**_link(label, kind, first), "detail": detail}


def _tally() -> dict[str, str]:
    return {"label": "+1 tally", "href": url_for("plus_one.show"), "detail": ""}


def _link(label: str, kind: EntryKind, first: str | None = None) -> dict[str, str]:
    return {"label": label, "href": url_for("entry_form.new", kind=kebab(kind), first=first)}


def _saved(entry_id: str) -> dict[str, str | None] | None:
    """What was saved a moment ago, and where it can be taken back."""
    try:
        lines = versions_of(database(), UUID(entry_id))
    except ValueError:
        return None
    moment, officer_id = now(), person().officer_id
    if not lines or lines[-1].officer_id != officer_id or lines[-1].struck:
        return None
    line = lines[-1]
    if moment - line.received_at > UNDO_ALLOWED:
        return None
    undo = url_for("amendments.undo", entry_id=line.id)
    return {
        "text": f"Saved {says_time(line.received_at)} · {name_of(line)}",
        "undo": undo if can_undo(line, officer_id, moment) else None,
    }
