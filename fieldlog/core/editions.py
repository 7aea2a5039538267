"""In which edition and format figures are handed over."""

from dataclasses import dataclass

from fieldlog.core.words import Labelled


class Edition(Labelled):
    """For whom figures are written: working names everybody, committee nobody."""

    WORKING = "working", "Working edition"
    COMMITTEE = "committee", "Committee edition"


class FileFormat(Labelled):
    """What sort of file; the code is its ending without the dot."""

    XLSX = "xlsx", "Excel workbook (.xlsx)"
    ODS = "ods", "OpenDocument spreadsheet (.ods)"
    CSV = "csv", "CSV text (.csv)"

    @property
    def ending(self) -> str:
        """How the name of such a file ends, ``.xlsx``."""
        return f".{self.value}"


@dataclass(frozen=True)
class Output:
    """What an export is: its edition, its format, and whether small numbers are hidden.

    ``suppress`` hides 1 to 4, and what they could be worked out from; only in the committee
    edition, the working edition shows the log itself.
    """

    edition: Edition = Edition.WORKING
    file_format: FileFormat = FileFormat.XLSX
    suppress: bool = False

    def __post_init__(self) -> None:
        """Refuse to promise what the working edition cannot keep."""
        if self.suppress and self.edition is Edition.WORKING:
            raise ValueError("The working edition shows every entry: it hides no small numbers.")
