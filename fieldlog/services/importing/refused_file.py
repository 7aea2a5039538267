"""Write the refused rows of a file beside it, with the reasons, to be mended and imported again."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import BinaryIO

from fieldlog.services.importing.columns import REFUSED_BECAUSE, REFUSED_ROW, Columns
from fieldlog.services.importing.report import ImportReport, RefusedRow
from fieldlog.workbook.sheet import Sheet, Value

_ALREADY_REFUSED = re.compile(r"-refused(-\d+)?$")


def write_refused(
    report: ImportReport, path: Path, sheet: Sheet, columns: Columns, *, with_ids: bool
) -> None:
    """Write the refused rows of ``report`` beside ``path``, in the format it has, if there are any.

    The cells are as they were; in front of them stand the row's number in ``path``, the reasons
    and, ``with_ids``, its id. No file is ever overwritten: somebody may be mending it. Where it is,
    or why it could not be written, is kept in ``report``.
    """
    if not report.refused:
        return
    try:
        report.refused_file = _written(report.refused, path, sheet, columns, with_ids=with_ids)
    except OSError as error:
        report.refused_file_problem = f"{error.strerror or error}: {path.parent}"


def _written(
    refused: Sequence[RefusedRow], path: Path, sheet: Sheet, columns: Columns, *, with_ids: bool
) -> Path:
    from fieldlog.workbook.writing_rows import write_rows

    own_id = columns.places.get("id")
    left_out = columns.added | (frozenset() if own_id is None else {own_id})
    added = [REFUSED_ROW, REFUSED_BECAUSE, *(["id"] if with_ids else [])]
    header = added + [name for place, name in enumerate(sheet.header) if place not in left_out]
    rows = (_row(row, left_out, with_ids=with_ids) for row in refused)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, f"refused{sheet.suffix}")
        write_rows(draft, header, rows)
        return _placed(draft.read_bytes(), path, sheet.suffix)


def _row(row: RefusedRow, left_out: frozenset[int], *, with_ids: bool) -> list[Value]:
    because = "; ".join(f"{column}: {reason}" for column, reason in row.problems)
    front: list[Value] = [row.number, because, *([row.id] if with_ids else [])]
    return front + [cell for place, cell in enumerate(row.cells) if place not in left_out]


def _placed(content: bytes, path: Path, suffix: str) -> Path:
    """Write ``content`` under the first free name; return the file that holds it already if any."""
    for target in _names(path, suffix):
        try:
            with target.open("xb") as file:
                _write_whole(file, content)
        except FileExistsError:
            if target.is_file() and target.read_bytes() == content:
                return target
        else:
            return target
    raise AssertionError("there is always another name")


def _write_whole(file: BinaryIO, content: bytes) -> None:
    """Write all of ``content`` or leave no file: half a file would look like all there is."""
    try:
        file.write(content)
        file.flush()
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _names(path: Path, suffix: str) -> Iterator[Path]:
    stem = _ALREADY_REFUSED.sub("", path.stem)
    yield path.with_name(f"{stem}-refused{suffix}")
    for number in count(2):
        yield path.with_name(f"{stem}-refused-{number}{suffix}")
