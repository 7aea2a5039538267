"""The lists are read again when they are others, whoever changed them, and only then."""

from contextlib import suppress

import pytest

from fieldlog.store.connection import connect, database_path, write_transaction
from fieldlog.store.lists import load_lists
from fieldlog.store.lists_version_schema import LISTS

RENAME = "UPDATE actions SET label = ? WHERE code = 'advice_given'"


def label_of(db):
    return load_lists(db).actions["advice_given"].label


def test_the_same_lists_are_not_read_twice(db):
    assert load_lists(db) is load_lists(db)


def test_what_another_connection_changed_is_read(db, instance):
    assert label_of(db) == "Advice given"
    other = connect(database_path(instance))
    with write_transaction(other):
        other.execute(RENAME, ["Advised"])
    assert label_of(db) == "Advised"


def test_what_was_rolled_back_is_forgotten(db, instance):
    with suppress(ZeroDivisionError), write_transaction(db):
        db.execute(RENAME, ["Never"])
        assert label_of(db) == "Never"
        raise ZeroDivisionError
    assert label_of(db) == "Advice given"
    other = connect(database_path(instance))
    with write_transaction(other):
        other.execute(RENAME, ["Advised"])
    assert label_of(db) == "Advised"


@pytest.mark.parametrize("table", LISTS)
def test_every_table_of_the_lists_makes_a_new_version(db, table):
    wanted = {f"{table}_{how}_is_a_new_version" for how in ("insert", "update", "delete")}
    assert wanted <= {one.name for one in db[table].triggers}
