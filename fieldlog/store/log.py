"""Lines of the log read back from the database, every code turned into its words."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.checklist import Answer, AnswerWord
from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail
from fieldlog.core.log import AnswerLine, LogLine, NoticeLine, PurchaseLine
from fieldlog.core.night import from_utc_text
from fieldlog.core.question import Filter
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult
from fieldlog.store.filtering import conditions

_LINES = """
SELECT entry.*, operations.name AS operation, officers.name AS officer, officers.collar_number,
    agencies.name AS agency, premises.name AS premises, premises.address AS premises_address,
    coalesce(types.label, stays.premises_type) AS premises_type, wards.name AS ward,
    actions.label AS action_label, recorder.name AS recorder,
    notices.number, notices.amount_pence, notices.prohibition, notices.recipient,
    laws.label AS law_label, laws.provision, laws.measure AS law_measure,
    purchases.product AS product_code, coalesce(products.label, purchases.product) AS product,
    purchases.result,
    purchases.volunteer_reference, purchases.volunteer_age, purchases.id_asked,
    purchases.seller, purchases.exhibit,
    (SELECT json_group_object(measure, value) FROM counts
        WHERE counts.version_id = entry.version_id) AS counts,
    CASE WHEN entry.version_id IN (SELECT version_id FROM entry_tasks) THEN
        (SELECT json_group_array(json_array(task.id, task.asked)) FROM entry_tasks AS link
        JOIN tasks_now AS task ON task.id = link.task_id
        WHERE link.version_id = entry.version_id) END AS deals_with,
    (SELECT days FROM entry_follow_ups AS wanted
        WHERE wanted.version_id = entry.version_id AND wanted.about = 'revisit') AS revisit_days,
    CASE WHEN entry.version_id IN (SELECT version_id FROM answers) THEN
        (SELECT json_group_array(json_array(question.id, checklist.title, question.words,
        answers.said, answers.note, answers.follow_up)) FROM answers
        JOIN checklist_questions AS question ON question.id = answers.question_id
        JOIN checklist_versions AS checklist ON checklist.id = question.checklist_id
        WHERE answers.version_id = entry.version_id) END AS answers
FROM {source} AS entry
LEFT JOIN deployments ON deployments.id = entry.deployment_id
LEFT JOIN operations ON operations.id = deployments.operation_id
LEFT JOIN officers ON officers.id = entry.officer_id
LEFT JOIN officers AS recorder ON recorder.id = entry.recorded_by
LEFT JOIN agencies ON agencies.id = entry.agency_id
LEFT JOIN premises ON premises.id = entry.premises_id
LEFT JOIN premises AS stays ON stays.id = coalesce(premises.merged_into, premises.id)
LEFT JOIN list_items AS types
    ON types.list = 'premises_type' AND types.code = stays.premises_type
