"""Which folder may call which: pages call services, services call the store, rules call nobody."""

import ast
import sys

import pytest

from tests.house.checkout import PACKAGE, called, files, imported, name, tree

FLASK = {
    "flask",
    "flask_login",
    "flask_wtf",
    "jinja2",
    "markupsafe",
    "werkzeug",
    "wtforms",
}

# Folder or module: what it may import of fieldlog, what from outside the standard library.
# Of the store, pages and commands may know the connection that they hand to the services, and the
# errors it raises; the tables are out of their reach.
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "core": (set(), set()),
    "tallies": ({"core"}, set()),
    "workbook": ({"core", "tallies"}, {"openpyxl", "defusedxml"}),
    "store": ({"core"}, {"sqlite_utils", "sqlite3"}),
    "demonstration": ({"core"}, set()),
    "services": (
        {"core", "tallies", "workbook", "store", "demonstration", "resources"},
        {"argon2", "cryptography", "PIL"},
    ),
    "web": (
        {"core", "tallies", "services", "store.connection", "config", "resources"},
        FLASK | {"rjsmin"},
    ),
    "app": ({"services", "store.connection", "web", "config", "resources"}, FLASK),
    "serving": ({"services", "store.connection", "web"}, {"flask", "waitress"}),
    "cli": (
        {
            *("core", "tallies", "services", "store.connection"),
            *("config", "resources", "app", "serving"),
        },
        {"click"},
    ),
    "config": ({"core"}, set()),
    "resources": (set(), set()),
    "__main__": ({"cli"}, set()),
    "__init__": (set(), set()),
}

# In the standard library, but the business of one folder.
NOT_FOR_ALL = {"sqlite3"}

NEVER_READ_THE_CLOCK = ("core", "demonstration", "tallies", "workbook", "store", "services")
CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.date.today",
    "datetime.datetime.now",
    "time.time",
    "time.localtime",
    "time.gmtime",
}


def breaches(here: str, module: ast.Module) -> list[tuple[int, str]]:
    """Line and name of every import that the folder or module `here` may not make."""
    ours, others = MAY_IMPORT[here]
    within = tuple(f"fieldlog.{part}." for part in {here, *ours})
    refused = []
    for line, target in imported(module):
        root = target.split(".")[0]
        if root == "fieldlog":
            allowed = f"{target}.".startswith(within) or target == "fieldlog.__version__"
        elif root in sys.stdlib_module_names and root not in NOT_FOR_ALL:
            allowed = True
        else:
            allowed = root in others
        if not allowed:
            refused.append((line, target))
    return refused


def test_every_folder_imports_only_what_it_may():
    found = [
        f"{name(path)}:{line} imports {target}"
        for path in files("fieldlog", ".py")
        for line, target in breaches(path.relative_to(PACKAGE).parts[0].split(".")[0], tree(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("here", "statement"),
    [
        ("core", "from fieldlog.store import entries"),
        ("core", "import sqlite3"),
        ("tallies", "from fieldlog.store.counting import count"),
        ("tallies", "import openpyxl"),
        ("store", "from fieldlog import tallies"),
        ("services", "from flask import request"),
        ("services", "def f():\n    import openpyxl"),
        ("services", "from sqlite_utils import Database"),
        ("web", "from fieldlog.store import entries"),
        ("web", "from fieldlog import workbook"),
        ("web", "from fieldlog.store import connection, entries"),
        ("cli", "import fieldlog.store.counting"),
        ("store", "from ..services import record_entry"),
    ],
)
def test_it_sees_an_arrow_that_points_the_wrong_way(here, statement):
    assert breaches(here, ast.parse(statement))


def test_below_the_pages_nobody_reads_the_clock():
    found = [
        f"{name(path)}:{line} calls {call}: let `now` arrive as an argument"
        for folder in NEVER_READ_THE_CLOCK
        for path in files(f"fieldlog/{folder}", ".py")
        for line, call in called(tree(path))
        if call in CLOCKS
    ]
    assert found == []
