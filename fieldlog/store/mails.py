"""Mails: what was sent to whom, and how each message fared, a row for every change of state.

Nothing of it is changed afterwards. Only the file itself is let go once no message waits for it;
its name, size and hash stay.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.mail import NEVER_LEFT, TO_BE_TRIED, MailState
from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none
from fieldlog.core.words import Marking
from fieldlog.store.exports import TITLED


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; ``sha256`` is its hash in hexadecimal, ``size`` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Mail:
    """A mail as it was sent. ``body_html`` is a piece of HTML without the document around it.

    ``figures_hash`` tells whether two mails say the same figures. ``list_name`` is the list it
    went to as it was called then, empty for none; ``created_by`` None for the command line.
    """

    send_key: str
    created_at: datetime
    created_by: int | None
    deployment_id: int | None
    title: str
    as_at: datetime
    subject: str
    marking: Marking
    list_name: str
    body_text: str
    body_html: str
    figures_hash: str
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Told:
    """One change of state of one message."""

    state: MailState
    at: datetime
    why: str = ""
    next_try_at: datetime | None = None
    officer_id: int | None = None


@dataclass(frozen=True)
class Recipient:
    """One message of a mail: to whom, its Message-ID, and how it stands since when."""

    id: int
    mail_id: int
    address: str
    message_id: str
    last: Told


_MAIL = (
    "send_key, created_at, created_by, deployment_id, title, as_at, subject, marking, list_name, "
    "body_text, body_html, figures_hash, file_name, file_hash, file_size"
)
_RECIPIENTS = """
SELECT mail_recipients.id, mail_id, address, message_id, state, at, why, next_try_at, officer_id
FROM mail_recipients JOIN mail_states AS last ON last.id =
    (SELECT max(id) FROM mail_states WHERE recipient_id = mail_recipients.id)
"""


def add_mail(
    db: Database, mail: Mail, recipients: list[tuple[str, str]], content: bytes | None
) -> int:
    """Insert a mail with its (address, Message-ID) pairs, all queued; return its id.

    Call in a write transaction. Raises sqlite3.IntegrityError for a send key that was used.
    """
    file = mail.attachment or Attachment("", "", 0)
    cursor = db.conn.execute(
        f"INSERT INTO mails ({_MAIL}) VALUES ({', '.join('?' * 15)})",
        [
            mail.send_key,
            utc_text(mail.created_at),
            mail.created_by,
            mail.deployment_id,
            mail.title,
            utc_text(mail.as_at),
            mail.subject,
            mail.marking.value,
            mail.list_name,
            mail.body_text,
            mail.body_html,
            mail.figures_hash,
            file.name,
            file.sha256,
            file.size,
        ],
    )
    mail_id = int(cursor.lastrowid or 0)
    if content is not None:
        db.conn.execute("INSERT INTO mail_files VALUES (?, ?)", [mail_id, content])
    for address, message_id in recipients:
        added = db.conn.execute(
            "INSERT INTO mail_recipients (mail_id, address, message_id) VALUES (?, ?, ?)",
            [mail_id, address, message_id],
        )
        tell(db, int(added.lastrowid or 0), Told(MailState.QUEUED, mail.created_at))
    return mail_id


def tell(db: Database, recipient_id: int, told: Told) -> None:
    """Add a change of state. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO mail_states (recipient_id, state, at, why, next_try_at, officer_id) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            recipient_id,
            told.state.value,
            utc_text(told.at),
            told.why,
            utc_text_or_none(told.next_try_at),
            told.officer_id,
        ],
    )


def get(db: Database, mail_id: int) -> Mail | None:
    """Return one mail, or None."""
    row = db.execute(f"SELECT {_MAIL} FROM mails WHERE id = ?", [mail_id]).fetchone()
    return _mail(row) if row else None


def id_of(db: Database, send_key: str) -> int | None:
    """Return the id of the mail that was sent with this key, or None."""
    row = db.execute("SELECT id FROM mails WHERE send_key = ?", [send_key]).fetchone()
    return int(row[0]) if row else None


def latest(db: Database, number: int, offset: int = 0) -> list[tuple[int, Mail]]:
    """Return (id, mail) of the newest mails."""
    rows = db.execute(
        f"SELECT id, {_MAIL} FROM mails ORDER BY id DESC LIMIT ? OFFSET ?", [number, offset]
    )
    return [(row[0], _mail(row[1:])) for row in rows]


def count(db: Database) -> int:
    """Return how many mails there are."""
    return int(db.execute("SELECT count(*) FROM mails").fetchone()[0])


def latest_gone_out(db: Database) -> tuple[int, int]:
    """Return the ids of the last mail and of the last export, 0 for none: nothing went since."""
    row = db.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM mails), "
        "(SELECT coalesce(max(id), 0) FROM exports)"
    ).fetchone()
    return int(row[0]), int(row[1])


