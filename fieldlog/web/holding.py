"""What pages say of retention: what was removed of a thing, when and why, and what holds it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from flask import url_for
from werkzeug.datastructures import MultiDict

from fieldlog.core.log import LogLine
from fieldlog.core.night import says_day, says_moment
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.core.task import Task
from fieldlog.core.words import Role
from fieldlog.services import hold_record
from fieldlog.services.apply_retention import Disposal, removal_of, says_removed
from fieldlog.services.choose_filter import in_words
from fieldlog.services.decide_set_aside import SetAside
from fieldlog.services.hold_record import Hold, every_hold, holds_keeping
from fieldlog.services.keep_wordings import Wording
from fieldlog.services.list_operations import deployment
from fieldlog.services.plan_night import NightPlan
from fieldlog.services.read_entries import versions_of
from fieldlog.services.read_exports import Listed
from fieldlog.services.read_mails import SentMail
from fieldlog.store.connection import Database
from fieldlog.web.entry_words import name_of
from fieldlog.web.filters import BadAddress, Query, read_filter
from fieldlog.web.surroundings import database, person

THOSE_WHO_HOLD = (Role.COORDINATOR, Role.ADMINISTRATOR)
COUNTED = "What was counted stays as it is."

Kept = dict[str, Any]


def _kept(
    removed: Disposal | None,
    what_went: str,
    holds: Iterable[Hold],
    hold_href: str,
    stays: str = COUNTED,
) -> Kept:
    """Return what ``retention/standing.html`` shows; who may not hold is not told of holds."""
    may_hold = person().role in THOSE_WHO_HOLD
    return {
        "removed": says_removed(what_went, removed) if removed else "",
        "stays": stays,
        "holds": [shown_hold(database(), hold) for hold in holds] if may_hold else [],
        "hold_href": hold_href if may_hold else "",
    }


def of_entry(line: LogLine) -> Kept:
    """Return what was removed of an entry, and what holds it."""
    db = database()
    holds = hold_record.holds_on_entry(db, line.id, line.premises_id, line.deployment_id)
    href = url_for("holds.entry", entry_id=line.id)
    return _kept(removal_of(db, "entry", line.id), "What was written here was", holds, href)


def of_premises(premises_id: int) -> Kept:
    """Return what holds premises."""
    holds = holds_keeping(database(), premises_id=premises_id)
    return _kept(None, "", holds, url_for("holds.premises", premises_id=premises_id))


def of_issue(listed: Listed, *, kept: bool) -> Kept:
    """Return whether the file of an issue was removed, and what holds it."""
    db, export = database(), listed.export
    if export.number is None:
        return _kept(None, "", (), "")
    removed = None if kept else removal_of(db, "file", export.sha256)
    holds = holds_keeping(db, (hold_record.ISSUE, export.number))
    href = url_for("holds.issue", export_id=listed.id) if kept else ""
    return _kept(removed, "The file was", holds, href)


def of_task(task: Task) -> Kept:
    """Return what was removed of a task, and what holds it."""
    db = database()
    return _kept(
        removal_of(db, "task", task.id),
        "What was asked, and why it was closed or opened again, was",
        hold_record.holds_on_task(db, task),
        url_for("holds.task", task_id=task.id),
        "When it was, who had it and which entries are about it stay.",
    )


def of_briefing(plan: NightPlan) -> Kept:
    """Return what was removed of a briefing, and what holds it."""
    db, night_id = database(), plan.deployment.id
    return _kept(
        removal_of(db, "briefing", night_id),
        "What crews were told was",
        hold_record.holds_on_briefing(db, night_id),
        url_for("holds.night", deployment_id=night_id),
        "The roster, the checklists and the premises of the register stay.",
    )


def of_wording(address: str, wording: Wording | None) -> Kept:
    """Return whether the last wording of a period was removed, and what holds the wordings."""
    db = database()
    return _kept(
        removal_of(db, "wording", wording.ref) if wording else None,
        "The wording that was kept was",
        holds_keeping(db, (hold_record.PERIOD, address)),
        f"{url_for('holds.period')}?{address}",
        "Below are the figures’ own words.",
    )


def of_mail(sent: SentMail, issued: Listed | None) -> Kept:
    """Return what was removed of a mail, and what holds it."""
    db, number = database(), issued.export.number if issued else None
    return _kept(
        removal_of(db, "mail", sent.id),
        "Its subject, its text and the addresses it went to were",
        hold_record.holds_on_mail(db, sent.id, sent.mail, number),
        url_for("holds.mail", mail_id=sent.id),
        "That it went, when, with which marking and how each message fared stays; a file that "
        "comes back is still known by its SHA-256.",
    )


def of_import(import_id: int) -> Kept:
    """Return whether the rows of an import were removed, and what holds them."""
    db = database()
    return _kept(
        removal_of(db, "import", import_id),
        "What its rows said was",
        holds_keeping(db, (hold_record.IMPORT, import_id)),
        url_for("holds.register_import", import_id=import_id),
        "How many rows there were, and what became of each, stays. What changed at premises is in "
        "their history.",
    )


def of_record(kept: SetAside) -> Kept:
    """Return whether what a record set aside said was removed, and what holds it."""
    db = database()
    return _kept(
        removal_of(db, "set_aside", kept.id),
        "What the phone sent was",
        hold_record.holds_on_record(db, kept),
        url_for("holds.set_aside", number=kept.id),
        "Who decided, when and why stays.",
    )


def held_now(db: Database) -> list[dict[str, Any]]:
    """Return what is held, in words: what, why, who, when, and where the hold is ended."""
    return [shown_hold(db, hold) for hold in every_hold(db)]


def shown_hold(db: Database, hold: Hold) -> dict[str, Any]:
    """Return one hold in words."""
    named, href = _named(db, hold)
    return {
        "named": named,
        "href": href,
        "reason": hold.reason,
        "who": f"{hold.placed_by or 'nobody known'}, {says_moment(hold.placed_at)}",
        "lift_href": url_for("holds.lift", hold_id=hold.id),
    }


def _named(db: Database, hold: Hold) -> tuple[str, str]:
    """Return what a hold is on, in words, and where that is."""
    ref = hold.ref
    if hold.what == hold_record.ENTRY:
        lines = versions_of(db, UUID(ref))
        name = f"{name_of(lines[-1])}, {says_moment(lines[-1].happened_at)}" if lines else ref
        return f"Entry: {name}", url_for("entries.show", entry_id=ref)
    if hold.what == hold_record.NIGHT:
        night = deployment(db, int(ref))
        name = f"{night.operation}, {says_day(night.night_of)}" if night else ref
        return f"Night: {name}", url_for("night_plan.show", deployment_id=int(ref))
    if hold.what == hold_record.PERIOD:
        return f"Wordings: {says_period(db, ref)}", f"{url_for('periods.show')}?{ref}"
    if hold.what == hold_record.ISSUE:
        return f"Issue {ref}", url_for("issued.index", only="issued")
    simple = {
        hold_record.PREMISES: (f"Premises: {hold.name}", "premises_page.show", "premises_id"),
        hold_record.TASK: (f"Task {ref}", "tasks.show", "task_id"),
        hold_record.MAIL: (f"Mail {ref}", "mails.show", "mail_id"),
        hold_record.IMPORT: (f"Import {ref}", "register_imports.show", "import_id"),
        hold_record.SET_ASIDE: (f"Record set aside, no. {ref}", "set_aside.show", "number"),
    }
    name, endpoint, argument = simple[hold.what]
    query: Query = {argument: int(ref)}
    return name, url_for(endpoint, **query)


def says_period(db: Database, address: str) -> str:
    """Return the period and the filter that an address of periods asks for, in words."""
    query = MultiDict(parse_qsl(address))
    try:
        wanted = read_filter(query, also={"period"})
        kind = PeriodKind(query.get("period", ""))
    except (BadAddress, ValueError):
        return address
    if wanted.date_from is None:
        return address
    period = period_of(kind, wanted.date_from, wanted.date_to)
    narrowed = in_words(db, replace(wanted, date_from=None, date_to=None))
    return ", ".join([period.says(), *(part.text for part in narrowed)])
