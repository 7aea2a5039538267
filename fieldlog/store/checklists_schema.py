"""The SQL of the migration for checklists and their answers. Never edit it: add a migration."""

from sqlite_utils import Database

from fieldlog.store.schema import refusal

CHECKLISTS_APPEND_ONLY = (
    *("checklist_versions", "checklist_types", "checklist_questions"),
    "answers",
)

TABLES = """
CREATE TABLE checklists (
    number INTEGER PRIMARY KEY,
    retired_at TEXT
) STRICT;
CREATE TABLE checklist_versions (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES checklists(number),
    version INTEGER NOT NULL CHECK (version >= 1),
    title TEXT NOT NULL,
    regulation TEXT NOT NULL DEFAULT '',
    made_at TEXT NOT NULL,
    made_by INTEGER REFERENCES officers(id),
    UNIQUE (number, version)
) STRICT;
CREATE TABLE checklist_types (
    checklist_id INTEGER NOT NULL REFERENCES checklist_versions(id),
    premises_type TEXT NOT NULL,
    PRIMARY KEY (checklist_id, premises_type)
) STRICT, WITHOUT ROWID;
CREATE TABLE checklist_questions (
    id INTEGER PRIMARY KEY,
    checklist_id INTEGER NOT NULL REFERENCES checklist_versions(id),
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    action TEXT REFERENCES actions(code),
    task TEXT NOT NULL DEFAULT '',
    UNIQUE (checklist_id, position)
) STRICT;
CREATE TABLE answers (
    version_id INTEGER NOT NULL REFERENCES entries(version_id),
    question_id INTEGER NOT NULL REFERENCES checklist_questions(id),
    said TEXT NOT NULL CHECK (said IN ('yes', 'no', 'not_applicable')),
    note TEXT NOT NULL DEFAULT '',
    follow_up INTEGER NOT NULL DEFAULT 0 CHECK (follow_up IN (0, 1)),
    PRIMARY KEY (version_id, question_id)
) STRICT, WITHOUT ROWID
"""

FIRST_MADE = "2000-01-01T00:00:00Z"
LICENSED = ("public_house", "bar", "night_club", "restaurant", "off_licence", "hotel")
CROWDED = ("public_house", "bar", "night_club", "hotel")

STARTING = (
    (
        "Licensed premises: conditions",
        "Licensing Act 2003, s.57 and s.136",
        LICENSED,
        (
            ("Is the summary of the licence on display?", "advice_given", ""),
            ("Is the full licence kept at the premises?", "advice_given", ""),
            ("Is a person in charge who can be named?", "advice_given", ""),
            ("Is age checked for alcohol, and refusals written down?", "advice_given", ""),
            ("Are the licensed hours kept?", "formal_action", ""),
            ("Are the conditions on CCTV and door staff kept?", "formal_action", ""),
        ),
    ),
    (
        "Fire and capacity",
        "Regulatory Reform (Fire Safety) Order 2005, art. 14",
        CROWDED,
        (
            ("Are all fire exits clear and unlocked?", "formal_action", "Look at the fire exits"),
            ("Are the exit signs lit?", "advice_given", ""),
            ("Is the number of people inside known?", "advice_given", ""),
            ("Is it at or below the most allowed?", "formal_action", "Count the people inside"),
            ("Do staff know what to do in a fire?", "advice_given", ""),
        ),
    ),
)
"""Two plain checklists to begin with: title, regulation, types, questions with what a *no* asks."""


def checklists_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [
        refusal(one, verb) for one in CHECKLISTS_APPEND_ONLY for verb in ("UPDATE", "DELETE")
    ]


def fill_starting_checklists(db: Database) -> None:
    """Insert the checklists that a council can begin with."""
    for number, (title, regulation, types, questions) in enumerate(STARTING, 1):
        db.execute("INSERT INTO checklists (number) VALUES (?)", [number])
        db.execute(
            "INSERT INTO checklist_versions (id, number, version, title, regulation, made_at) "
            "VALUES (?, ?, 1, ?, ?, ?)",
            [number, number, title, regulation, FIRST_MADE],
        )
        for one in types:
            db.execute("INSERT INTO checklist_types VALUES (?, ?)", [number, one])
        for position, (words, action, task) in enumerate(questions, 1):
            db.execute(
                "INSERT INTO checklist_questions (checklist_id, position, words, action, task) "
                "VALUES (?, ?, ?, ?, ?)",
                [number, position, words, action, task],
            )
