"""Figures for programs: tallies, nights and entries as JSON and CSV, read with a token.

Power BI sends the token as ``Authorization: Bearer``; Excel's *From Web* asks for a user name and a
password, and takes the token as the password with any name.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.api_token import TokenScope
from fieldlog.core.question import Filter
from fieldlog.core.words import Role
from fieldlog.services.api_tokens import (
    MayNotRead,
    Reader,
    TooManyRequests,
    UnknownToken,
    keep_reading,
    recognise_reader,
    signed_in_reader,
)
from fieldlog.services.choose_filter import unknown
from fieldlog.services.count_tally import UnknownCode
from fieldlog.services.read_by_program import (
    DataPage,
    entries_as_csv,
    entries_as_data,
    nights_as_data,
)
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.web.access import open_to, open_to_devices_too
from fieldlog.web.api.asked_tally import Tallied, read_raw, read_tally
from fieldlog.web.api.blueprints import api_blueprint, refusal
from fieldlog.web.filters import (
    BadAddress,
    Query,
    given,
    query_of,
    read_filter,
    read_number,
    single,
)
from fieldlog.web.surroundings import account, database, now

bp = api_blueprint("figures")

SEE_FIGURES = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
SEE_ENTRIES = (Role.COORDINATOR, Role.ADMINISTRATOR)
USUAL_SIZE, MOST_ROWS = 1_000, 5_000
CHALLENGE = 'Bearer realm="fieldlog", Basic realm="fieldlog", charset="UTF-8"'
PAGED = frozenset({"page", "size"})
CSV = "text/csv; charset=utf-8"

Answer = Callable[[Reader], ResponseReturnValue]


class NotForThisToken(Exception):
    """The token opens figures, and entries were asked for."""


@bp.after_request
def challenge(answer: Response) -> Response:
    """Let Excel and Power BI ask for the token, and let nobody keep an answer."""
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = CHALLENGE
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/v1/tally.json")
@open_to(*SEE_FIGURES)
@open_to_devices_too
def tally_json() -> ResponseReturnValue:
    """A table as data: two-way, or with levels and several counts."""

    def answer(reader: Reader) -> ResponseReturnValue:
        return jsonify(_tally(reader).as_data())

    return _answered(answer)


@bp.get("/v1/tally.csv")
@open_to(*SEE_FIGURES)
@open_to_devices_too
def tally_csv() -> ResponseReturnValue:
    """The same table as CSV; ``raw=1`` leaves out what is there for Excel."""

    def answer(reader: Reader) -> ResponseReturnValue:
        return Response(_tally(reader).as_csv(), content_type=CSV)

    return _answered(answer)


@bp.get("/v1/entries.json")
@open_to(*SEE_ENTRIES)
@open_to_devices_too
def entries_json() -> ResponseReturnValue:
    """Entries as data, a page at a time."""

    def answer(reader: Reader) -> ResponseReturnValue:
        wanted, page, size, _ = _entries(reader)
        found = entries_as_data(database(), wanted, page=page, size=size)
        _keep(reader, len(found.rows))
        return _page("entries", found, "entries_json", query_of(wanted), size)

    return _answered(answer)


@bp.get("/v1/entries.csv")
@open_to(*SEE_ENTRIES)
@open_to_devices_too
def entries_csv() -> ResponseReturnValue:
    """The same entries as CSV, a page at a time; the Link header says where the next one is."""

    def answer(reader: Reader) -> ResponseReturnValue:
        wanted, page, size, raw = _entries(reader)
        body, found = entries_as_csv(database(), wanted, page=page, size=size, raw=raw)
        _keep(reader, len(found.lines))
        written = Response(body, content_type=CSV)
        written.headers["X-Total-Count"] = str(found.shown)
        if found.number < found.last:
            query = query_of(wanted) | ({"raw": "1"} if raw else {})
            following = _next("entries_csv", query, found.number, size)
            written.headers["Link"] = f'<{following}>; rel="next"'
        return written

    return _answered(answer)


@bp.get("/v1/nights.json")
@open_to(*SEE_FIGURES)
@open_to_devices_too
def nights_json() -> ResponseReturnValue:
    """The nights with their headline figures, a page at a time."""

    def answer(reader: Reader) -> ResponseReturnValue:
        problems: list[str] = []
        asked = given(request.args)
        page, size = _paged(asked, problems)
        problems += [f"There is no “{name[:40]}” here." for name in asked if name not in PAGED]
        if problems:
            raise BadAddress(problems)
        found = nights_as_data(database(), now=now(), page=page, size=size)
        _keep(reader, len(found.rows))
        return _page("nights", found, "nights_json", {}, size)

    return _answered(answer)


def _answered(answer: Answer) -> ResponseReturnValue:
    """Return what ``answer`` gives to whoever asks, or why they get nothing."""
    try:
        return answer(_reader())
    except UnknownToken:
        return refusal(401, "unknown-token", "This token opens nothing. Make a new one under Me.")
    except (MayNotRead, NotForThisToken):
        return refusal(403, "not-allowed", "This token does not open that.")
    except TooManyRequests as too_many:
        refused = current_app.make_response(refusal(429, "too-many-requests", str(too_many)))
        wait = max(1, int((too_many.until - now()).total_seconds()))
        refused.headers["Retry-After"] = str(wait)
        return refused
    except (BadAddress, UnknownCode) as bad:
        return refusal(400, "not-understood", str(bad))
    except DoesNotAddUp as wrong:
        return refusal(500, "does-not-add-up", str(wrong))


def _reader() -> Reader:
    given_token = _token()
    if given_token is not None:
        return recognise_reader(database(), given_token, now())
    found = account()
    if found is None:
        raise UnknownToken
    return signed_in_reader(found.person)


def _token() -> str | None:
    """Return the token of the request: as bearer, or as the password of whatever user name."""
    if "Authorization" not in request.headers:
        return None
    sent = request.authorization
    if sent is None:
        return ""
    return (sent.password if sent.type == "basic" else sent.token) or ""


def _tally(reader: Reader) -> Tallied:
    """Return the table that the address asks for."""
    found = read_tally(database(), request.args, reader.reads_as)
    _keep(reader, found.many)
    return found


def _entries(reader: Reader) -> tuple[Filter, int, int, bool]:
    """Return the filter, the page, its size and whether raw. Raises NotForThisToken."""
    if reader.scope is not TokenScope.ENTRIES:
        raise NotForThisToken
    wanted = read_filter(request.args, also=PAGED | {"raw"})
    asked, problems = given(request.args), list[str]()
    page, size = _paged(asked, problems)
    raw = read_raw(asked, problems)
    _refuse(wanted, problems)
    return wanted, page, size, raw


def _refuse(wanted: Filter, problems: list[str]) -> None:
    problems += unknown(database(), wanted)
    if problems:
        raise BadAddress(problems)


def _paged(asked: Query, problems: list[str]) -> tuple[int, int]:
    page, size = _whole("page", 1, asked, problems), _whole("size", USUAL_SIZE, asked, problems)
    if not 1 <= size <= MOST_ROWS:
        problems.append(f"size is a number from 1 to {MOST_ROWS}.")
    return max(1, page), size


def _whole(name: str, usual: int, asked: Query, problems: list[str]) -> int:
    text = single(name, asked, problems)
    try:
        return read_number(text) if text else usual
    except ValueError:
        problems.append(f"{name} is a whole number.")
        return usual


def _page(name: str, found: DataPage, view: str, query: Query, size: int) -> Response:
    following = _next(view, query, found.number, size) if found.number < found.last else None
    said: dict[str, Any] = {name: found.rows, "page": found.number, "pages": found.last}
    return jsonify(said | {"total": found.total, "next": following})


def _next(view: str, query: Query, number: int, size: int) -> str:
    return url_for(f"{bp.name}.{view}", **query, page=number + 1, size=size, _external=True)


def _keep(reader: Reader, many: int) -> None:
    what = f"{request.path}?{request.query_string.decode('ascii', 'replace')[:200]}; {many}"
    keep_reading(database(), reader, what, now=now())
