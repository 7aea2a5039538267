"""The SQL of the migration for tasks: reports and revisits. Never edit it: add a migration."""

from fieldlog.store.schema import refusal

TASKS_APPEND_ONLY = ("tasks", "task_events", "entry_tasks", "entry_follow_ups")

TABLES = """
ALTER TABLE actions ADD COLUMN revisit_days INTEGER CHECK (revisit_days BETWEEN 1 AND 365);
UPDATE actions SET revisit_days = 7 WHERE code = 'advice_given';
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    from_entry TEXT,
    about TEXT,
    UNIQUE (from_entry, about),
    CHECK ((from_entry IS NULL) = (about IS NULL))
) STRICT;
CREATE TABLE task_events (
    id INTEGER PRIMARY KEY,
    task_id INTEGER NOT NULL REFERENCES tasks(id),
    number INTEGER NOT NULL CHECK (number >= 1),
    what TEXT NOT NULL CHECK (what IN ('created', 'changed', 'assigned', 'closed', 'reopened')),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    reason TEXT NOT NULL DEFAULT '',
    asked TEXT NOT NULL,
    premises_id INTEGER REFERENCES premises(id),
    place TEXT NOT NULL,
    due_by TEXT,
    due_timed INTEGER NOT NULL CHECK (due_timed IN (0, 1)),
    priority TEXT NOT NULL,
    officer_id INTEGER REFERENCES officers(id),
    crew TEXT NOT NULL,
    deployment_id INTEGER REFERENCES deployments(id),
    UNIQUE (task_id, number),
    CHECK ((number = 1) = (what = 'created')),
    CHECK (what NOT IN ('closed', 'reopened') OR reason <> '')
) STRICT;
CREATE TABLE entry_tasks (
    version_id INTEGER NOT NULL REFERENCES entries(version_id),
    task_id INTEGER NOT NULL REFERENCES tasks(id),
    PRIMARY KEY (version_id, task_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_tasks_by_task ON entry_tasks(task_id);
CREATE TABLE entry_follow_ups (
    version_id INTEGER NOT NULL REFERENCES entries(version_id),
    about TEXT NOT NULL,
    days INTEGER CHECK (days BETWEEN 1 AND 365),
    PRIMARY KEY (version_id, about)
) STRICT, WITHOUT ROWID;
CREATE VIEW tasks_now AS
    SELECT task.id, task.source, task.from_entry, task.about,
        made.at AS created_at, made.by AS created_by,
        latest.asked, latest.premises_id, latest.place, latest.due_by, latest.due_timed,
        latest.priority, latest.officer_id, latest.crew, latest.deployment_id
    FROM tasks AS task
    JOIN task_events AS made ON made.task_id = task.id AND made.number = 1
    JOIN task_events AS latest ON latest.task_id = task.id AND latest.number =
        (SELECT max(number) FROM task_events WHERE task_id = task.id);
CREATE VIEW task_closings AS
    SELECT link.task_id, entry.happened_at AS at, entry.id AS entry_id, entry.officer_id AS by,
        '' AS reason
    FROM entry_tasks AS link
    JOIN entries_in_force AS entry ON entry.version_id = link.version_id
    WHERE entry.struck = 0 AND entry.happened_at > coalesce(
        (SELECT max(at) FROM task_events WHERE task_id = link.task_id AND what = 'reopened'), '')
    UNION ALL
    SELECT event.task_id, event.at, NULL, event.by, event.reason
    FROM task_events AS event
    WHERE event.what = 'closed' AND NOT EXISTS (SELECT 1 FROM task_events AS later
        WHERE later.task_id = event.task_id AND later.what = 'reopened'
        AND later.number > event.number)
    UNION ALL
    SELECT task.id, entry.received_at, NULL, entry.recorded_by, 'Its entry does not ask for it now'
    FROM tasks AS task
    JOIN entries_in_force AS entry ON entry.id = task.from_entry
    WHERE entry.struck = 1 OR NOT EXISTS (SELECT 1 FROM entry_follow_ups AS wanted
        WHERE wanted.version_id = entry.version_id AND wanted.about = task.about)
"""


def tasks_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    triggers = [refusal(one, verb) for one in TASKS_APPEND_ONLY for verb in ("UPDATE", "DELETE")]
    return statements + triggers
