"""An entry in the words of the screen: a line of a feed, the rows of one version, its name."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import url_for

from fieldlog.core.lists import Lists, Measure
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_date, says_day, says_moment, says_time, to_uk
from fieldlog.core.words import Capacity, EntryKind, Marking, Unit
from fieldlog.services.list_operations import Deployment
from fieldlog.web.templating import pounds
from fieldlog.web.to_complete import add_words, focus_of

LONGEST_GIST = 80
WARD = "Ward"
PREMISES = "Premises"

Row = dict[str, Any]


def kebab(kind: EntryKind) -> str:
    """Return a kind as the address has it: ``premises-visit``."""
    return kind.value.replace("_", "-")


def short_day(deployment: Deployment) -> str:
    """Return ``Op Emblazen · Sat 5 Dec``, with the deployment's own name where it has one."""
    day = deployment.night_of
    parts = [deployment.operation, f"{day:%a} {day.day} {day:%b}", deployment.name]
    return " · ".join(part for part in parts if part)


def name_of(line: LogLine) -> str:
    """Return what an entry is called: where it was, else its kind with a notice's number."""
    number = line.notice.number if line.notice else ""
    return line.where or f"{line.kind.label} {number}".strip()


def counted(measure: Measure, value: int) -> Row:
    """Return a count as one reads it aloud: 1 person warned, 2 arrests, £25 cash seized."""
    if measure.unit is Unit.COUNT and value == 1 and measure.one_more.startswith("one more "):
        return {"value": value, "label": measure.one_more.removeprefix("one more ")}
    label = f"{measure.label[:1].lower()}{measure.label[1:]}"
    return {"value": amount(measure, value), "label": label}


def amount(measure: Measure, value: int) -> str:
    """Return the value of a count with its unit."""
    if measure.unit is Unit.PENCE:
        return pounds(value)
    return f"{value:,} g" if measure.unit is Unit.GRAMS else f"{value:,}"


def counts_of(line: LogLine, lists: Lists) -> list[tuple[Measure, int]]:
    """Return what an entry counted, in the order of the catalogue."""
    return [(m, line.counts[code]) for code, m in lists.measures.items() if code in line.counts]


def feed_item(line: LogLine, lists: Lists) -> Row:
    """Return an entry for the ``entry_list`` of parts/figures.html."""
    timed = line.minutes is not None or line.kind is EntryKind.PREMISES_VISIT
    return {
        "href": url_for("entries.show", entry_id=line.id),
        "time": says_time(line.happened_at),
        "place": line.where,
        "kind": line.kind.label,
        "action": line.action or _gist(line),
        "minutes": line.minutes if timed else False,
        "counts": [counted(measure, value) for measure, value in counts_of(line, lists) if value],
        "photos": 0,
        "officer": line.officer,
        "state": None if line.struck else "sent",
        "amended": line.version > 1 and not line.struck,
        "struck": line.struck,
        "to_add": add_words(line),
        "add_href": url_for("amendments.amend", entry_id=line.id, _anchor=focus_of(line) or None),
    }


def _gist(line: LogLine) -> str:
    notice = f"{line.notice.law} {line.notice.number}" if line.notice else ""
    text = notice or line.particulars or " ".join(line.notes.split())
    return text if len(text) <= LONGEST_GIST else f"{text[: LONGEST_GIST - 1]}…"


def rows_of(line: LogLine, lists: Lists) -> list[tuple[str, str | None]]:
    """Return (heading, text) of all that a version says; None is *not recorded*."""
    rows: list[tuple[str, str | None]] = [
        ("Happened", happened(line)),
        (PREMISES if line.premises else "Place", _where(line)),
        *([(WARD, line.ward)] if line.ward else []),
        *_notice_rows(line),
        *_purchase_rows(line),
        ("Action taken", line.action or None),
        ("Time taken", None if line.minutes is None else _minutes(line.minutes)),
        *((measure.label, amount(measure, value)) for measure, value in counts_of(line, lists)),
        ("Four Es", line.four_e.label if line.four_e else None),
        *_besides_rows(line),
    ]
    if line.particulars:
        rows.append(("Particulars", line.particulars))
    rows.append(("Notes", line.notes or None))
    if line.capacity is not Capacity.OWN or line.kind in {EntryKind.NOTICE, EntryKind.ARREST}:
        rows.append(("How the officer took part", line.capacity.label))
    return [*rows, ("Operation", _operation(line)), ("Marking", line.marking.label)]


