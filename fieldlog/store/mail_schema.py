"""The SQL of the migration for mail that goes out. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

APPEND_ONLY = ("mails", "mail_recipients", "mail_states")
"""What went to whom is evidence; only the file itself is let go once nobody waits for it."""

TABLES = """
CREATE TABLE distribution_lists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE distribution_list_addresses (
    list_id INTEGER NOT NULL REFERENCES distribution_lists(id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    PRIMARY KEY (list_id, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE mails (
    id INTEGER PRIMARY KEY,
    send_key TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    created_by INTEGER REFERENCES officers(id),
    deployment_id INTEGER REFERENCES deployments(id),
    title TEXT NOT NULL,
    as_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    marking TEXT NOT NULL CHECK (marking IN ('official', 'official_sensitive')),
    list_name TEXT NOT NULL DEFAULT '',
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    figures_hash TEXT NOT NULL,
    file_name TEXT NOT NULL DEFAULT '',
    file_hash TEXT NOT NULL DEFAULT '',
    file_size INTEGER NOT NULL DEFAULT 0,
    CHECK ((file_name = '') = (file_hash = ''))
) STRICT;
CREATE INDEX mails_by_deployment ON mails(deployment_id) WHERE deployment_id IS NOT NULL;
CREATE TABLE mail_files (
    mail_id INTEGER PRIMARY KEY REFERENCES mails(id),
    content BLOB NOT NULL
) STRICT;
CREATE TABLE mail_recipients (
    id INTEGER PRIMARY KEY,
    mail_id INTEGER NOT NULL REFERENCES mails(id),
    address TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    UNIQUE (mail_id, address)
) STRICT;
CREATE TABLE mail_states (
    id INTEGER PRIMARY KEY,
    recipient_id INTEGER NOT NULL REFERENCES mail_recipients(id),
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'sending', 'sent', 'put_out', 'waiting', 'failed', 'given_up', 'unclear',
         'arrived')),
    at TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    next_try_at TEXT,
    officer_id INTEGER REFERENCES officers(id)
) STRICT;
CREATE INDEX mail_states_by_recipient ON mail_states(recipient_id, id)
"""


def mail_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [
        refusal(name, verb) for name in APPEND_ONLY for verb in ("UPDATE", "DELETE")
    ]
