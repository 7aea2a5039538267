"""The SQL of the migration for more kinds of retention: tasks, briefings, mails. Never edit it.

Add a migration instead. What may be held and what the register of disposals names are lists that
SQLite cannot lengthen, so those tables are made anew with what was in them. ``(removed)`` stands
where words were, so that whoever reads them later is told so wherever they are shown.
"""

from fieldlog.store.retention_schema import STARTING_SET
from fieldlog.store.schema import refusal

MADE_ANEW = """
CREATE TEMP TABLE held AS SELECT * FROM holds;
CREATE TEMP TABLE lifted AS SELECT * FROM holds_lifted;
CREATE TEMP TABLE named AS SELECT * FROM disposed;
DROP TABLE holds_lifted;
DROP TABLE holds;
DROP TABLE disposed;
CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('entry', 'premises', 'issue', 'night', 'task', 'period',
        'mail', 'import', 'set_aside')),
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
CREATE TABLE disposed (
    kind TEXT NOT NULL CHECK (kind IN ('photo', 'entry', 'file', 'set_aside', 'device', 'task',
        'briefing', 'wording', 'mail', 'import')),
    ref TEXT NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '',
    disposal_id INTEGER NOT NULL REFERENCES disposals(id),
    PRIMARY KEY (kind, ref, disposal_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disposed_by_disposal ON disposed(disposal_id);
INSERT INTO holds SELECT * FROM held;
INSERT INTO holds_lifted SELECT * FROM lifted;
INSERT INTO disposed SELECT * FROM named;
DROP TABLE held;
DROP TABLE lifted;
DROP TABLE named
"""
APPEND_ONLY = ("holds", "holds_lifted", "disposed")

MENDED = """
ALTER TABLE set_aside ADD COLUMN mended TEXT NOT NULL DEFAULT '';
UPDATE set_aside SET mended = substr(decision_reason, instr(decision_reason, '. Mended: ') + 2),
    decision_reason = substr(decision_reason, 1, instr(decision_reason, '. Mended: '))
    WHERE instr(decision_reason, '. Mended: ') > 1
"""
"""What was mended quotes what an officer typed; why it was decided so is to be kept without it."""

STARTING = (
    ("tasks", 72, "A proposal for the council to confirm: as long as visits and advice"),
    ("briefings", 72, "A proposal for the council to confirm: as long as visits and advice"),
    ("wordings", 120, "A proposal for the council to confirm: as long as the files of issues"),
    ("mails", 72, "A proposal for the council to confirm: who was sent which figures"),
    ("imports", 24, "A proposal for the council to confirm: changes are in each history"),
)
"""Kind, months, source: periods to begin with, for each council to confirm."""

_OF_MAIL = "kind = 'mail' AND ref = CAST(OLD.{id} AS TEXT)"
_OF_STATE = (
    "kind = 'mail' AND ref = (SELECT CAST(mail_id AS TEXT) FROM mail_recipients "
    "WHERE id = OLD.recipient_id)"
)
BLANKED = {
    "task_events": (
        "kind = 'task' AND ref = CAST(OLD.id AS TEXT)",
        (
            "NEW.asked = '(removed)'",
            "NEW.place IN ('', '(removed)')",
            "NEW.reason IN ('', '(removed)')",
        ),
        """id task_id number what at by premises_id due_by due_timed priority officer_id crew
        deployment_id""",
    ),
    "mails": (
        _OF_MAIL.format(id="id"),
        ("NEW.subject = '(removed)'", "NEW.body_text = ''", "NEW.body_html = ''"),
        """id send_key created_at created_by deployment_id title as_at marking list_name
        figures_hash file_name file_hash file_size""",
    ),
    "mail_recipients": (
        _OF_MAIL.format(id="mail_id"),
        ("NEW.address = '(removed) ' || OLD.id",),
        "id mail_id message_id",
    ),
    "mail_states": (
        _OF_STATE,
        ("NEW.why = ''",),
        "id recipient_id state at next_try_at officer_id",
    ),
    "register_import_rows": (
        "kind = 'import' AND ref = CAST(OLD.import_id AS TEXT)",
        ("NEW.name = '(removed)'", "NEW.detail = ''"),
        "import_id number outcome doubt premises_id",
    ),
}
"""Table → what the register must name, how its words are emptied, and what stays as it is."""

_DONE = "(SELECT state FROM register_imports WHERE id = OLD.import_id) = 'done' AND "
"""Rows of a dry run may change until the import is done."""


def more_retention_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    rules = [
        "INSERT INTO retention_rules (kind, months, source, set_at) "
        f"VALUES ('{kind}', {months}, '{source}', '{STARTING_SET}')"
        for kind, months, source in STARTING
    ]
    refusals = [refusal(table, verb) for table in APPEND_ONLY for verb in ("UPDATE", "DELETE")]
    return [*_statements(MADE_ANEW), *refusals, *_statements(MENDED), *rules, *_loosened()]


def _loosened() -> list[str]:
    """Let words be emptied that the register names; refuse everything else as before."""
    dropped = [f"DROP TRIGGER {table}_refuse_update" for table in BLANKED]
    return dropped + [_refusal(table) for table in BLANKED]


def _refusal(table: str) -> str:
    named, emptied, same = BLANKED[table]
    done = _DONE if table == "register_import_rows" else ""
    allowed = [
        f"EXISTS (SELECT 1 FROM disposed WHERE {named})",
        *emptied,
        *(f"NEW.{column} IS OLD.{column}" for column in same.split()),
    ]
    return (
        f"CREATE TRIGGER {table}_refuse_update BEFORE UPDATE ON {table} "
        f"WHEN {done}NOT ({' AND '.join(allowed)}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _statements(text: str) -> list[str]:
    return [part.strip() for part in text.split(";\n") if part.strip()]
