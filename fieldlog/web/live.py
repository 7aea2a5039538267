"""The live page of a night: rendered once for everybody who watches, asked for again by polling.

Polling and not server-sent events: waitress answers with a few threads, and every open stream would
hold one of them for the night; a proxy that buffers would hold back what is streamed; a phone that
sleeps loses a stream and has to begin again anyway. A poll is a short conditional request. It costs
the look at the session and one cheap question, and while nothing has changed the answer is 304.
Each page waits a random time between polls, so that they do not come all at once.
"""

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from fieldlog.core.strict_json import write_json
from fieldlog.core.words import Role
from fieldlog.services.close_night import standing_of
from fieldlog.services.list_operations import deployment as deployment_called
from fieldlog.services.read_lists import read_lists
from fieldlog.services.watch_live import mark_of_night, watch_live
from fieldlog.web.access import open_to
from fieldlog.web.live_words import Edition, edition_for, live_shown, over_words, said_of
from fieldlog.web.operations import times_of
from fieldlog.web.shared_rendering import Made, Rendering, SharedRenderings
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("live", __name__)

WATCHERS = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
EVERY_MS = 2_000
"""How long a page waits between two polls, on average."""


class UnknownNight(LookupError):
    """There is no such night to watch."""


def live_rendering(deployment_id: int, *, wall: bool) -> Rendering:
    """Return what this person's live page of a night shows now. Raises UnknownNight."""
    edition = edition_for(person(), wall=wall)
    shared: SharedRenderings = current_app.extensions.setdefault("live", SharedRenderings())
    key = (str(around().connections.path), deployment_id, edition)
    db, moment = database(), now()
    return shared.get(
        key,
        lambda: mark_of_night(db, deployment_id, moment),
        lambda: _made(deployment_id, edition),
    )


def _made(deployment_id: int, edition: Edition) -> Made:
    db, moment = database(), now()
    night = watch_live(db, deployment_id, moment)
    if night is None:
        raise UnknownNight(deployment_id)
    template = current_app.jinja_env.get_template("nights/live_parts.html")
    html = template.render(live_shown(night, read_lists(db), edition, moment))
    said = said_of(night, edition, moment)
    return Made(html, said, write_json({"html": html, **said}).encode())


@bp.get("/nights/<int(max=999999999):deployment_id>/live")
@open_to(*WATCHERS)
def show(deployment_id: int) -> ResponseReturnValue:
    """A night that renews itself until it is over; ``?wall=1`` is for a screen in a room."""
    wall = request.args.get("wall") == "1"
    deployment = deployment_called(database(), deployment_id) or abort(404)
    rendering = live_rendering(deployment_id, wall=wall)
    closing = standing_of(database(), deployment_id).closing
    asked = "1" if wall else None
    here = url_for("live.show", deployment_id=deployment_id, wall=asked)
    return render_template(
        "nights/live_wall.html" if wall else "nights/live.html",
        **({"theme": "dark"} if wall else {}),
        deployment=deployment,
        times=times_of(deployment),
        as_at=now(),
        over=over_words(deployment, closing, now()),
        closed=closing is not None,
        inside=person().role is not Role.VIEWER,
        parts=Markup(rendering.html),  # noqa: S704 - rendered by our own template just now
        here=here,
        watched={
            "from": url_for("api_live.parts", deployment=deployment_id, wall=asked),
            "version": f'W/"{rendering.version}"',
            "received": rendering.said["received"],
            "overdue": rendering.said["overdue"],
            "every": EVERY_MS,
        },
        sign_in_href=url_for("sign_in.show", next=here),
    )
