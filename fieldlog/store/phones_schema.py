"""The SQL of the migration for phones that work alone. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

ARRIVALS = "arrivals"
"""The append-only table of this migration."""

TABLES = """
CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    officer_id INTEGER NOT NULL REFERENCES users(officer_id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    previous_token_hash TEXT,
    token_expires_at TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_reported_at TEXT,
    unsent INTEGER NOT NULL DEFAULT 0 CHECK (unsent >= 0),
    oldest_unsent_at TEXT,
    revoked_at TEXT,
    revoked_by INTEGER REFERENCES officers(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_officer ON devices(officer_id);
CREATE INDEX devices_by_previous_token ON devices(previous_token_hash)
    WHERE previous_token_hash IS NOT NULL;
CREATE TABLE arrivals (
    record_id TEXT PRIMARY KEY,
    record_hash TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    device_id TEXT REFERENCES devices(id),
    captured_at TEXT NOT NULL,
    sent_at TEXT,
    received_at TEXT NOT NULL,
    clock_difference_seconds INTEGER,
    FOREIGN KEY (entry_id, version) REFERENCES entries(id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrivals_by_entry ON arrivals(entry_id);
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL,
    record_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    officer_id INTEGER REFERENCES officers(id),
    delivered_by INTEGER REFERENCES officers(id),
    device_id TEXT REFERENCES devices(id),
    sent_at TEXT,
    received_at TEXT NOT NULL,
    clock_difference_seconds INTEGER,
    body TEXT NOT NULL,
    decided_at TEXT,
    decided_by INTEGER REFERENCES officers(id),
    decision TEXT CHECK (decision IN ('accepted', 'refused')),
    decision_reason TEXT NOT NULL DEFAULT '',
    entry_id TEXT,
    UNIQUE (record_id, record_hash),
    CHECK ((decision IS NULL) = (decided_at IS NULL)),
    CHECK (decision IS NULL OR decision_reason <> '')
) STRICT;
CREATE INDEX set_aside_undecided ON set_aside(received_at) WHERE decision IS NULL;
CREATE INDEX set_aside_by_entry ON set_aside(entry_id) WHERE entry_id IS NOT NULL
"""


def phones_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [refusal(ARRIVALS, verb) for verb in ("UPDATE", "DELETE")]
