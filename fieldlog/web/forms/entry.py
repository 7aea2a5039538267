"""The form of one entry, whatever its kind: what is asked, and in which words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField, TextAreaField

from fieldlog.core.lists import AnyChoice, Lists, Measure, usable
from fieldlog.core.words import Capacity, EntryKind, FourE, Labelled, Marking, PurchaseResult, Unit
from fieldlog.web.forms.entry_fields import Buttons, ClockTime, Count, Day, Pounds, add_error
from fieldlog.web.forms.gathered import Answers, TaskTicks

NOT_RECORDED = "not recorded"
NO_OPERATION = "none"
NO_REVISIT = "none"
OTHER = "other"
MINUTES = (15, 30, 45, 60, 90, 120)

FIELD_OF = {"happened_at": "happened_time", "deployment_id": "deployment"}
"""What a rule calls a field → what the form does, where they differ."""


def _labels(words: Iterable[Labelled]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


_NOTHING = (NOT_RECORDED, "Not recorded")


class EntryForm(FlaskForm):
    """Every field that an entry of some kind may have; ``form_for`` adds the counts."""

    id = HiddenField()
    opened_at = HiddenField()
    seen_version = HiddenField()
    deployment = Buttons("Operation")
    law = Buttons("Law")
    capacity = Buttons("How you took part", _labels(Capacity))
    number = StringField("Notice number")
    amount = Pounds("Amount in pounds")
    prohibition = StringField("Prohibition number (optional)")
    recipient = StringField("Given to (optional)", description="The person or the business.")
    particulars = StringField("Particulars")
    place = StringField("Premises")
    premises_id = HiddenField()
    product = Buttons("Product")
    result = Buttons("Sold or refused", _labels(PurchaseResult))
    id_asked = Buttons("Asked for identification", (("yes", "Yes"), ("no", "No"), _NOTHING))
    volunteer_age = Count("Volunteer’s age (optional)")
    volunteer_reference = StringField(
        "Volunteer’s reference (optional)", description="Never the name."
    )
    seller = StringField("Seller described (optional)")
    exhibit = StringField("Exhibit (optional)")
    action = Buttons("Action taken")
    minutes = Buttons(
        "Time taken, minutes",
        (*((str(number), str(number)) for number in MINUTES), (OTHER, "Other"), _NOTHING),
    )
    minutes_other = StringField("Other time", description="Like 20, 1.25 hrs or 2 hours.")
    deals_with = TaskTicks("This deals with")
    tasks_offered = HiddenField()
    revisit = Buttons("Revisit")
    answers = Answers("Checklists")
    questions_asked = HiddenField()
    four_e = Buttons("Four Es", (*_labels(FourE), _NOTHING))
    notes = TextAreaField("Notes (optional)")
    marking = Buttons("Marking", _labels(Marking))
    happened_on = Day("Date it happened")
    happened_time = ClockTime("Time it happened")
    reason = StringField("Why it is amended", description="For example “wrong premises”.")

    measures: Sequence[Measure] = ()

    def counts(self) -> list[tuple[str, Count | Pounds]]:
        """Return (measure code, field) of every count that the form asks for."""
        return [(measure.code, self[count_name(measure.code)]) for measure in self.measures]

    def read(self, said: Mapping[str, str]) -> None:
        """Take what a phone kept of another filling, and forget the one before."""
        self.form_errors.clear()
        self.process(MultiDict(said))

    def say(self, problems: Iterable[tuple[str, str]], shown: Iterable[str]) -> None:
        """Put each (field, message) to the field that the page shows, else to the whole form."""
        on_page = set(shown)
        for name, message in problems:
            own = FIELD_OF.get(name, name)
            field = next((f for f in (own, count_name(name)) if f in self and f in on_page), None)
            if field:
                add_error(self[field], message)
            else:
                self.form_errors.append(message)


def count_name(code: str) -> str:
    """Return the name of the field that counts a measure."""
    return f"count_{code}"


def form_for(
    kind: EntryKind,
    lists: Lists,
    night: date,
    also: Iterable[str] = (),
    said: Mapping[str, str] | None = None,
    token: bool = True,
) -> EntryForm:
    """Return a form of ``kind`` that offers what the lists have for ``night``.

    Lines with a code of ``also`` are offered too: an older entry keeps what it says. ``said`` is
    what a phone kept of the filled form; without it, the request's own form is read. Without
    ``token`` the form carries none against forgery, and no session begins.
    """
    kept = set(also)
    measures = [m for m in _offered(lists.measures, night, kept) if m.code not in _set(kind, lists)]
    made = _form_counting(tuple(measures))
    form = made(meta={"csrf": token}) if said is None else _kept_form(made, said)
    actions = _offered(lists.actions, night, kept)
    form.action.offer([*((a.code, a.label) for a in actions), _NOTHING])
    form.law.offer((law.code, law.label) for law in _offered(lists.laws, night, kept))
    form.action.marked = {a.code: a.revisit_days for a in actions if a.revisit_days}
    form.revisit.offer(revisits(form.action.marked.values()))
    form.answers.ask(lists.checklists if kind is EntryKind.PREMISES_VISIT else ())
    products = lists.plain.get("product", {})
    form.product.offer((p.code, p.label) for p in _offered(products, night, kept))
    return form


def revisits(days: Iterable[int]) -> list[tuple[str, str]]:
    """Return (value, label) of the revisits that a form offers: none, or within so many days."""
    soonest = sorted(set(days))
    found = [
        (str(number), f"Within {number} day{'' if number == 1 else 's'}") for number in soonest
    ]
    return [(NO_REVISIT, "No revisit"), *found]


@lru_cache(maxsize=64)
def _form_counting(measures: tuple[Measure, ...]) -> type[EntryForm]:
    """Return the class of form that asks for ``measures``: slow to make, so made once."""
    fields = {
        count_name(measure.code): (Pounds if measure.unit is Unit.PENCE else Count)(
            _asked(measure), description=_hint(measure)
        )
        for measure in measures
    }
    return type("EntryForm", (EntryForm,), {**fields, "measures": measures})


def _kept_form(made: type[EntryForm], said: Mapping[str, str]) -> EntryForm:
    return made(formdata=MultiDict(said), meta={"csrf": False})


def _offered(choices: Mapping[str, AnyChoice], night: date, kept: set[str]) -> list[AnyChoice]:
    retired = [choices[code] for code in sorted(kept) if code in choices]
    found = usable(choices, night)
    return [*found, *(choice for choice in retired if choice not in found)]


def _set(kind: EntryKind, lists: Lists) -> frozenset[str]:
    """Measures that an entry of that kind sets by itself."""
    if kind is EntryKind.ARREST:
        return frozenset({"arrests"})
    if kind is EntryKind.NOTICE:
        return frozenset(law.measure for law in lists.laws.values())
    return frozenset()


def _asked(measure: Measure) -> str:
    unit = {Unit.PENCE: ", in pounds", Unit.GRAMS: ", in grams"}.get(measure.unit, "")
    return measure.label + unit


def _hint(measure: Measure) -> str:
    return "Like 20 or 65.50." if measure.unit is Unit.PENCE else ""
