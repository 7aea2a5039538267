"""The SQL of the migration for checklists of plans and spellings of operations. Never edit it.

Add a migration instead.
"""

from fieldlog.store.schema import refusal

SPELLINGS = "operation_spellings"
"""Append-only: which spelling an operation was given or lost, when and by whom."""

TABLES = """
CREATE TABLE night_checklists (
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    number INTEGER NOT NULL REFERENCES checklists(number),
    PRIMARY KEY (deployment_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE template_checklists (
    template_id INTEGER NOT NULL REFERENCES plan_templates(id),
    number INTEGER NOT NULL REFERENCES checklists(number),
    PRIMARY KEY (template_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE operation_spellings (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    name TEXT NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('added', 'taken off')),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id)
) STRICT;
CREATE INDEX operation_spellings_by_operation ON operation_spellings(operation_id, id)
"""


def plan_checklists_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    tables = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return tables + [refusal(SPELLINGS, verb) for verb in ("UPDATE", "DELETE")]
