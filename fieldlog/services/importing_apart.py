"""The process that checks or imports a register: started by ``run_import``, followed by its page.

Run as ``python -m fieldlog.services.importing_apart FOLDER``; see ``work_apart``.
"""

import sys
from datetime import datetime
from pathlib import Path

from fieldlog.core.night import from_utc_text
from fieldlog.services.importing.register_layout import Layout
from fieldlog.services.importing.register_run import carry_out, check_import, read_register
from fieldlog.services.importing.report import ImportStopped, Progress
from fieldlog.services.take_register_in import file_of
from fieldlog.services.work_apart import Doing, doing
from fieldlog.services.work_apart import Progress as Told
from fieldlog.store import register_imports
from fieldlog.store.connection import (
    Database,
    StoreError,
    connect,
    database_path,
    write_transaction,
)
from fieldlog.store.register_imports import IMPORTING, RegisterImport
from fieldlog.workbook.reading import UnreadableSheet


def main(folder: Path) -> int:
    """Do the work of ``folder``."""
    with doing(folder, ImportStopped, StoreError, UnreadableSheet) as work:
        instance = Path(work.said["instance"])
        db = connect(database_path(instance))
        try:
            _do(db, instance, work)
        finally:
            db.close()
        work.finish({})
    return 0


def _do(db: Database, instance: Path, work: Doing) -> None:
    what, now = work.said["what"], from_utc_text(work.said["now"])
    with write_transaction(db):
        register_imports.begin(db, work.said["import"], what, work.folder.name, work.by)
    found = register_imports.get(db, work.said["import"])
    if found is None:
        raise ImportStopped("This import is not there any more.")
    path = file_of(instance, found.id)
    if not path.is_file():
        raise UnreadableSheet("The file is not kept any more. Upload it again.")
    if what == IMPORTING:
        _import(db, found, path, now, work)
    else:
        layout = Layout.from_data(found.layout)
        check_import(db, found.id, path, layout, now, _telling(work, "Checking"))


def _import(db: Database, found: RegisterImport, path: Path, now: datetime, work: Doing) -> None:
    progress = _telling(work, "Importing")
    read = read_register(db, path, Layout.from_data(found.layout), progress)
    carry_out(db, found.id, read, file_name=found.file_name, now=now, by=work.by, progress=progress)
    path.unlink(missing_ok=True)


def _telling(work: Doing, step: str) -> Progress:
    def tell(done: int, of: int) -> None:
        work.tell(Told(step if of else "Opening the file", done, of))

    return tell


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
