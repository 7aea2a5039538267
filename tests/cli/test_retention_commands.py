"""The commands for retention: what is due is listed, and removed only for an administrator."""

import pytest

from fieldlog.store.connection import write_transaction


@pytest.fixture
def old_audit(db, cast):
    """Two lines of the audit that are twenty years old."""
    with write_transaction(db):
        for _ in range(2):
            db.execute("INSERT INTO audit (at, act) VALUES ('2003-01-01T00:00:00Z', 'signed in')")


def test_it_lists_every_kind_with_its_period(fieldlog, old_audit):
    ran = fieldlog("retention", "list")
    assert ran.status == 0
    line = next(line for line in ran.out.splitlines() if line.startswith("audit"))
    assert line.split()[:5] == ["audit", "11", "years", "2", "0"]


def test_a_dry_run_removes_nothing(db, fieldlog, old_audit):
    ran = fieldlog("retention", "apply", "audit", "--dry-run")
    assert ran.out.startswith("2 due, from before")
    assert db.execute("SELECT count(*) FROM audit").fetchone()[0] == 2


def test_an_administrator_removes_what_is_due_with_a_reason(db, fieldlog, old_audit):
    words = ("retention", "apply", "audit", "--by", "ada", "--reason", "Yearly review")
    assert "Removed 2" in fieldlog(*words).out
    assert [row[0] for row in db.execute("SELECT act FROM audit")] == ["retention applied"]
    assert "Nothing is due" in fieldlog(*words).out


def test_the_file_is_written_anew_when_it_is_quiet(fieldlog, old_audit):
    ran = fieldlog("retention", "overwrite")
    assert (ran.status, ran.out.startswith("Written anew.")) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--by"),
        (("--by", "nobody", "--reason", "x"), "Nobody can sign in"),
        (("--by", "cora", "--reason", "x"), "Only an administrator"),
        (("--by", "ada"), "Say why"),
    ],
)
def test_it_says_who_may_and_asks_why(db, fieldlog, old_audit, words, said):
    ran = fieldlog("retention", "apply", "audit", *words)
    assert (ran.status > 0, said in ran.err) == (True, True)
    assert db.execute("SELECT count(*) FROM audit").fetchone()[0] == 2
