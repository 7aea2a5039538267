"""The forms that close a night and open it again."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField


class CloseNightForm(FlaskForm):
    """The statement that a night is closed with."""

    words = TextAreaField(
        "Statement (optional)",
        description="For example “Two crews stood down early for the weather.” "
        "What is outstanding is kept with it by itself.",
    )


class ReopenForm(FlaskForm):
    """Why a closed night is opened again."""

    reason = StringField("Why it is opened again", description="For example “a crew is still out”.")
