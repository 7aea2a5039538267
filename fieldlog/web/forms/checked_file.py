"""The form that takes a file to be checked against the register of exports."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField


class CheckedFileForm(FlaskForm):
    """The file, as somebody has it."""

    file = FileField("File to check", description="A workbook (.xlsx or .ods) or a .csv file.")
