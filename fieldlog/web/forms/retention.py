"""The forms of retention: a period, a removal, a hold and the end of one."""

from flask_wtf import FlaskForm
from wtforms import StringField

from fieldlog.web.forms.entry_fields import Buttons, Count


class PeriodForm(FlaskForm):
    """How long a kind is kept, and where that comes from."""

    months = Count("Months to keep it", description="For example 72 for six years.")
    source = StringField(
        "Where the period comes from",
        description="For example “council’s schedule of 2026, line 14”.",
    )


class RemovalForm(FlaskForm):
    """Why what is due is removed."""

    reason = StringField(
        "Why it is removed now",
        description="For example “yearly review, nothing under appeal”. It stays in the register.",
    )


class HoldForm(FlaskForm):
    """What is kept whatever its period says, and why."""

    what = Buttons("What is kept", [])
    reason = StringField(
        "Why it is kept", description="For example “licence review” or “complaint 26/114”."
    )


class LiftForm(FlaskForm):
    """Why something need not be held any more."""

    reason = StringField("Why the hold ends", description="For example “review decided”.")
