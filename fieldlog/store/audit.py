"""The record of who did what to accounts, lists and sign-ins: added to, never changed."""

from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import utc_text


def add_to_audit(
    db: Database, act: str, *, at: datetime, officer_id: int | None, about: str = ""
) -> None:
    """Keep that ``officer_id`` (``None``: nobody signed in) did ``act`` at ``at``.

    ``act`` is a few words, like ``account disabled``; ``about`` says whose or which.

    Call inside the write transaction of what was done, so that neither is kept without the other.
    """
    db.conn.execute(
        "INSERT INTO audit (at, officer_id, act, about) VALUES (?, ?, ?, ?)",
        [utc_text(at), officer_id, act, about],
    )
