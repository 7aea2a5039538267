"""The SQL of the migration for the version of the lists. Never edit it: add a migration.

What reads the lists on every request can keep them for as long as their version stays: it is
another one after every change, also after one that was rolled back and one that another process
made.
"""

LISTS = (
    "actions",
    "measures",
    "laws",
    "list_items",
    "powers",
    "checklists",
    "checklist_versions",
    "checklist_questions",
    "checklist_types",
)
"""Every table that the lists are read from."""

TABLE = """
CREATE TABLE lists_version (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT
"""


def lists_version_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    begin = "INSERT INTO lists_version (id, version) VALUES (1, random())"
    return [TABLE.strip(), begin, *(_noted(one, how) for one in LISTS for how in HOW)]


HOW = ("INSERT", "UPDATE", "DELETE")


def _noted(table: str, how: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{how.lower()}_is_a_new_version AFTER {how} ON {table} "
        "BEGIN UPDATE lists_version SET version = random(); END"
    )
