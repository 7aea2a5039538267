"""The forms of a line in the list of actions and in the list of measures."""

from flask_wtf import FlaskForm
from wtforms import StringField

from fieldlog.core.lists import Action, Choice, Measure
from fieldlog.core.words import CountsAs, Unit
from fieldlog.services.edit_lists import WORDS_MISSING, ActionLine, MeasureLine
from fieldlog.web.forms.entry_fields import Buttons, Count, Day, add_error


class ActionForm(FlaskForm):
    """What is said of an action taken; the rules are the service's."""

    label = StringField("Action taken", description="The words officers choose and papers print.")
    counts_as = Buttons(
        "Counts as",
        [(counts_as.value, counts_as.label) for counts_as in CountsAs],
        hint="What the action says about the contact with the premises.",
    )
    revisit_days = Count(
        "Revisit within how many days (optional)",
        description="The form then offers a revisit with one tap, like 7. Empty: none is offered.",
    )
    valid_from = Day("First night (optional)")

    def fill_in(self, line: Choice) -> None:
        """Show the action as it is."""
        self.label.data = line.label
        if isinstance(line, Action):
            self.counts_as.data = line.counts_as.value
            self.revisit_days.data = line.revisit_days

    def line(self) -> ActionLine | None:
        """Return what was typed as the service takes it, or None where a choice is missing."""
        if self.counts_as.chosen() not in set(CountsAs):
            add_error(self.counts_as, "Choose what it counts as.")
            _ask_for_words(self)
            return None
        return ActionLine(
            self.label.data or "",
            CountsAs(self.counts_as.chosen()),
            self.valid_from.data,
            self.revisit_days.data,
        )


class MeasureForm(FlaskForm):
    """What is said of a measure; the rules are the service's."""

    label = StringField("What is counted", description="For example: People spoken to.")
    one_more = StringField(
        "What one tap says",
        description="Read out by a screen reader, for example: one more person spoken to.",
    )
    unit = Buttons("Counted in", [(unit.value, unit.label) for unit in Unit])
    step = Count(
        "What one tap adds", description="1, or for example 10 for masks and 100 pence for cash."
    )
    valid_from = Day("First night (optional)")

    def fill_in(self, line: Choice) -> None:
        """Show the measure as it is."""
        self.label.data = line.label
        if isinstance(line, Measure):
            self.one_more.data = line.one_more
            self.unit.data = line.unit.value
            self.step.data = line.step

    def line(self) -> MeasureLine | None:
        """Return what was typed as the service takes it, or None where a choice is missing."""
        if self.unit.chosen() not in set(Unit):
            add_error(self.unit, "Choose what it is counted in.")
        if self.step.data is None:
            add_error(self.step, "Enter what one tap adds, like 1.")
        if self.errors or self.step.data is None:
            _ask_for_words(self)
            return None
        return MeasureLine(
            self.label.data or "",
            self.one_more.data or "",
            Unit(self.unit.chosen()),
            self.step.data,
            self.valid_from.data,
        )


def _ask_for_words(form: ActionForm | MeasureForm) -> None:
    # The service would ask, but has not been called: everything that is missing is said at once.
    if not (form.label.data or "").strip():
        add_error(form.label, WORDS_MISSING)
