"""Which questions a form asks for each kind of entry: some in sight, the rest folded away."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldlog.core.words import EntryKind
from fieldlog.web.forms.entry import EntryForm

PEOPLE = "people"
COUNTS = "counts"
WHEN = "when"
IN_PEOPLE = ("spoken_to", "warned")
"""Measures that are asked in sight wherever people are met; the others are folded away."""

_ASKED_OF_ALL = (
    "notes",
    "action",
    "revisit",
    "minutes",
    PEOPLE,
    "four_e",
    COUNTS,
    "capacity",
    "marking",
)
_IN_SIGHT: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.PREMISES_VISIT: ("place", "action", "revisit", "minutes", PEOPLE),
    EntryKind.ENCOUNTER: (PEOPLE, "place"),
    EntryKind.PATROL_NOTE: ("notes", "place"),
    EntryKind.NOTICE: (
        *("law", "capacity", "number", "amount", "prohibition"),
        *("recipient", "particulars", "place"),
    ),
    EntryKind.ARREST: ("particulars", "capacity", "place"),
    EntryKind.TEST_PURCHASE: (
        *("place", "product", "result", "id_asked", "volunteer_age", "volunteer_reference"),
        *("seller", "exhibit"),
    ),
    EntryKind.REFERRAL: ("particulars", "place"),
    EntryKind.OTHER: ("particulars", "place"),
}

_PARTICULARS = {
    EntryKind.ARREST: "The offence, for example drunk and disorderly.",
    EntryKind.REFERRAL: "To whom and why, for example fire service, blocked exit.",
    EntryKind.OTHER: "What was done, for example road closed with barriers.",
    EntryKind.NOTICE: "What happened, in a few words.",
}
_FOLD_NAMES = {
    "notes": "Notes",
    "action": "action taken",
    "minutes": "time taken",
    "four_e": "four Es",
}


@dataclass(frozen=True)
class Layout:
    """Parts of the form in their order; ``in_sight`` at once, ``folded`` behind one tap."""

    in_sight: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def fold_title(self) -> str:
        """What the fold says of what is in it."""
        named = [_FOLD_NAMES[part] for part in self.folded if part in _FOLD_NAMES]
        text = ", ".join(named[:2])
        return f"{text[:1].upper()}{text[1:]} and more"


def layout_of(kind: EntryKind) -> Layout:
    """Return which parts a form of ``kind`` shows at once, and which it folds away."""
    in_sight = _IN_SIGHT[kind]
    return Layout(in_sight, tuple(part for part in _ASKED_OF_ALL if part not in in_sight))


def names_of(form: EntryForm, part: str) -> list[str]:
    """Return the names of the fields that a part of the page shows."""
    counts = {code: field.name for code, field in form.counts()}
    if part == PEOPLE:
        return [counts[code] for code in IN_PEOPLE if code in counts]
    if part == COUNTS:
        return [name for code, name in counts.items() if code not in IN_PEOPLE]
    if part == WHEN:
        return ["happened_time", "happened_on", "deployment"]
    return {"minutes": ["minutes", "minutes_other"]}.get(part, [part])


def shown_names(form: EntryForm, kind: EntryKind) -> list[str]:
    """Return the names of every field that the page of ``kind`` shows, in their order."""
    layout = layout_of(kind)
    parts = (*layout.in_sight, "deals_with", "answers", *layout.folded, WHEN)
    return [name for part in parts for name in names_of(form, part)]


def in_order(form: EntryForm, kind: EntryKind) -> None:
    """Put the fields in the order of the page, which is the order of the error summary."""
    order = [name for name in shown_names(form, kind) if name in form]
    rest = [name for name in form._fields if name not in order]
    form._fields = {name: form._fields[name] for name in (*order, *rest)}


def word_for(form: EntryForm, kind: EntryKind) -> None:
    """Say what the form asks in the words of its kind."""
    if kind is EntryKind.PREMISES_VISIT:
        return
    form.particulars.description = _PARTICULARS.get(kind, "")
    form.place.label.text = "Where (optional)"
    form.place.description = "A premises, or any other place."
