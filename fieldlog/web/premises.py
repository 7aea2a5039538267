"""Premises by a few letters: what the search box on a phone asks for."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from fieldlog.services.find_premises import find_premises
from fieldlog.services.tell_premises import arrivals_at
from fieldlog.web.access import open_to
from fieldlog.web.on_duty import on_duty
from fieldlog.web.premises_words import arrival_line, other_crew_note
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("premises_search", __name__)

LONGEST_QUERY = 80


@bp.get("/premises/search")
@open_to(*THOSE_WHO_LOG)
def search() -> ResponseReturnValue:
    """Premises whose name or address has the letters, how they stand, who was there tonight."""
    db = database()
    found = find_premises(db, request.args.get("q", "")[:LONGEST_QUERY])
    night = on_duty(db, now()).night
    arrivals = arrivals_at(db, [one.id for one in found], person().officer_id, night)
    answer = [
        {
            "id": one.id,
            "name": one.name,
            "detail": ", ".join(part for part in (one.address, one.postcode) if part),
            "type": one.premises_type or "",
            "note": other_crew_note(arrivals[one.id]),
            "about": arrival_line(arrivals[one.id]),
        }
        for one in found
    ]
    return jsonify(premises=answer)
