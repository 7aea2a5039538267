"""The SQL of the migration for saved views and kept wordings. Never edit it: add a migration.

Neither is evidence: a view is a way to ask again, a wording is what somebody made of figures.
"""

TABLES = """
CREATE TABLE views (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES users(officer_id),
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    address TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    UNIQUE (owner_id, folded_name)
) STRICT;
CREATE TABLE wordings (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    wording TEXT NOT NULL,
    counted TEXT NOT NULL,
    kept_by INTEGER NOT NULL REFERENCES users(officer_id),
    kept_at TEXT NOT NULL
) STRICT;
CREATE INDEX wordings_by_period ON wordings(period, id)
"""


def views_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    return [part.strip() for part in TABLES.split(";\n") if part.strip()]
