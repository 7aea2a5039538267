"""The SQL of the first migration, a family of tables at a time. Never edit it: add a migration."""

APPEND_ONLY = ("entries", "counts", "notices", "purchases", "notice_numbers", "audit")

PEOPLE = """
CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE officers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    collar_number TEXT NOT NULL DEFAULT '',
    agency_id INTEGER REFERENCES agencies(id),
    post TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX officers_by_name ON officers(folded_name);
CREATE TABLE users (
    officer_id INTEGER PRIMARY KEY REFERENCES officers(id),
    username TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'coordinator', 'administrator', 'viewer')),
    must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
    disabled_at TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    officer_id INTEGER NOT NULL REFERENCES users(officer_id),
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX sessions_by_officer ON sessions(officer_id, created_at);
CREATE TABLE sign_in_attempts (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts(at);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    officer_id INTEGER REFERENCES officers(id),
    act TEXT NOT NULL,
    about TEXT NOT NULL DEFAULT ''
) STRICT;
"""

LISTS = """
CREATE TABLE actions (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    folded_label TEXT NOT NULL UNIQUE,
    counts_as TEXT NOT NULL CHECK (counts_as IN ('visit', 'contact', 'neither')),
    position INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT
) STRICT;
CREATE TABLE measures (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    one_more TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('count', 'pence', 'grams')),
    position INTEGER NOT NULL,
    step INTEGER NOT NULL DEFAULT 1,
    valid_from TEXT NOT NULL,
    valid_to TEXT
) STRICT;
CREATE TABLE laws (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    provision TEXT NOT NULL,
    measure TEXT NOT NULL REFERENCES measures(code),
    usual_pence INTEGER,
    highest_pence INTEGER,
    position INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT
) STRICT;
CREATE TABLE list_items (
    list TEXT NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    position INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (list, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE powers (
    post TEXT NOT NULL,
    power TEXT NOT NULL,
    PRIMARY KEY (post, power)
) STRICT, WITHOUT ROWID;
CREATE TABLE wards (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    UNIQUE (folded_name, valid_from)
) STRICT;
"""

PLANS = """
CREATE TABLE operations (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    lead_agency_id INTEGER REFERENCES agencies(id),
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE operation_names (
    folded_name TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_names_by_operation ON operation_names(operation_id);
CREATE TABLE deployments (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    night_of TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    starts_at TEXT,
    finishes_at TEXT,
    created_at TEXT NOT NULL,
    CHECK (finishes_at IS NULL OR finishes_at > starts_at),
    UNIQUE (operation_id, night_of, name)
) STRICT;
CREATE INDEX deployments_by_night ON deployments(night_of);
CREATE TABLE premises (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    postcode TEXT NOT NULL DEFAULT '',
    uprn TEXT,
    licence_number TEXT NOT NULL DEFAULT '',
    premises_type TEXT,
    ward_id INTEGER REFERENCES wards(id),
    grid_reference TEXT NOT NULL DEFAULT '',
    registered INTEGER NOT NULL CHECK (registered IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX premises_by_uprn ON premises(uprn) WHERE uprn IS NOT NULL;
CREATE INDEX premises_by_name ON premises(folded_name);
"""

ENTRIES = """
CREATE TABLE entries (
    version_id INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    supersedes INTEGER REFERENCES entries(version_id),
    struck INTEGER NOT NULL DEFAULT 0 CHECK (struck IN (0, 1)),
    night_of TEXT NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    kind TEXT NOT NULL,
    action TEXT REFERENCES actions(code),
    minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
    premises_id INTEGER REFERENCES premises(id),
    officer_id INTEGER REFERENCES officers(id),
    agency_id INTEGER REFERENCES agencies(id),
    deployment_id INTEGER REFERENCES deployments(id),
    ward_id INTEGER REFERENCES wards(id),
    four_e TEXT,
    law TEXT REFERENCES laws(code),
    capacity TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    particulars TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    marking TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    recorded_by INTEGER REFERENCES officers(id),
    reason TEXT NOT NULL DEFAULT '',
    content_hash TEXT NOT NULL,
    UNIQUE (id, version),
    CHECK ((version = 1) = (supersedes IS NULL)),
    CHECK (version = 1 OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX entries_superseded ON entries(supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX entries_by_night ON entries(night_of);
CREATE INDEX entries_by_time ON entries(happened_at, version_id);
CREATE INDEX entries_by_deployment ON entries(deployment_id, happened_at);
CREATE INDEX entries_by_officer ON entries(officer_id, night_of);
CREATE INDEX entries_by_premises ON entries(premises_id) WHERE premises_id IS NOT NULL;
CREATE VIEW entries_in_force AS
    SELECT * FROM entries AS entry
    WHERE NOT EXISTS (SELECT 1 FROM entries AS later WHERE later.supersedes = entry.version_id);
CREATE TABLE counts (
    version_id INTEGER NOT NULL REFERENCES entries(version_id),
    measure TEXT NOT NULL REFERENCES measures(code),
    value INTEGER NOT NULL CHECK (value >= 0),
    PRIMARY KEY (version_id, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE notices (
    version_id INTEGER PRIMARY KEY REFERENCES entries(version_id),
    number TEXT NOT NULL,
    law TEXT NOT NULL REFERENCES laws(code),
    amount_pence INTEGER CHECK (amount_pence >= 0),
    prohibition TEXT NOT NULL DEFAULT '',
    recipient TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE notice_numbers (
    number TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE purchases (
    version_id INTEGER PRIMARY KEY REFERENCES entries(version_id),
    product TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('sold', 'refused')),
    volunteer_reference TEXT NOT NULL DEFAULT '',
    volunteer_age INTEGER,
    id_asked INTEGER CHECK (id_asked IN (0, 1)),
    seller TEXT NOT NULL DEFAULT '',
    exhibit TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


def first_schema() -> list[str]:
    """Return the statements of the first migration in the order they must run."""
    text = PEOPLE + LISTS + PLANS + ENTRIES
    statements = [part.strip() for part in text.split(";\n") if part.strip()]
    return statements + [refusal(table, verb) for table in APPEND_ONLY for verb in _CHANGES]


_CHANGES = ("UPDATE", "DELETE")


def refusal(table: str, verb: str) -> str:
    """Return the trigger that refuses to UPDATE or to DELETE rows of an append-only table."""
    return (
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
