"""The forms of a night's plan: what crews are told, whom they are with, templates."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from fieldlog.core.checklist import Checklist
from fieldlog.core.words import Marking
from fieldlog.services.roster_crews import NewCrew, NewMember
from fieldlog.web.filters import number_or
from fieldlog.web.forms.entry_fields import Buttons

NO_SUCH = 0


class BriefingForm(FlaskForm):
    """Where crews go and what for."""

    areas = TextAreaField("Areas", description="For example High Street and the car parks.")
    objectives = TextAreaField("Objectives", description="One on each line.")
    checklists = SelectMultipleField(
        "Checklists to use",
        description="Told in the briefing. Forms ask them at premises of their types.",
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, checklists: Sequence[Checklist]) -> None:
        """Let some of the checklists be chosen."""
        choices: Any = [(str(one.number), one.title) for one in checklists]
        self.checklists.choices = choices

    def chosen(self) -> list[int]:
        """Return the numbers of those that were chosen."""
        return [number_or(one, NO_SUCH) for one in self.checklists.data or []]


class NoteForm(FlaskForm):
    """An intelligence note with its marking."""

    text = TextAreaField("Add an intelligence note")
    marking = Buttons("Marking", [(one.value, one.label) for one in Marking])

    def chosen(self) -> Marking:
        """Return the marking that was chosen, the higher one where none was."""
        try:
            return Marking(self.marking.chosen())
        except ValueError:
            return Marking.OFFICIAL_SENSITIVE


class PlannedPremisesForm(FlaskForm):
    """Premises to visit, and why."""

    name = StringField("Add premises to visit")
    why = StringField("Why", description="For example “complaint of 28 November”.")


class CrewForm(FlaskForm):
    """A crew: what it is called, of which agency, where it goes."""

    name = StringField("Name", description="For example Crew 1 or SOS bus.")
    agency = SelectField("Agency", validate_choice=False)
    new_agency = StringField("Or add an agency (optional)")
    area = StringField("Area (optional)")
    partner = BooleanField("A partner without accounts: the coordinator enters its counts")

    def offer(self, agencies: list[tuple[int, str]]) -> None:
        """Let one of the agencies be chosen."""
        self.agency.choices = [("", "Not recorded"), *((str(one), name) for one, name in agencies)]

    def new(self) -> NewCrew:
        """Return what was typed as the service takes it."""
        return NewCrew(
            name=self.name.data or "",
            agency_id=_number(self.agency.data),
            area=self.area.data or "",
            partner=bool(self.partner.data),
            new_agency=self.new_agency.data or "",
        )


class MemberForm(FlaskForm):
    """Who joins a crew: somebody known, or a name."""

    crew = Buttons("Crew")
    officer = SelectField("Somebody with an account", validate_choice=False)
    name = StringField("Or a name")
    collar_number = StringField("Collar number (optional)")

    def offer(self, crews: list[tuple[int, str]], people: list[tuple[int, str]]) -> None:
        """Let a crew and one of the people be chosen."""
        self.crew.offer([(str(one), name) for one, name in crews])
        self.officer.choices = [("", "Choose…"), *((str(one), name) for one, name in people)]

    def crew_id(self) -> int:
        """Return the crew that was chosen; one that nobody has where none was."""
        return _number(self.crew.chosen()) or NO_SUCH

    def new(self) -> NewMember:
        """Return who it is, as the service takes it; a typed name goes before the list."""
        name = self.name.data or ""
        known = None if name.strip() else _number(self.officer.data)
        return NewMember(known, name, self.collar_number.data or "")


class TemplateForm(FlaskForm):
    """The name that a plan is kept under."""

    name = StringField(
        "Keep this plan as a template",
        description="Times, areas, objectives, checklists and crews without their people. "
        "One of the same name is replaced.",
    )


class CrewCountsForm(FlaskForm):
    """What a partner crew counted; the counters are added for the measures of the night."""

    record_id = HiddenField()
    notes = TextAreaField("Notes (optional)")


def _number(text: str | None) -> int | None:
    return number_or(text, NO_SUCH) if text else None
