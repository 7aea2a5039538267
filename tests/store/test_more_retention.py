"""A database of before keeps its holds, removals and decisions when more kinds fall due."""

import pytest

from fieldlog.core.retention import Retained
from fieldlog.store.checking import records_cannot_be_changed, tables_are_as_declared
from fieldlog.store.connection import connect, create_file, database_path, write_transaction
from fieldlog.store.migrations import migrations
from fieldlog.store.retention import disposal_of, holds, rules

BEFORE = """
INSERT INTO officers (name, folded_name, created_at) VALUES ('Ada', 'ada', '2020-01-01');
INSERT INTO holds VALUES (1, 'entry', 'a', 'review', '2020-01-01T00:00:00Z', 1);
INSERT INTO holds VALUES (2, 'issue', '7', 'asked for', '2020-01-01T00:00:00Z', 1);
INSERT INTO holds_lifted VALUES (1, 'decided', '2020-02-01T00:00:00Z', 1);
INSERT INTO disposals VALUES (1, 'photos', '2014-01-01T00:00:00Z', 72, 1, 'Yearly review',
    '2020-01-01T00:00:00Z', 1);
INSERT INTO disposed VALUES ('photo', 'p', 'hash', 1);
INSERT INTO set_aside (record_id, record_hash, reason, received_at, body, decided_at, decision,
    decision_reason) VALUES ('a', 'h', 'refused', '2020-12-05T21:40:00Z', '{}',
    '2020-12-05T22:00:00Z', 'accepted', 'By telephone. Mended: Notes “Robin” is now “a man”.');
INSERT INTO set_aside (record_id, record_hash, reason, received_at, body, decided_at, decision,
    decision_reason) VALUES ('b', 'h', 'refused', '2020-12-05T21:40:00Z', '{}',
    '2020-12-05T22:00:00Z', 'refused', 'logged twice')
"""


@pytest.fixture
def grown(instance):
    """A database that was brought up to date with a removal, holds and decisions in it."""
    create_file(database_path(instance))
    db = connect(database_path(instance))
    with write_transaction(db):
        migrations.apply(db, stop_before="m024_more_retention")
        for statement in BEFORE.split(";\n"):
            db.execute(statement)
    with write_transaction(db):
        migrations.apply(db)
    yield db
    db.close()


def test_holds_and_removals_are_as_they_were(grown):
    assert [(hold.id, hold.what, hold.ref) for hold in holds(grown)] == [(2, "issue", "7")]
    assert disposal_of(grown, "photo", "p").reason == "Yearly review"


def test_what_was_mended_stands_apart_from_why(grown):
    rows = grown.execute("SELECT decision_reason, mended FROM set_aside ORDER BY id").fetchall()
    assert rows == [
        ("By telephone.", "Mended: Notes “Robin” is now “a man”."),
        ("logged twice", ""),
    ]


def test_every_kind_has_a_period_to_begin_with(grown):
    assert set(rules(grown)) == set(Retained)


def test_it_is_as_a_new_database_is(grown):
    assert [*tables_are_as_declared(grown), *records_cannot_be_changed(grown)] == []