LEFT JOIN wards ON wards.id = entry.ward_id
LEFT JOIN actions ON actions.code = entry.action
LEFT JOIN notices ON notices.version_id = entry.version_id
LEFT JOIN laws ON laws.code = entry.law
LEFT JOIN purchases ON purchases.version_id = entry.version_id
LEFT JOIN list_items AS products ON products.list = 'product' AND products.code = purchases.product
"""


def find_lines(
    db: Database,
    wanted: Filter,
    *,
    struck: bool = False,
    limit: int = -1,
    offset: int = 0,
    newest_first: bool = True,
) -> Iterator[LogLine]:
    """Yield the lines in force that ``wanted`` counts, by the time they happened.

    With ``struck`` the struck entries come too: they are shown and never counted. ``limit`` and
    ``offset`` choose a page; without a limit (-1) every line comes.
    """
    where, values = conditions(wanted, struck=struck)
    way = "DESC" if newest_first else "ASC"
    order = f"ORDER BY entry.happened_at {way}, entry.version_id {way}"
    if limit >= 0:
        # Which lines are on the page first, by their numbers alone: sorting whole lines with
        # their words took five times as long.
        where = (
            "entry.version_id IN (SELECT entry.version_id FROM entries_in_force AS entry "
            f"WHERE {where} {order} LIMIT :limit OFFSET :offset)"
        )
        values |= {"limit": limit, "offset": offset}
    sql = f"{_LINES.format(source='entries_in_force')} WHERE {where} {order}"
    for row in db.query(sql, values):
        yield _line(row, in_force=True)


def lines_of(db: Database, version_ids: Iterable[int]) -> dict[int, LogLine]:
    """Return versions in force by their numbers, which may be in any order."""
    sql = (
        f"{_LINES.format(source='entries_in_force')} "
        "WHERE entry.version_id IN (SELECT value FROM json_each(?))"
    )
    rows = db.query(sql, [json.dumps(list(version_ids))])
    return {row["version_id"]: _line(row, in_force=True) for row in rows}


def count_lines(db: Database, wanted: Filter, *, struck: bool = False) -> int:
    """Return how many lines ``find_lines`` has for the same arguments."""
    where, values = conditions(wanted, struck=struck)
    sql = f"SELECT count(*) FROM entries_in_force AS entry WHERE {where}"
    return int(db.execute(sql, values).fetchone()[0])


def versions(db: Database, entry_id: UUID | str) -> list[LogLine]:
    """Return every version of one entry, oldest first; an empty list if the id is unknown."""
    sql = _LINES.format(source="entries") + " WHERE entry.id = ? ORDER BY entry.version"
    rows = list(db.query(sql, [str(entry_id)]))
    return [_line(row, in_force=row is rows[-1]) for row in rows]


def nights_of(db: Database, officer_id: int, limit: int) -> list[date]:
    """Return the nights on which an officer has entries, struck ones too, the latest first."""
    rows = db.execute(
        "SELECT DISTINCT night_of FROM entries WHERE officer_id = ? ORDER BY night_of DESC LIMIT ?",
        [officer_id, limit],
    )
    return [date.fromisoformat(row[0]) for row in rows]


def entry_in_force(db: Database, entry_id: UUID) -> Entry | None:
    """Return an entry as its version in force has it, to amend it; None if the id is unknown."""
    sql = _LINES.format(source="entries_in_force") + " WHERE entry.id = ?"
    row = next(iter(db.query(sql, [str(entry_id)])), None)
    return _as_entry(_line(row, in_force=True), row["product_code"]) if row else None


def entry_version(db: Database, entry_id: UUID, number: int) -> Entry | None:
    """Return an entry as one of its versions has it; None if there is no such version."""
    sql = _LINES.format(source="entries") + " WHERE entry.id = ? AND entry.version = ?"
    row = next(iter(db.query(sql, [str(entry_id), number])), None)
    return _as_entry(_line(row, in_force=False), row["product_code"]) if row else None


def _as_entry(line: LogLine, product_code: str | None) -> Entry:
    return Entry(
        id=UUID(line.id),
        kind=line.kind,
        happened_at=line.happened_at,
        captured_at=line.captured_at,
        night_of=line.night_of,
        officer_id=line.officer_id,
        agency_id=line.agency_id,
        deployment_id=line.deployment_id,
        capacity=line.capacity,
        premises_id=line.premises_id,
        place=line.place,
        ward_id=line.ward_id,
        action=line.action_code,
        minutes=line.minutes,
        four_e=line.four_e,
        particulars=line.particulars,
        notes=line.notes,
        marking=line.marking,
        counts=dict(line.counts),
        notice=_notice_detail(line.notice),
        purchase=_purchase_detail(line.purchase, product_code),
        deals_with=tuple(sorted(number for number, _ in line.deals_with)),
        revisit_days=line.revisit_days,
        answers=tuple(
            Answer(one.question_id, one.said, one.note, one.follow_up)
            for one in sorted(line.answers, key=lambda one: one.question_id)
        ),
        struck=line.struck,
    )


def _notice_detail(notice: NoticeLine | None) -> NoticeDetail | None:
    if notice is None:
        return None
    return NoticeDetail(
        number=notice.number,
        law=notice.law_code,
        amount_pence=notice.amount_pence,
        prohibition=notice.prohibition,
        recipient=notice.recipient,
    )


def _purchase_detail(purchase: PurchaseLine | None, code: str | None) -> PurchaseDetail | None:
    if purchase is None or code is None:
        return None
    return PurchaseDetail(**(vars(purchase) | {"product": code}))


def _line(row: Mapping[str, Any], *, in_force: bool) -> LogLine:
    return LogLine(
        id=row["id"],
        version_id=row["version_id"],
        version=row["version"],
        in_force=in_force,
        struck=bool(row["struck"]),
        night_of=date.fromisoformat(row["night_of"]),
        happened_at=from_utc_text(row["happened_at"]),
        captured_at=from_utc_text(row["captured_at"]),
        received_at=from_utc_text(row["received_at"]),
        kind=EntryKind(row["kind"]),
        capacity=Capacity(row["capacity"]),
        operation=row["operation"] or "",
        deployment_id=row["deployment_id"],
        officer_id=row["officer_id"],
        officer=row["officer"] or "",
        collar_number=row["collar_number"] or "",
        agency_id=row["agency_id"],
        agency=row["agency"] or "",
        premises_id=row["premises_id"],
        premises=row["premises"] or "",
        premises_address=row["premises_address"] or "",
        premises_type=row["premises_type"] or "",
        place=row["place"],
        ward_id=row["ward_id"],
        ward=row["ward"] or "",
        action_code=row["action"],
        action=row["action_label"] or "",
        minutes=row["minutes"],
        four_e=FourE(row["four_e"]) if row["four_e"] else None,
        particulars=row["particulars"],
        notes=row["notes"],
        marking=Marking(row["marking"]),
        counts=json.loads(row["counts"]),
        notice=_notice(row),
        purchase=_purchase(row),
        recorded_by=row["recorder"] or "",
        reason=row["reason"],
        deals_with=_deals_with(row["deals_with"]),
        revisit_days=row["revisit_days"],
        answers=_answers(row["answers"]),
    )


def _deals_with(text: str | None) -> tuple[tuple[int, str], ...]:
    return tuple((number, asked) for number, asked in json.loads(text)) if text else ()


def _answers(text: str | None) -> tuple[AnswerLine, ...]:
    if not text:
        return ()
    return tuple(
        AnswerLine(number, checklist, question, AnswerWord(said), note, bool(follow_up))
        for number, checklist, question, said, note, follow_up in json.loads(text)
    )


def _notice(row: Mapping[str, Any]) -> NoticeLine | None:
    if row["number"] is None:
        return None
    return NoticeLine(
        number=row["number"],
        law_code=row["law"],
        law=row["law_label"],
        provision=row["provision"],
        measure=row["law_measure"],
        amount_pence=row["amount_pence"],
        prohibition=row["prohibition"],
        recipient=row["recipient"],
    )


def _purchase(row: Mapping[str, Any]) -> PurchaseLine | None:
    if row["product"] is None:
        return None
    return PurchaseLine(
        product=row["product"],
        result=PurchaseResult(row["result"]),
        volunteer_reference=row["volunteer_reference"],
        volunteer_age=row["volunteer_age"],
        id_asked=None if row["id_asked"] is None else bool(row["id_asked"]),
        seller=row["seller"],
        exhibit=row["exhibit"],
    )
