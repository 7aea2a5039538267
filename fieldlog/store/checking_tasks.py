"""Questions to the database about its tasks: is their history whole, is what was asked there."""

from collections.abc import Iterator

from sqlite_utils import Database


def tasks_are_whole(db: Database) -> Iterator[str]:
    """Follow every task from its first event to the last, and look for what entries asked for."""
    broken = (
        "SELECT task.id FROM tasks AS task LEFT JOIN task_events AS event "
        "ON event.task_id = task.id GROUP BY task.id "
        "HAVING count(event.id) = 0 OR min(event.number) <> 1 "
        "OR max(event.number) <> count(event.id)"
    )
    for (task_id,) in db.execute(broken):
        yield f"Task {task_id} does not have its whole history."
    forgotten = (
        "SELECT entry.id, wanted.about FROM entry_follow_ups AS wanted "
        "JOIN entries_in_force AS entry ON entry.version_id = wanted.version_id "
        "WHERE entry.struck = 0 AND NOT EXISTS (SELECT 1 FROM tasks "
        "WHERE tasks.from_entry = entry.id AND tasks.about = wanted.about)"
    )
    for entry_id, about in db.execute(forgotten):
        yield f"Entry {entry_id} asked for a task ({about}) that is not there."
    strangers = (
        "SELECT id FROM tasks WHERE from_entry IS NOT NULL "
        "AND from_entry NOT IN (SELECT id FROM entries)"
    )
    for (task_id,) in db.execute(strangers):
        yield f"Task {task_id} was asked for by an entry that is not there."
