"""The form that takes a register of premises."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField


class RegisterForm(FlaskForm):
    """The file, as the licensing system gave it out."""

    file = FileField(
        "File of the register",
        description="A workbook (.xlsx) or a text file (.csv, .txt), at most 60 MB. It is kept "
        "until it is imported, or for a day.",
    )
