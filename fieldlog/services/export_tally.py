"""Write a tally to a file: as a workbook or CSV for people, as JSON for programs."""

import json
from datetime import datetime
from pathlib import Path

from fieldlog.core.person import Person
from fieldlog.core.question import Question
from fieldlog.services.count_tally import tally_in_snapshot
from fieldlog.services.export_csv import tally_as_csv
from fieldlog.services.keep_export import HandedOut, keep_download
from fieldlog.services.name_period import name_period
from fieldlog.services.write_whole import Exported, about, written_whole
from fieldlog.store import counting
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.facts import is_demonstration
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.writing import as_data, title
from fieldlog.workbook.report import Banner
from fieldlog.workbook.tally import write_tally_workbook

FORMATS = ("xlsx", "csv", "json")


def export_tally(
    db: Database, question: Question, target: Path, *, by: Person | None, now: datetime
) -> Exported:
    """Write the table that ``question`` asks for; what sort of file is told by how it ends.

    It is written whole or not at all, and the register keeps that it was handed out. Raises
    ExportFailed, DoesNotAddUp, UnknownCode, and the errors of ``store.connection``.
    """
    with read_snapshot(db):
        table = tally_in_snapshot(db, question)
        marking = highest_marking(db, question.filter)
        entries = counting.sums(db, question.filter).entries
        banner = Banner(name_period(db, question.filter).title, marking.label, is_demonstration(db))
    ending = target.suffix.lower().removeprefix(".")
    with written_whole(target) as path:
        _write(table, banner, path, ending, now)
    made = Exported(target, f"{title(table)}: {banner.title}", marking, entries, 0)
    with write_transaction(db):
        officer_id = by.officer_id if by else None
        add_to_audit(
            db, f"export tally, {ending}", at=now, officer_id=officer_id, about=about(made)
        )
    out = HandedOut("tally", question.filter, target.name, file_format=ending)
    keep_download(db, out, made, target, by=by, now=now)
    return made


def _write(table: Table, banner: Banner, path: Path, ending: str, now: datetime) -> None:
    if ending == "xlsx":
        write_tally_workbook(table, banner, path, now)
    elif ending == "json":
        said = json.dumps(as_data(table), indent=2, ensure_ascii=False)
        path.write_text(f"{said}\n", encoding="utf-8")
    else:
        path.write_bytes(tally_as_csv(table))
