"""The forms of a task: what is asked, where, by when, and whose it is."""

from collections.abc import Iterable
from datetime import date, time
from typing import TypeVar

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from fieldlog.core.folding import folded
from fieldlog.core.night import from_uk
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.task import TOLD, Due, Priority, Source, Task, TaskPlan, due_on
from fieldlog.core.words import Labelled
from fieldlog.services.list_operations import Deployment
from fieldlog.web.filters import read_number
from fieldlog.web.forms.as_it_was import AsItWas
from fieldlog.web.forms.entry_fields import Buttons, ClockTime, Day, add_error

Word = TypeVar("Word", bound=Labelled)

NOBODY = "none"
CREW = "crew "
"""What stands before the name of a crew among those who can be given a task."""
ANY_NIGHT = "none"


class AssignForm(FlaskForm):
    """Whose a task is: a crew's, an officer's or nobody's."""

    officer = Buttons("Who gets it")
    crew = StringField(
        "Or another crew or agency (optional)",
        description="One that is not on the roster, as it is called, for example SOS bus.",
    )

    def offer(self, crews: Iterable[str], officers: Iterable[tuple[int, str]]) -> None:
        """Let the coordinator choose among crews and officers, or nobody."""
        self.officer.offer(
            [
                *((f"{CREW}{name}", name) for name in crews),
                (NOBODY, "Nobody yet"),
                *((str(key), name) for key, name in officers),
            ]
        )

    def start_with(self, plan: TaskPlan) -> None:
        """Show whose a task is."""
        crew = folded(plan.crew)
        offered = (one for one in self.officer.values() if one.startswith(CREW))
        whose = next((one for one in offered if folded(one.removeprefix(CREW)) == crew), None)
        self.officer.data = whose or str(plan.officer_id or NOBODY)

    def given(self) -> tuple[int | None, str]:
        """Return the officer (None for nobody, 0 for nobody who can be) and the crew it goes to.

        Raises Refused for two crews.
        """
        chosen, typed = self.officer.chosen(), (self.crew.data or "").strip()
        if chosen.startswith(CREW):
            if typed:
                raise Refused((Problem("crew", "Choose a crew or name another one, not both."),))
            return None, chosen.removeprefix(CREW)
        try:
            return None if chosen in {"", NOBODY} else read_number(chosen), typed
        except ValueError:
            return 0, typed


class TaskForm(AssignForm, AsItWas):
    """What is said of a task; the rules are the service's."""

    asked = TextAreaField(
        "What is to be done", description="For example: loud music reported, speak to the manager."
    )
    place = StringField("Premises or place")
    premises_id = HiddenField()
    source = Buttons("Who it comes from", [(one.value, one.label) for one in TOLD])
    due_on = Day("Due on")
    due_time = ClockTime("Due at")
    priority = Buttons("Priority", [(one.value, one.label) for one in Priority])
    deployment = Buttons("For which night")

    def offer_deployments(self, offered: Iterable[Deployment], labels: dict[int, str]) -> None:
        """Let the coordinator choose among deployments, or whoever is out."""
        nights = [(str(one.id), labels[one.id]) for one in offered]
        self.deployment.offer([*nights, (ANY_NIGHT, "Whoever is out")])

    def start(self, task: Task | None) -> None:
        """Fill the form with a task to change, or with what is usual for a new one."""
        if task is None:
            self.priority.data, self.deployment.data = Priority.NORMAL.value, ANY_NIGHT
            self.officer.data = NOBODY
            return
        plan = task.plan
        self.asked.data = plan.asked
        self.place.data = task.where
        self.premises_id.data = str(plan.premises_id or "")
        self.source.data = plan.source.value
        self.priority.data = plan.priority.value
        self.deployment.data = str(plan.deployment_id or ANY_NIGHT)
        if plan.due:
            self.due_on.data = plan.due.day
            self.due_time.data = plan.due.clock
        self.remember()

    def plan(self, today: date, *, asks_source: bool) -> TaskPlan | None:
        """Return what was typed as the service takes it, or None where it cannot be read.

        A time without a date is of ``today``. Call after ``validate``.
        """
        source = _word(self.source, Source) if asks_source else Source.POLICE
        priority = _word(self.priority, Priority)
        try:
            officer_id, crew = self.given()
        except Refused as refused:
            add_error(self.crew, str(refused))
            return None
        if self.errors or source is None or priority is None:
            return None
        return TaskPlan(
            source=source,
            asked=self.asked.data or "",
            premises_id=_number(self.premises_id.data),
            place=self.place.data or "",
            due=self._due(today),
            priority=priority,
            officer_id=officer_id,
            crew=crew,
            deployment_id=_number(self.deployment.chosen()),
        )

    def _due(self, today: date) -> Due | None:
        day: date | None = self.due_on.data
        clock: time | None = self.due_time.data
        if clock is not None:
            return Due(from_uk(day or today, clock), timed=True)
        return due_on(day) if day else None


def _word(field: Buttons, words: type[Word]) -> Word | None:
    try:
        return words(field.chosen())
    except ValueError:
        add_error(field, "Choose one of those shown.")
        return None


def _number(text: str | None) -> int | None:
    try:
        return read_number(text or "")
    except ValueError:
        return None


class ReasonForm(FlaskForm):
    """Why a task is closed without an entry, or opened again."""

    reason = StringField("Why")
