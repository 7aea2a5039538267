"""What a phone's form says, not yet read as an entry, in the words of the screen.

The rules may have refused it: a word that is in no list stands as it was sent.
"""

from collections.abc import Iterator, Mapping

from fieldlog.core.checklist import AnswerWord, questions_of
from fieldlog.core.lists import Lists
from fieldlog.core.patrol import EventKind, Mode
from fieldlog.core.words import Capacity, FourE, Labelled, Marking, PurchaseResult
from fieldlog.services.list_operations import deployment
from fieldlog.store.connection import Database
from fieldlog.web.entry_words import short_day
from fieldlog.web.filters import number_or

NOT_SHOWN = {
    "csrf_token",
    "id",
    "minutes_other",
    "opened_at",
    "premises_id",
    "questions_asked",
    "seen_version",
    "tasks_offered",
}
HEADINGS = {
    "action": "Action taken",
    "capacity": "How the officer took part",
    "deployment": "Operation",
    "event": "What happened",
    "four_e": "Four Es",
    "happened_on": "Date",
    "happened_time": "Time",
    "id_asked": "Asked for identification",
    "minutes": "Time taken",
    "mode": "How",
    "place": "Premises or place",
    "reason": "Why it is amended",
    "result": "Sold or refused",
}
WORDS: Mapping[str, type[Labelled]] = {
    "capacity": Capacity,
    "event": EventKind,
    "four_e": FourE,
    "marking": Marking,
    "mode": Mode,
    "result": PurchaseResult,
}

Typed = Mapping[str, str]


def typed_rows(db: Database, fields: Typed, lists: Lists) -> list[tuple[str, str]]:
    """Return (heading, text) of what a phone's form says; what is empty is left out."""
    return [
        row
        for name, text in {**fields, "minutes": _time_taken(fields)}.items()
        if text.strip() and name not in NOT_SHOWN
        for row in _row(db, name, text, lists)
    ]


def _time_taken(fields: Typed) -> str:
    """Return the time as it was typed where it was none of those offered."""
    chosen, other = fields.get("minutes", ""), fields.get("minutes_other", "").strip()
    if other and chosen in {"", "other"}:
        return other
    minutes = "minute" if chosen == "1" else "minutes"
    return f"{chosen} {minutes}" if chosen.isdecimal() else chosen.capitalize()


def _row(db: Database, name: str, text: str, lists: Lists) -> Iterator[tuple[str, str]]:
    kind, _, rest = name.partition("_")
    if kind == "count":
        measure = lists.measures.get(rest)
        yield (measure.label if measure else _heading(rest)), text
    elif kind in {"answer", "note", "follow"} and rest.isdecimal():
        question = questions_of(lists.checklists).get(int(rest))
        yield (question.words if question else _heading(name)), _answered(kind, text)
    else:
        yield HEADINGS.get(name) or _heading(name), _said(db, name, text, lists)


def _answered(kind: str, text: str) -> str:
    if kind == "follow":
        return "Make a task"
    return _label(AnswerWord, text) if kind == "answer" else text


def _said(db: Database, name: str, text: str, lists: Lists) -> str:
    if name == "deployment":
        return _operation(db, text)
    if name in WORDS:
        return _label(WORDS[name], text)
    listed = {"action": lists.actions, "law": lists.laws}.get(name) or lists.plain.get(name, {})
    return listed[text].label if text in listed else text


def _operation(db: Database, text: str) -> str:
    if text == "none":
        return "No operation"
    found = deployment(db, number_or(text, 0))
    return short_day(found) if found else text


def _label(words: type[Labelled], text: str) -> str:
    try:
        return words(text).label
    except ValueError:
        return text


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()
