"""The SQL of the migrations for exports, published figures and API tokens. Never edit it.

Add a migration instead.
"""

from fieldlog.store.schema import refusal

EXPORTS = """
CREATE TABLE exports (
    id INTEGER PRIMARY KEY,
    number INTEGER CHECK (number >= 1),
    version INTEGER CHECK (version >= 1),
    what TEXT NOT NULL CHECK (what IN ('night', 'log', 'tally')),
    edition TEXT NOT NULL CHECK (edition IN ('working', 'committee')),
    format TEXT NOT NULL CHECK (format IN ('xlsx', 'ods', 'csv', 'json')),
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0),
    marking TEXT NOT NULL CHECK (marking IN ('official', 'official_sensitive')),
    filter TEXT NOT NULL,
    options TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    made_by INTEGER REFERENCES officers(id),
    log_version INTEGER NOT NULL CHECK (log_version >= 0),
    figures TEXT NOT NULL DEFAULT '',
    changes TEXT NOT NULL DEFAULT '[]',
    UNIQUE (number, version),
    CHECK ((number IS NULL) = (version IS NULL)),
    CHECK (number IS NULL OR figures <> '')
) STRICT;
CREATE INDEX exports_by_hash ON exports(sha256);
CREATE INDEX exports_by_filter ON exports(filter, edition) WHERE number IS NOT NULL;
CREATE TABLE export_files (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
) STRICT
"""

PUBLISHED = """
CREATE TABLE published_figures (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL CHECK (source <> ''),
    printed_on TEXT NOT NULL,
    page TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL CHECK (words <> ''),
    figure TEXT NOT NULL,
    hundredths INTEGER NOT NULL,
    filter TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by INTEGER NOT NULL REFERENCES officers(id)
) STRICT;
CREATE TABLE published_figures_struck (
    figure_id INTEGER PRIMARY KEY REFERENCES published_figures(id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    struck_at TEXT NOT NULL,
    struck_by INTEGER NOT NULL REFERENCES officers(id)
) STRICT
"""

API_TOKENS = """
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY,
    officer_id INTEGER NOT NULL REFERENCES users(officer_id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL CHECK (scope IN ('figures', 'entries')),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    last_used_at TEXT,
    revoked_at TEXT,
    revoked_by INTEGER REFERENCES officers(id)
) STRICT;
CREATE INDEX api_tokens_by_officer ON api_tokens(officer_id);
CREATE TABLE api_uses (
    id INTEGER PRIMARY KEY,
    token_id INTEGER NOT NULL REFERENCES api_tokens(id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX api_uses_by_token ON api_uses(token_id, at)
"""

APPEND_ONLY = ("exports", "published_figures", "published_figures_struck")
"""What was handed out, and what was printed elsewhere, is evidence."""


def exports_schema() -> list[str]:
    """Return the statements of the migration for exports.

    A file may be let go of when it has been kept long enough; it is never changed.
    """
    return [*_statements(EXPORTS), *_refusals("exports"), refusal("export_files", "UPDATE")]


def published_schema() -> list[str]:
    """Return the statements of the migration for figures printed elsewhere."""
    tables = ("published_figures", "published_figures_struck")
    return [*_statements(PUBLISHED), *(line for name in tables for line in _refusals(name))]


def api_tokens_schema() -> list[str]:
    """Return the statements of the migration for tokens of programs that read figures."""
    return _statements(API_TOKENS)


def _statements(text: str) -> list[str]:
    return [part.strip() for part in text.split(";\n") if part.strip()]


def _refusals(table: str) -> list[str]:
    return [refusal(table, verb) for verb in ("UPDATE", "DELETE")]
