"""Import a register: new premises are added, known ones changed, none is mistaken for another."""

from datetime import UTC, datetime

import pytest

from fieldlog.services.import_premises import UnreadableSheet, import_premises
from fieldlog.store.register import every_premises
from tests.spreadsheets import import_rows, lines, read_csv, row, write_csv, write_xlsx

NOW = datetime(2021, 3, 1, 9, 0, tzinfo=UTC)
LAMP = {
    "name": "The Lamp",
    "address": "1 Quay Street",
    "postcode": "ZZ1 1AA",
    "uprn": "100090000001",
    "licence_number": "LN/0001",
    "type": "Public house",
    "ward": "Castle",
    "grid_reference": "TL 9952 2525",
}


@pytest.fixture
def importing(db, tmp_path):
    def run(*rows, write=write_csv, header=None):
        suffix = ".csv" if write is write_csv else ".xlsx"
        path = write(tmp_path / f"register{suffix}", list(rows), header=header)
        return import_premises(db, path, now=NOW)

    return run


def lamp(**changes):
    return LAMP | changes


def outcome(report):
    counts = report.counts
    return counts["new"], counts["changed"], counts["unchanged"], len(report.refused)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_every_column_is_stored(db, importing, write):
    report = importing(lamp(), write=write)
    (premises,) = every_premises(db)
    assert outcome(report) == (1, 0, 0, 0)
    assert report.created == {"wards": ["Castle"]}
    assert (premises.name, premises.address, premises.postcode) == (
        "The Lamp",
        "1 Quay Street",
        "ZZ1 1AA",
    )
    assert (premises.uprn, premises.licence_number) == ("100090000001", "LN/0001")
    assert (premises.premises_type, premises.grid_reference) == ("public_house", "TL 9952 2525")
    assert premises.registered
    assert premises.ward_id is not None


def test_importing_it_again_changes_nothing(db, importing):
    rows = [lamp(), lamp(name="The Mitre", uprn="", licence_number="", address="9 Mill Road")]
    assert outcome(importing(*rows)) == (2, 0, 0, 0)
    before = every_premises(db)
    assert outcome(importing(*rows)) == (0, 0, 2, 0)
    assert outcome(importing(*rows, write=write_xlsx)) == (0, 0, 2, 0)
    assert every_premises(db) == before


@pytest.mark.parametrize(
    "same",
    [
        lamp(name="The Old Lamp", licence_number="LN/9999", address="2 Quay Street"),
        lamp(name="The Old Lamp", uprn="", address="2 Quay Street"),
        lamp(uprn="", licence_number="", address="elsewhere"),
        lamp(uprn="", licence_number="", postcode="", address="1, quay street"),
        lamp(uprn="", licence_number="", postcode="", address=""),
        lamp(uprn="0100090000001"[1:], name="The  LAMP"),
    ],
    ids=["UPRN", "licence", "name and postcode", "name and address", "name alone", "all"],
)
def test_it_knows_premises_by_uprn_then_licence_then_name_and_place(db, importing, same):
    importing(lamp())
    report = importing(same | {"type": "Bar"})
    assert outcome(report) == (0, 1, 0, 0)
    assert [premises.premises_type for premises in every_premises(db)] == ["bar"]


@pytest.mark.parametrize(
    "other",
    [
        lamp(uprn="100090000002"),
        lamp(uprn="", licence_number="", postcode="ZZ9 9ZZ", address="40 Hill Road"),
        lamp(uprn="", licence_number="LN/0002", name="The Mitre"),
    ],
    ids=["another UPRN", "another place", "another name and licence"],
)
def test_it_does_not_take_other_premises_for_a_known_one(db, importing, other):
    importing(lamp())
    assert outcome(importing(other)) == (1, 0, 0, 0)
    assert len(every_premises(db)) == 2


def test_a_uprn_is_text_and_leading_noughts_make_no_other_premises(db, importing):
    importing(lamp(uprn="000123"))
    assert outcome(importing(lamp(uprn="123"))) == (0, 0, 1, 0)
    assert [premises.uprn for premises in every_premises(db)] == ["000123"]


