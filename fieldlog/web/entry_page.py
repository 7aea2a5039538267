"""The page of an entry's form: new or to be amended, with what it asks and what it has to say."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Law, Lists
from fieldlog.core.night import says_moment, says_time, to_uk
from fieldlog.core.rules import LONGEST_TEXT, Problem, Refused, problems_of
from fieldlog.core.task import Task
from fieldlog.core.words import EntryKind
from fieldlog.services.find_premises import Premises, premises_called
from fieldlog.services.list_operations import Deployment
from fieldlog.services.list_tasks import tasks_a_form_offers
from fieldlog.services.offer_deployments import offer_deployments
from fieldlog.services.read_lists import read_lists
from fieldlog.services.tell_premises import arrivals_at
from fieldlog.store.connection import StorageFull, StoreError
from fieldlog.web.entry_besides import besides_of
from fieldlog.web.entry_words import Row, short_day
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry import EntryForm, count_name, form_for
from fieldlog.web.forms.entry_filling import offer_operations
from fieldlog.web.forms.entry_kinds import (
    in_order,
    layout_of,
    names_of,
    shown_names,
    word_for,
)
from fieldlog.web.forms.entry_reading import Around, entry_said
from fieldlog.web.premises_words import arrival_line, other_crew_note
from fieldlog.web.surroundings import database, now, person

MOST_TASKS = 100
NOT_ACCEPTED = 422
CONFLICT = 409


@dataclass
class EntryPage:
    """A form with what it was made from; ``told`` is what the template shows beside it."""

    form: EntryForm
    kind: EntryKind
    lists: Lists
    offered: dict[int, Deployment]
    moment: datetime
    night: date
    tasks: Sequence[Task] = ()
    told: dict[str, Any] = field(default_factory=dict)
    template: str = "entries/form.html"

    def premises(self) -> Premises | None:
        """Return the premises that was chosen, if its name still stands in the form."""
        try:
            number = read_number(self.form.premises_id.data or "")
        except ValueError:
            return None
        return premises_called(database(), number, self.form.place.data or "")

    def read(self, base: Entry) -> Entry | None:
        """Return ``base`` with what the form says, or None with every error beside its field."""
        self.form.validate()
        around = Around(self.offered, self.premises(), self.moment)
        said = entry_said(self.form, base, around)
        if not self.form.errors:
            return said
        mine = said.officer_id == person().officer_id
        self.say(problems_of(said, self.lists, person().post if mine else None, now()))
        return None

    def say(self, problems: Sequence[Problem]) -> None:
        """Put each problem beside its field."""
        pairs = [(problem.field, problem.message) for problem in problems]
        self.form.say(pairs, [*shown_names(self.form, self.kind), "reason"])

    def refused(self, refused: Refused) -> ResponseReturnValue:
        """Answer with the same form and what is wrong with it."""
        self.say(refused.problems)
        return self.show(NOT_ACCEPTED)

    def not_stored(self, error: StoreError) -> ResponseReturnValue:
        """Answer with the same form and what is wrong with the store; nothing typed is lost."""
        self.form.form_errors.append(str(error))
        return self.show(507 if isinstance(error, StorageFull) else 503)

    def show(self, status: int = 200) -> ResponseReturnValue:
        """Return the page as it stands."""
        asked = layout_of(self.kind)
        besides = besides_of(self.form, self.premises(), self.tasks)
        word_for(self.form, self.kind)
        in_order(self.form, self.kind)
        page = render_template(
            self.template,
            form=self.form,
            kind=self.kind,
            asked=asked,
            names={part: names_of(self.form, part) for part in (*asked.in_sight, *asked.folded)},
            fold_open=any(_holds(self.form, part) for part in asked.folded),
            things={count_name(one.code): _thing(one.one_more) for one in self.form.measures},
            laws=[law_shown(self.lists.laws[code]) for code in self.form.law.values()],
            limits=LONGEST_TEXT,
            arrived=self._arrived(),
            besides=besides,
            opened=self._opened(),
            **self.told,
        )
        answer = make_response(page, status)
        if status == 503:
            answer.headers["Retry-After"] = "5"
        return answer

    def _arrived(self) -> Row:
        """What is known of the premises that were chosen; only others' visits when amending."""
        chosen = self.premises()
        if chosen is None:
            return {"note": None, "about": ""}
        found = arrivals_at(database(), [chosen.id], person().officer_id, self.night)[chosen.id]
        own = self.told.get("entry_id")
        if own and found.other and found.other.entry_id == own:
            found = replace(found, other=None)
        return {
            "note": other_crew_note(found),
            "about": "" if own else arrival_line(found),
        }

    def _opened(self) -> str:
        if to_uk(self.moment).date() == to_uk(now()).date():
            return says_time(self.moment)
        return says_moment(self.moment)


def entry_page(
    kind: EntryKind, moment: datetime, night: date, entry: Entry | None = None
) -> EntryPage:
    """Return a page for ``kind`` that was opened at ``moment``; ``entry`` is what is amended."""
    db = database()
    lists = read_lists(db)
    form = form_for(kind, lists, night, codes_of(entry) if entry else ())
    if entry and entry.answers:
        form.answers.ask(lists.checklists, [one.question_id for one in entry.answers])
    offered = offer_deployments(db, moment, entry.deployment_id if entry else None)
    offer_operations(form, offered.values(), {one.id: short_day(one) for one in offered.values()})
    tasks = tasks_a_form_offers(db, also=entry.deals_with if entry else (), limit=MOST_TASKS)
    return EntryPage(form, kind, lists, offered, moment, night, tasks)


def law_shown(law: Law) -> Row:
    """Return what a form says beside the button of a law. Amounts in pounds."""
    return {
        "code": law.code,
        "label": law.label,
        "provision": law.provision,
        "usual": law.usual_pence,
        "highest": law.highest_pence,
    }


def codes_of(entry: Entry) -> list[str]:
    """Return the codes of lists that an entry holds, retired ones too."""
    codes = [*entry.counts, entry.action, entry.law]
    codes.append(entry.purchase.product if entry.purchase else None)
    return [code for code in codes if code]


def _holds(form: EntryForm, part: str) -> bool:
    """A fold stands open where something in it was said, or is wrong."""
    fields = [form[name] for name in names_of(form, part)]
    usual = {"marking": "official", "capacity": "own"}.get(part)
    return any(one.errors or (one.data not in {None, "", usual}) for one in fields)


def _thing(one_more: str) -> str:
    return one_more.removeprefix("one more ")
