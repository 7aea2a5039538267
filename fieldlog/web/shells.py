"""The officer's pages without anybody in them, for a phone to keep and to open without a network.

They are made from the templates of the pages themselves. A shell carries no person, no token and
no count. What the lists offer on the night is in its form, so that no list or limit is written in
JavaScript; the briefing tells a phone when to fetch the forms again.
"""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists, usable
from fieldlog.core.night import night_of
from fieldlog.core.photo import ENOUGH_FROM_PHONE, LONGEST_SIDE, MOST_PHOTOS
from fieldlog.core.words import Capacity, EntryKind, Marking, Role
from fieldlog.services.describe_database import is_demonstration
from fieldlog.services.read_lists import read_lists
from fieldlog.services.undo_entry import DELIBERATE
from fieldlog.web.access import open_to_everyone
from fieldlog.web.entry_form import KINDS, TITLES
from fieldlog.web.entry_page import EntryPage
from fieldlog.web.forms.entry import form_for
from fieldlog.web.forms.strike import StrikeForm
from fieldlog.web.navigation import navigation
from fieldlog.web.packing import packed
from fieldlog.web.patrol_strip import MODES, UNDO_SHOWN
from fieldlog.web.surroundings import database, now
from fieldlog.web.tonight import first_links, more_links

bp = Blueprint("shells", __name__)

PLAIN = ("tonight", "tasks", "plus-one", "entries/mine", "entry", "briefing", "phone", "offline")
PHOTO_LIMITS = {"most": MOST_PHOTOS, "side": LONGEST_SIDE, "enough": ENOUGH_FROM_PHONE}
FIRST = {EntryKind.ENCOUNTER: tuple(TITLES)}
"""Kinds whose form comes in another order where the address says ``?first=…``."""


def shells() -> list[str]:
    """Return the address of every shell."""
    forms = []
    for name, kind in KINDS.items():
        forms.append(f"/shell/entries/new/{name}")
        forms += [f"/shell/entries/new/{name}?first={first}" for first in FIRST.get(kind, ())]
    return [*(f"/shell/{name}" for name in PLAIN), *forms]


@bp.get("/shell/tonight")
@open_to_everyone
def tonight() -> ResponseReturnValue:
    """Big buttons, and room for the last entries."""
    patrol = {"patrol_modes": MODES, "patrol_undo": UNDO_SHOWN}
    return _shell("tonight", "/tonight", first=first_links(), more=more_links(), **patrol)


@bp.get("/shell/tasks")
@open_to_everyone
def tasks() -> ResponseReturnValue:
    """Room for the tasks of whoever is out."""
    return _shell("tasks", "/tasks")


@bp.get("/shell/plus-one")
@open_to_everyone
def plus_one() -> ResponseReturnValue:
    """Room for the tiles."""
    return _shell("plus_one", "/plus-one")


@bp.get("/shell/entries/mine")
@open_to_everyone
def mine() -> ResponseReturnValue:
    """Room for the entries of tonight."""
    return _shell("mine", "/entries/mine")


@bp.get("/shell/entry")
@open_to_everyone
def own_entry() -> ResponseReturnValue:
    """Room for one of the officer's own entries, and the form that strikes it out."""
    return _shell("own_entry", "/entries/mine", form=StrikeForm(meta={"csrf": False}))


@bp.get("/shell/briefing")
@open_to_everyone
def briefing() -> ResponseReturnValue:
    """Room for what an officer is told of tonight."""
    return _shell("briefing", "/briefing")


@bp.get("/shell/entries/new/<kind>")
@open_to_everyone
def entry(kind: str) -> ResponseReturnValue:
    """The form of one kind with what the lists offer tonight, and nothing chosen."""
    first = request.args.get("first", "")
    if kind not in KINDS or first not in {"", *FIRST.get(KINDS[kind], ())}:
        abort(404)
    moment = now()
    night = night_of(moment)
    lists = read_lists(database())
    form = form_for(KINDS[kind], lists, night, token=False)
    form.marking.data = Marking.OFFICIAL.value
    form.capacity.data = Capacity.OWN.value
    told = {
        **_around("/entries/new"),
        "title": TITLES.get(first, KINDS[kind].label),
        "code": kind,
        "first": first,
        "can_undo": KINDS[kind] not in DELIBERATE,
        "photo_limits": PHOTO_LIMITS,
    }
    page = EntryPage(
        form, KINDS[kind], lists, {}, moment, night, told=told, template="shells/entry.html"
    )
    return _kept(page.show())


@bp.get("/shell/offline")
@open_to_everyone
def offline() -> ResponseReturnValue:
    """What stands for every other page where there is no network."""
    return _shell("offline", "")


def lists_mark(lists: Lists) -> str:
    """Return characters that change when what forms offer tonight does."""
    night = night_of(now())
    tables = (lists.actions, lists.measures, lists.laws, *lists.plain.values())
    offered = [[asdict(one) for one in usable(table, night)] for table in tables]
    offered.append([asdict(one) for one in lists.checklists if one.in_use])
    return sha256(repr(offered).encode()).hexdigest()[:12]


def phone_page() -> ResponseReturnValue:
    """Return the page about the phone, which is the same for everybody."""
    return _shell("phone", "/phone")


def _shell(name: str, here: str, **told: Any) -> ResponseReturnValue:
    return _kept(render_template(f"shells/{name}.html", **_around(here), **told))


def _around(here: str) -> dict[str, Any]:
    """What stands around a shell; it takes the place of what is known of whoever asked."""
    return {
        "shell": True,
        "theme": "auto",
        "demonstration": is_demonstration(database()),
        "signed_in": None,
        "navigation": navigation(Role.OFFICER, here),
        "layout": "layouts/shell.html",
        "role": None,
        "on_duty": None,
        "lists_mark": lists_mark(read_lists(database())),
    }


def _kept(page: ResponseReturnValue) -> Response:
    answer = make_response(page)
    # The service worker keeps it; a browser asks whether it is still the same.
    answer.headers["Cache-Control"] = "no-cache"
    return packed(answer, shared=True)
