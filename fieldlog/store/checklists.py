"""Checklists by version, with their questions; a version that was made is never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.checklist import Checklist, Question
from fieldlog.core.night import utc_text


def every_version(db: Database) -> tuple[Checklist, ...]:
    """Return every version of every checklist, by number and version."""
    questions: dict[int, list[Question]] = {}
    for checklist_id, *question in db.execute(
        "SELECT checklist_id, id, position, words, action, task FROM checklist_questions "
        "ORDER BY checklist_id, position"
    ):
        questions.setdefault(checklist_id, []).append(Question(*question))
    types: dict[int, list[str]] = {}
    for checklist_id, one in db.execute(
        "SELECT checklist_id, premises_type FROM checklist_types ORDER BY premises_type"
    ):
        types.setdefault(checklist_id, []).append(one)
    rows = db.execute(
        "SELECT made.id, made.number, made.version, made.title, made.regulation, "
        "made.version = (SELECT max(version) FROM checklist_versions AS other "
        "WHERE other.number = made.number), retired_at IS NOT NULL "
        "FROM checklist_versions AS made JOIN checklists ON checklists.number = made.number "
        "ORDER BY made.number, made.version"
    )
    return tuple(
        Checklist(
            id=row[0],
            number=row[1],
            version=row[2],
            title=row[3],
            regulation=row[4],
            types=tuple(types.get(row[0], ())),
            questions=tuple(questions.get(row[0], ())),
            newest=bool(row[5]),
            retired=bool(row[6]),
        )
        for row in rows
    )


def add_checklist(db: Database) -> int:
    """Add a checklist that has no version yet; return its number. Call in a write transaction."""
    return int(db.conn.execute("INSERT INTO checklists DEFAULT VALUES").lastrowid or 0)


def add_version(
    db: Database,
    number: int,
    *,
    title: str,
    regulation: str,
    types: Sequence[str],
    questions: Sequence[tuple[str, str | None, str]],
    by: int,
    now: datetime,
) -> int:
    """Add the next version of a checklist; return the version's own id.

    ``questions`` are (words, code of the action a *no* proposes, words of its task).
    """
    cursor = db.conn.execute(
        "INSERT INTO checklist_versions (number, version, title, regulation, made_at, made_by) "
        "VALUES (:number, 1 + (SELECT count(*) FROM checklist_versions WHERE number = :number), "
        ":title, :regulation, :now, :by)",
        {
            "number": number,
            "title": title,
            "regulation": regulation,
            "now": utc_text(now),
            "by": by,
        },
    )
    checklist_id = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "INSERT INTO checklist_types VALUES (?, ?)", [(checklist_id, one) for one in types]
    )
    db.conn.executemany(
        "INSERT INTO checklist_questions (checklist_id, position, words, action, task) "
        "VALUES (?, ?, ?, ?, ?)",
        [(checklist_id, position, *one) for position, one in enumerate(questions, 1)],
    )
    return checklist_id


def set_retired(db: Database, number: int, at: datetime | None) -> None:
    """Write since when a checklist is no longer asked; None brings it back."""
    db.conn.execute(
        "UPDATE checklists SET retired_at = ? WHERE number = ?", [at and utc_text(at), number]
    )


def answers_given(db: Database) -> dict[int, int]:
    """Return number of a checklist → how many entries in force answer any of its versions."""
    rows = db.execute(
        "SELECT made.number, count(DISTINCT entry.id) FROM answers "
        "JOIN entries_in_force AS entry ON entry.version_id = answers.version_id "
        "JOIN checklist_questions AS question ON question.id = answers.question_id "
        "JOIN checklist_versions AS made ON made.id = question.checklist_id "
        "WHERE entry.struck = 0 GROUP BY made.number"
    )
    return {int(number): int(entries) for number, entries in rows}
