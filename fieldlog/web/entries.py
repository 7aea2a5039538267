"""My entries of a night, and one entry with everything it says and ever said."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_day, says_moment
from fieldlog.core.photo import MOST_PHOTOS
from fieldlog.core.words import Role
from fieldlog.services.close_night import late_among
from fieldlog.services.list_tasks import tasks_of_entry
from fieldlog.services.note_consultation import note_opened
from fieldlog.services.read_entries import (
    counts_of_night,
    entries_of_night,
    nights_with_entries,
    versions_of,
)
from fieldlog.services.read_lists import read_lists
from fieldlog.services.see_photo import photo_counts
from fieldlog.services.watch_patrols import patrol_of_entry
from fieldlog.web.access import open_to
from fieldlog.web.arrival_notes import arrival_notes
from fieldlog.web.entry_words import (
    PREMISES,
    Row,
    counted,
    feed_item,
    highest_marking,
    name_of,
    rows_of,
    versions,
)
from fieldlog.web.errors import Said, error_page
from fieldlog.web.filters import read_day
from fieldlog.web.forms.photos import PhotosForm
from fieldlog.web.forms.strike import StrikeForm
from fieldlog.web.holding import of_entry
from fieldlog.web.on_duty import on_duty
from fieldlog.web.patrol_words import times_of_patrol
from fieldlog.web.photo_words import photos_shown
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("entries", __name__)

ANOTHERS = Said(
    "This entry is another officer’s",
    ("Officers open their own entries. A coordinator can open this one.",),
)


@bp.get("/entries/mine")
@open_to(*THOSE_WHO_LOG)
def mine() -> ResponseReturnValue:
    """The officer's own entries of tonight, or of the night in the address."""
    db, officer_id = database(), person().officer_id
    duty = on_duty(db, now())
    night = _night(request.args.get("night", ""), duty.night)
    lists = read_lists(db)
    lines = entries_of_night(db, officer_id, night)
    counts = counts_of_night(db, officer_id, night)
    nights = sorted({*nights_with_entries(db, officer_id), duty.night, night}, reverse=True)
    standing = sum(not line.struck for line in lines)
    photos = photo_counts(db, lines)
    return render_template(
        "entries/mine.html",
        on_duty=duty.header,
        night=night,
        tonight=night == duty.night,
        nights=[(one.isoformat(), says_day(one)) for one in nights],
        figures_shown=[
            {"value": standing, "label": "entry" if standing == 1 else "entries"},
            *(counted(m, counts[code]) for code, m in lists.measures.items() if counts.get(code)),
        ],
        entries=[feed_item(line, lists) | {"photos": photos.get(line.id, 0)} for line in lines],
        marking=highest_marking(lines),
    )


def _night(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return read_day(text)
    except ValueError:
        abort(404)


@bp.get("/entries/<uuid:entry_id>")
@open_to(*THOSE_WHO_LOG)
def show(entry_id: UUID) -> ResponseReturnValue:
    """One entry: what it says now, and every version."""
    lines = lines_of(entry_id)
    note_opened(database(), lines[-1], by=person().officer_id, now=now())
    return entry_shown(lines, StrikeForm(seen_version=lines[-1].version))


def lines_of(entry_id: UUID) -> Sequence[LogLine]:
    """Return every version of an entry that the person may see; officers see their own only."""
    lines = versions_of(database(), entry_id)
    if not lines:
        abort(404)
    if person().role is Role.OFFICER and lines[-1].officer_id != person().officer_id:
        abort(error_page(403, ANOTHERS))
    return lines


def entry_shown(
    lines: Sequence[LogLine],
    form: StrikeForm,
    status: int = 200,
    photos_form: PhotosForm | None = None,
) -> ResponseReturnValue:
    """Return the page of an entry with the forms that strike it and add photos to it."""
    lists = read_lists(database())
    line = lines[-1]
    page = render_template(
        "entries/show.html",
        form=form,
        on_duty=on_duty(database(), now()).header,
        line=line,
        name=name_of(line),
        rows=_rows(line, lists) + _patrol(line),
        versions=versions(lines, lists),
        times=[
            {"key": "Happened", "value": says_moment(line.happened_at)},
            {"key": "Recorded on the phone", "value": says_moment(lines[0].captured_at)},
            {"key": "Received", "value": _received(lines)},
        ],
        tasks_asked=tasks_of_entry(database(), line.id),
        arrival_notes=arrival_notes(database(), line.id),
        photos=photos_shown(database(), UUID(line.id)),
        kept=of_entry(line),
        photos_form=photos_form or PhotosForm(formdata=None),
        most_photos=MOST_PHOTOS,
        marking=highest_marking(lines),
    )
    return page, status


def _rows(line: LogLine, lists: Lists) -> list[Row]:
    """Return what an entry says; the row of its premises leads to their timeline."""
    rows: list[Row] = [{"key": key, "value": text} for key, text in rows_of(line, lists)]
    if line.premises_id is not None:
        for row in rows:
            if row["key"] == PREMISES:
                row["href"] = url_for("premises_page.show", premises_id=line.premises_id)
                row["link"] = "Timeline"
    return rows


def _patrol(line: LogLine) -> list[Row]:
    """Return on which patrol an entry was made: that follows from its officer and its time."""
    found = patrol_of_entry(database(), line)
    if found is None or line.struck:
        return []
    times = times_of_patrol(found)
    said = f"{times[:1].upper()}{times[1:]}, {found.mode.label.lower()}"
    return [{"key": "Patrol", "value": said}]


def _received(lines: Sequence[LogLine]) -> str:
    late = late_among(database(), lines[:1])
    moment = says_moment(lines[0].received_at)
    return f"{moment}, when its night was closed already" if late else moment
