"""Premises by a few letters: what the search box on a phone asks for."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from fieldlog.services.find_premises import find_premises, visits_of_night
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import visited_note
from fieldlog.web.on_duty import on_duty
from fieldlog.web.surroundings import database, now
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("premises_search", __name__)

LONGEST_QUERY = 80


@bp.get("/premises/search")
@open_to(*THOSE_WHO_LOG)
def search() -> ResponseReturnValue:
    """Premises whose name or address has the letters, and who visited them tonight."""
    db = database()
    found = find_premises(db, request.args.get("q", "")[:LONGEST_QUERY])
    visits = visits_of_night(db, [one.id for one in found], on_duty(db, now()).night)
    answer = []
    for one in found:
        note = visited_note(visits.get(one.id, []))
        detail = ", ".join(part for part in (one.address, one.postcode) if part)
        answer.append(
            {
                "id": one.id,
                "name": one.name,
                "detail": detail,
                "type": one.premises_type or "",
                "note": note,
                "visited": note,
            }
        )
    return jsonify(premises=answer)
