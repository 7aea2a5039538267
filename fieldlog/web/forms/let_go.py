"""The form that lets a held night go: a tick where it is marked higher than was agreed."""

from flask_wtf import FlaskForm
from wtforms import BooleanField


class LetGoForm(FlaskForm):
    """What is asked before a held night goes; the rules are the service's."""

    sensitive = BooleanField("Everybody it goes to may have it")
