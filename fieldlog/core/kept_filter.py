"""A filter as text, kept beside what was counted by it: the same text for the same entries."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from fieldlog.core.question import Filter, Key


def filter_text(wanted: Filter) -> str:
    """Return ``wanted`` as JSON, its dimensions and keys in one order whatever theirs was."""
    said: dict[str, Any] = {
        "where": _sorted(wanted.where),
        "without": _sorted(wanted.without),
        "from": wanted.date_from.isoformat() if wanted.date_from else None,
        "to": wanted.date_to.isoformat() if wanted.date_to else None,
        "holding": wanted.holding,
        "place": wanted.place,
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def filter_of_text(text: str) -> Filter:
    """Return the filter that ``filter_text`` wrote."""
    said = json.loads(text)
    return Filter(
        where=_keys(said["where"]),
        without=_keys(said["without"]),
        date_from=_date(said["from"]),
        date_to=_date(said["to"]),
        holding=said["holding"],
        place=said["place"],
    )


def _sorted(where: Mapping[str, tuple[Key, ...]]) -> dict[str, list[Key]]:
    return {name: sorted(keys, key=_place) for name, keys in where.items()}


def _keys(said: Mapping[str, list[Key]]) -> dict[str, tuple[Key, ...]]:
    return {name: tuple(keys) for name, keys in said.items()}


def _place(key: Key) -> tuple[bool, str]:
    return key is None, str(key)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
