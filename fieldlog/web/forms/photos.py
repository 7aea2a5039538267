"""The field that takes photos from a page that cannot shrink them."""

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField

from fieldlog.core.photo import LARGEST_UPLOAD, MOST_PHOTOS
from fieldlog.web.forms.entry_fields import add_error

MEGABYTES = LARGEST_UPLOAD // (1024 * 1024)
LARGEST_FORM = MOST_PHOTOS * LARGEST_UPLOAD + 1024 * 1024
"""Bytes of a form with all its photos."""

CHOOSE_AGAIN = "Choose the photos again: they were not saved with the rest."


class PhotosForm(FlaskForm):
    """Up to four photos, as a camera made them."""

    photos = MultipleFileField(
        "Photos (optional)",
        description=f"Up to {MOST_PHOTOS}, at most {MEGABYTES} MB each.",
    )

    class Meta:
        csrf = False

    def contents(self) -> list[bytes]:
        """Return the bytes of each photo that was chosen, as far as they may be large."""
        return [file.read(LARGEST_UPLOAD + 1) for file in self.photos.data or ()]

    def wrong(self, message: str) -> None:
        """Say what is wrong with the photos, and nothing else."""
        self.photos.errors = []
        add_error(self.photos, message)