def same_figures(db: Database, figures_hash: str) -> list[tuple[int, Mail]]:
    """Return (id, mail) of every mail that said these very figures, the newest first."""
    rows = db.execute(
        f"SELECT id, {_MAIL} FROM mails WHERE figures_hash = ? ORDER BY id DESC", [figures_hash]
    )
    return [(row[0], _mail(row[1:])) for row in rows]


def titled(db: Database, title: str) -> list[tuple[int, Mail]]:
    """Return (id, mail) of every mail about a night or period, or a part of it, newest first."""
    sql = f"SELECT id, {_MAIL} FROM mails WHERE {TITLED} ORDER BY id DESC"
    rows = db.execute(sql, {"title": title})
    return [(row[0], _mail(row[1:])) for row in rows]


def with_file(db: Database, sha256: str) -> list[tuple[int, Mail]]:
    """Return (id, mail) of every mail that a file went out with, the newest first."""
    rows = db.execute(
        f"SELECT id, {_MAIL} FROM mails WHERE file_hash = ? ORDER BY id DESC", [sha256]
    )
    return [(row[0], _mail(row[1:])) for row in rows]


def recipients(db: Database, mail_id: int) -> list[Recipient]:
    """Return the messages of a mail by address."""
    rows = db.execute(f"{_RECIPIENTS} WHERE mail_id = ? ORDER BY address", [mail_id])
    return [_recipient(row) for row in rows]


def went_to(db: Database, mail_id: int) -> set[str]:
    """Return the addresses that have a mail, may have it, or will get it."""
    return {one.address for one in recipients(db, mail_id) if one.last.state not in NEVER_LEFT}


def recipient(db: Database, recipient_id: int) -> Recipient | None:
    """Return one message, or None."""
    row = db.execute(f"{_RECIPIENTS} WHERE mail_recipients.id = ?", [recipient_id]).fetchone()
    return _recipient(row) if row else None


def history(db: Database, recipient_id: int) -> list[Told]:
    """Return every state of a message, the first first."""
    rows = db.execute(
        "SELECT state, at, why, next_try_at, officer_id FROM mail_states "
        "WHERE recipient_id = ? ORDER BY id",
        [recipient_id],
    )
    return [_told(row) for row in rows]


def due(db: Database, now: datetime) -> list[Recipient]:
    """Return the messages to be tried at ``now``, the oldest first."""
    states = ", ".join(f"'{state.value}'" for state in sorted(TO_BE_TRIED))
    rows = db.execute(
        f"{_RECIPIENTS} WHERE state IN ({states}) AND (next_try_at IS NULL OR next_try_at <= ?) "
        "ORDER BY mail_recipients.id",
        [utc_text(now)],
    )
    return [_recipient(row) for row in rows]


def in_state(db: Database, state: MailState) -> list[Recipient]:
    """Return the messages that stand in one state, the oldest first."""
    rows = db.execute(f"{_RECIPIENTS} WHERE state = ? ORDER BY mail_recipients.id", [state.value])
    return [_recipient(row) for row in rows]


def tries(db: Database, recipient_id: int) -> int:
    """Return how often a message was tried in vain since it was last queued."""
    row = db.execute(
        "SELECT count(*) FROM mail_states WHERE recipient_id = :id AND state = 'waiting' AND id > "
        "(SELECT max(id) FROM mail_states WHERE recipient_id = :id AND state = 'queued')",
        {"id": recipient_id},
    ).fetchone()
    return int(row[0])


def content(db: Database, mail_id: int) -> bytes | None:
    """Return the file that goes with a mail, or None if there is none any more."""
    row = db.execute("SELECT content FROM mail_files WHERE mail_id = ?", [mail_id]).fetchone()
    return bytes(row[0]) if row else None


def let_go_of_file(db: Database, mail_id: int) -> None:
    """Delete the file of a mail. Call in a write transaction."""
    db.conn.execute("DELETE FROM mail_files WHERE mail_id = ?", [mail_id])


def _mail(row: tuple[Any, ...]) -> Mail:
    return Mail(
        send_key=row[0],
        created_at=from_utc_text(row[1]),
        created_by=row[2],
        deployment_id=row[3],
        title=row[4],
        as_at=from_utc_text(row[5]),
        subject=row[6],
        marking=Marking(row[7]),
        list_name=row[8],
        body_text=row[9],
        body_html=row[10],
        figures_hash=row[11],
        attachment=Attachment(row[12], row[13], row[14]) if row[12] else None,
    )


def _recipient(row: tuple[Any, ...]) -> Recipient:
    return Recipient(row[0], row[1], row[2], row[3], _told(row[4:]))


def _told(row: tuple[Any, ...]) -> Told:
    next_try_at = moment_or_none(row[3])
    return Told(MailState(row[0]), from_utc_text(row[1]), row[2], next_try_at, row[4])
