"""The form that takes the file of a phone that could not send."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField


class UnsentForm(FlaskForm):
    """The file, as the phone gave it out."""

    file = FileField("File from the phone", description="Its name begins with fieldlog-unsent.")
