"""What a checklist is: questions for premises of a type under a regulation, kept by version.

A change is a new version. Answers name the question of the version they were given under, so an
old answer keeps the words it answered.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldlog.core.words import Labelled

LONGEST_NOTE = 500
MOST_QUESTIONS = 20


class AnswerWord(Labelled):
    """What may be answered to a question."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


@dataclass(frozen=True)
class Question:
    """One question of one version; ``action`` (a code) and ``task`` are what a *no* proposes."""

    id: int
    position: int
    words: str
    action: str | None = None
    task: str = ""

    @property
    def to_do(self) -> str:
        """What is to be done after a *no*."""
        return self.task or f"Look again: {self.words}"


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist. ``types`` are codes of premises types; none fits them all.

    ``newest`` is false for a version that another one has taken the place of.
    """

    id: int
    number: int
    version: int
    title: str
    regulation: str
    types: tuple[str, ...]
    questions: tuple[Question, ...]
    newest: bool
    retired: bool

    @property
    def in_use(self) -> bool:
        """Whether new entries may answer it."""
        return self.newest and not self.retired

    def fits(self, premises_type: str | None) -> bool:
        """Say whether it is for premises of that type; where none is known it may be."""
        return not self.types or premises_type is None or premises_type in self.types


@dataclass(frozen=True)
class Answer:
    """What was answered to one question; ``follow_up`` asks for the task that a *no* proposes."""

    question_id: int
    said: AnswerWord
    note: str = ""
    follow_up: bool = False


def offered(checklists: Iterable[Checklist], also: Iterable[int] = ()) -> Iterator[Checklist]:
    """Yield the checklists a form asks: those in use, and those with a question of ``also``."""
    kept = set(also)
    for one in checklists:
        if one.in_use or kept.intersection(question.id for question in one.questions):
            yield one


def questions_of(checklists: Sequence[Checklist]) -> dict[int, Question]:
    """Return id → question of every version."""
    return {question.id: question for one in checklists for question in one.questions}
