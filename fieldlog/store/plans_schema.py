"""The SQL of the migration for planning a night. Never edit it: add a migration."""

TABLES = """
ALTER TABLE operations ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE operations ADD COLUMN standing INTEGER NOT NULL DEFAULT 0 CHECK (standing IN (0, 1));
CREATE TABLE operation_partners (
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    agency_id INTEGER NOT NULL REFERENCES agencies(id),
    PRIMARY KEY (operation_id, agency_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE operation_priorities (
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    folded_label TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (operation_id, folded_label)
) STRICT, WITHOUT ROWID;
CREATE TABLE crews (
    id INTEGER PRIMARY KEY,
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    agency_id INTEGER REFERENCES agencies(id),
    area TEXT NOT NULL DEFAULT '',
    stand_in_id INTEGER REFERENCES officers(id),
    created_at TEXT NOT NULL,
    UNIQUE (deployment_id, folded_name)
) STRICT;
CREATE TABLE crew_members (
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    officer_id INTEGER NOT NULL REFERENCES officers(id),
    crew_id INTEGER NOT NULL REFERENCES crews(id),
    PRIMARY KEY (deployment_id, officer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX crew_members_by_crew ON crew_members(crew_id);
CREATE INDEX crew_members_by_officer ON crew_members(officer_id);
CREATE TABLE night_briefings (
    deployment_id INTEGER PRIMARY KEY REFERENCES deployments(id),
    areas TEXT NOT NULL DEFAULT '',
    objectives TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL,
    changed_by INTEGER REFERENCES officers(id)
) STRICT;
CREATE TABLE briefing_notes (
    id INTEGER PRIMARY KEY,
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    text TEXT NOT NULL,
    marking TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by INTEGER REFERENCES officers(id),
    withdrawn_at TEXT
) STRICT;
CREATE INDEX briefing_notes_by_deployment ON briefing_notes(deployment_id);
CREATE TABLE planned_premises (
    id INTEGER PRIMARY KEY,
    deployment_id INTEGER NOT NULL REFERENCES deployments(id),
    premises_id INTEGER REFERENCES premises(id),
    name TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX planned_premises_by_deployment ON planned_premises(deployment_id);
CREATE TABLE plan_templates (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    starts TEXT NOT NULL,
    finishes TEXT NOT NULL,
    areas TEXT NOT NULL DEFAULT '',
    objectives TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE template_crews (
    template_id INTEGER NOT NULL REFERENCES plan_templates(id),
    name TEXT NOT NULL,
    agency_id INTEGER REFERENCES agencies(id),
    area TEXT NOT NULL DEFAULT '',
    partner INTEGER NOT NULL CHECK (partner IN (0, 1)),
    PRIMARY KEY (template_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO plan_templates (name, folded_name, starts, finishes, created_at)
    VALUES ('Night of action', 'night of action', '18:00', '03:00', '2020-01-01T00:00:00Z');
"""


def plans_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    return [part.strip() for part in TABLES.split(";\n") if part.strip()]
