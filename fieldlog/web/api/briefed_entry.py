"""One of an officer's own entries as their phone keeps it: to be shown and amended alone."""

from typing import Any
from uuid import UUID

from fieldlog.core.log import LogLine
from fieldlog.core.night import says_moment, says_time, utc_text
from fieldlog.services.brief_phone import Briefing, entry_to_amend
from fieldlog.services.read_entries import versions_of
from fieldlog.services.see_photo import photos_of
from fieldlog.web.arrival_notes import arrival_notes
from fieldlog.web.entry_page import codes_of
from fieldlog.web.entry_words import feed_item, kebab, rows_of, short_day
from fieldlog.web.forms.entry import form_for
from fieldlog.web.forms.entry_filling import fill, offer_operations
from fieldlog.web.forms.gathered import controls_of
from fieldlog.web.surroundings import database
from fieldlog.web.to_complete import focus_of

OWN_ENTRIES = "/phone"
"""Where a phone opens, amends and mends entries from what it keeps."""

OF_THE_PAGE = {"tasks_offered", "questions_asked"}
"""What a form says of itself: the phone's own form says it anew."""


def briefed_entry(line: LogLine, told: Briefing) -> dict[str, Any]:
    """Return an entry in the words of its page, with what its form is filled with to amend it."""
    item = feed_item(line, told.lists)
    lines = versions_of(database(), UUID(line.id)) if line.version > 1 else [line]
    doubts = told.doubts.get(line.id, ())
    return {
        "id": line.id,
        "version": line.version,
        "kind_code": kebab(line.kind),
        "night_of": line.night_of.isoformat(),
        "at": utc_text(line.happened_at),
        "time": item["time"],
        "title": item["place"] or item["kind"],
        "line": _line(item),
        "states": _states(line, item),
        "struck": line.struck,
        "note": " ".join(doubts),
        "href": f"{OWN_ENTRIES}/entry/{line.id}",
        "add": _add(line, item),
        "rows": [
            *([key, text or ""] for key, text in rows_of(line, told.lists)),
            *_photo_rows(UUID(line.id)),
        ],
        "times": [
            ["Recorded on the phone", says_moment(lines[0].captured_at)],
            ["Received", says_moment(lines[0].received_at)],
        ],
        "versions": [_version(one) for one in reversed(lines)],
        "notes": [*doubts, *arrival_notes(database(), line.id)],
        "fields": None if line.struck else _fields(line, told),
    }


def _states(line: LogLine, item: dict[str, Any]) -> list[dict[str, str]]:
    """How the entry stands, in the words and tones of a feed."""
    sent = {"label": f"Sent {says_time(line.received_at)}", "tone": "good"}
    states = [{"label": "Struck", "tone": "plain"} if line.struck else sent]
    return [*states, {"label": "Amended", "tone": "plain"}] if item["amended"] else states


def _add(line: LogLine, item: dict[str, Any]) -> dict[str, str] | None:
    """What is to be completed, and where; None where nothing is lacking."""
    if not item["to_add"]:
        return None
    form = f"{OWN_ENTRIES}/amend/{kebab(line.kind)}/{line.id}"
    return {"words": item["to_add"], "href": f"{form}#{focus_of(line)}"}


def _photo_rows(entry_id: UUID) -> list[list[str]]:
    """A phone has room for how many there are; they themselves are on the server's page."""
    number = len(photos_of(database(), entry_id))
    return [["Photos", f"{number}, to be seen with signal"]] if number else []


def _version(line: LogLine) -> dict[str, Any]:
    said = [says_moment(line.received_at), line.recorded_by or "imported"]
    return {
        "title": f"Version {line.version}{', struck out' if line.struck else ''}",
        "text": ", ".join(said) + (f". Reason: {line.reason}" if line.reason else ""),
    }


def _line(item: dict[str, Any]) -> str:
    """What the feed says under an entry's name."""
    parts = [
        item["kind"] if item["place"] else "",
        item["action"],
        _minutes(item["minutes"]),
        *(f"{count['value']} {count['label']}" for count in item["counts"]),
    ]
    return " · ".join(part for part in parts if part)


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "time not recorded"
    return "" if minutes is False else f"{minutes} minute{'' if minutes == 1 else 's'}"


def _fields(line: LogLine, told: Briefing) -> dict[str, str] | None:
    entry = entry_to_amend(database(), line.id, line.version)
    if entry is None:
        return None
    form = form_for(entry.kind, told.lists, entry.night_of, codes_of(entry), token=False)
    labels = {one.id: short_day(one) for one in told.deployments}
    offer_operations(form, told.deployments, labels)
    fill(form, entry, line.premises, line.version)
    said = {name: text for field in form for name, text in controls_of(field).items()}
    return {name: text for name, text in said.items() if name not in OF_THE_PAGE}
