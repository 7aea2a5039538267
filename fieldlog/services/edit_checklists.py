"""Edit the checklists: a change is a new version, and old answers keep the version they are of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.checklist import MOST_QUESTIONS, Checklist
from fieldlog.core.lists import Lists
from fieldlog.core.person import name_problems
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.core.task import LONGEST_ASKED
from fieldlog.store import checklists
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists

LONGEST_WORDS = 200


@dataclass(frozen=True)
class QuestionPlan:
    """What is said of a question; ``action`` is the code of what a *no* proposes, or empty."""

    words: str
    action: str = ""
    task: str = ""


@dataclass(frozen=True)
class ChecklistPlan:
    """What is said of one version; ``types`` are codes of premises types, none for all."""

    title: str
    regulation: str
    types: tuple[str, ...]
    questions: Sequence[QuestionPlan]


def every_checklist(db: Database) -> list[Checklist]:
    """Return every version of every checklist, by number and version."""
    return list(checklists.every_version(db))


def versions_of_checklist(db: Database, number: int) -> list[Checklist]:
    """Return the versions of one checklist, oldest first; an empty list if there is none."""
    return [one for one in checklists.every_version(db) if one.number == number]


def answers_given(db: Database) -> dict[int, int]:
    """Return number of a checklist → how many entries answer it."""
    return checklists.answers_given(db)


def add_checklist(db: Database, plan: ChecklistPlan, *, by: int, now: datetime) -> int:
    """Add a checklist; return its number. Raises Refused."""
    with write_transaction(db):
        plan = _checked(load_lists(db), plan)
        number = checklists.add_checklist(db)
        _add_version(db, number, plan, by, now)
        _keep(db, "added", plan.title, by, now)
    return number


def add_version(db: Database, number: int, plan: ChecklistPlan, *, by: int, now: datetime) -> None:
    """Let another version take the place of the newest. Raises Refused."""
    with write_transaction(db):
        newest = _newest(db, number)
        plan = _checked(load_lists(db), plan)
        if plan == plan_of(newest):
            raise Refused((Problem("", "Nothing is changed yet. Change something, or go back."),))
        _add_version(db, number, plan, by, now)
        _keep(db, f"changed, version {newest.version + 1}", plan.title, by, now)


def plan_of(checklist: Checklist) -> ChecklistPlan:
    """Return what a version says, to be changed into the next."""
    return ChecklistPlan(
        checklist.title,
        checklist.regulation,
        checklist.types,
        tuple(QuestionPlan(one.words, one.action or "", one.task) for one in checklist.questions),
    )


def retire_checklist(db: Database, number: int, *, by: int, now: datetime) -> None:
    """Let no new entry answer a checklist. Raises Refused where there is none."""
    with write_transaction(db):
        newest = _newest(db, number)
        checklists.set_retired(db, number, now)
        _keep(db, "retired", newest.title, by, now)


def bring_back_checklist(db: Database, number: int, *, by: int, now: datetime) -> None:
    """Let a retired checklist be answered again. Raises Refused where there is none."""
    with write_transaction(db):
        newest = _newest(db, number)
        checklists.set_retired(db, number, None)
        _keep(db, "brought back", newest.title, by, now)


def _newest(db: Database, number: int) -> Checklist:
    found = versions_of_checklist(db, number)
    if not found:
        raise Refused((Problem("", "There is no such checklist."),))
    return found[-1]


def _checked(lists: Lists, plan: ChecklistPlan) -> ChecklistPlan:
    tidy = ChecklistPlan(
        _line(plan.title),
        _line(plan.regulation),
        tuple(sorted(set(plan.types))),
        tuple(
            QuestionPlan(_line(one.words), one.action, _line(one.task))
            for one in plan.questions
            if _line(one.words) or _line(one.task)
        ),
    )
    found = tuple(_problems(lists, tidy))
    if found:
        raise Refused(found)
    return tidy


def _problems(lists: Lists, plan: ChecklistPlan) -> Iterator[Problem]:
    yield from name_problems("title", plan.title, "Give the checklist a name.")
    yield from text_problems("regulation", plan.regulation)
    if set(plan.types) - set(lists.plain.get("premises_type", {})):
        yield Problem("types", "Choose among those shown.")
    if not plan.questions:
        yield Problem("questions", "Ask at least one question.")
    if len(plan.questions) > MOST_QUESTIONS:
        yield Problem("questions", f"A checklist has at most {MOST_QUESTIONS} questions.")
    for number, one in enumerate(plan.questions, 1):
        if not one.words:
            yield Problem("questions", f"Question {number} has a task and no words.")
        for text, longest in ((one.words, LONGEST_WORDS), (one.task, LONGEST_ASKED)):
            if len(text) > longest:
                yield Problem("questions", f"Question {number}: at most {longest} characters.")
            for wrong in text_problems("notes", text):
                yield Problem("questions", f"Question {number}: {wrong.message}")
        if one.action and one.action not in lists.actions:
            yield Problem("questions", f"Question {number}: choose an action of the list.")


def _add_version(db: Database, number: int, plan: ChecklistPlan, by: int, now: datetime) -> None:
    checklists.add_version(
        db,
        number,
        title=plan.title,
        regulation=plan.regulation,
        types=plan.types,
        questions=[(one.words, one.action or None, one.task) for one in plan.questions],
        by=by,
        now=now,
    )


def _keep(db: Database, what: str, title: str, by: int, now: datetime) -> None:
    about = f"checklists: “{title}” {what}"
    add_to_audit(db, "list changed", at=now, officer_id=by, about=about)


def _line(text: str) -> str:
    return " ".join(text.split())
