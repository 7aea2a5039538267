"""The form that takes the file of a phone that could not send."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField

from fieldlog.services.import_unsent import LARGEST_FILE

MEGABYTES = LARGEST_FILE // (1024 * 1024)


class UnsentForm(FlaskForm):
    """The file, as the phone gave it out."""

    file = FileField(
        "File from the phone",
        description=f"Its name begins with fieldlog-unsent. At most {MEGABYTES} MB.",
    )
