"""Fields made of several controls, each with a name of its own: tasks that are ticked, answers."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from wtforms import Field
from wtforms.utils import unset_value

from fieldlog.core.checklist import Answer, AnswerWord, Checklist, offered

TICKED = "yes"
CLEARED = "none"
_TASK = re.compile(r"task_([1-9][0-9]{0,8})", re.ASCII)
_ANSWER = re.compile(r"answer_([1-9][0-9]{0,8})", re.ASCII)
_NOTE = re.compile(r"note_([1-9][0-9]{0,8})", re.ASCII)


class Gathered(Field, ABC):
    """A field whose value is gathered from every control that it owns, whatever their number."""

    def process(
        self,
        formdata: Any,
        data: Any = unset_value,
        extra_filters: Any = None,
    ) -> None:
        """Gather what was sent; without a form, keep what is given."""
        super().process(None, data, extra_filters)
        self.data = self.data or ()
        if formdata is not None:
            self.gather({name: formdata[name] for name in formdata})

    @abstractmethod
    def gather(self, said: Mapping[str, str]) -> None:
        """Read the value from names and texts; errors go to ``process_errors``."""

    def wrong(self, message: str) -> None:
        """Say what cannot be read."""
        self.process_errors = [*self.process_errors, message]

    @abstractmethod
    def controls(self) -> dict[str, str]:
        """Return the names and texts a browser would send of the value."""


class TaskTicks(Gathered):
    """The numbers of the tasks that were ticked, in their order."""

    data: tuple[int, ...]

    def gather(self, said: Mapping[str, str]) -> None:
        """Read every ``task_7``."""
        found = (_TASK.fullmatch(name) for name, text in said.items() if text == TICKED)
        self.data = tuple(sorted(int(one[1]) for one in found if one))

    def controls(self) -> dict[str, str]:
        """Return ``task_7`` of every tick."""
        return {f"task_{number}": TICKED for number in self.data}


class Answers(Gathered):
    """What was answered to the questions of checklists; ``checklists`` are those the form asks.

    ``typed`` are the notes as they were typed, also where no answer stands beside them.
    """

    data: tuple[Answer, ...]
    checklists: tuple[Checklist, ...] = ()
    typed: Mapping[int, str] = MappingProxyType({})

    def ask(self, every: tuple[Checklist, ...], also: Iterable[int] = ()) -> None:
        """Ask the checklists in use, and those with a question that was answered before."""
        self.checklists = tuple(offered(every, also))

    def asked(self) -> str:
        """Return the numbers of all questions asked, as the form carries them."""
        return " ".join(str(one.id) for each in self.checklists for one in each.questions)

    def gather(self, said: Mapping[str, str]) -> None:
        """Read ``answer_3``, ``note_3`` and ``follow_3`` of every question."""
        chosen = {one[1]: said[name] for name in said if (one := _ANSWER.fullmatch(name))}
        notes = {one[1]: said[name] for name in said if (one := _NOTE.fullmatch(name))}
        self.typed = {int(number): text for number, text in notes.items()}
        found = []
        for number, word in chosen.items():
            if word in {"", CLEARED}:
                continue
            if word not in set(AnswerWord):
                self.wrong("Answer with one of the words shown.")
                continue
            note = notes.get(number, "").strip().replace("\r\n", "\n")
            follow_up = word == AnswerWord.NO and said.get(f"follow_{number}") == TICKED
            found.append(Answer(int(number), AnswerWord(word), note, follow_up))
        answered = {str(one.question_id) for one in found}
        if any(text.strip() for number, text in notes.items() if number not in answered):
            self.wrong(
                "A note on a checklist has no answer beside it. Choose Yes, No or Not applicable."
            )
        self.data = tuple(sorted(found, key=lambda one: one.question_id))

    def controls(self) -> dict[str, str]:
        """Return the names and texts of every answer."""
        said = {}
        for one in self.data:
            said[f"answer_{one.question_id}"] = one.said.value
            said[f"note_{one.question_id}"] = one.note
            if one.follow_up:
                said[f"follow_{one.question_id}"] = TICKED
        return said

    def given(self) -> dict[int, Answer]:
        """Return question → its answer, to show them."""
        return {one.question_id: one for one in self.data}


def controls_of(field: Field) -> dict[str, str]:
    """Return the names and texts that a browser would send of any field."""
    if isinstance(field, Gathered):
        return field.controls()
    shown = field._value() if hasattr(field, "_value") else field.data
    return {field.name: "" if shown is None else str(shown)}
