"""The form of a checklist: its name, the premises it is for, and its questions in rows."""

import re
from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from fieldlog.core.checklist import MOST_QUESTIONS
from fieldlog.services.edit_checklists import ChecklistPlan, QuestionPlan
from fieldlog.web.forms.gathered import TICKED, Gathered

SPARE_ROWS = 4
_TYPE = re.compile(r"type_(\w{1,50})", re.ASCII)


class TypeTicks(Gathered):
    """The codes of the premises types that were ticked; none means all of them."""

    data: tuple[str, ...]

    def gather(self, said: Mapping[str, str]) -> None:
        """Read every ``type_bar``."""
        found = (_TYPE.fullmatch(name) for name, text in said.items() if text == TICKED)
        self.data = tuple(sorted(one[1] for one in found if one))

    def controls(self) -> dict[str, str]:
        """Return ``type_bar`` of every tick."""
        return {f"type_{code}": TICKED for code in self.data}


class QuestionRows(Gathered):
    """The questions, row by row; an empty row is none."""

    data: tuple[QuestionPlan, ...]

    def gather(self, said: Mapping[str, str]) -> None:
        """Read ``words_1``, ``action_1`` and ``to_do_1`` of every row."""
        self.data = tuple(
            QuestionPlan(
                said.get(f"words_{row}", ""),
                said.get(f"action_{row}", ""),
                said.get(f"to_do_{row}", ""),
            )
            for row in range(1, MOST_QUESTIONS + 1)
        )

    def controls(self) -> dict[str, str]:
        """Return the names and texts of every row."""
        said: dict[str, str] = {}
        for row, one in enumerate(self.data, 1):
            said[f"words_{row}"], said[f"action_{row}"] = one.words, one.action
            said[f"to_do_{row}"] = one.task
        return said

    def rows(self) -> list[tuple[int, QuestionPlan]]:
        """Return (number, question) of the rows to show: those filled in, and a few more."""
        filled = [place for place, one in enumerate(self.data, 1) if one.words or one.task]
        shown = min(MOST_QUESTIONS, max(filled, default=0) + SPARE_ROWS)
        rows = [*self.data, *[QuestionPlan("")] * MOST_QUESTIONS]
        return list(enumerate(rows[:shown], 1))


class ChecklistForm(FlaskForm):
    """What is said of a checklist; the rules are the service's.

    ``seen`` is the number of the version that the form was opened with.
    """

    title = StringField("Name", description="For example: Licensed premises: conditions.")
    regulation = StringField(
        "Act and section (optional)", description="For example: Licensing Act 2003, s.57."
    )
    types = TypeTicks("Premises it is for")
    questions = QuestionRows("Questions")
    seen = HiddenField()

    def fill_in(self, plan: ChecklistPlan, version: int) -> None:
        """Show a version, to be changed into the next."""
        self.seen.data = str(version)
        self.title.data, self.regulation.data = plan.title, plan.regulation
        self.types.data, self.questions.data = plan.types, tuple(plan.questions)

    def plan(self, types: Iterable[str]) -> ChecklistPlan:
        """Return what was typed; ticks for all of ``types`` are none: it is for all of them."""
        ticked = self.types.data
        return ChecklistPlan(
            self.title.data or "",
            self.regulation.data or "",
            () if set(ticked) >= set(types) else ticked,
            self.questions.data,
        )
