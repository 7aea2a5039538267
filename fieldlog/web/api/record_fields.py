"""Read the fields of a phone's record with the very form that a page would have shown.

So the rules are written once, and what is wrong is said in the same words whether a form was sent
by a page or hours later by a phone. It needs the application around it, and no request.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists
from fieldlog.core.rules import Problem, Refused, problems_of
from fieldlog.core.words import EntryKind
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


MOST_FORMS = 40
"""Forms that a thread keeps: the kinds of entry, on a few nights."""


class RecordFields:
    """Reads the fields of records, for one thread: see ``services.phone_writer.ReadsForms``.

    Forms of new entries are made once each and read into again for as long as the lists stay the
    same: making one takes longer than all the rest of reading a record.
    """

    def __init__(self) -> None:
        """Begin without any form."""
        self._lists: Lists | None = None
        self._new: dict[tuple[EntryKind, date], EntryForm] = {}

    def new_entry(
        self, db: Database, blank: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``blank`` with what the fields say. Raises Refused."""

        def form_of(night: date) -> EntryForm:
            key = (blank.kind, night)
            if lists is not self._lists or len(self._new) > MOST_FORMS:
                self._lists, self._new = lists, {}
            if key not in self._new:
                self._new[key] = form_for(blank.kind, lists, night, (), {})
            self._new[key].read(fields)
            return self._new[key]

        return _read(db, blank, fields, lists, None, form_of)

    def amended(
        self, db: Database, before: Entry, fields: Mapping[str, str], lists: Lists
    ) -> Entry:
        """Return ``before`` as the fields amend it. Raises Refused."""

        def form_of(night: date) -> EntryForm:
            return form_for(before.kind, lists, night, codes_of(before), fields)

        return _read(db, before, fields, lists, before, form_of)


class _OfThread(threading.local):
    """The one of each thread that answers requests: requests come one after the other there."""

    def __init__(self) -> None:
        self.fields = RecordFields()


_OF_THREAD = _OfThread()


def record_fields() -> RecordFields:
    """Return what reads the fields of records on this thread."""
    return _OF_THREAD.fields


def _read(
    db: Database,
    base: Entry,
    fields: Mapping[str, str],
    lists: Lists,
    before: Entry | None,
    form_of: Callable[[date], EntryForm],
) -> Entry:
    offered = offer_deployments(db, base.happened_at, before.deployment_id if before else None)
    chosen = next(
        (one for key, one in offered.items() if str(key) == fields.get("deployment")), None
    )
    form = form_of(chosen.night_of if chosen else base.night_of)
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
