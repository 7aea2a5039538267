"""The SQL of the migration that takes away words which outlived their removal. Never edit it.

Add a migration instead. What was mended in a record set aside once stood in the reason of its
decision, and stayed there when the record was removed. What became of a night of a timed send is
kept for good, and once quoted the address that mail may not go to.
"""

from fieldlog.store.schema import refusal

_REMOVED = (
    "SELECT {what} FROM disposed JOIN set_aside ON ref = CAST(set_aside.id AS TEXT) "
    "WHERE kind = 'set_aside' AND body = '{{}}' AND mended <> ''"
)
_OUTCOMES = "timed_send_outcomes"
_WHY = "Mail may not go to every address on its list any more."


def words_left_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    number = _REMOVED.format(what="CAST(max(disposal_id) AS TEXT) AS number")
    owed = (
        f"INSERT INTO facts (name, value) SELECT 'copies_left', number FROM ({number}) "
        "WHERE number IS NOT NULL ON CONFLICT DO NOTHING"
    )
    return [
        # The file is to be written anew, as after a removal.
        owed,
        f"UPDATE set_aside SET mended = '' WHERE id IN ({_REMOVED.format(what='set_aside.id')})",
        f"DROP TRIGGER {_OUTCOMES}_refuse_update",
        f"UPDATE {_OUTCOMES} SET why = '{_WHY}' WHERE outcome = 'failed' AND why LIKE '%“%@%”%'",
        refusal(_OUTCOMES, "UPDATE"),
    ]
