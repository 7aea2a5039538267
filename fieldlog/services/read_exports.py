"""Read the register of exports: what was handed out, who got it, and what changed since."""

from dataclasses import dataclass

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.issue import FigureChange
from fieldlog.core.kept_filter import filter_of_text, filter_text
from fieldlog.core.mail import MailState
from fieldlog.core.question import Filter
from fieldlog.services.choose_filter import Part, in_words
from fieldlog.services.issue_export import COMMAND_LINE, Since, since
from fieldlog.services.keep_export import SUPPRESSED, count
from fieldlog.store import exports, mails
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.exports import Export
from fieldlog.store.officers import name_of
from fieldlog.tallies.kept_figures import KeptFigures, changes, of_text

WHAT = {"night": "Figures", "log": "Log", "tally": "Tally"}


@dataclass(frozen=True)
class Listed:
    """An export in the register, with who made it and in words what sort of file it is."""

    id: int
    export: Export
    maker: str

    @property
    def kind(self) -> str:
        """Edition and format in words: ``Committee edition, Excel workbook (.xlsx)``."""
        if self.export.what != "night":
            return f"{WHAT[self.export.what]}, {self.export.format.upper()}"
        hidden = f", {self.export.options}" if self.export.options else ""
        return f"{Edition(self.export.edition).label}{hidden}, {self.export.format.upper()}"


@dataclass(frozen=True)
class Register:
    """A page of the register, newest first."""

    exports: tuple[Listed, ...]
    number: int
    last: int
    total: int
    first_place: int


@dataclass(frozen=True)
class Sent:
    """A mail that the file went out with: (address, how that message fares) for each recipient."""

    mail_id: int
    subject: str
    messages: tuple[tuple[str, MailState], ...]


@dataclass(frozen=True)
class Standing:
    """How the figures of an export stand against the log now.

    ``changed`` are the figures that differ; ``since`` the entries that made them so.
    """

    changed: tuple[FigureChange, ...]
    since: Since


@dataclass(frozen=True)
class ShownExport:
    """One export as its page shows it; ``standing`` is None where no figures were kept."""

    listed: Listed
    wanted: Filter
    words: tuple[Part, ...]
    figures: KeptFigures | None
    standing: Standing | None
    versions: tuple[Listed, ...]
    sent: tuple[Sent, ...]
    kept: bool

    @property
    def latest(self) -> bool:
        """Whether there is no later version of it."""
        return not self.versions or self.versions[-1].id == self.listed.id


def read_exports(db: Database, *, issued: bool = False, page: int = 1, size: int = 25) -> Register:
    """Return a page of the register; a page past the end is the last one."""
    with read_snapshot(db):
        total = exports.count(db, issued=issued)
        last = max(1, -(-total // size))
        number = min(max(1, page), last)
        start = (number - 1) * size
        found = tuple(listed(db, *each) for each in exports.latest(db, size, start, issued=issued))
    return Register(found, number, last, total, start + 1)


def read_export(db: Database, export_id: int) -> ShownExport | None:
    """Return one export with everything known about it, or None."""
    export = exports.get(db, export_id)
    if export is None:
        return None
    standing = standing_of(db, export) if export.figures else None
    with read_snapshot(db):
        wanted = filter_of_text(export.filter)
        found = exports.versions(db, export.number) if export.number is not None else []
        return ShownExport(
            listed=listed(db, export_id, export),
            wanted=wanted,
            words=in_words(db, wanted),
            figures=of_text(export.figures) if export.figures else None,
            standing=standing,
            versions=tuple(listed(db, *each) for each in found),
            sent=_sent(db, export.sha256),
            kept=export.issued and export.sha256 in exports.files(db),
        )


def standing_of(db: Database, export: Export) -> Standing:
    """Return how the figures that ``export`` was made with stand against the log now."""
    wanted = filter_of_text(export.filter)
    counted = count(db, wanted)
    with read_snapshot(db):
        touched = since(db, wanted, export.log_version)
    return Standing(changes(of_text(export.figures), counted.figures), touched)


def last_issued(db: Database, wanted: Filter) -> tuple[Listed, ...]:
    """Return everything that was issued of these entries, the newest first."""
    with read_snapshot(db):
        return tuple(listed(db, *each) for each in exports.of_filter(db, filter_text(wanted)))


def export_with_hash(db: Database, sha256: str) -> Listed | None:
    """Return the export that is that very file, an issued one first, or None."""
    found = exports.with_hash(db, sha256)
    return listed(db, *found[0]) if found else None


def output_of(export: Export) -> Output:
    """Return in which edition and format an export was made."""
    suppress = export.options == SUPPRESSED
    return Output(Edition(export.edition), FileFormat(export.format), suppress)


def listed(db: Database, export_id: int, export: Export) -> Listed:
    """Return an export with who made it."""
    maker = name_of(db, export.made_by) if export.made_by is not None else COMMAND_LINE
    return Listed(export_id, export, maker)


def _sent(db: Database, sha256: str) -> tuple[Sent, ...]:
    return tuple(
        Sent(
            mail_id,
            mail.subject,
            tuple(
                (recipient.address, recipient.last.state)
                for recipient in mails.recipients(db, mail_id)
            ),
        )
        for mail_id, mail in mails.with_file(db, sha256)
    )
