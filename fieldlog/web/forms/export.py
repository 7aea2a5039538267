"""The form of an export: for whom, in which format, with small numbers or without."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.web.forms.entry_fields import Buttons

NO_SUCH_FILE = "There is no such file. Choose an edition and a format."
NOTHING_HIDDEN = (
    "The working edition shows every entry, so it hides nothing. Choose the committee edition, or "
    "leave small numbers as they are."
)


class ExportForm(FlaskForm):
    """What is asked before figures are handed over."""

    edition = Buttons(
        "For whom",
        [
            (Edition.WORKING.value, "Working edition, for those who may read the log"),
            (Edition.COMMITTEE.value, "Committee edition, which names nobody"),
        ],
    )
    file_format = Buttons(
        "Format",
        [(one.value, one.label) for one in FileFormat],
        "Pivot tables and charts are in the Excel workbook. CSV is the log in the working edition, "
        "and a line for each figure in the committee edition.",
    )
    hide = BooleanField("Hide numbers from 1 to 4, and what they could be worked out from")

    def start(self) -> None:
        """Choose what is usual before anybody has."""
        self.edition.data = Edition.WORKING.value
        self.file_format.data = FileFormat.XLSX.value

    def output(self) -> Output | None:
        """Return what was chosen, or None with what is wrong about it beside the field."""
        try:
            edition = Edition(self.edition.chosen())
            file_format = FileFormat(self.file_format.chosen())
        except ValueError:
            self.edition.errors = [NO_SUCH_FILE]
            return None
        if self.hide.data and edition is Edition.WORKING:
            self.hide.errors = [NOTHING_HIDDEN]
            return None
        return Output(edition, file_format, bool(self.hide.data))
