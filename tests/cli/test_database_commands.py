"""The commands that make, fill and check the database, and mistakes said in one line."""

import pytest

from fieldlog.store.connection import database_path, write_transaction
from fieldlog.store.facts import COPIES_LEFT, set_fact
from fieldlog.store.log import count_lines
from tests.spreadsheets import Filter, import_rows, row

COMMANDS = [
    ("check",),
    ("demo",),
    ("demo", "--if-empty"),
    ("serve",),
    ("tally",),
    ("user", "list"),
    ("user", "disable", "asha"),
    ("export", "night", "--night", "2020-12-05", "--out", "n.xlsx"),
    ("import", "entries", __file__),
    ("import", "premises", __file__),
]


def test_init_makes_the_database_and_leaves_it_alone_after(instance, fieldlog):
    assert fieldlog("init").out == f"Made the database in {instance}\n"
    before = database_path(instance).read_bytes()
    assert fieldlog("init").out == f"Up to date: the database in {instance}\n"
    assert database_path(instance).read_bytes() == before


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_without_a_database_every_command_says_to_run_init(instance, fieldlog, words):
    ran = fieldlog(*words)
    assert (ran.status, ran.out) == (1, "")
    path = database_path(instance)
    assert ran.err == f"Error: There is no database at {path}. Run: fieldlog init\n"
    assert list(instance.iterdir()) == []


@pytest.mark.parametrize("words", [("check",), ("tally",), ("init",), ("serve",)], ids=" ".join)
def test_a_file_that_is_no_database_is_one_line(instance, fieldlog, words):
    database_path(instance).write_bytes(b"Dear diary, " * 500)
    ran = fieldlog(*words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "damaged" in ran.err


def test_a_folder_that_cannot_be_made_is_one_line(instance, fieldlog):
    (instance / "fieldlog.sqlite").mkdir()
    ran = fieldlog("init")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_the_demonstration_fills_an_empty_database_only(db, fieldlog):
    ran = fieldlog("demo", "--if-empty")
    entries = count_lines(db, Filter())
    assert (ran.status, ran.out) == (0, f"Added {entries} demonstration entries.\n")
    ran = fieldlog("demo", "--if-empty")
    assert ran.status == 0
    assert ran.out == "This database is in use already. No demonstration data was added.\n"
    ran = fieldlog("demo")
    assert (ran.status, "in use already" in ran.err) == (1, True)
    assert count_lines(db, Filter()) == entries
    assert fieldlog("check").status == 0


def test_a_database_with_real_entries_gets_no_demonstration(db, fieldlog, tmp_path):
    import_rows(db, tmp_path, [row()])
    assert fieldlog("demo", "--if-empty").status == 0
    assert count_lines(db, Filter()) == 1


def test_check_prints_each_thing_with_ok(db, cast, fieldlog):
    ran = fieldlog("check")
    *checks, end = ran.out.splitlines()
    assert (ran.status, end) == (0, f"All {len(checks)} checks passed.")
    assert all(line.startswith("ok     ") for line in checks)


def test_check_tells_what_a_removal_still_owes_and_does_not_fail(db, cast, fieldlog):
    with write_transaction(db):
        set_fact(db, COPIES_LEFT, "1")
    ran = fieldlog("check")
    assert (ran.status, "All " in ran.out) == (0, True)
    assert "run: fieldlog retention overwrite" in ran.err


def test_check_says_what_is_wrong_and_fails(db, cast, fieldlog, tmp_path):
    import_rows(db, tmp_path, [row() for _ in range(12)])
    db.execute("DROP TRIGGER entries_refuse_update")
    db.execute("UPDATE entries SET hour = 3")
    ran = fieldlog("check")
    assert ran.status == 1
    assert "WRONG  Every entry counts under its hour\n" in ran.out
    assert "but counts under hour 3.\n" in ran.out
    assert "       and 2 more\n" in ran.out
    assert "WRONG  Records cannot be changed or deleted\n" in ran.out
    assert ran.err.startswith("Error: ")
    assert "checks failed" in ran.err


EVERY_COMMAND = [
    (),
    *((command,) for command in ("init", "demo", "serve", "user")),
    *((command,) for command in ("import", "tally", "export", "check")),
    *(("user", command) for command in ("add", "list", "disable", "enable", "password")),
    *(("import", what) for what in ("entries", "premises")),
    *(("export", what) for what in ("night", "log", "tally")),
]


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_every_command_explains_itself_and_shows_an_example(fieldlog, words):
    ran = fieldlog(*words, "--help")
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if len(line) > 100] == []
    if words not in {(), ("user",), ("import",), ("export",)}:
        assert f"  fieldlog {' '.join(words)}" in ran.out.split("Example")[1]


def test_the_version_is_told(fieldlog):
    assert fieldlog("--version").out.startswith("fieldlog, version ")
