"""The SQL of the migration for timed sends. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

TIMED_SENDS_APPEND_ONLY = (
    *("timed_sends", "timed_send_operations", "timed_send_acts"),
    *("timed_send_runs", "timed_send_outcomes"),
)
"""Who let figures go out by themselves, and what went, is evidence. Only which list it was is let
go with the list: its name stays."""

TABLES = """
CREATE TABLE timed_sends (
    id INTEGER PRIMARY KEY,
    list_name TEXT NOT NULL,
    days TEXT NOT NULL CHECK (days <> ''),
    clock TEXT NOT NULL,
    edition TEXT NOT NULL DEFAULT '' CHECK (edition IN ('', 'committee', 'working')),
    format TEXT NOT NULL DEFAULT '',
    suppress INTEGER NOT NULL DEFAULT 0 CHECK (suppress IN (0, 1)),
    marking TEXT NOT NULL CHECK (marking IN ('official', 'official_sensitive')),
    when_open TEXT NOT NULL CHECK (when_open IN ('send', 'hold')),
    when_empty TEXT NOT NULL CHECK (when_empty IN ('tell', 'skip')),
    CHECK ((edition = '') = (format = ''))
) STRICT;
CREATE TABLE timed_send_lists (
    timed_send_id INTEGER PRIMARY KEY REFERENCES timed_sends(id),
    list_id INTEGER NOT NULL REFERENCES distribution_lists(id) ON DELETE CASCADE
) STRICT;
CREATE TABLE timed_send_operations (
    timed_send_id INTEGER NOT NULL REFERENCES timed_sends(id),
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    PRIMARY KEY (timed_send_id, operation_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE timed_send_acts (
    id INTEGER PRIMARY KEY,
    timed_send_id INTEGER NOT NULL REFERENCES timed_sends(id),
    act TEXT NOT NULL CHECK (act IN ('set_up', 'paused', 'resumed', 'ended')),
    at TEXT NOT NULL,
    by INTEGER NOT NULL REFERENCES officers(id)
) STRICT;
CREATE INDEX timed_send_acts_by_send ON timed_send_acts(timed_send_id, id);
CREATE TABLE timed_send_runs (
    id INTEGER PRIMARY KEY,
    timed_send_id INTEGER NOT NULL REFERENCES timed_sends(id),
    night_of TEXT NOT NULL,
    due_at TEXT NOT NULL,
    claimed_at TEXT NOT NULL,
    send_key TEXT NOT NULL UNIQUE,
    UNIQUE (timed_send_id, night_of)
) STRICT;
CREATE TABLE timed_send_outcomes (
    run_id INTEGER PRIMARY KEY REFERENCES timed_send_runs(id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN
        ('sent', 'told', 'nothing', 'already', 'held', 'failed', 'missed')),
    why TEXT NOT NULL DEFAULT '',
    mail_id INTEGER REFERENCES mails(id),
    CHECK ((outcome IN ('sent', 'told', 'already')) = (mail_id IS NOT NULL))
) STRICT;
"""


def timed_sends_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [
        refusal(name, verb) for name in TIMED_SENDS_APPEND_ONLY for verb in ("UPDATE", "DELETE")
    ]
