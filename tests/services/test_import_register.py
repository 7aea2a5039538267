"""New editions of the register: what changed is kept, what looks alike is said, nothing is lost."""

from datetime import UTC, date, datetime

import pytest

from fieldlog.services.import_premises import HowToRead, import_premises
from fieldlog.services.importing import register_run
from fieldlog.services.importing.report import ImportStopped
from fieldlog.services.merge_premises import merge
from fieldlog.store.connection import connect, database_path, write_transaction
from fieldlog.store.premises import add_typed
from fieldlog.store.register import every_premises, register_now
from tests.spreadsheets import read_csv, write_csv, write_xlsx

NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)
HEADER = ["name", "address", "postcode", "uprn", "licence_number", "type", "ward", "aliases"]
LAMP = ["The Lamp", "1 Quay Street", "ZZ1 1AA", "100090000001", "LN/1", "Bar", "Castle", ""]
MITRE = ["The Mitre", "9 Mill Road", "ZZ2 2BB", "100090000002", "LN/2", "Shop", "Castle", ""]


@pytest.fixture
def importing(db, tmp_path):
    def run(*rows, header=HEADER, write=write_csv, **options):
        path = write(
            tmp_path / f"register{'.csv' if write is write_csv else '.xlsx'}",
            list(rows),
            header=header,
        )
        return import_premises(db, path, now=NOW, **options)

    return run


def but(row, **changes):
    return [changes.get(name, cell) for name, cell in zip(HEADER, row, strict=True)]


def outcome(report):
    return (*report.counts.values(), len(report.refused))


def changes(db):
    return [tuple(row) for row in db.execute("SELECT field, before, after FROM premises_changes")]


def test_every_change_is_kept_with_what_was_before_in_words(db, importing):
    importing(LAMP)
    importing(but(LAMP, type="Restaurant", ward="Harbour", postcode="ZZ1 1AB"))
    assert changes(db) == [
        ("postcode", "ZZ1 1AA", "ZZ1 1AB"),
        ("type", "Bar", "Restaurant"),
        ("ward", "Castle", "Harbour"),
    ]


def test_a_renamed_premises_is_known_by_its_old_name_too(db, importing):
    importing(LAMP)
    importing(but(LAMP, name="The Anchor", aliases="The Light; The Lantern"))
    assert set(register_now(db).aliases[1]) == {"the lamp", "the light", "the lantern"}
    # By its old name at its address, without number: the same premises.
    report = importing(but(LAMP, name="The Light", uprn="", licence_number="", aliases=""))
    assert report.counts["new"] == 0


def test_wards_are_known_with_and_without_the_word(db, importing):
    importing(LAMP)
    assert importing(but(MITRE, ward="CASTLE  ward")).created == {}


def test_the_ward_of_another_time_is_refused(db, importing):
    with write_transaction(db):
        db.execute(
            "INSERT INTO wards (name, folded_name, valid_from, valid_to) VALUES (?, ?, ?, ?)",
            ["Castle", "castle", "2000-01-01", date(2016, 5, 4).isoformat()],
        )
    (refused,) = importing(LAMP).refused
    assert "is no ward today" in refused.problems[0][1]


@pytest.mark.parametrize(
    "other",
    [
        but(LAMP, uprn="7", licence_number=""),
        but(LAMP, name="Lamp Inn", uprn="", licence_number=""),
        but(LAMP, name="Quay Kitchen", uprn="", licence_number=""),
    ],
    ids=["another UPRN", "nearly the same name", "the same house number"],
)
def test_a_new_premises_that_looks_like_another_is_said(importing, other):
    importing(LAMP)
    report = importing(other)
    assert outcome(report) == (1, 0, 0, 0)
    assert report.remarks == ("1 new that look like premises known already",)


def test_the_numbers_of_two_premises_in_one_row_are_refused(importing):
    importing(LAMP, MITRE)
    (refused,) = importing(but(MITRE, uprn=LAMP[3])).refused
    assert "is that of The Lamp" in refused.problems[0][1]


def test_premises_that_a_new_edition_does_not_name_are_listed_and_stay(db, importing):
    third = but(LAMP, name="The Crown", uprn="3", licence_number="LN/3", address="3 Hill")
    importing(LAMP, MITRE, third)
    report = importing(LAMP, but(MITRE, uprn="1.00E+11"))
    assert report.remarks == ("1 of the register not in this file, kept: The Crown",)
    assert len(every_premises(db)) == 3


def test_a_short_list_of_corrections_says_nothing_of_the_others(importing):
    importing(LAMP, MITRE, but(LAMP, name="Crown", uprn="3", licence_number="", postcode="ZZ9"))
    assert importing(but(LAMP, type="Shop")).remarks == ()


def test_a_line_of_merged_premises_is_that_of_the_one_that_stays(db, importing, cast):
    importing(LAMP, MITRE)
    kept, gone = every_premises(db)
    by = cast.cora.officer_id
    merge(db, kept_id=kept.id, gone_id=gone.id, taken=[], reason="one house", by=by, now=NOW)
    after = every_premises(db, merged_too=True)[1]
    for same in (MITRE, but(MITRE, uprn=""), but(MITRE, uprn="", licence_number="")):
        assert importing(but(same, type="Hotel")).counts["new"] == 0
        assert every_premises(db, merged_too=True)[1] == after


def test_a_dry_run_writes_no_row_and_no_file(db, importing, tmp_path):
    target = tmp_path / "report.csv"
    report = importing(LAMP, but(MITRE, uprn="x"), dry_run=True, report_to=target)
    assert outcome(report) == (1, 0, 0, 1)
    assert every_premises(db) == []
    assert report.refused_file is None
    assert [row["Outcome"] for row in read_csv(target)] == ["new", "refused"]
    assert db.execute("SELECT count(*) FROM register_imports").fetchone() == (0,)


def test_columns_can_be_said_by_heading_or_letter(db, importing):
    how = HowToRead(columns={"Called": "name", "B": "Ward", "C": "ignore"})
    header = ["Called", "Part", "UPRN"]
    report = importing(["The Lamp", "Castle", "nonsense"], header=header, how=how)
    assert report.created == {"wards": ["Castle"]}
    assert report.ignored == ("UPRN (column C)",)


def test_a_heading_inside_the_table_is_not_taken_for_premises(importing):
    report = importing(LAMP, ["Ward: Castle", *[""] * 7], HEADER, write=write_xlsx)
    assert [row.number for row in report.refused] == [3, 4]
    assert "reads like a heading" in report.refused[0].problems[0][1]
    assert "repeats the headings" in report.refused[1].problems[0][1]


def test_a_register_that_is_changed_meanwhile_is_compared_again(
    db, importing, instance, monkeypatch
):
    other, compare = connect(database_path(instance)), register_run.compare
    names = ["The Lamp"]

    def meddled_with(*given):
        compared = compare(*given)
        if names:
            with write_transaction(other):
                add_typed(other, names.pop(), NOW)
        return compared

    monkeypatch.setattr(register_run, "compare", meddled_with)
    assert outcome(importing(LAMP)) == (0, 1, 0, 0)
    assert [one.name for one in every_premises(db)] == ["The Lamp"]
    names.extend(f"New {number}" for number in range(30))
    with pytest.raises(ImportStopped, match="Nothing was written"):
        importing(MITRE)
    other.close()
    assert "The Mitre" not in {one.name for one in every_premises(db)}
