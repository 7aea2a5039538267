"""Read the fields of a phone's record with the very form that a page would have shown.

So the rules are written once, and what is wrong is said in the same words whether a form was sent
by a page or hours later by a phone. It needs the application around it, and no request.
"""

from collections.abc import Iterator, Mapping

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists
from fieldlog.core.rules import Problem, Refused, problems_of
from fieldlog.services.find_premises import Premises, premises_called
from fieldlog.services.offer_deployments import offer_deployments
from fieldlog.store.connection import Database
from fieldlog.web.entry_page import codes_of
from fieldlog.web.entry_words import short_day
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry import FIELD_OF, EntryForm, count_name, form_for
from fieldlog.web.forms.entry_filling import offer_operations
from fieldlog.web.forms.entry_reading import Around, entry_said

OF_THE_RECORD = {
    *("record", "id", "type", "kind", "entry_id", "captured_at", "officer_id", "fields"),
    *("after", "measure", "step", "seen_version"),
}
"""What a problem can be about that is no field of the form."""


class RecordFields:
    """Reads the fields of records: see ``services.phone_writer.ReadsForms``."""

    def new_entry(
        self, db: Database, blank: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``blank`` with what the fields say. Raises Refused."""
        return _read(db, blank, fields, lists, None)

    def amended(
        self, db: Database, before: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``before`` as the fields amend it. Raises Refused."""
        return _read(db, before, fields, lists, before)


def _read(
    db: Database, base: Entry, fields: Mapping[str, str], lists: Lists, before: Entry | None
) -> Entry:
    offered = offer_deployments(db, base.happened_at, before.deployment_id if before else None)
    chosen = next(
        (one for key, one in offered.items() if str(key) == fields.get("deployment")), None
    )
    night = chosen.night_of if chosen else base.night_of
    form = form_for(base.kind, lists, night, codes_of(before) if before else (), fields)
    offer_operations(form, offered.values(), {one.id: short_day(one) for one in offered.values()})
    form.validate()
    said = entry_said(form, base, Around(offered, _premises(db, form), base.happened_at))
    problems = tuple(_problems(form, said, lists))
    if problems:
        raise Refused(problems)
    return said


def _premises(db: Database, form: EntryForm) -> Premises | None:
    try:
        number = read_number(form.premises_id.data or "")
    except ValueError:
        return None
    return premises_called(db, number, form.place.data or "")


def _problems(form: EntryForm, said: Entry, lists: Lists) -> Iterator[Problem]:
    """What cannot be read; then what the rules say of the rest, so that all is said at once.

    The time and the powers are judged where the entry is stored.
    """
    unreadable = [
        Problem(name or "record", str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]
    yield from unreadable
    if unreadable:
        yield from problems_of(said, lists, None, said.happened_at)


def field_name(of_rule: str) -> str:
    """Return the name of the form's field that a rule's problem is about."""
    if of_rule in OF_THE_RECORD:
        return of_rule
    own = FIELD_OF.get(of_rule, of_rule)
    return own if hasattr(EntryForm, own) or own.startswith("count_") else count_name(own)
