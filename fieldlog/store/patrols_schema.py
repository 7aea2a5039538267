"""The SQL of the migration for patrols. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

EVIDENCE = ("patrols", "patrol_members", "patrol_events", "other_arrivals")
"""The append-only tables of this migration."""

TABLES = """
CREATE TABLE patrols (
    id TEXT PRIMARY KEY,
    deployment_id INTEGER REFERENCES deployments(id),
    night_of TEXT NOT NULL,
    officer_id INTEGER NOT NULL REFERENCES officers(id),
    mode TEXT NOT NULL,
    area TEXT NOT NULL DEFAULT '',
    others INTEGER NOT NULL DEFAULT 0 CHECK (others BETWEEN 0 AND 99)
) STRICT, WITHOUT ROWID;
CREATE INDEX patrols_by_night ON patrols(night_of);
CREATE INDEX patrols_by_deployment ON patrols(deployment_id);
CREATE TABLE patrol_members (
    patrol_id TEXT NOT NULL REFERENCES patrols(id),
    officer_id INTEGER NOT NULL REFERENCES officers(id),
    PRIMARY KEY (patrol_id, officer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX patrol_members_by_officer ON patrol_members(officer_id);
CREATE TABLE patrol_events (
    id TEXT PRIMARY KEY,
    patrol_id TEXT NOT NULL REFERENCES patrols(id),
    kind TEXT NOT NULL CHECK (kind IN ('start', 'pause', 'resume', 'finish', 'undo', 'close')),
    at TEXT NOT NULL,
    undoes TEXT REFERENCES patrol_events(id),
    captured_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    recorded_by INTEGER REFERENCES officers(id),
    reason TEXT NOT NULL DEFAULT '',
    CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
    CHECK (kind <> 'close' OR reason <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX patrol_events_by_patrol ON patrol_events(patrol_id);
CREATE TABLE other_arrivals (
    record_id TEXT PRIMARY KEY,
    record_hash TEXT NOT NULL,
    device_id TEXT REFERENCES devices(id),
    captured_at TEXT NOT NULL,
    sent_at TEXT,
    received_at TEXT NOT NULL,
    clock_difference_seconds INTEGER
) STRICT, WITHOUT ROWID;
"""


def patrols_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [
        refusal(table, verb) for table in EVIDENCE for verb in ("UPDATE", "DELETE")
    ]
