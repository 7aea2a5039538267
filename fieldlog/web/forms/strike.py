"""The form that strikes an entry out: the one thing it asks is why."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField


class StrikeForm(FlaskForm):
    """Why an entry is struck, and which version the person had before them."""

    seen_version = HiddenField()
    reason = StringField("Why it is struck out", description="For example “logged twice”.")
