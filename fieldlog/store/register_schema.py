"""The SQL of the migration for imports of the register. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

CHANGES = "premises_changes"
ROWS = "register_import_rows"

TABLES = """
CREATE TABLE premises_aliases (
    premises_id INTEGER NOT NULL REFERENCES premises(id),
    folded_name TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (premises_id, folded_name)
) STRICT, WITHOUT ROWID;
CREATE INDEX premises_aliases_by_name ON premises_aliases(folded_name);
CREATE TABLE register_imports (
    id INTEGER PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN
        ('uploaded', 'checking', 'checked', 'importing', 'failed', 'given_up', 'done')),
    officer_id INTEGER REFERENCES officers(id),
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    layout TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    finished_at TEXT,
    message TEXT NOT NULL DEFAULT '',
    rows_read INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    besides TEXT NOT NULL DEFAULT '{}',
    CHECK (rows_read = new + changed + unchanged + refused),
    CHECK ((state = 'done') = (finished_at IS NOT NULL))
) STRICT;
CREATE TABLE register_import_rows (
    import_id INTEGER NOT NULL REFERENCES register_imports(id),
    number INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'unchanged', 'refused')),
    doubt TEXT NOT NULL DEFAULT '' CHECK (doubt IN ('', 'repeated', 'likely')),
    name TEXT NOT NULL,
    premises_id INTEGER REFERENCES premises(id),
    detail TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE register_import_gone (
    import_id INTEGER NOT NULL REFERENCES register_imports(id),
    premises_id INTEGER NOT NULL REFERENCES premises(id),
    PRIMARY KEY (import_id, premises_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE premises_changes (
    id INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL REFERENCES premises(id),
    changed_at TEXT NOT NULL,
    officer_id INTEGER REFERENCES officers(id),
    import_id INTEGER REFERENCES register_imports(id),
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
) STRICT;
CREATE INDEX premises_changes_by_premises ON premises_changes(premises_id);
"""

KEPT = f"""
CREATE TRIGGER {ROWS}_refuse_update BEFORE UPDATE ON {ROWS}
    WHEN (SELECT state FROM register_imports WHERE id = OLD.import_id) = 'done'
    BEGIN SELECT RAISE(ABORT, 'an import that is done keeps its rows'); END
;;
CREATE TRIGGER {ROWS}_refuse_delete BEFORE DELETE ON {ROWS}
    WHEN (SELECT state FROM register_imports WHERE id = OLD.import_id) = 'done'
    BEGIN SELECT RAISE(ABORT, 'an import that is done keeps its rows'); END
;;
CREATE TRIGGER register_imports_refuse_update BEFORE UPDATE ON register_imports
    WHEN OLD.state = 'done'
    BEGIN SELECT RAISE(ABORT, 'an import that is done stays as it is'); END
;;
CREATE TRIGGER register_imports_refuse_delete BEFORE DELETE ON register_imports
    BEGIN SELECT RAISE(ABORT, 'register_imports is append-only'); END
"""

APPEND_ONLY = (CHANGES, ROWS, "register_imports")
"""Tables that the integrity check looks for refusing triggers on."""


def register_schema() -> list[str]:
    """Return the statements that make the tables, in order.

    ``premises_changes`` is what was before and after, in the words of the screen, with who (null:
    the command line) and, if it was an import, which. The rows of an import are those of its dry
    run until it is done; from then on nothing of it changes. ``layout``, ``besides`` and
    ``detail`` are JSON.
    """
    tables = [text.strip() for text in TABLES.split(";") if text.strip()]
    kept = [text.strip() for text in KEPT.split(";;")]
    return [*tables, *kept, *(refusal(CHANGES, verb) for verb in ("UPDATE", "DELETE"))]
