"""The forms of a figure as it was printed elsewhere: copied with its source, and struck."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField

from fieldlog.core.question import Filter
from fieldlog.services.reconcile_published import PrintedPlan, figure_choices
from fieldlog.web.forms.entry_fields import Day


class PrintedForm(FlaskForm):
    """What stands in the paper; the rules are the service's."""

    figure = SelectField("Which figure it is", validate_choice=False)
    value = StringField("The figure as printed", description="A number, like 81.25 or 1,069.")
    source = StringField(
        "Where it was printed", description="The paper, for example Licensing Committee, item 7."
    )
    printed_on = Day("Date of the paper")
    page = StringField("Page (optional)")
    words = TextAreaField(
        "The words around it", description="Copy them as they are, notes such as “30 mins est” too."
    )

    def offer(self) -> None:
        """Fill in the figures there are."""
        self.figure.choices = list(figure_choices().items())

    def plan(self, wanted: Filter) -> PrintedPlan:
        """Return what was typed as the service takes it."""
        return PrintedPlan(
            source=self.source.data or "",
            printed_on=self.printed_on.data,
            page=self.page.data or "",
            words=self.words.data or "",
            figure=self.figure.data or "",
            value=self.value.data or "",
            wanted=wanted,
        )


class StrikePrintedForm(FlaskForm):
    """Why a printed figure is struck."""

    reason = StringField("Why it is struck", description="For example: copied from another page.")
