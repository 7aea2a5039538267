"""The form that decides about a record that was set aside: the one thing it asks is why."""

from flask_wtf import FlaskForm
from wtforms import StringField


class DecisionForm(FlaskForm):
    """Why a record is accepted or refused."""

    reason = StringField(
        "Why", description="For example “confirmed by telephone”. It is kept with the record."
    )
