"""Keep what somebody typed when their form arrives at a bad moment, and offer it to send again.

The bad moments: the page was open longer than the sign-in, the database was busy, the disk was
full. Passwords and files are never put back into a page; that files are left out is said.
"""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

NOT_AGAIN = {"csrf_token"}
NOT_TYPED = {"as_at", "id", "opened_at", "premises_id", "seen", "seen_version", "send_key"}
"""Fields that a page sends by itself: of no use to whoever copies what they typed."""
FILES_LEFT_OUT = "files_left_out"
"""Name of the field that says how many files came with the form and cannot be put back."""

LONGEST_PATH = 2_000


@dataclass(frozen=True)
class Kept:
    """A form that was typed: the ``path`` it goes to and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Return all of it as text for one hidden field."""
        return json.dumps([self.path, self.fields])

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What a person typed, with names to read by: the last resort is to copy it."""
        return [
            (name.replace("_", " ").replace("-", " ").capitalize(), text)
            for name, text in self.fields
            if text.strip() and name not in NOT_TYPED
        ]


def keep() -> Kept | None:
    """Return what this request's form holds, or None if it is not to be offered again.

    Only a form of our own pages is kept: a page elsewhere could fill one in for somebody and wait
    for them to press the button.
    """
    if request.method != "POST" or not from_our_own_page():
        return None
    try:
        typed = list(request.form.items(multi=True))
        files = sum(bool(file.filename) for _, file in request.files.items(multi=True))
    except HTTPException:
        return None
    if any("password" in name for name, _ in typed):
        return None
    fields = tuple((name, text) for name, text in typed if name not in NOT_AGAIN)
    if files and fields:
        fields = (*fields, (FILES_LEFT_OUT, str(files)))
    return Kept(request.full_path.rstrip("?"), fields) if fields else None


def kept_from(text: str) -> Kept | None:
    """Return what ``Kept.as_text`` wrote, or None if it did not write this."""
    try:
        path, fields = json.loads(text)
        kept = Kept(path, tuple((name, value) for name, value in fields))
    except (ValueError, TypeError, RecursionError):
        return None
    texts = [kept.path, *(part for field in kept.fields for part in field)]
    if not all(isinstance(part, str) for part in texts) or local_path(kept.path) is None:
        return None
    return kept


def local_path(text: str | None) -> str | None:
    """Return ``text`` if it is a path on this site and nothing else, or None.

    Browsers read ``//elsewhere`` as another site, also with a backslash, and drop tabs and line
    ends before they look.
    """
    if not text or len(text) > LONGEST_PATH or not text.isprintable() or "\\" in text:
        return None
    if not text.startswith("/") or text.startswith("//"):
        return None
    parts = urlsplit(text)
    return text if not parts.scheme and not parts.netloc else None


def from_our_own_page() -> bool:
    """Say whether the browser tells that a page of this site sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is not None and urlsplit(origin).netloc == request.host
