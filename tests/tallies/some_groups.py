"""Groups as the store would answer with, made by hand for the tests of layout."""

from collections.abc import Mapping

from fieldlog.core.question import Answer, Group, Key, Label, Question

ACTION_BY_TIME = Question("action", "time")
ACTIONS = {"visit": Label("Visit", 2), "advice": Label("Advice", 1), "letter": Label("Letter", 3)}
TIMES = {minutes: Label(f"{minutes} min", minutes) for minutes in (15, 75, 120)}


def counted(row: Key, column: Key, entries: int, value: int | None = None) -> Group:
    """A group whose value is the number of its entries, timed where the column is a time."""
    timed, each = (entries, column) if isinstance(column, int) else (0, 0)
    return Group(row, column, entries, timed, timed * each, entries if value is None else value)


def answered(
    *groups: Group,
    question: Question = ACTION_BY_TIME,
    rows: Mapping[Key, Label] = ACTIONS,
    columns: Mapping[Key, Label] = TIMES,
) -> Answer:
    """An answer to ``question`` with those groups and labels."""
    return Answer(question, groups, rows, columns)
