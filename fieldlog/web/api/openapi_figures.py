"""The part of the API's document about figures for programs: tallies, nights and entries."""

from typing import Any

from fieldlog.core.question import DIMENSIONS
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult, Unit
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order
from fieldlog.web.api.openapi_schemas import (
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    UUID,
    WHOLE,
    either,
    listed,
    only,
    or_null,
    ref,
    thing,
)

Part = dict[str, Any]

READING: list[Part] = [{"program": []}, {"password": []}, {"session": []}]
SCHEMES: Part = {
    "program": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made under Me: it reads what its owner may see.",
    },
    "password": {
        "type": "http",
        "scheme": "basic",
        "description": "The same token as the password of any user name, for Excel.",
    },
}

_POSSIBLE = (400, 401, 403, 429, 500, 503)
_NUMBERS: Part = {"type": "object", "additionalProperties": WHOLE}
_KEY = or_null(either(TEXT, WHOLE))
_DIMENSION: Part = {"type": "string", "enum": list(DIMENSIONS)}


def figure_paths() -> dict[str, Part]:
    """Return the paths of the figures."""
    tally = [
        _parameter("rows", "What the rows are", _DIMENSION),
        _parameter("then_rows", "A second level inside the rows", _DIMENSION),
        _parameter(
            "columns",
            "What the columns are; none for totals of each row only",
            {"type": "string", "enum": [*DIMENSIONS, "none"]},
        ),
        _parameter("then_columns", "A second level inside the columns", _DIMENSION),
        _parameter("measure", "entries, visits, premises, minutes, or a code of the list", TEXT),
        _parameter("also", "Another measure beside the first; give it again for more", TEXT),
        _parameter("share", "Percentages of the row, the column or the total too", only(*Share)),
        _parameter("order", "How the rows are ordered", only(*Order)),
        _parameter(
            "top",
            "Only that many rows; the others together in one",
            {"type": "integer", "minimum": 1, "maximum": 50},
        ),
        *_filters(),
    ]
    raw = _parameter("raw", "1: without what is there for Excel", only("0", "1"))
    entries = [*_filters(), *_paging()]
    return {
        "/api/v1/tally.json": _read("tallyJson", "A table", tally, "AnyTally"),
        "/api/v1/tally.csv": _read("tallyCsv", "A table as CSV", [*tally, raw], None),
        "/api/v1/entries.json": _read("entriesJson", "Entries, newest first", entries, "Entries"),
        "/api/v1/entries.csv": _read("entriesCsv", "Entries as CSV", [*entries, raw], None),
        "/api/v1/nights.json": _read("nightsJson", "Nights, newest first", _paging(), "Nights"),
    }


def _read(name: str, summary: str, parameters: list[Part], answers: str | None) -> Part:
    content: Part = {"text/csv": {"schema": {"type": "string"}}}
    if answers:
        content = {"application/json": {"schema": ref(answers)}}
    responses: Part = {"200": {"description": summary, "content": content}}
    responses |= {str(one): {"$ref": f"#/components/responses/{one}"} for one in _POSSIBLE}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "security": READING,
            "parameters": parameters,
            "responses": responses,
        }
    }


def _parameter(name: str, words: str, schema: Part) -> Part:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": words,
    }


def _filters() -> list[Part]:
    """Return the filters that most programs need; every filter of the page's address works."""
    whole = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    return [
        _parameter("from", "The first night", DAY),
        _parameter("to", "The last night", DAY),
        _parameter("deployment", "Only this deployment", whole),
        _parameter("operation", "Only this operation", whole),
        _parameter("kind", "Only this kind of entry", only(*EntryKind)),
    ]


def _paging() -> list[Part]:
    whole = {"type": "integer", "minimum": 1}
    return [
        _parameter("page", "Which page, from 1", {**whole, "maximum": 999_999_999}),
        _parameter("size", "How many on a page", {**whole, "maximum": 5_000}),
    ]


def figure_schemas() -> dict[str, Part]:
    """Return the shapes of the answers."""
    hours = {"timed_records": WHOLE, "recorded_minutes": WHOLE, "untimed_records": WHOLE}
    paged = {"page": WHOLE, "pages": WHOLE, "total": WHOLE, "next": or_null(TEXT)}
    return {
        "AnyTally": either(ref("Tally"), ref("TallyInLevels")),
        "TallyInLevels": thing(
            {
                "measures": listed(TEXT),
                "units": listed(only(*Unit)),
                "row_dimensions": listed(only(*DIMENSIONS)),
                "column_dimensions": listed(only(*DIMENSIONS)),
                "rows": listed(listed(_KEY)),
                "columns": listed(listed(_KEY)),
                "cells": listed(listed(listed(WHOLE))),
                "hours": thing({**hours, "recorded_hours": {"type": "number"}}),
                "method": listed(TEXT),
            },
            {
                "percentages_of": only(*Share),
                "percentages": listed(listed(listed(TEXT))),
            },
        ),
        "Tally": thing(
            {
                "measure": TEXT,
                "unit": only(*Unit),
                "row_dimension": only(*DIMENSIONS),
                "column_dimension": only(*DIMENSIONS),
                "rows": listed(_KEY),
                "columns": listed(_KEY),
                "cells": listed(listed(WHOLE)),
                "row_totals": listed(WHOLE),
                "column_totals": listed(WHOLE),
                "grand_total": WHOLE,
                "hours": thing({**hours, "recorded_hours": {"type": "number"}}),
                "method": listed(TEXT),
            }
        ),
        "Entries": thing({"entries": listed(ref("ReadEntry")), **paged}),
        "ReadEntry": _entry(),
        "Nights": thing({"nights": listed(ref("Night")), **paged}),
        "Night": thing(
            {
                "deployment": WHOLE,
                "operation": TEXT,
                "name": TEXT,
                "night_of": DAY,
                "starts_at": or_null(MOMENT),
                "finishes_at": or_null(MOMENT),
                "entries": WHOLE,
                "figures": _NUMBERS,
                "hours": thing(hours),
            }
        ),
    }


def _entry() -> Part:
    words = ("operation", "officer", "collar_number", "agency", "premises", "place", "ward")
    texts = (*words, "action", "particulars", "notes", "notice", "law")
    return thing(
        {
            "id": UUID,
            "version": WHOLE,
            "struck": FLAG,
            "night_of": DAY,
            "happened_at": MOMENT,
            "captured_at": MOMENT,
            "received_at": MOMENT,
            "kind": only(*EntryKind),
            "capacity": only(*Capacity),
            "minutes": or_null(WHOLE),
            "four_e": or_null(only(*FourE)),
            "counts": _NUMBERS,
            "marking": only(*Marking),
            "amount_pence": or_null(WHOLE),
            "purchase": or_null(only(*PurchaseResult)),
            **{name: or_null(TEXT) for name in texts},
        }
    )
