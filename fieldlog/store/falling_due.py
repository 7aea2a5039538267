"""What is due under the retention rules, and what would be but is held: a question for each kind.

Each gives what is named to be removed, since when it counts, words for it, what its page is called
by, and whether a hold keeps it: its own, or that of the night, entry or premises it is about.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from fieldlog.core.mail import OVER
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.retention import REMOVED, Item, Retained
from fieldlog.store.retention import HELD_PREMISES
from fieldlog.store.set_aside import REMOVED as NO_BODY
from fieldlog.store.timed_sends import DEPLOYMENTS_MAILED
from fieldlog.store.wordings import REF

NO_LONGER_USED = "Phone no longer used"
ENFORCEMENT = "('notice', 'arrest', 'test_purchase')"


@dataclass(frozen=True)
class Due:
    """What is due of a kind, and what would be but is held.

    ``uncounted`` is how many rows are due that are not worth naming one by one.
    """

    items: tuple[Item, ...] = ()
    held: tuple[Item, ...] = ()
    uncounted: int = 0

    @property
    def total(self) -> int:
        """How many things would be removed."""
        return len(self.items) + self.uncounted

    @property
    def seen(self) -> str:
        """What tells whether the very same things are still due: how many there are is not enough.

        A hold that ends while another begins leaves the number as it was.
        """
        refs = [item.ref for item in self.items]
        return sha256("\n".join([f"{self.total}", *refs]).encode()).hexdigest()


def _held(what: str, ref: str) -> str:
    return f"EXISTS (SELECT 1 FROM holds_now WHERE what = '{what}' AND ref = CAST({ref} AS TEXT))"


def _premises_held(premises_id: str) -> str:
    counted_as = f"(SELECT coalesce(merged_into, id) FROM premises WHERE id = {premises_id})"
    return f"coalesce({counted_as} IN ({HELD_PREMISES}), 0)"


_ENTRY_HELD = (
    f"({_held('entry', 'entry.id')} OR {_held('night', 'entry.deployment_id')} "
    f"OR {_premises_held('entry.premises_id')})"
)


def _entries_held(ids: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM entries_in_force AS entry WHERE entry.id IN ({ids}) "
        f"AND {_ENTRY_HELD})"
    )


_PLACE = "coalesce(premises.name, nullif(entry.place, ''), 'no place recorded')"
_PHOTOS = f"""
SELECT photo.id, entry.happened_at, 'Photo ' || photo.position || ', ' || {_PLACE}, entry.id,
    {_ENTRY_HELD}
FROM photo_pictures JOIN photos AS photo ON photo.id = photo_pictures.photo_id
JOIN entries_in_force AS entry ON entry.id = photo.entry_id
LEFT JOIN premises ON premises.id = entry.premises_id
WHERE entry.happened_at < ? AND entry.kind {{}} {ENFORCEMENT}
ORDER BY entry.happened_at, photo.position, photo.id
"""
_WORDS = f"""
SELECT entry.id, entry.happened_at, {_PLACE}, entry.id, {_ENTRY_HELD}
FROM entries_in_force AS entry LEFT JOIN premises ON premises.id = entry.premises_id
WHERE entry.happened_at < ? AND EXISTS (
    SELECT 1 FROM entries AS version LEFT JOIN notices USING (version_id)
    LEFT JOIN purchases USING (version_id)
    WHERE version.id = entry.id AND (version.notes <> '' OR version.particulars <> ''
    OR notices.recipient <> '' OR purchases.seller <> '' OR purchases.volunteer_reference <> ''
    OR EXISTS (SELECT 1 FROM answers
        WHERE answers.version_id = version.version_id AND answers.note <> '')))
ORDER BY entry.happened_at, entry.version_id
"""
_ENTRIES_OF_TASK = (
    "SELECT task.from_entry UNION SELECT about.id FROM entries AS about "
    "JOIN entry_tasks USING (version_id) WHERE entry_tasks.task_id = task.id"
)
_TASKS = f"""
SELECT CAST(task.id AS TEXT), closed.at, 'Task ' || task.id || ', '
    || coalesce(premises.name, nullif(task.place, ''), 'no place'), CAST(task.id AS TEXT),
    {_held("task", "task.id")} OR {_held("night", "task.deployment_id")}
    OR {_premises_held("task.premises_id")} OR {_entries_held(_ENTRIES_OF_TASK)}
FROM tasks_now AS task LEFT JOIN premises ON premises.id = task.premises_id
JOIN (SELECT task_id, min(at) AS at FROM task_closings GROUP BY task_id) AS closed
    ON closed.task_id = task.id
WHERE closed.at < ? AND EXISTS (SELECT 1 FROM task_events AS event WHERE event.task_id = task.id
    AND (event.asked <> '{REMOVED}' OR event.place NOT IN ('', '{REMOVED}')
    OR event.reason NOT IN ('', '{REMOVED}')))
ORDER BY closed.at, task.id
"""
_BRIEFINGS = f"""
SELECT CAST(night.id AS TEXT), night.ended, 'Briefing of ' || operations.name,
    CAST(night.id AS TEXT), {_held("night", "night.id")} OR EXISTS (SELECT 1 FROM planned_premises
    WHERE deployment_id = night.id AND {_premises_held("planned_premises.premises_id")})
