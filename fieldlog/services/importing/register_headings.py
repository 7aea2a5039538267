"""What the headings of registers mean: the fields of a premises, and how registers call them."""

import re
from collections.abc import Mapping, Sequence

from fieldlog.services.importing.cells import loosely
from fieldlog.services.importing.columns import ADDED

FIELDS: Mapping[str, str] = {
    "name": "Name",
    "address": "Address",
    "postcode": "Postcode",
    "uprn": "UPRN",
    "licence_number": "Licence number",
    "type": "Type",
    "ward": "Ward",
    "grid_reference": "Grid reference",
    "easting": "Easting",
    "northing": "Northing",
    "aliases": "Other names",
}
"""Every field that a column can be, with its label."""

SEVERAL = ("address", "aliases")
"""Fields that several columns may be: their cells are put together in their order."""

_CALLED = {
    "name": (
        "premises|premise|premises name|premise name|name of premises|business|business name|"
        "trading name|establishment|establishment name|venue|venue name|outlet|site name"
    ),
    "address": (
        "premises address|address of premises|full address|business address|site address|location|"
        "street|street name|road|building|building name|locality|town|city|county|property address"
    ),
    "postcode": "post code|premises postcode|premises post code|zip",
    "uprn": "unique property reference number|unique property reference|property reference|uprn no",
    "licence_number": (
        "licence|license|licence no|licence num|license number|license no|licence ref|"
        "licence reference|premises licence number|premises licence no|reference number|"
        "licence reference number|certificate number|reference|ref|ref no"
    ),
    "type": "premises type|type of premises|premises category|category|business type|use|class",
    "ward": "ward name|electoral ward|council ward",
    "grid_reference": "grid ref|os grid reference|os grid ref|ngr|national grid reference|os ref",
    "easting": "eastings|x|x coordinate|x coord|bng e|geo x",
    "northing": "northings|y|y coordinate|y coord|bng n|geo y",
    "aliases": (
        "alias|other name|also known as|aka|a k a|known as|trading as|t a|former name|"
        "former names|formerly|formerly known as|previous name|previous names|previously known as"
    ),
}
_MEANS = {loosely(field): field for field in FIELDS}
_MEANS |= {loosely(label): field for field, label in FIELDS.items()}
_MEANS |= {name: field for field, names in _CALLED.items() for name in names.split("|")}
_ADDRESS_LINE = re.compile(r"(?:premises |business |site )?(?:address|addr|add)(?: line)? ?\d")
_SOMEBODY = re.compile(
    r"\b(applicants?|holders?|dps|supervisors?|agents?|owners?|operators?|contacts?|"
    r"correspondence|managers?|persons?|compan(?:y|ies)|licensees?|solicitors?)\b"
)
"""Whose name and address it is, where it is not the premises'."""


def read_heading(text: str) -> str:
    """Return a heading as two spellings of it are compared: without dots, brackets and colons."""
    return loosely(re.sub(r"[.:()/*#?\"'\u2019\[\]]+", " ", text))


def meaning(parts: Sequence[str], known: Mapping[str, str] = {}) -> str:
    """Return the field that a heading stands for, empty where none is meant.

    ``parts`` is the heading from its top row down. ``known`` says what headings were before, read
    like ``read_heading``; it goes before everything else.
    """
    said = [read_heading(part) for part in parts if part.strip()]
    if not said:
        return ""
    whole = " ".join(said)
    if whole in known:
        return known[whole]
    if whole.replace(" ", "_") in ADDED or _SOMEBODY.search(whole):
        return ""
    tails = (" ".join(said[start:]) for start in range(len(said)))
    return next((field for field in map(_field, tails) if field), "")


def _field(words: str) -> str:
    return _MEANS.get(words) or ("address" if _ADDRESS_LINE.fullmatch(words) else "")
