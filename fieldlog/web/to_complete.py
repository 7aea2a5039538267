"""What an officer has to complete: one tap leads to the form with the field focused."""

from fieldlog.core.log import LogLine
from fieldlog.services.complete_entries import ACTION, TIME, lacks

FIRST_CHOICE = {TIME: "minutes-0", ACTION: "action-0"}
"""What is lacking → the first of the form's buttons that record it."""
ADD: dict[tuple[str, ...], str] = {(TIME,): "Add the time", (ACTION,): "Add the action"}
SAID = {TIME: "no time taken", ACTION: "no action taken"}


def said_lacking(what: tuple[str, ...]) -> str:
    """Return what nobody recorded, in words."""
    return " and ".join(SAID[one] for one in what)


def add_words(line: LogLine) -> str:
    """Return ``Add the time``; empty where nothing is lacking."""
    what = lacks(line)
    return ADD.get(what, "Add time and action") if what else ""


def focus_of(line: LogLine) -> str:
    """Return the id of the field that is lacking first, empty where none is."""
    return next((FIRST_CHOICE[what] for what in lacks(line)), "")
