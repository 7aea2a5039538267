"""A database of before loses the words that outlived their removal, and nothing else."""

import pytest

from fieldlog.store.checking import records_cannot_be_changed, tables_are_as_declared
from fieldlog.store.checking_retention import removed_is_gone
from fieldlog.store.connection import connect, create_file, database_path, write_transaction
from fieldlog.store.facts import COPIES_LEFT, fact
from fieldlog.store.migrations import migrations

BEFORE = """
INSERT INTO officers (name, folded_name, created_at) VALUES ('Ada', 'ada', '2020-01-01');
INSERT INTO set_aside (record_id, record_hash, reason, received_at, body, decided_at, decision,
    decision_reason, mended) VALUES ('a', 'h', 'refused', '2018-12-05T21:40:00Z', '{}',
    '2018-12-05T22:00:00Z', 'accepted', 'By telephone.', 'Mended: “Robin” is now “a man”.');
INSERT INTO set_aside (record_id, record_hash, reason, received_at, body, decided_at, decision,
    decision_reason, mended) VALUES ('b', 'h', 'refused', '2020-12-05T21:40:00Z', '{"sealed": 1}',
    '2020-12-05T22:00:00Z', 'accepted', 'By telephone.', 'Mended: “Jo” is now “a man”.');
INSERT INTO timed_sends (list_name, days, clock, marking, when_open, when_empty)
    VALUES ('Committee', '0', '08:00', 'official', 'send', 'tell');
INSERT INTO timed_send_runs VALUES (1, 1, '2020-12-05', '2020-12-06T08:00:00Z', 'x', 'k1'),
    (2, 1, '2020-12-06', '2020-12-07T08:00:00Z', 'x', 'k2');
INSERT INTO timed_send_outcomes VALUES
    (1, '2020-12-06T08:00:00Z', 'failed', '“a@home.example” is not in an allowed domain.', NULL),
    (2, '2020-12-07T08:00:00Z', 'missed', 'fieldlog was not running when it was due.', NULL)
"""
REMOVED = """
INSERT INTO disposals VALUES (1, 'set_aside', '2019-12-31T00:00:00Z', 12, 1, 'Yearly review',
    '2020-12-31T00:00:00Z', 1);
INSERT INTO disposed VALUES ('set_aside', '1', 'h', 1)
"""


@pytest.fixture
def grow(instance):
    """Bring a database up to date that had these statements run in it before."""
    create_file(database_path(instance))
    db = connect(database_path(instance))

    def grown(*before):
        with write_transaction(db):
            migrations.apply(db, stop_before="m025_words_left")
            for statement in ";\n".join(before).split(";\n"):
                db.execute(statement)
        with write_transaction(db):
            migrations.apply(db)
        return db

    yield grown
    db.close()


def test_what_was_mended_goes_with_the_record_that_was_removed(grow):
    db = grow(BEFORE, REMOVED)
    rows = db.execute("SELECT decision_reason, mended FROM set_aside ORDER BY id").fetchall()
    assert rows == [("By telephone.", ""), ("By telephone.", "Mended: “Jo” is now “a man”.")]
    assert list(removed_is_gone(db)) == []
    assert fact(db, COPIES_LEFT) == "1"


def test_nothing_is_owed_where_nothing_was_removed(grow):
    db = grow(BEFORE)
    assert db.execute("SELECT count(*) FROM set_aside WHERE mended <> ''").fetchone() == (2,)
    assert fact(db, COPIES_LEFT) is None


def test_no_address_is_quoted_in_what_became_of_a_night(grow):
    whys = [row[0] for row in grow(BEFORE).execute("SELECT why FROM timed_send_outcomes")]
    assert whys == [
        "Mail may not go to every address on its list any more.",
        "fieldlog was not running when it was due.",
    ]


def test_it_is_as_a_new_database_is(grow):
    db = grow(BEFORE, REMOVED)
    assert [*tables_are_as_declared(db), *records_cannot_be_changed(db)] == []
