"""Write a file whole or not at all, and say in plain words why it could not be written."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fieldlog.core.words import Marking

_REASONS = {
    errno.ENOSPC: "The disk is full, so {name} was not written. Free some space and try again.",
    errno.EDQUOT: "The disk quota is used up, so {name} was not written. Free some space first.",
    errno.EACCES: "fieldlog may not write to {folder}. Choose another folder.",
    errno.EPERM: "fieldlog may not write to {folder}. Choose another folder.",
    errno.EROFS: "{folder} can only be read. Choose another folder.",
    errno.ENOENT: "There is no folder {folder}. Create it or choose another one.",
    errno.ENOTDIR: "{folder} is not a folder. Choose another one.",
    errno.EISDIR: "{target} is a folder. Give the name of a file.",
}


class ExportFailed(Exception):
    """The export was not written; the message says why and what to do."""


@dataclass(frozen=True)
class Exported:
    """A file that was written and what is in it: title, marking, entries counted and struck.

    ``cut`` is how many cells had text that Excel has no room for; it is said in each of them.
    ``figures`` is the text of ``tallies.kept_figures``, empty where the file is the bare log.
    """

    path: Path
    title: str
    marking: Marking
    entries: int
    struck: int
    cut: int = 0
    figures: str = ""


def about(exported: Exported) -> str:
    """Return what the audit says of an export: enough to tell what left, and no personal data."""
    return (
        f"{exported.title}; {exported.marking.label}; "
        f"{exported.entries} entries, {exported.struck} struck"
    )


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` that becomes ``target`` when the block is done.

    If anything goes wrong, what was at ``target`` before is still there and nothing else is left
    behind. Raises ExportFailed where the disk or the folder is the reason.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".fieldlog-", dir=target.parent) as folder:
            whole = Path(folder) / target.name
            yield whole
            whole.replace(target)
    except OSError as error:
        raise ExportFailed(_reason(error, target)) from error


def _reason(error: OSError, target: Path) -> str:
    sentence = _REASONS.get(error.errno or 0)
    if sentence is None:
        return f"{target.name} was not written: {error.strerror or error}."
    return sentence.format(name=target.name, folder=target.parent, target=target)
