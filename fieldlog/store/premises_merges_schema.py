"""The SQL of the migration for merges of premises. Never edit it: add a migration.

``premises.merged_into`` says which premises one counts as, null for itself; it always names the one
that stays in the end, never one that was merged itself. It follows from ``premises_merges``, which
is only ever added to. ``entries`` keep the premises they were written with, while the narrow copy
that every tally reads, ``entries_counted``, has the premises that an entry counts as: so counting
costs the same however much was merged.
"""

from fieldlog.store.schema import refusal

MERGES = "premises_merges"

TABLES = """
ALTER TABLE premises ADD COLUMN merged_into INTEGER REFERENCES premises(id);
CREATE INDEX premises_by_counts_as ON premises(coalesce(merged_into, id));
CREATE TABLE premises_merges (
    id INTEGER PRIMARY KEY,
    undoes INTEGER UNIQUE REFERENCES premises_merges(id),
    kept_id INTEGER NOT NULL REFERENCES premises(id),
    gone_id INTEGER NOT NULL REFERENCES premises(id),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    changed TEXT NOT NULL,
    CHECK (kept_id <> gone_id)
) STRICT;
CREATE INDEX premises_merges_by_kept ON premises_merges(kept_id);
CREATE INDEX premises_merges_by_gone ON premises_merges(gone_id);
CREATE INDEX entries_counted_by_premises ON entries_counted(premises_id, night_of)
    WHERE premises_id IS NOT NULL;
DROP TRIGGER entries_count_new
"""

COUNTED_AS = "coalesce((SELECT merged_into FROM premises WHERE id = {id}), {id})"
"""The premises that the one with an id counts as."""

_COPIED = (
    "night_of, version_id, hour, kind, action, minutes, premises_id, officer_id, agency_id, "
    "deployment_id, ward_id, four_e, law"
)


def premises_merges_schema() -> list[str]:
    """Return the statements of the migration in the order they must run.

    ``changed`` is JSON: what the merge changed in the fields of both premises, before and after. A
    row that ``undoes`` another takes it back and says what it put back.
    """
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    values = ", ".join(
        COUNTED_AS.format(id="NEW.premises_id") if column == "premises_id" else f"NEW.{column}"
        for column in _COPIED.split(", ")
    )
    count_new = (
        "CREATE TRIGGER entries_count_new AFTER INSERT ON entries WHEN NEW.struck = 0 BEGIN "
        f"INSERT INTO entries_counted ({_COPIED}) VALUES ({values}); END"
    )
    refusals = [refusal(MERGES, verb) for verb in ("UPDATE", "DELETE")]
    return [*statements, count_new, *refusals]