def test_a_blank_cell_takes_nothing_away(db, importing):
    importing(lamp())
    before = every_premises(db)
    assert outcome(importing({"name": "The Lamp", "uprn": LAMP["uprn"], "type": ""})) == (
        0,
        0,
        1,
        0,
    )
    assert every_premises(db) == before


def test_a_name_typed_on_the_night_becomes_the_registered_premises(db, importing, tmp_path):
    import_rows(db, tmp_path, [row(premises="the lamp")])
    report = importing(lamp())
    assert report.created["names typed on the night, now registered"] == ["The Lamp"]
    (premises,) = every_premises(db)
    (line,) = lines(db)
    assert (premises.name, premises.registered) == ("The Lamp", True)
    assert (line.premises_id, line.premises_address) == (premises.id, "1 Quay Street")


def test_a_typed_name_that_two_registered_premises_have_stays_apart(db, importing, tmp_path):
    import_rows(db, tmp_path, [row(premises="The Lamp")])
    other = lamp(uprn="2", licence_number="", postcode="ZZ2 2BB", address="8 Hill Road")
    assert outcome(importing(lamp(), other)) == (2, 0, 0, 0)
    assert sorted(premises.registered for premises in every_premises(db)) == [False, True, True]


def test_a_row_that_could_be_several_premises_is_refused(importing):
    importing(lamp(), lamp(uprn="2", licence_number="", postcode="ZZ2 2BB", address="8 Hill Road"))
    (refused,) = importing({"name": "The Lamp", "type": "Bar"}).refused
    assert refused.problems == (
        ("name", "2 premises are called The Lamp. Give the UPRN to say which is meant."),
    )


def test_two_rows_about_one_premises_must_agree(importing):
    report = importing(lamp(), lamp(), lamp(name="The Lamp and Anchor"))
    assert outcome(report) == (1, 0, 1, 1)
    assert "same premises as row 3" in report.refused[0].problems[0][1]


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("name", "", "Every premises needs its name"),
        ("name", "bell \x07", "is not text"),
        ("uprn", "1234567890123", "1 to 12 digits"),
        ("uprn", "1.0009E+11", "1 to 12 digits"),
        ("uprn", "0", "1 to 12 digits"),
        ("type", "Palace", "Use one of: Public house, Bar"),
        ("grid_reference", "TL 995 25", "OS grid reference"),
        ("address", "x" * 201, "at most 200 characters"),
    ],
)
def test_it_refuses_with_column_and_reason(db, importing, column, text, words):
    report = importing(lamp(**{column: text}), lamp(name="The Mitre", uprn="7", licence_number=""))
    (refused,) = report.refused
    assert (refused.number, refused.problems[0][0]) == (2, column)
    assert words in refused.problems[0][1]
    assert [premises.name for premises in every_premises(db)] == ["The Mitre"]
    (written,) = read_csv(report.refused_file)
    assert "id" not in written
    assert written[column] == text


def test_a_row_that_was_refused_can_be_mended(db, importing):
    refused_file = importing(lamp(type="Palace")).refused_file
    (written,) = read_csv(refused_file)
    report = importing(written | {"type": "Bar"})
    assert outcome(report) == (1, 0, 0, 0)
    assert report.ignored == ()


def test_a_file_without_names_is_refused_as_a_whole(importing):
    with pytest.raises(UnreadableSheet, match="No column is headed “name”"):
        importing(["1 Quay Street"], header=["address"])


def test_unknown_columns_are_named(importing):
    assert importing(lamp(owner="x")).ignored == ("owner (column I)",)


def test_the_audit_says_that_a_register_was_imported(db, importing):
    importing(lamp(), lamp(name="The Mitre", uprn="7", licence_number=""))
    assert list(db.execute("SELECT act, about FROM audit")) == [
        ("premises imported", "register.csv: 2 new, 0 changed")
    ]


def test_progress_reaches_the_last_row(db, tmp_path):
    told = []
    path = write_csv(tmp_path / "r.csv", [{"name": f"Place {n}"} for n in range(3)])
    import_premises(db, path, now=NOW, progress=lambda *done: told.append(done))
    assert told[-1] == (3, 3)
