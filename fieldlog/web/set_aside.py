"""Set aside: what phones sent and the server could not simply store, for a person to decide."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.entry import Entry
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_moment
from fieldlog.core.phone_record import PhoneRecord, RecordType
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Role
from fieldlog.services.add_photos import opened_whole
from fieldlog.services.decide_set_aside import (
    DecidedAlready,
    Doubt,
    SetAside,
    accept_record,
    can_mend,
    list_set_aside,
    opened,
    refuse_record,
    set_aside_called,
    would_record,
)
from fieldlog.services.open_photo import NotAPhoto, open_photo
from fieldlog.services.open_sealed import SealingKey, sealing_key
from fieldlog.services.preview_entry import preview_entry
from fieldlog.services.read_entries import versions_of
from fieldlog.services.read_lists import read_lists
from fieldlog.web.access import open_to
from fieldlog.web.api.record_fields import RecordFields
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.entry_words import differences, highest_marking, rows_of
from fieldlog.web.forms.decision import DecisionForm
from fieldlog.web.holding import of_record
from fieldlog.web.photos import picture
from fieldlog.web.surroundings import around, database, now, person
from fieldlog.web.typed_words import typed_rows

bp = Blueprint("set_aside", __name__)

DECIDERS = (Role.COORDINATOR, Role.ADMINISTRATOR)

WHY = {
    Doubt.CONFLICT: "Something else is stored under the same record",
    Doubt.AMENDED_MEANWHILE: "Somebody amended the entry meanwhile",
    Doubt.OTHER_OFFICER: "Sent by another officer than the one who logged it",
    Doubt.UNKNOWN_OFFICER: "Names an officer whom nobody knows",
    Doubt.REVOKED_DEVICE: "Sent by a phone that was revoked",
    Doubt.ACCOUNT_DISABLED: "Sent for an account that is disabled",
    Doubt.MAY_NOT_LOG: "Sent for an account that does not log entries",
    Doubt.BROKEN_SEAL: "Its seal does not open",
    Doubt.MISTAKE: "fieldlog made a mistake with it",
    Doubt.REFUSED: "The rules do not take it as it is",
    Doubt.ENTRY_SET_ASIDE: "What it belongs to is set aside",
}
TYPES = {
    RecordType.ENTRY: "An entry",
    RecordType.TAP: "A tap of the tally",
    RecordType.AMENDMENT: "An amendment",
    RecordType.STRIKE: "Striking an entry out",
    RecordType.UNDO: "Undoing an entry",
    RecordType.PATROL: "An event of a patrol",
    RecordType.PHOTO: "A photo",
}
NOTHING_TOLD: dict[str, Any] = {
    "rows": [],
    "differences": [],
    "wrong": [],
    "against": None,
    "marking": None,
    "photo": None,
}


@bp.get("/set-aside")
@open_to(*DECIDERS)
def index() -> ResponseReturnValue:
    """What waits for a decision, and what was decided last."""
    waiting, decided = list_set_aside(database())
    return render_template("set_aside/index.html", waiting=waiting, decided=decided, why=WHY)


@bp.get("/set-aside/<int(max=999999999):number>")
@open_to(*DECIDERS)
def show(number: int) -> ResponseReturnValue:
    """One record: what it says, why it was set aside, and the two ways on."""
    return _page(_existing(number), DecisionForm(formdata=None))


@bp.get("/set-aside/<int(max=999999999):number>/photo")
@open_to(*DECIDERS)
def photo(number: int) -> ResponseReturnValue:
    """The photo that a record holds, drawn anew as it would be kept."""
    record = opened(_existing(number), _key())
    if record is None or record.photo is None:
        abort(404)
    try:
        return picture(open_photo(record.photo.content).jpeg, f"set-aside-{number}.jpg")
    except NotAPhoto:
        abort(404)


@bp.post("/set-aside/<int(max=999999999):number>/accept")
@open_to(*DECIDERS)
def accept(number: int) -> ResponseReturnValue:
    """Record it as its officer's, with who accepted it and why."""
    kept, form = _existing(number), DecisionForm()
    try:
        landed = accept_record(
            database(),
            number,
            reason=form.reason.data or "",
            by=person().officer_id,
            now=now(),
            forms=RecordFields(),
            key=_key(),
        )
    except Refused as refused:
        return _page(kept, form, refused.problems, NOT_ACCEPTED)
    except DecidedAlready:
        return decided_already(number)
    flash("Accepted. It is recorded as its officer’s, with your name and reason.", "success")
    if not landed.version:
        return redirect(url_for("patrols.show", patrol_id=landed.entry_id), 303)
    return redirect(url_for("entries.show", entry_id=landed.entry_id), 303)