def _besides_rows(line: LogLine) -> list[tuple[str, str | None]]:
    """The tasks it dealt with, the revisit, and each answer of a checklist."""
    rows: list[tuple[str, str | None]] = []
    if line.deals_with:
        rows.append(("Deals with", "\n".join(asked for _, asked in line.deals_with)))
    if line.revisit_days:
        day = says_day(line.night_of + timedelta(days=line.revisit_days))
        rows.append(("Revisit", f"By {day}"))
    for answer in line.answers:
        note = f": {answer.note}" if answer.note else ""
        task = " (a task is made)" if answer.follow_up else ""
        rows.append((answer.question, f"{answer.said.label}{note}{task}"))
    return rows


def happened(line: LogLine) -> str:
    """Return when it happened, with the night where that is another date."""
    moment = says_moment(line.happened_at)
    if to_uk(line.happened_at).date() == line.night_of:
        return moment
    return f"{moment}, night of {says_date(line.night_of)}"


def _where(line: LogLine) -> str | None:
    parts = [line.premises or line.place, line.premises_address]
    return ", ".join(part for part in parts if part) or None


def _minutes(minutes: int) -> str:
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _operation(line: LogLine) -> str | None:
    return f"{line.operation}, {says_day(line.night_of)}" if line.operation else None


def _notice_rows(line: LogLine) -> list[tuple[str, str | None]]:
    if line.notice is None:
        return []
    notice = line.notice
    return [
        ("Law", ", ".join(part for part in (notice.law, notice.provision) if part)),
        ("Notice number", notice.number or None),
        ("Amount", pounds(notice.amount_pence) if notice.amount_pence is not None else None),
        ("Prohibition number", notice.prohibition or None),
        ("Given to", notice.recipient or None),
    ]


def _purchase_rows(line: LogLine) -> list[tuple[str, str | None]]:
    if line.purchase is None:
        return []
    purchase = line.purchase
    asked = {True: "Yes", False: "No", None: None}[purchase.id_asked]
    return [
        ("Product", purchase.product),
        ("Result", purchase.result.label),
        ("Asked for identification", asked),
        ("Volunteer’s age", str(purchase.volunteer_age) if purchase.volunteer_age else None),
        ("Volunteer’s reference", purchase.volunteer_reference or None),
        ("Seller", purchase.seller or None),
        ("Exhibit", purchase.exhibit or None),
    ]


def versions(lines: Sequence[LogLine], lists: Lists) -> list[Row]:
    """Return versions, oldest first, as the ``versions`` of parts/records.html: newest first.

    A version that is the only one says no more than the page does already.
    """
    shown = []
    rows = [dict(rows_of(line, lists)) for line in lines]
    for place, line in enumerate(lines):
        before = rows[place - 1] if place else rows[place]
        after = rows[place + 1] if place + 1 < len(rows) else rows[place]
        near = before if line.in_force else after
        shown.append(
            {
                "number": line.version,
                "at": says_moment(line.received_at),
                "by": line.recorded_by or "imported",
                "reason": line.reason,
                "current": line.in_force and not line.struck,
                "rows": _marked(rows[place], near) if len(lines) > 1 else [],
            }
        )
    return shown[::-1]


def _marked(rows: dict[str, str | None], near: dict[str, str | None]) -> list[Row]:
    return [
        {"key": key, "value": text, "changed": near.get(key) != text} for key, text in rows.items()
    ]


def differences(one: LogLine, other: LogLine, lists: Lists) -> list[Row]:
    """Return what two versions say differently, in the order of the rows.

    The ward follows from the premises, so it is not told apart.
    """
    left, right = dict(rows_of(one, lists)), dict(rows_of(other, lists))
    return [
        {"key": key, "one": left.get(key), "other": right.get(key)}
        for key in {**left, **right}
        if key != WARD and left.get(key) != right.get(key)
    ]


def highest_marking(lines: Sequence[LogLine]) -> str | None:
    """Return the marking a page has to carry for what it shows; None for plain OFFICIAL."""
    if any(line.marking is Marking.OFFICIAL_SENSITIVE for line in lines):
        return Marking.OFFICIAL_SENSITIVE.label
    return None
