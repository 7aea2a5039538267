"""What a live page asks for again and again: its parts, or 304 while they are the same."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from fieldlog.web.access import open_to
from fieldlog.web.api.blueprints import api_blueprint, refusal
from fieldlog.web.filters import read_number
from fieldlog.web.live import WATCHERS, UnknownNight, live_rendering
from fieldlog.web.packing import packed

bp = api_blueprint("live")


@bp.get("/live")
@open_to(*WATCHERS)
def parts() -> ResponseReturnValue:
    """The parts of a night's live page for whoever asks, as everybody of their role gets them."""
    try:
        deployment_id = read_number(request.args.get("deployment", ""))
        rendering = live_rendering(deployment_id, wall=request.args.get("wall") == "1")
    except (ValueError, UnknownNight):
        return refusal(404, "not-found", "There is no such night.")
    if request.if_none_match.contains_weak(rendering.version):
        answer = Response(status=304, mimetype="application/json")
    else:
        answer = Response(rendering.body, mimetype="application/json")
    answer.set_etag(rendering.version, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return packed(answer, shared=True)
