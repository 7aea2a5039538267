"""What a filled form says: an entry, and beside each field what cannot be read there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail
from fieldlog.core.minutes import parse_minutes
from fieldlog.core.night import from_uk, from_utc_text, last_shown, night_of, to_uk
from fieldlog.core.rules import CLOCK_TOLERANCE
from fieldlog.core.words import Capacity, EntryKind, FourE, Labelled, Marking, PurchaseResult
from fieldlog.services.find_premises import Premises
from fieldlog.services.list_operations import Deployment
from fieldlog.web.forms.entry import NO_OPERATION, NO_REVISIT, NOT_RECORDED, OTHER, EntryForm
from fieldlog.web.forms.entry_fields import Buttons, add_error

Word = TypeVar("Word", bound=Labelled)

CHOOSE = "Choose one of those shown."
NOT_THEN = "The operation you chose is not of that night. Choose another one, or No operation."


@dataclass(frozen=True)
class Around:
    """What the form means by what it says: its operations, the premises chosen, when it opened."""

    deployments: Mapping[int, Deployment]
    premises: Premises | None
    opened_at: datetime


def identity(form: EntryForm) -> tuple[UUID, datetime] | None:
    """Return the id the form was made with and when it was opened, or None if it was tampered."""
    try:
        return UUID(form.id.data or ""), from_utc_text(form.opened_at.data or "")
    except ValueError:
        return None


def entry_said(form: EntryForm, base: Entry, around: Around) -> Entry:
    """Return ``base`` with all that the form says; call after ``form.validate()``.

    What cannot be read becomes an error of its field, and the entry keeps nothing there.
    """
    moment = _happened_at(form, base, around.opened_at)
    deployment = _deployment(form, around.deployments)
    chosen = around.premises
    moved = (chosen.id if chosen else None) != base.premises_id
    return replace(
        base,
        happened_at=moment,
        night_of=_night(base, moment, deployment),
        deployment_id=deployment.id if deployment else None,
        capacity=_word(form.capacity, Capacity) or Capacity.OWN,
        premises_id=chosen.id if chosen else None,
        place="" if chosen else _line(form.place.data),
        ward_id=None if moved else base.ward_id,
        action=_code(form.action),
        minutes=_minutes(form),
        four_e=_word(form.four_e, FourE),
        particulars=_line(form.particulars.data),
        notes=(form.notes.data or "").replace("\r\n", "\n"),
        marking=_word(form.marking, Marking) or Marking.OFFICIAL,
        counts=_counts(form, base.counts),
        notice=_notice(form) if base.kind is EntryKind.NOTICE else None,
        purchase=_purchase(form) if base.kind is EntryKind.TEST_PURCHASE else None,
        **_besides(form, base),
        struck=False,
    )


def _besides(form: EntryForm, base: Entry) -> dict[str, Any]:
    """Tasks, revisit and answers; what this form did not ask stays as it was."""
    offered = _numbers(form.tasks_offered.data)
    asked = _numbers(form.questions_asked.data)
    ticked = {*form.deals_with.data, *(one for one in base.deals_with if one not in offered)}
    given = {one.question_id for one in form.answers.data}
    kept = [one for one in base.answers if one.question_id not in asked | given]
    answers = sorted([*form.answers.data, *kept], key=lambda one: one.question_id)
    return {
        "deals_with": tuple(sorted(ticked)),
        "revisit_days": _revisit(form, base),
        "answers": tuple(answers),
    }


def _numbers(text: str | None) -> set[int]:
    words = (text or "").split()
    return {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 10}


def _revisit(form: EntryForm, base: Entry) -> int | None:
    chosen = form.revisit.chosen()
    if not chosen:
        return base.revisit_days
    if chosen == NO_REVISIT:
        return None
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        return int(chosen)
    add_error(form.revisit, CHOOSE)
    return None


def _line(text: str | None) -> str:
    return (text or "").strip()


def _code(field: Buttons) -> str | None:
    return field.chosen() if field.chosen() not in {"", NOT_RECORDED} else None


def _word(field: Buttons, words: type[Word]) -> Word | None:
    code = _code(field)
    try:
        return words(code) if code else None
    except ValueError:
        add_error(field, CHOOSE)
        return None


def _happened_at(form: EntryForm, base: Entry, opened_at: datetime) -> datetime:
    """Without a date, a time means the last time that clocks showed it before the form opened."""
    day: date | None = form.happened_on.data
    clock: time | None = form.happened_time.data
    if clock is None:
        if day is not None and not form.happened_time.errors:
            add_error(form.happened_time, "Give the time too, like 21:40.")
        return base.happened_at
    local = to_uk(base.happened_at)
    if day == local.date() and _same_minute(clock, local.time()):
        # The minute on the screen stands for the very moment, also where clocks show it twice.
        return base.happened_at
    if day is not None:
        return from_uk(day, clock)
    return last_shown(clock, opened_at + CLOCK_TOLERANCE)


def _same_minute(one: time, other: time) -> bool:
    return (one.hour, one.minute) == (other.hour, other.minute)


def _deployment(form: EntryForm, offered: Mapping[int, Deployment]) -> Deployment | None:
    chosen = form.deployment.chosen()
    if chosen in {"", NO_OPERATION}:
        return None
    found = next((one for number, one in offered.items() if str(number) == chosen), None)
    if found is None:
        add_error(form.deployment, NOT_THEN)
    return found


def _night(base: Entry, moment: datetime, deployment: Deployment | None) -> date:
    if deployment:
        return deployment.night_of
    if moment == base.happened_at and base.deployment_id is None:
        return base.night_of
    return night_of(moment)


def _minutes(form: EntryForm) -> int | None:
    """What was typed counts where Other was chosen, or nothing was; a button says it all."""
    typed, chosen = _line(form.minutes_other.data), form.minutes.chosen()
    if chosen == OTHER and not typed:
        add_error(form.minutes_other, "Type the time taken, like 20, or choose Not recorded.")
    try:
        return parse_minutes(typed if chosen in {"", OTHER} else chosen)
    except ValueError as error:
        add_error(form.minutes_other, f"{error}.")
        return None


def _counts(form: EntryForm, earlier: Mapping[str, int]) -> dict[str, int]:
    """What is not asked on this form stays as it was."""
    asked = form.counts()
    codes = {code for code, _ in asked}
    kept = {code: value for code, value in earlier.items() if code not in codes}
    return kept | {code: field.data for code, field in asked if field.data is not None}


def _notice(form: EntryForm) -> NoticeDetail | None:
    law = _code(form.law)
    if law is None:
        add_error(form.law, "Choose the law that the notice was given under.")
        return None
    return NoticeDetail(
        number=_line(form.number.data),
        law=law,
        amount_pence=form.amount.data,
        prohibition=_line(form.prohibition.data),
        recipient=_line(form.recipient.data),
    )


def _purchase(form: EntryForm) -> PurchaseDetail | None:
    product, result = _code(form.product), _word(form.result, PurchaseResult)
    if product is None:
        add_error(form.product, "Choose what was asked for.")
    if result is None:
        add_error(form.result, "Choose whether it was sold or refused.")
    if product is None or result is None:
        return None
    return PurchaseDetail(
        product=product,
        result=result,
        volunteer_reference=_line(form.volunteer_reference.data),
        volunteer_age=form.volunteer_age.data,
        id_asked={"yes": True, "no": False}.get(form.id_asked.chosen()),
        seller=_line(form.seller.data),
        exhibit=_line(form.exhibit.data),
    )
