"""What a form asks besides what was done: which tasks it deals with, and checklists."""

from collections.abc import Sequence
from typing import Any

from fieldlog.core.checklist import Checklist, Question
from fieldlog.core.task import Task
from fieldlog.services.find_premises import Premises
from fieldlog.web.forms.entry import EntryForm

Row = dict[str, Any]


def besides_of(form: EntryForm, premises: Premises | None, tasks: Sequence[Task]) -> Row:
    """Return the tasks and checklists that the page shows, and note in the form what it asks.

    Only what fits the premises is in sight; a script shows the rest when others are chosen.
    """
    form.tasks_offered.data = " ".join(str(task.id) for task in tasks)
    form.questions_asked.data = form.answers.asked()
    ticked = set(form.deals_with.data)
    return {
        "tasks": [tick(task, checked=task.id in ticked) for task in tasks],
        "open": bool(ticked) or any(_at(task, premises) for task in tasks),
        "premises_type": premises.premises_type if premises else None,
        "checklists": [
            _checklist(form, one, premises.premises_type if premises else None)
            for one in form.answers.checklists
        ],
    }


def tick(task: Task, *, checked: bool) -> Row:
    """Return a task as the choice of a form."""
    return {
        "id": task.id,
        "premises": task.plan.premises_id or "",
        "where": task.where,
        "asked": task.plan.asked,
        "checked": checked,
    }


def _at(task: Task, premises: Premises | None) -> bool:
    return premises is not None and task.plan.premises_id == premises.id


def _checklist(form: EntryForm, one: Checklist, premises_type: str | None) -> Row:
    given = form.answers.given()
    answered = [question for question in one.questions if question.id in given]
    return {
        "title": one.title,
        "regulation": one.regulation,
        "types": " ".join(one.types),
        "fits": one.fits(premises_type) or bool(answered),
        "open": bool(answered) or bool(form.answers.errors),
        "questions": [_question(form, question) for question in one.questions],
    }


def _question(form: EntryForm, question: Question) -> Row:
    answer = form.answers.given().get(question.id)
    action = form.action.labels().get(question.action or "")
    return {
        "id": question.id,
        "words": question.words,
        "said": answer.said.value if answer else "",
        "note": answer.note if answer else form.answers.typed.get(question.id, ""),
        "follow_up": bool(answer and answer.follow_up),
        "action": action,
        "task": question.to_do,
    }


def begin_with(form: EntryForm, tasks: Sequence[Task], number: str) -> None:
    """Begin a form at the place of the task that the address names, and deal with it."""
    task = next((one for one in tasks if str(one.id) == number), None)
    if task:
        form.deals_with.data = (task.id,)
        form.place.data = task.where
        form.premises_id.data = str(task.plan.premises_id or "")
