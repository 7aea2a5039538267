"""The SQL of the migration for closing a night. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

CLOSINGS = "closings"
"""The append-only table of this migration."""

TABLES = """
CREATE TABLE closings (
    id INTEGER PRIMARY KEY,
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    act TEXT NOT NULL CHECK (act IN ('closed', 'reopened')),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    words TEXT NOT NULL DEFAULT '',
    entries INTEGER NOT NULL CHECK (entries >= 0),
    outstanding TEXT NOT NULL DEFAULT '',
    CHECK (act = 'closed' OR words <> '')
) STRICT;
CREATE INDEX closings_by_deployment ON closings(deployment_id, id);
"""


LAST_VERSION = "ALTER TABLE closings ADD COLUMN last_version INTEGER NOT NULL DEFAULT 0"
"""The last version of any entry that was there: what is later came after, to the very second."""


def closings_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [refusal(CLOSINGS, verb) for verb in ("UPDATE", "DELETE")]
