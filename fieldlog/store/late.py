"""Which of the entries that count came, or were changed, after the finish of their night."""

import json
from datetime import date

from sqlite_utils import Database

from fieldlog.core.late import Late, end_of_night
from fieldlog.core.night import moment_or_none, utc_text
from fieldlog.core.question import Filter
from fieldlog.store.filtering import conditions

_FIRST = (
    "CASE whole.version WHEN 1 THEN whole.received_at ELSE (SELECT first.received_at "
    "FROM entries AS first WHERE first.id = whole.id AND first.version = 1) END"
)


def came_late(db: Database, wanted: Filter) -> Late:
    """Return how many of the entries that ``wanted`` counts came late, inside a snapshot."""
    where, values = conditions(wanted, struck=True)
    nights = db.execute(
        f"SELECT DISTINCT entry.night_of FROM entries_counted AS entry WHERE {where}", values
    )
    ends = {night: utc_text(end_of_night(date.fromisoformat(night))) for (night,) in nights}
    in_time, late, last_at, changed = db.execute(
        "WITH ends AS MATERIALIZED (SELECT key AS night, value AS at FROM json_each(:ends)), "
        "closed AS MATERIALIZED (SELECT deployment_id, at FROM closings AS last "
        "WHERE act = 'closed' AND id = (SELECT max(id) FROM closings "
        "WHERE deployment_id = last.deployment_id)), "
        f"found AS (SELECT {_FIRST} AS came, whole.version, whole.received_at AS changed, "
        "coalesce(closed.at, deployments.finishes_at, ends.at) AS finish "
        "FROM entries_counted AS entry JOIN entries AS whole USING (version_id) "
        "JOIN ends ON ends.night = entry.night_of "
        "LEFT JOIN closed ON closed.deployment_id = entry.deployment_id "
        f"LEFT JOIN deployments ON deployments.id = entry.deployment_id WHERE {where}) "
        "SELECT count(CASE WHEN came <= finish THEN 1 END), "
        "count(CASE WHEN came > finish THEN 1 END), max(CASE WHEN came > finish THEN came END), "
        "count(CASE WHEN version > 1 AND changed > finish THEN 1 END) FROM found",
        {**values, "ends": json.dumps(ends)},
    ).fetchone()
    return Late(in_time, late, moment_or_none(last_at), changed)
