"""Follow an entry up: make the tasks it asks for, and keep them as its version in force has them.

An entry that no longer asks, or is struck out, closes its tasks by itself: that follows from what
is stored, and needs no step of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from fieldlog.core.checklist import LONGEST_NOTE, AnswerWord, questions_of
from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists
from fieldlog.core.rules import Problem, text_problems
from fieldlog.core.task import REVISIT, Due, Happening, Source, TaskPlan, about_question, due_on
from fieldlog.store import tasks
from fieldlog.store.connection import Database

AMENDED = "Its entry was amended"
MOST_DAYS = 365


def follow_up_problems(db: Database, entry: Entry, lists: Lists) -> Iterator[Problem]:
    """Yield what is wrong with what an entry says of tasks, of a revisit and of checklists."""
    if tasks.unknown(db, entry.deals_with):
        yield Problem("deals_with", "There is no such task. Choose one of those shown.")
    if entry.revisit_days is not None and not 1 <= entry.revisit_days <= MOST_DAYS:
        yield Problem("revisit", f"A revisit is within 1 to {MOST_DAYS} days.")
    known = questions_of(lists.checklists) if entry.answers else {}
    for answer in entry.answers:
        question = known.get(answer.question_id)
        if question is None:
            yield Problem("answers", "There is no such question. Answer those shown.")
        elif len(answer.note) > LONGEST_NOTE:
            yield Problem(
                "answers",
                f"The note beside “{question.words}” can be at most {LONGEST_NOTE} characters. "
                "Nothing was lost: shorten it and save again.",
            )
        else:
            yield from (
                Problem("answers", one.message) for one in text_problems("notes", answer.note)
            )
        if answer.follow_up and answer.said is not AnswerWord.NO:
            yield Problem("answers", "Only the answer No makes a task.")


def follow_up(db: Database, entry: Entry, lists: Lists, *, by: int | None, at: datetime) -> None:
    """Make the tasks that a version asks for. Call in the transaction that stored it.

    ``by`` is the officer who recorded the version, ``at`` when it was received.
    """
    wanted = {} if entry.struck else dict(_wanted(entry, lists))
    if not wanted:
        return
    made = {task.about: task for task in tasks.asked_by(db, str(entry.id))}
    for about, plan in wanted.items():
        task = made.get(about)
        if task is None:
            tasks.add_task(db, plan, by=by, at=at, from_entry=str(entry.id), about=about)
            continue
        moved = replace(task.plan, premises_id=plan.premises_id, place=plan.place, due=plan.due)
        if moved != task.plan and not tasks.changed_by_hand(db, task.id):
            tasks.add_event(db, task.id, moved, Happening.CHANGED, by=by, at=at, reason=AMENDED)


def _wanted(entry: Entry, lists: Lists) -> Iterator[tuple[str, TaskPlan]]:
    if entry.revisit_days:
        action = lists.actions.get(entry.action or "")
        after = f" after “{action.label}”" if action else ""
        due = due_on(entry.night_of + timedelta(days=entry.revisit_days))
        yield REVISIT, _task(entry, Source.REVISIT, f"Visit again{after}", due)
    questions = questions_of(lists.checklists) if entry.answers else {}
    for answer in entry.answers:
        if answer.follow_up:
            asked = questions[answer.question_id].to_do
            yield about_question(answer.question_id), _task(entry, Source.CHECKLIST, asked)


def _task(entry: Entry, source: Source, asked: str, due: Due | None = None) -> TaskPlan:
    return TaskPlan(source, asked, premises_id=entry.premises_id, place=entry.place, due=due)
