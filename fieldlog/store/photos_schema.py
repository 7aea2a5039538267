"""The SQL of the migration for photos of entries. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

PHOTO_TABLES = ("photos", "photo_pictures")
"""The append-only tables of this migration."""

TABLES = """
CREATE TABLE photos (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL,
    first_version INTEGER NOT NULL DEFAULT 1 CHECK (first_version = 1),
    position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 4),
    officer_id INTEGER REFERENCES officers(id),
    captured_at TEXT,
    received_at TEXT NOT NULL,
    recorded_by INTEGER REFERENCES officers(id),
    width INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    sent_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    FOREIGN KEY (entry_id, first_version) REFERENCES entries(id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_by_entry ON photos(entry_id);
CREATE TABLE photo_pictures (
    photo_id TEXT NOT NULL UNIQUE REFERENCES photos(id),
    jpeg BLOB NOT NULL,
    small BLOB NOT NULL
) STRICT
"""


def photos_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    changes = ("UPDATE", "DELETE")
    return statements + [refusal(table, verb) for table in PHOTO_TABLES for verb in changes]
