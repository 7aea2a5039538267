"""Every file can be read in one sitting, says what it is for, and is on the map."""

import ast
import re
from pathlib import Path

from tests.house.checkout import PACKAGE, ROOT, called, files, lines, name, released_files, tree

MOST_LINES = {"fieldlog": 300, "static/js": 300, "tests": 320}
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
TOP_LEVEL = {
    *("pyproject.toml", "fieldlog", "templates", "static", "instance", "tests"),
    *("README.md", "Makefile", ".ci", "CHANGELOG.md", "LICENSE", "docs", ".gitignore"),
    *("requirements.lock", "requirements-dev.lock"),
}
MAP_LINE = re.compile(r"^ {4}(\w+(?:\.py|/)) +\S", re.MULTILINE)


def test_no_file_is_longer_than_one_reading():
    found = [
        f"{name(path)} has {lines(path)} lines, at most {most}"
        for folder, most in MOST_LINES.items()
        for path in files(folder, ".py", ".js")
        if lines(path) > most
    ]
    assert found == []


def test_every_module_says_in_one_sentence_what_it_is_for():
    found = [
        name(path)
        for folder in ("fieldlog", "tests")
        for path in files(folder, ".py")
        if not re.fullmatch(r"\S.*\S\.", (ast.get_docstring(tree(path)) or "").split("\n")[0])
    ]
    assert found == []


def test_no_name_says_nothing():
    found = [
        name(path)
        for folder in ("fieldlog", "tests", "static/js")
        for path in files(folder, ".py", ".js")
        if SAY_NOTHING.intersection([path.stem, *path.relative_to(ROOT).parts])
    ]
    assert found == []


def test_the_top_level_is_the_agreed_one():
    assert {path.relative_to(ROOT).parts[0] for path in released_files()} - TOP_LEVEL == set()


def test_every_folder_has_a_map_of_what_is_in_it():
    folders = [PACKAGE, *(path.parent for path in PACKAGE.glob("*/__init__.py"))]
    found = {
        name(folder): {"on the map": on_the_map(folder), "there": in_the_folder(folder)}
        for folder in folders
        if in_the_folder(folder) != on_the_map(folder)
    }
    assert found == {}


def on_the_map(folder: Path) -> list[str]:
    """The modules and folders that a folder's own docstring lists, sorted."""
    return sorted(MAP_LINE.findall(ast.get_docstring(tree(folder / "__init__.py")) or ""))


def in_the_folder(folder: Path) -> list[str]:
    """The modules and folders that are there, as the map should have them."""
    return sorted(
        path.name + ("/" if path.is_dir() else "")
        for path in folder.glob("*")
        if path.is_dir() or path.suffix == ".py"
        if path.name not in {"__init__.py", "__pycache__"}
    )


def test_no_type_error_is_silenced_without_its_name():
    found = [
        f"{name(path)}:{number}"
        for folder in ("fieldlog", "tests")
        for path in files(folder, ".py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(type:\s*ignore|noqa)(?![\[:])", line)
    ]
    assert found == []


def test_no_test_sleeps_or_looks_away():
    avoided = re.compile(r"(^|\.)(sleep|wait_for_timeout|skip|skipif|xfail|importorskip)$")
    found = [
        f"{name(path)}:{line} calls {call}"
        for path in files("tests", ".py")
        for line, call in called(tree(path))
        if avoided.search(call)
    ]
    assert found == []
