"""Fields that read what a cold thumb types and keep it on the screen when it is wrong."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from wtforms import DateField, DateTimeField, Field, IntegerField, RadioField, TimeField

from fieldlog.core.money import parse_pounds, plain_pounds
from fieldlog.core.rules import EARLIEST_YEAR

LATEST_YEAR = 2100

_WHOLE = re.compile(r"-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})", re.ASCII)


class Count(IntegerField):
    """A whole number, or None where nothing was recorded; the rules judge how large it may be."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read ``12`` and ``1,200``; raise ValueError with words for the screen."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text and not _WHOLE.fullmatch(text):
            raise ValueError(f"{self.label.text} must be a whole number, like 4.")
        if text:
            self.data = int(text.replace(",", ""))


class Pounds(IntegerField):
    """An amount typed in pounds and pence; its data is pence, or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read ``100`` and ``£65.50``; raise ValueError with words for the screen."""
        self.data = None
        self.data = parse_pounds(valuelist[0]) if valuelist else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return plain_pounds(self.data) if self.data is not None else ""


class _Typed(DateTimeField):
    """What is typed in one of several ways; nothing typed is nothing said."""

    mistake = ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raise ValueError with words for the screen."""
        self.data = None
        if not "".join(valuelist).strip():
            return
        try:
            super().process_formdata([text.strip() for text in valuelist])
        except ValueError as error:
            raise ValueError(self.mistake) from error


class Day(_Typed, DateField):
    """A date, as the phone's own picker or a person writes it."""

    mistake = "The date must be like 05/12/2020."

    def __init__(self, label: str, **bound: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d/%m/%Y"], **bound)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read ``2020-12-05`` and ``05/12/2020``; raise ValueError with words for the screen."""
        super().process_formdata(valuelist)
        found: date | None = self.data
        if found and not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            self.data = None
            raise ValueError(f"Check the year of the date: {found.year}.")


class ClockTime(_Typed, TimeField):
    """A time of the day on a 24-hour clock, ``21:40`` or ``2140``."""

    mistake = "The time must be like 21:40."

    def __init__(self, label: str, **bound: Any) -> None:
        super().__init__(label, format=["%H:%M", "%H:%M:%S", "%H.%M", "%H%M"], **bound)


class Buttons(RadioField):
    """One of a few choices; an unknown one is for the rules to refuse, in their words.

    ``marked`` are choices that ask for another one: value → a number, which the page shows of them.
    """

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str, str]] = (),
        hint: str = "",
        **bound: Any,
    ) -> None:
        super().__init__(label, description=hint, validate_choice=False, **bound)
        self.marked: dict[str, int] = {}
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Let the person choose among (value, label) pairs, in this order."""
        # Plain values with labels of our own: WTForms' pairs change from version to version.
        self._labels = dict(choices)
        values: Any = list(self._labels)
        self.choices = values

    def __iter__(self) -> Iterator[Any]:
        """Yield each button with the label it was offered under."""
        for option, label in zip(super().__iter__(), self._labels.values(), strict=True):
            option.label.text = label
            yield option

    def values(self) -> list[str]:
        """Return the values on offer, in their order."""
        return list(self._labels)

    def labels(self) -> dict[str, str]:
        """Return value → label of what is on offer."""
        return dict(self._labels)

    def chosen(self) -> str:
        """Return the value that was chosen; empty if none was."""
        return str(self.data or "")


def add_error(field: Field, message: str) -> None:
    """Say what is wrong with a field, unless it says so already."""
    if message not in field.errors:
        field.errors = [*field.errors, message]
