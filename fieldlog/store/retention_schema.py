"""The SQL of the migration for retention: rules, holds, and what was removed. Never edit it.

Add a migration instead. What refuses to change or delete evidence goes on refusing it, except for
the one thing that the register of disposals names, and only once it names it.
"""

from fieldlog.store.schema import refusal

RETENTION_APPEND_ONLY = ("retention_rules", "holds", "holds_lifted", "disposals", "disposed")
"""Who set which period, what is held and why, and what was removed by whom: evidence itself."""

TABLES = """
CREATE TABLE retention_rules (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    months INTEGER NOT NULL CHECK (months BETWEEN 1 AND 1200),
    source TEXT NOT NULL CHECK (source <> ''),
    set_at TEXT NOT NULL,
    set_by INTEGER REFERENCES officers(id)
) STRICT;
CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('entry', 'premises', 'issue')),
    ref TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    placed_at TEXT NOT NULL,
    placed_by INTEGER REFERENCES officers(id)
) STRICT;
CREATE INDEX holds_by_ref ON holds(what, ref);
CREATE TABLE holds_lifted (
    hold_id INTEGER PRIMARY KEY REFERENCES holds(id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    lifted_at TEXT NOT NULL,
    lifted_by INTEGER REFERENCES officers(id)
) STRICT;
CREATE VIEW holds_now AS
    SELECT * FROM holds WHERE id NOT IN (SELECT hold_id FROM holds_lifted);
CREATE TABLE disposals (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    due_before TEXT NOT NULL,
    months INTEGER NOT NULL,
    items INTEGER NOT NULL CHECK (items > 0),
    reason TEXT NOT NULL CHECK (reason <> ''),
    removed_at TEXT NOT NULL,
    removed_by INTEGER NOT NULL REFERENCES officers(id)
) STRICT;
CREATE TABLE disposed (
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'entry', 'file', 'set_aside', 'device')),
    ref TEXT NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '',
    disposal_id INTEGER NOT NULL REFERENCES disposals(id),
    PRIMARY KEY (kind, ref, disposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disposed_by_disposal ON disposed(disposal_id)
"""

STARTING = (
    ("photos", 72, "A county council’s schedule: advice six years"),
    ("enforcement_photos", 120, "A county council’s schedule: enforcement ten years"),
    ("words", 120, "A county council’s schedule: enforcement ten years"),
    ("files", 120, "As long as what they were counted from"),
    ("set_aside", 12, "Decided already; what was accepted is an entry"),
    ("devices", 12, "Needed only while the phone may still send"),
    ("sign_ins", 12, "Long enough to look into an incident; nothing is proved by it later"),
    ("audit", 132, "A year longer than what it tells of (Data Protection Act 2018, s.62)"),
)
"""Kind, months, source: periods to begin with, for each council to confirm."""
STARTING_SET = "2026-11-01T00:00:00Z"

BLANKED = {
    "entries": (
        ("notes", "particulars"),
        """id version supersedes struck night_of hour kind action minutes premises_id officer_id
        agency_id deployment_id ward_id four_e law capacity place marking happened_at
        captured_at received_at recorded_by reason content_hash""",
    ),
    "notices": (("recipient",), "number law amount_pence prohibition"),
    "purchases": (
        ("seller", "volunteer_reference"),
        "product result volunteer_age id_asked exhibit",
    ),
    "answers": (("note",), "question_id said follow_up"),
}
"""Table with words → the columns that may be emptied, and those that stay as they are."""


def retention_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    tables = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    refusals = [
        refusal(table, verb) for table in RETENTION_APPEND_ONLY for verb in ("UPDATE", "DELETE")
    ]
    return [*tables, *_starting(), *refusals, *_loosened()]


def _starting() -> list[str]:
    return [
        "INSERT INTO retention_rules (kind, months, source, set_at) "
        f"VALUES ('{kind}', {months}, '{source}', '{STARTING_SET}')"
        for kind, months, source in STARTING
    ]


def _loosened() -> list[str]:
    """Let go of what the register names; refuse everything else as before."""
    photo = "EXISTS (SELECT 1 FROM disposed WHERE kind = 'photo' AND ref = OLD.photo_id)"
    file = "EXISTS (SELECT 1 FROM disposed WHERE kind = 'file' AND ref = OLD.sha256)"
    audit = "OLD.at < (SELECT max(due_before) FROM disposals WHERE kind = 'audit')"
    replaced = [
        ("photo_pictures", "DELETE", photo),
        ("audit", "DELETE", f"coalesce({audit}, 0)"),
        *((table, "UPDATE", _emptied(table)) for table in BLANKED),
    ]
    dropped = [f"DROP TRIGGER {table}_refuse_{verb.lower()}" for table, verb, _ in replaced]
    return [*dropped, *(_refusal(*each) for each in (*replaced, ("export_files", "DELETE", file)))]


def _emptied(table: str) -> str:
    emptied, same = BLANKED[table]
    entry = "CAST(OLD.version_id AS TEXT)"
    return " AND ".join(
        [
            f"EXISTS (SELECT 1 FROM disposed WHERE kind = 'entry' AND ref = {entry})",
            *(f"NEW.{column} = ''" for column in emptied),
            *(f"NEW.{column} IS OLD.{column}" for column in ("version_id", *same.split())),
        ]
    )


def _refusal(table: str, verb: str, allowed: str) -> str:
    return (
        f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
        f"WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
