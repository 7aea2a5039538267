"""Mend what was set aside: the entry's own form with what its officer typed, and a reason."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import from_utc_text, night_of, says_moment
from fieldlog.core.phone_record import PhoneRecord
from fieldlog.core.rules import Refused
from fieldlog.services.decide_set_aside import (
    DecidedAlready,
    Mended,
    SetAside,
    accept_record,
    can_mend,
    opened,
    set_aside_called,
    would_record,
)
from fieldlog.services.open_sealed import sealing_key
from fieldlog.web.access import open_to
from fieldlog.web.api.record_fields import RecordFields
from fieldlog.web.entry_page import EntryPage, entry_page
from fieldlog.web.set_aside import DECIDERS, decided_already
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("mend_set_aside", __name__)

OF_THE_PHONE = ("id", "opened_at")
"""Fields that say which form it was and when it was opened: nobody mends those."""
NOT_OF_THE_ENTRY = {"csrf_token", "reason", *OF_THE_PHONE}


@bp.route("/set-aside/<int(max=999999999):number>/mend", methods=["GET", "POST"])
@open_to(*DECIDERS)
def mend(number: int) -> ResponseReturnValue:
    """The form as its officer filled it, with what is wrong with it; sent, it is recorded."""
    kept = set_aside_called(database(), number) or abort(404)
    if kept.decision:
        return decided_already(number)
    record = opened(kept, sealing_key(around().config.instance))
    if record is None or not can_mend(kept, record):
        abort(404)
    page = _form(kept, record)
    if request.method == "POST":
        return _save(page, kept, record)
    page.form.read(record.fields)
    try:
        would_record(database(), record, kept, RecordFields(), now())
    except Refused as refused:
        page.say(refused.problems)
    return page.show()


def _form(kept: SetAside, record: PhoneRecord) -> EntryPage:
    if record.kind is None:
        raise LookupError("An entry without a kind passed the reader")
    try:
        moment = from_utc_text(record.said("opened_at"))
    except ValueError:
        moment = record.captured_at
    page = entry_page(record.kind, moment, night_of(moment))
    page.told = {
        "title": f"Mend: {record.kind.label}",
        "first": "",
        "mending": kept,
        "happened": says_moment(moment),
        "ask_operation": False,
    }
    return page


def _save(page: EntryPage, kept: SetAside, record: PhoneRecord) -> ResponseReturnValue:
    said = {name: text for name, text in request.form.items() if name not in NOT_OF_THE_ENTRY}
    fields = {name: record.fields[name] for name in OF_THE_PHONE if name in record.fields} | said
    try:
        landed = accept_record(
            database(),
            kept.id,
            reason=page.form.reason.data or "",
            by=person().officer_id,
            now=now(),
            forms=RecordFields(),
            key=sealing_key(around().config.instance),
            mended=Mended(fields, _changed(page, record, fields)),
        )
    except Refused as refused:
        return page.refused(refused)
    except DecidedAlready:
        return decided_already(kept.id)
    flash("Mended and recorded as its officer’s, with your name and reason.", "success")
    return redirect(url_for("entries.show", entry_id=landed.entry_id), 303)


def _changed(
    page: EntryPage, record: PhoneRecord, fields: dict[str, str]
) -> list[tuple[str, str, str]]:
    """Return (label, before, now) of what is not as it was typed."""
    found = []
    for name in {**record.fields, **fields}:
        before, after = record.said(name), fields.get(name, "").strip()
        if before != after and name not in OF_THE_PHONE and not name.endswith("_offered"):
            label = page.form[name].label.text if name in page.form else name.replace("_", " ")
            found.append((str(label).removesuffix(" (optional)"), before, after))
    return found
