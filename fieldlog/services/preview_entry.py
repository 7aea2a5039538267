"""Show an entry as the log would have it before it is saved, to lay it beside a stored one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail
from fieldlog.core.lists import Lists
from fieldlog.core.log import AnswerLine, LogLine, NoticeLine, PurchaseLine
from fieldlog.core.words import EntryKind
from fieldlog.services.record_entry import own_measure
from fieldlog.store import deployments, premises, tasks
from fieldlog.store.connection import Database
from fieldlog.store.premises import Premises


def preview_entry(db: Database, entry: Entry, lists: Lists, now: datetime) -> LogLine:
    """Return ``entry`` as a line of the log that is in no log yet (version 0).

    What follows from it (its count, the premises of a typed name) is there; who, which agency and
    which ward is left out, since that is not what a form says.
    """
    own = own_measure(entry, lists)
    if own and own not in entry.counts:
        entry = replace(entry, counts={**entry.counts, own: 1})
    visited = _premises(db, entry)
    deployment = deployments.get(db, entry.deployment_id) if entry.deployment_id else None
    action = lists.actions.get(entry.action or "")
    types = lists.plain.get("premises_type", {})
    premises_type = types.get(visited.premises_type or "") if visited else None
    return LogLine(
        id=str(entry.id),
        version_id=0,
        version=0,
        in_force=False,
        struck=entry.struck,
        night_of=entry.night_of,
        happened_at=entry.happened_at,
        captured_at=entry.captured_at,
        received_at=now,
        kind=entry.kind,
        capacity=entry.capacity,
        operation=deployment.operation if deployment else "",
        deployment_id=entry.deployment_id,
        officer_id=entry.officer_id,
        officer="",
        collar_number="",
        agency_id=entry.agency_id,
        agency="",
        premises_id=visited.id if visited else None,
        premises=visited.name if visited else "",
        premises_address=visited.address if visited else "",
        premises_type=premises_type.label if premises_type else "",
        place=entry.place,
        ward_id=entry.ward_id,
        ward="",
        action_code=entry.action,
        action=action.label if action else entry.action or "",
        minutes=entry.minutes,
        four_e=entry.four_e,
        particulars=entry.particulars,
        notes=entry.notes,
        marking=entry.marking,
        counts=entry.counts,
        notice=_notice(entry.notice, lists),
        purchase=_purchase(entry.purchase, lists),
        recorded_by="",
        reason="",
        deals_with=tasks.words_of(db, entry.deals_with) if entry.deals_with else (),
        revisit_days=entry.revisit_days,
        answers=tuple(_answers(entry, lists)),
    )


def _answers(entry: Entry, lists: Lists) -> Iterator[AnswerLine]:
    given = {answer.question_id: answer for answer in entry.answers}
    for checklist in lists.checklists if given else ():
        for question in checklist.questions:
            one = given.get(question.id)
            if one:
                words = (checklist.title, question.words)
                yield AnswerLine(question.id, *words, one.said, one.note, one.follow_up)


def _premises(db: Database, entry: Entry) -> Premises | None:
    found = entry.premises_id
    if found is None and entry.kind is EntryKind.PREMISES_VISIT:
        found = premises.named(db, entry.place)
    return premises.get(db, found) if found else None


def _notice(notice: NoticeDetail | None, lists: Lists) -> NoticeLine | None:
    if notice is None:
        return None
    law = lists.laws.get(notice.law)
    return NoticeLine(
        number=notice.number,
        law_code=notice.law,
        law=law.label if law else notice.law,
        provision=law.provision if law else "",
        measure=law.measure if law else "",
        amount_pence=notice.amount_pence,
        prohibition=notice.prohibition,
        recipient=notice.recipient,
    )


def _purchase(purchase: PurchaseDetail | None, lists: Lists) -> PurchaseLine | None:
    if purchase is None:
        return None
    product = lists.plain.get("product", {}).get(purchase.product)
    label = product.label if product else purchase.product
    return PurchaseLine(**(vars(purchase) | {"product": label}))
