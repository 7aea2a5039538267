"""Both editions of the marshals' published table in every format, before and after an amendment."""

import csv
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from openpyxl import load_workbook

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.question import Filter
from fieldlog.services.amend_entry import amend_entry
from fieldlog.services.export_figures import export_figures
from fieldlog.services.load_demonstration import load_demonstration
from fieldlog.services.passwords import Passwords
from fieldlog.store.connection import database_path
from fieldlog.store.deployments import operation_named
from fieldlog.store.log import entry_in_force, find_lines
from fieldlog.store.migrations import prepare_database
from tests.house.checkout import ROOT
from tests.workbook.programs import convert_all

NOW = datetime(2021, 3, 5, 10, 0, tzinfo=UTC)
PUBLISHED = ROOT / "tests" / "facts" / "marshal_actions_by_time.csv"
PIVOT = "Pivot action by time"
BEFORE, AFTER = "before", "after"
WRONG = b"77777"
"""What the cells of the pivot are made to say, so that only a refresh can put them right."""

Cells = dict[tuple[str, str], int]


class Files:
    """The folder of the files that were handed over, and of what LibreOffice made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._books: dict[Path, Any] = {}

    def path(self, when: str, name: str) -> Path:
        """A file as it was handed over: ``working.xlsx``, ``committee.csv`` …"""
        return self.folder / f"{when}-{name}"

    def opened(self, when: str, name: str) -> Path:
        """The same file after LibreOffice opened it and saved it as a workbook."""
        return self.folder / "opened" / f"{when}-{name.replace('.', '-')}.xlsx"

    def sheet(self, path: Path, title: str) -> list[tuple[Any, ...]]:
        """The cells of a sheet as a viewer shows them, which calculates nothing."""
        if path not in self._books:
            self._books[path] = load_workbook(path, data_only=True, read_only=True)
        return list(self._books[path][title].iter_rows(values_only=True))

    def close(self) -> None:
        """Let go of what was opened."""
        for book in self._books.values():
            book.close()

    def tables(self, when: str) -> dict[str, Cells]:
        """Action by time in everything that was handed over."""
        working, committee = self.path(when, "working.xlsx"), self.path(when, "committee.xlsx")
        name = "Action by time"
        return {
            "working": table_in(self.sheet(working, name)),
            "pivot": table_in(self.sheet(working, PIVOT)),
            "pivot refreshed": table_in(self.sheet(self.opened(when, "stale.xlsx"), PIVOT)),
            "working, calculated": table_in(self.sheet(self.opened(when, "stale.xlsx"), name)),
            "working ods": table_in(self.sheet(self.opened(when, "working.ods"), name)),
            "working csv": table_of_log(self.path(when, "working.csv")),
            "committee": table_in(self.sheet(committee, name)),
            "committee ods": table_in(self.sheet(self.opened(when, "committee.ods"), name)),
            "committee csv": table_of_cells(self.path(when, "committee.csv"), name),
        }


def hand_over(folder: Path, prepared: Path, passwords: Passwords, profile: Path) -> Files:
    """Write every file from one database, amend an entry, write them again, open them all."""
    database = database_path(folder)
    shutil.copy(prepared, database)
    db = prepare_database(database)
    load_demonstration(db, now=NOW, passwords=passwords)
    wanted = Filter(where={"operation": (operation_named(db, "Covid marshals"),)})
    files = Files(folder)
    for when in (BEFORE, AFTER):
        if when == AFTER:
            _amend_one(db, wanted)
        for edition in Edition:
            for file_format in FileFormat:
                target = files.path(when, f"{edition.value}{file_format.ending}")
                output = Output(edition, file_format)
                export_figures(db, wanted, target, output=output, by=None, now=NOW)
    db.close()
    _open_all(files, profile)
    return files


def _amend_one(db: Any, wanted: Filter) -> None:
    """One advice of 15 minutes becomes a visit of 45."""
    lines = find_lines(db, wanted)
    line = next(it for it in lines if (it.action_code, it.minutes) == ("advice_given", 15))
    entry = entry_in_force(db, UUID(line.id))
    assert entry is not None
    changed = replace(entry, action="visit", minutes=45)
    later = NOW + timedelta(hours=1)
    amend_entry(db, changed, reason="Read again", by=1, now=later, seen_version=1)


def _open_all(files: Files, profile: Path) -> None:
    opened = files.folder / "to-open"
    opened.mkdir()
    for when in (BEFORE, AFTER):
        _with_wrong_pivots(files.path(when, "working.xlsx"), opened / f"{when}-stale-xlsx.xlsx")
        for name in ("working.ods", "committee.ods"):
            copy = opened / f"{when}-{name.replace('.', '-')}.ods"
            shutil.copy(files.path(when, name), copy)
    found = sorted(opened.iterdir())
    convert_all(found, "xlsx:Calc MS Excel 2007 XML", profile, files.folder / "opened")


def _with_wrong_pivots(path: Path, target: Path) -> None:
    """Copy a workbook with wrong numbers in the cells of its pivots."""
    number = re.compile(rb'(<c r="[A-Z]+(?:[89]|\d\d+)"[^>]*><v>)\d+(</v></c>)')
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(target, "w") as copy:
        titles = re.findall(rb'<sheet [^>]*?name="([^"]*)"', book.read("xl/workbook.xml"))
        pivots = {
            f"xl/worksheets/sheet{place}.xml"
            for place, title in enumerate(titles, 1)
            if title.startswith(b"Pivot")
        }
        for part in book.namelist():
            content = book.read(part)
            if part in pivots:
                content = number.sub(rb"\g<1>%b\g<2>" % WRONG, content)
            copy.writestr(part, content)


def published() -> Cells:
    """The published table: the cells that are not nought."""
    with PUBLISHED.open(encoding="utf-8") as file:
        return {
            (row["action_taken"] or "(blank)", row["minutes"] or "(blank)"): int(row["records"])
            for row in csv.DictReader(file)
            if int(row["records"])
        }


def table_in(rows: Iterable[Sequence[Any]]) -> Cells:
    """The cells of action by time on a sheet, without noughts, its totals proved on the way."""
    found = iter(rows)
    header = next(row for row in found if row[0] == "Action taken" and row[1] is not None)
    columns = [_minutes(name) for name in header[1:] if name is not None]
    cells: Counter[tuple[str, str]] = Counter()
    for row in found:
        name, *values = row[: len(columns) + 1]
        *parts, total = [value or 0 for value in values]
        if name in {"Grand Total", "Total Result"}:
            assert parts == [
                sum(n for (_, at), n in cells.items() if at == column) for column in columns[:-1]
            ]
            assert total == cells.total()
            break
        assert total == sum(parts)
        action = str(name).replace("(empty)", "(blank)")
        cells.update({(action, at): n for at, n in zip(columns[:-1], parts, strict=True) if n})
    return dict(cells)


def _minutes(name: Any) -> str:
    return str(name).removesuffix(" min").replace("(empty)", "(blank)")


def table_of_log(path: Path) -> Cells:
    """Action by time as somebody counts it from the log as CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return dict(
            Counter(
                (row["Action taken"] or "(blank)", row["Minutes"] or "(blank)")
                for row in csv.DictReader(file)
                if row["Counted"] == "Yes"
            )
        )


def table_of_cells(path: Path, sheet: str) -> Cells:
    """Action by time in the tidy CSV of the committee edition."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["Row"], _minutes(row["Column"])): int(row["Value"])
            for row in csv.DictReader(file)
            if row["Sheet"] == sheet
            and "Grand Total" not in {row["Row"], row["Column"]}
            and row["Value"] != "0"
        }