@bp.post("/set-aside/<int(max=999999999):number>/refuse")
@open_to(*DECIDERS)
def refuse(number: int) -> ResponseReturnValue:
    """Refuse it: it stays here to be read and is recorded nowhere."""
    kept, form = _existing(number), DecisionForm()
    try:
        refuse_record(
            database(), number, reason=form.reason.data or "", by=person().officer_id, now=now()
        )
    except Refused as refused:
        return _page(kept, form, refused.problems, NOT_ACCEPTED)
    except DecidedAlready:
        return decided_already(number)
    flash("Refused. It stays here to be read and is recorded nowhere.", "success")
    return redirect(url_for("set_aside.index"), 303)


def decided_already(number: int) -> ResponseReturnValue:
    """Say so, and show what was decided."""
    flash("Somebody decided about it a moment ago.", "error")
    return redirect(url_for("set_aside.show", number=number), 303)


def _existing(number: int) -> SetAside:
    return set_aside_called(database(), number) or abort(404)


def _key() -> SealingKey:
    return sealing_key(around().config.instance)


def _page(
    kept: SetAside,
    form: DecisionForm,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    for problem in problems:
        if problem.field == "reason":
            form.reason.errors = [*form.reason.errors, problem.message]
        else:
            form.form_errors.append(problem.message)
    record = opened(kept, _key())
    if record and record.photo:
        told = _photo_told(kept, record)
    else:
        told = _told(kept, record) if record else {}
    page = render_template(
        "set_aside/show.html",
        form=form,
        kept=kept,
        why=WHY[Doubt(kept.kept.reason)],
        what=TYPES[record.type] if record else "A sealed record",
        retained=of_record(kept),
        captured=says_moment(record.captured_at) if record else None,
        of_patrol=record is not None and record.type is RecordType.PATROL,
        can_mend=can_mend(kept, record),
        is_photo=record is not None and record.photo is not None,
        **NOTHING_TOLD | told,
    )
    return page, status


def _photo_told(kept: SetAside, record: PhoneRecord) -> dict[str, Any]:
    """What is known of a photo, and its address where it can be shown."""
    lines = versions_of(database(), record.entry_id) if record.entry_id else []
    told: dict[str, Any] = {"against": lines[-1] if lines else None}
    if record.photo is None:
        return told
    try:
        opened_whole(record.photo)
    except Refused as refused:
        return told | {"wrong": [one.message for one in refused.problems]}
    return told | {"photo": url_for("set_aside.photo", number=kept.id)}


def _told(kept: SetAside, record: PhoneRecord) -> dict[str, Any]:
    """What the record says: as an entry where it can be read as one, else as it was typed."""
    if record.type is RecordType.PATROL:
        return {"rows": _as_typed(record)}
    lines = versions_of(database(), record.entry_id or record.id)
    stored = lines[-1] if lines else None
    try:
        entry = would_record(database(), record, kept, RecordFields(), now())
    except Refused as refused:
        return {"rows": _as_typed(record), "wrong": [one.message for one in refused.problems]}
    return _compared(entry, stored) | {"against": stored}


def _as_typed(record: PhoneRecord) -> list[dict[str, str]]:
    db = database()
    rows = typed_rows(db, record.fields, read_lists(db))
    return [{"key": key, "value": text} for key, text in rows]


def _compared(entry: Entry, stored: LogLine | None) -> dict[str, Any]:
    lists = read_lists(database())
    draft = preview_entry(database(), entry, lists, now())
    return {
        "rows": [{"key": key, "value": text} for key, text in rows_of(draft, lists)],
        "differences": differences(stored, draft, lists) if stored else [],
        "marking": highest_marking([draft, stored] if stored else [draft]),
    }