FROM (SELECT *, coalesce(finishes_at, night_of || 'T23:59:59Z') AS ended FROM deployments) AS night
JOIN operations ON operations.id = night.operation_id
WHERE night.ended < ? AND (
    EXISTS (SELECT 1 FROM night_briefings WHERE deployment_id = night.id
        AND (areas NOT IN ('', '{REMOVED}') OR objectives NOT IN ('', '{REMOVED}')))
    OR EXISTS (SELECT 1 FROM briefing_notes WHERE deployment_id = night.id
        AND text <> '{REMOVED}')
    OR EXISTS (SELECT 1 FROM planned_premises WHERE deployment_id = night.id
        AND (why NOT IN ('', '{REMOVED}') OR premises_id IS NULL AND name <> '{REMOVED}')))
ORDER BY night.ended, night.id
"""
_WORDINGS = f"""
SELECT {REF}, kept_at, 'Wording kept by ' || officers.name, period,
    {_held("period", "period")}
FROM wordings JOIN officers ON officers.id = kept_by
WHERE kept_at < ? AND (wording <> '' OR counted <> '') ORDER BY kept_at, wordings.id
"""
_FILES = f"""
SELECT file.sha256, max(export.made_at), 'Issue ' || export.number || ', version '
    || export.version || ': ' || export.title, '', max({_held("issue", "export.number")})
FROM export_files AS file JOIN exports AS export
    ON export.sha256 = file.sha256 AND export.number IS NOT NULL
GROUP BY file.sha256 HAVING max(export.made_at) < ? ORDER BY max(export.made_at), export.id
"""
_STATES = ", ".join(f"'{state.value}'" for state in sorted(OVER))
_MAILS = f"""
SELECT CAST(mail.id AS TEXT), mail.created_at, 'Mail ' || mail.id || ': ' || mail.title,
    CAST(mail.id AS TEXT), {_held("mail", "mail.id")} OR {_held("night", "mail.deployment_id")}
    OR EXISTS (SELECT 1 FROM ({DEPLOYMENTS_MAILED.format(send_key="mail.send_key")}) AS about
        WHERE {_held("night", "about.id")})
    OR EXISTS (SELECT 1 FROM exports WHERE exports.sha256 = mail.file_hash
        AND {_held("issue", "exports.number")})
FROM mails AS mail WHERE mail.created_at < ? AND mail.body_text <> '' AND NOT EXISTS (
    SELECT 1 FROM mail_recipients AS whom WHERE whom.mail_id = mail.id AND (SELECT state
    FROM mail_states WHERE recipient_id = whom.id ORDER BY id DESC LIMIT 1) NOT IN ({_STATES}))
ORDER BY mail.created_at, mail.id
"""
_IMPORTS = f"""
SELECT CAST(one.id AS TEXT), coalesce(finished_at, uploaded_at), 'Import of ' || file_name,
    CAST(one.id AS TEXT), {_held("import", "one.id")}
FROM register_imports AS one WHERE coalesce(finished_at, uploaded_at) < ? AND EXISTS (
    SELECT 1 FROM register_import_rows WHERE import_id = one.id
    AND (name <> '{REMOVED}' OR detail <> ''))
ORDER BY 2, one.id
"""
_SET_ASIDE = f"""
SELECT CAST(aside.id AS TEXT), decided_at, 'Record set aside, ' || decision, CAST(aside.id AS TEXT),
    {_held("set_aside", "aside.id")} OR {_entries_held("aside.entry_id, aside.record_id")}
FROM set_aside AS aside
WHERE decided_at < ? AND (body <> '{NO_BODY}' OR mended <> '') ORDER BY decided_at, aside.id
"""
_DEVICES = f"""
SELECT device.id, min(token_expires_at, coalesce(revoked_at, token_expires_at)),
    'Phone of ' || officers.name, '', 0
FROM devices AS device JOIN officers ON officers.id = device.officer_id
WHERE min(token_expires_at, coalesce(revoked_at, token_expires_at)) < ?
    AND unsent = 0 AND device.name <> '{NO_LONGER_USED}'
ORDER BY 2, device.id
"""
_DUE = {
    Retained.PHOTOS: _PHOTOS.format("NOT IN"),
    Retained.ENFORCEMENT_PHOTOS: _PHOTOS.format("IN"),
    Retained.WORDS: _WORDS,
    Retained.TASKS: _TASKS,
    Retained.BRIEFINGS: _BRIEFINGS,
    Retained.WORDINGS: _WORDINGS,
    Retained.FILES: _FILES,
    Retained.MAILS: _MAILS,
    Retained.IMPORTS: _IMPORTS,
    Retained.SET_ASIDE: _SET_ASIDE,
    Retained.DEVICES: _DEVICES,
}
_OLD_SESSIONS = (
    "FROM sessions WHERE last_seen_at < ? AND created_at < (SELECT max(later.created_at) "
    "FROM sessions AS later WHERE later.officer_id = sessions.officer_id)"
)
ROWS = {
    Retained.SIGN_INS: (_OLD_SESSIONS, "FROM api_uses WHERE at < ?"),
    Retained.AUDIT: ("FROM audit WHERE at < ?",),
}
"""Kinds of which whole rows go, without a name each."""


def find_due(db: Database, kind: Retained, before: datetime) -> Due:
    """Return what is due of a kind: everything that counts from ``before`` or earlier."""
    moment = utc_text(before)
    if kind in ROWS:
        counts = (db.execute(f"SELECT count(*) {sql}", [moment]).fetchone() for sql in ROWS[kind])
        return Due(uncounted=sum(int(row[0]) for row in counts))
    rows = list(db.execute(_DUE[kind], [moment]))
    return Due(
        items=tuple(_item(row) for row in rows if not row[4]),
        held=tuple(_item(row) for row in rows if row[4]),
    )


def _item(row: tuple[Any, ...]) -> Item:
    return Item(row[0], from_utc_text(row[1]), row[2], row[3])
