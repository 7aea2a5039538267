"""A form filled with what is known already: the moment it was opened, or the entry to amend."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Lists
from fieldlog.core.night import to_uk, utc_text
from fieldlog.core.rules import OWN_POWERS
from fieldlog.core.words import Capacity, EntryKind, Marking
from fieldlog.services.list_operations import Deployment
from fieldlog.web.forms.entry import (
    MINUTES,
    NO_OPERATION,
    NO_REVISIT,
    NOT_RECORDED,
    OTHER,
    EntryForm,
    revisits,
)


def start(form: EntryForm, entry_id: UUID, opened_at: datetime) -> None:
    """Give a new form its identity. Nothing that an officer says is chosen beforehand."""
    form.id.data = str(entry_id)
    form.opened_at.data = utc_text(opened_at)
    form.marking.data = Marking.OFFICIAL.value


def offer_operations(
    form: EntryForm, offered: Iterable[Deployment], labels: dict[int, str]
) -> None:
    """Let the person choose among deployments, or none; ``labels`` says what each is called."""
    form.deployment.offer(
        [*((str(one.id), labels[one.id]) for one in offered), (NO_OPERATION, "No operation")]
    )


def offer_capacities(form: EntryForm, held: frozenset[str] | None, kind: EntryKind) -> None:
    """Offer *my own* where the officer may say so, and choose it beforehand, as most entries are.

    ``held`` are the powers of the officer's post, None if the post is not known.
    """
    if held is None or kind not in OWN_POWERS or kind.value in held:
        form.capacity.data = form.capacity.data or Capacity.OWN.value
    else:
        others = [capacity for capacity in Capacity if capacity is not Capacity.OWN]
        form.capacity.offer((capacity.value, capacity.label) for capacity in others)


def offer_law(form: EntryForm, lists: Lists, code: str) -> None:
    """Choose a law with its usual amount, for another notice like the last one."""
    law = lists.laws.get(code)
    if law:
        form.law.data = code
        form.amount.data = law.usual_pence


def fill(form: EntryForm, entry: Entry, premises: str, version: int) -> None:
    """Fill the form with what version number ``version`` of ``entry`` says.

    ``premises`` is the name of its premises, empty if it has none.
    """
    local = to_uk(entry.happened_at)
    said: dict[str, object] = {
        "id": str(entry.id),
        "opened_at": utc_text(entry.happened_at),
        "seen_version": str(version),
        "deployment": str(entry.deployment_id or NO_OPERATION),
        "capacity": entry.capacity.value,
        "particulars": entry.particulars,
        "place": premises or entry.place,
        "premises_id": str(entry.premises_id or ""),
        "action": entry.action or NOT_RECORDED,
        "four_e": entry.four_e.value if entry.four_e else NOT_RECORDED,
        "notes": entry.notes,
        "marking": entry.marking.value,
        "happened_on": local.date(),
        "happened_time": local.time(),
        "deals_with": entry.deals_with,
        "revisit": str(entry.revisit_days or NO_REVISIT),
        "answers": entry.answers,
    }
    for name, value in (said | _minutes(entry) | _details(entry)).items():
        form[name].data = value
    for code, field in form.counts():
        field.data = entry.counts.get(code)
    offer_besides(form, entry)


def offer_besides(form: EntryForm, entry: Entry) -> None:
    """Offer the revisit that an entry asked for too, also where the lists have changed since."""
    days = {*form.action.marked.values(), *([entry.revisit_days] if entry.revisit_days else [])}
    form.revisit.offer(revisits(days))


def _minutes(entry: Entry) -> dict[str, object]:
    if entry.minutes is None:
        return {"minutes": NOT_RECORDED}
    if entry.minutes in MINUTES:
        return {"minutes": str(entry.minutes)}
    return {"minutes": OTHER, "minutes_other": str(entry.minutes)}


def _details(entry: Entry) -> dict[str, object]:
    details: dict[str, object] = {}
    if entry.notice:
        details |= vars(entry.notice)
        details["amount"] = details.pop("amount_pence")
    if entry.purchase:
        asked = {True: "yes", False: "no", None: NOT_RECORDED}[entry.purchase.id_asked]
        details |= vars(entry.purchase) | {
            "id_asked": asked,
            "result": entry.purchase.result.value,
        }
    return details
