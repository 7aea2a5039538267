"""The form of a timed send: to which list, on which mornings, which file, and what if not."""

from datetime import time
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.widgets import ListWidget

from fieldlog.core.editions import FileFormat, Output
from fieldlog.core.timed_send import DAYS, TimedSend, WhenEmpty, WhenOpen
from fieldlog.core.words import Marking
from fieldlog.services.edit_distribution_lists import DistributionList
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry_fields import Buttons, ClockTime
from fieldlog.web.forms.send import COMMITTEE, OUTPUTS, WHAT_GOES

UNUSUAL = time(0, 0)
"""What an empty time is taken for: the rules refuse it in their words."""


class Several(SelectMultipleField):
    """Any of a few choices, each a box to tick; an unknown one is for the rules to refuse."""

    widget = ListWidget(prefix_label=False)

    def __init__(self, label: str, description: str = "", **bound: Any) -> None:
        super().__init__(label, description=description, validate_choice=False, **bound)
        self._labels: dict[str, str] = {}

    def offer(self, choices: list[tuple[int, str]]) -> None:
        """Let the person choose any of (number, label) pairs."""
        self._labels = {str(number): label for number, label in choices}
        values: Any = list(self._labels)
        self.choices = values

    def ticks(self) -> list[tuple[str, str, bool]]:
        """Return (value, label, ticked) of each box."""
        chosen = set(self.data or ())
        return [(value, label, value in chosen) for value, label in self._labels.items()]

    def numbers(self) -> tuple[int, ...]:
        """Return what was ticked; something that is no number is -1, which there is none of."""
        return tuple(sorted({_number(text) for text in self.data or ()}))


def _number(text: str) -> int:
    try:
        return read_number(text)
    except ValueError:
        return -1


class TimedSendForm(FlaskForm):
    """What is asked before figures go out by themselves; the rules are the service's."""

    list_id = Buttons("Distribution list")
    operations = Several("Operations", "Tick none for all of them.")
    days = Several(
        "Days", "What goes is the night before: Sunday’s mail has the figures of Saturday night."
    )
    clock = ClockTime("Time", description="UK time, also when the clocks change. From 06:00 on.")
    what = Buttons(
        "What goes",
        WHAT_GOES,
        "The working edition names officers, premises and people.",
    )
    file_format = Buttons("Format of the file", [(one.value, one.label) for one in FileFormat])
    marking = Buttons(
        "Marking it may carry",
        [(one.value, f"{one.label} at most") for one in Marking],
        "A night that is marked higher is held, and Reports says so.",
    )
    when_open = Buttons(
        "If the night is not closed yet", [(one.value, one.label) for one in WhenOpen]
    )
    when_empty = Buttons("If nothing was logged", [(one.value, one.label) for one in WhenEmpty])

    def offer(self, lists: list[DistributionList], operations: list[tuple[int, str]]) -> None:
        """Fill in what there is to choose from."""
        self.list_id.offer([(str(one.id), f"{one.name} ({len(one.addresses)})") for one in lists])
        self._names = {one.id: one.name for one in lists}
        self.operations.offer(operations)
        self.days.offer(list(enumerate(DAYS)))

    def start(self) -> None:
        """Choose what is usual before anybody has."""
        values = self.list_id.values()
        self.list_id.data = values[0] if len(values) == 1 else None
        self.days.data = [str(day) for day in range(len(DAYS))]
        self.clock.data = time(8, 0)
        self.what.data, self.file_format.data = COMMITTEE, FileFormat.XLSX.value
        self.marking.data = Marking.OFFICIAL.value
        self.when_open.data, self.when_empty.data = WhenOpen.SEND.value, WhenEmpty.TELL.value

    def timed(self) -> TimedSend | None:
        """Return what was asked for as the service takes it; None if a choice is not one."""
        list_id = _number(self.list_id.chosen() or "-")
        try:
            return TimedSend(
                list_id=list_id,
                list_name=self._names.get(list_id, ""),
                operations=self.operations.numbers(),
                days=self.days.numbers(),
                clock=self.clock.data or UNUSUAL,
                output=self._output(),
                marking=Marking(self.marking.chosen()),
                when_open=WhenOpen(self.when_open.chosen()),
                when_empty=WhenEmpty(self.when_empty.chosen()),
            )
        except ValueError:
            return None

    def _output(self) -> Output | None:
        output = OUTPUTS.get(self.what.chosen())
        if output is None:
            return None
        return Output(output.edition, FileFormat(self.file_format.chosen()), output.suppress)
