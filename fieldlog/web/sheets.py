"""The style sheet of a page as one file: what is used of the kit, and ours.

The kit's sheet is vendored whole and most of it is for pages that fieldlog does not have. What the
templates, the modules or the forms name of it is served with everything of the same component, so
that a page that begins to use another one finds its rules there without anybody adding them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fieldlog.resources import static_folder, templates_folder

KIT = "vendor/govuk-frontend-6.3.0/govuk-frontend.min.css"
OWN = ("tokens", "kit", "layout", "forms", "tables", "records")
TOGETHER = {
    "css/whole-officer.css": (*OWN, "officer", "entry"),
    "css/whole-coordinator.css": (*OWN, "coordinator"),
}
"""Addresses of the sheets that are made, each with the names of ours that follow the kit's."""
PRINT = "print"
PARTS = frozenset(
    {KIT, f"css/{PRINT}.css", *(f"css/{name}.css" for own in TOGETHER.values() for name in own)}
)
"""Files that no page of an officer asks for by themselves."""

_NAMED = re.compile(r"govuk-(?:!-)?[a-z0-9]+(?:-[a-z0-9]+)*")
_CLASS = re.compile(r"\.(govuk-(?:\\!-)?[a-z0-9]+(?:-[a-z0-9]+)*)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAYOUT = re.compile(r"\s*([{};,])\s*")
_NEXT = re.compile(r"[^{};]*[{;]")
_COMMA = re.compile(r",(?![^(]*\))")


@lru_cache(maxsize=1)
def sheets_of_pages() -> dict[str, bytes]:
    """Return the content of every sheet of ``TOGETHER`` by its address."""
    static = static_folder()
    kit = without_unused(_text(static / KIT), components_in(templates_folder(), static / "js"))
    printed = f"@media print {{\n{_lean(static / f'css/{PRINT}.css')}}}\n"
    return {
        address: "\n".join(
            [kit, *(_lean(static / f"css/{name}.css") for name in own), printed]
        ).encode()
        for address, own in TOGETHER.items()
    }


def components_in(*folders: Path) -> frozenset[str]:
    """Return the names of the kit's components that any text file of ``folders`` mentions."""
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in {".html", ".js"}:
                found.update(_NAMED.findall(_text(path)))
    return frozenset(found)


def without_unused(sheet: str, components: frozenset[str]) -> str:
    """Return a style sheet without the rules of components that are not in use."""
    return "".join(_kept(_COMMENT.sub("", sheet), components))


def _kept(sheet: str, components: frozenset[str]) -> Iterator[str]:
    for head, body in _statements(sheet):
        if head.startswith(("@media", "@supports", "@-moz-document")):
            inside = "".join(_kept(body, components))
            if inside:
                yield f"{head}{{{inside}}}"
        elif head.endswith(";"):
            yield head
        else:
            selectors = [one for one in _COMMA.split(head) if _in_use(one, components)]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _in_use(selector: str, components: frozenset[str]) -> bool:
    named = (name.replace("\\", "") for name in _CLASS.findall(selector))
    return all(name in components for name in named)


def _statements(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before a brace and inside it; nothing stands inside ``@charset …;``."""
    place = 0
    while found := _NEXT.match(sheet, place):
        place = found.end()
        head = found[0].strip()
        if head.endswith(";"):
            yield head, ""
            continue
        begin, depth = place, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[place], 0)
            place += 1
        yield head[:-1], sheet[begin : place - 1]


def _lean(path: Path) -> str:
    return _LAYOUT.sub(r"\1", _COMMENT.sub("", _text(path)))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
