"""Open sealed records for the officer who sealed them, and for nobody else.

A phone drops what makes its records readable at sign-out and after 72 hours without contact. Only
the server can open them then; whoever signs in again gets their own back, to read and to mend.
"""

from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.read_lists import read_lists
from fieldlog.services.unseal_own import Own, unseal_own
from fieldlog.web.access import open_to
from fieldlog.web.api.blueprints import api_blueprint, refusal
from fieldlog.web.api.json_body import NotUnderstood, json_object, only
from fieldlog.web.api.sync import LARGEST_BATCH, MOST_RECORDS
from fieldlog.web.surroundings import around, database, person
from fieldlog.web.tonight import THOSE_WHO_LOG
from fieldlog.web.typed_words import typed_rows

bp = api_blueprint("unsealed", LARGEST_BATCH)


@bp.post("/unsealed")
@open_to(*THOSE_WHO_LOG)
def unsealed() -> ResponseReturnValue:
    """Answer with the records that are the officer's own; the others are left out."""
    try:
        body = json_object()
        only(body, "records")
        records = body.get("records")
        if not isinstance(records, list) or len(records) > MOST_RECORDS:
            raise NotUnderstood(f"records must be a list of at most {MOST_RECORDS}.")
    except NotUnderstood as error:
        return refusal(error.status, "not-understood", str(error))
    own = unseal_own(records, person().officer_id, sealing_key(around().config.instance))
    lists = read_lists(database())
    return jsonify(records=[_said(one, lists) for one in own])


def _said(own: Own, lists: Lists) -> dict[str, Any]:
    """The record as its phone made it, and what the phone shows of it."""
    said, record = own
    name = record.said("place") or (record.kind.label if record.kind else "Entry")
    rows = typed_rows(database(), record.fields, lists)
    return {"record": said, "title": name, "rows": [list(row) for row in rows]}
