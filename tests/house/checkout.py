"""The files of the project, as the house rules look at them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fieldlog"

MADE_ANEW = {".venv", "node_modules", "__pycache__", "dist"}


def files(folder: str, *suffixes: str) -> list[Path]:
    """Every file below a folder of the project with one of the endings, in order."""
    return sorted(
        path
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and MADE_ANEW.isdisjoint(path.relative_to(ROOT).parts)
    )


def released_files() -> list[Path]:
    """What the repository holds; outside a repository, everything that was unpacked."""
    if not (ROOT / ".git").exists():
        return sorted(
            path
            for path in ROOT.rglob("*")
            if path.is_file() and MADE_ANEW.isdisjoint(path.relative_to(ROOT).parts)
        )
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    """The path as one types it at the top of the project."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, wherever in it.

    `from fieldlog import resources` counts as `fieldlog.resources`.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def called(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call, as it is written."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)
