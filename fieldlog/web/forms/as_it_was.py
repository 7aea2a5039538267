"""What a form was opened with comes back with it: two windows do not write over each other."""

import json
from hashlib import sha256
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField

from fieldlog.core.night import says_date
from fieldlog.web.forms.entry_fields import Buttons, add_error


class AsItWas(FlaskForm):
    """A form that changes what is stored. ``seen`` holds a mark of each field as it was opened.

    It is looked at before the store is written: two presses within the same moment still pass by
    each other. That costs no lock, and people in two windows are minutes apart.
    """

    seen = HiddenField()

    def remember(self) -> None:
        """Keep how the fields stand. Call when they are filled with what is stored."""
        self.seen.data = json.dumps({field.short_name: _mark(field) for field in self._own()})

    def take_in(self, stored: Self) -> bool:
        """Bring in what another window changed meanwhile; return whether this can be saved.

        ``stored`` is the same form, filled with what is stored now. A field that only they changed
        becomes theirs. One that both changed keeps what was typed, with theirs beside it as an
        error; sent once more it goes in. Call after ``validate``.
        """
        opened = _marks_in(self.seen.data or "")
        theirs = {field.short_name: field for field in stored._own()}
        clean = True
        for field in self._own():
            there, was = theirs[field.short_name], opened.get(field.short_name)
            if was is None or _mark(there) in {was, _mark(field)}:
                continue
            if _mark(field) == was:
                field.data, field.raw_data = there.data, None
            elif not isinstance(field, HiddenField):
                now = f"It now says “{said}”." if (said := _says(there)) else "It is empty now."
                add_error(
                    field,
                    f"Somebody changed this meanwhile. {now} Save again to put yours in its place.",
                )
                clean = False
        stored.remember()
        self.seen.data = stored.seen.data
        return clean

    def _own(self) -> list[Field]:
        return [one for one in self if one.short_name not in {"seen", "csrf_token"}]


def _mark(field: Field) -> str:
    """Return a short mark of what a field holds; how a browser ends lines makes no difference."""
    data: Any = field.data
    if isinstance(data, list):
        text = "\n".join(sorted(map(str, data)))
    else:
        text = str(data or "").replace("\r\n", "\n").strip()
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _marks_in(text: str) -> dict[str, str]:
    """Return the marks that a page sent back; none where it did not come from one of ours."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _says(field: Field) -> str:
    """Return what a field holds, as a person would read it."""
    data: Any = field.data
    if isinstance(data, bool):
        return "ticked" if data else "not ticked"
    if isinstance(field, SelectMultipleField):
        offered: Any = field.choices
        return ", ".join(label for value, label in offered if value in data)
    if isinstance(field, Buttons):
        return field.labels().get(data, data or "")
    if hasattr(data, "isoformat"):
        return says_date(data) if hasattr(data, "year") else f"{data:%H:%M}"
    return str(data or "").strip()
