"""Importing is safe to repeat: whatever the order, the program or the number of times."""

from functools import partial
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.core.entry import Entry
from fieldlog.core.words import EntryKind
from fieldlog.services.amend_entry import amend_entry
from fieldlog.services.record_entry import record_entry
from fieldlog.store.connection import database_path
from fieldlog.store.log import entry_in_force
from fieldlog.store.migrations import prepare_database
from tests.spreadsheets import (
    HEADER,
    NOW,
    import_rows,
    lines,
    mended,
    read_csv,
    row,
    stored,
    write_csv,
    write_xlsx,
)

AN_ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
ROWS = [row(), row(minutes="30"), row(), row(happened_at="2020-12-06 01:10", officer="")]


@pytest.fixture
def importing(db, tmp_path):
    return partial(import_rows, db, tmp_path)


def test_importing_a_file_again_adds_nothing(db, importing):
    importing(ROWS)
    before = stored(db)
    report = importing(ROWS)
    assert report.counts == {"stored": 0, "stored already": 4, "mended and stored before": 0}
    assert report.created == {}
    assert stored(db) == before


def test_two_identical_rows_in_one_file_are_two_entries(db, importing):
    assert importing([row(), row(), row()]).counts["stored"] == 3
    assert len({line.id for line in lines(db)}) == 3


def test_a_file_that_was_added_to_brings_only_what_is_new(db, importing):
    importing([row()])
    assert importing([row(), row(), row(minutes="45")]).counts["stored"] == 2


def test_a_file_saved_again_by_another_program_adds_nothing(db, importing):
    importing(ROWS)
    before = stored(db)
    report = importing(ROWS, write_xlsx)
    assert (report.counts["stored"], stored(db)) == (0, before)


def test_neither_the_order_of_columns_nor_that_of_rows_makes_a_difference(db, importing):
    importing(ROWS)
    before = stored(db)
    importing(list(reversed(ROWS)), header=HEADER[::-1])
    assert stored(db) == before


def test_another_spelling_of_the_same_words_adds_nothing(db, importing):
    importing([row()])
    same = row(
        happened_at="2020-12-05T21:40:00Z",
        operation="OP  EMBLAZEN",
        premises="the lamp",
        kind="premises_visit",
        action_taken="advice_given",
        minutes="0.25 hrs",
        spoken_to="3.0",
    )
    assert (
        importing(
            [same | {"weather": "rain", "arrests": "", "marking": "OFFICIAL", "capacity": "own"}]
        ).counts["stored already"]
        == 1
    )


def test_every_other_difference_makes_another_entry(db, importing):
    changes = {
        "happened_at": "2020-12-05 21:41",
        "operation": "Op Dial",
        "night_of": "2020-12-04",
        "officer": "Ben Cole",
        "agency": "Marlshire Police",
        "kind": "encounter",
        "premises": "The Mitre",
        "ward": "",
        "action_taken": "",
        "minutes": "",
        "notes": "Another note.",
        "spoken_to": "",
        "warned": "",
    }
    assert set(changes) == set(HEADER)
    rows = [row(), *(row(**{name: text}) for name, text in changes.items())]
    assert importing(rows).counts["stored"] == len(rows)


def test_a_row_may_bring_its_own_id(db, importing):
    importing([row(id=AN_ID.upper())])
    assert [line.id for line in lines(db)] == [AN_ID]
    assert importing([row(id=f"{{{AN_ID}}}")]).counts["stored already"] == 1


def test_an_id_that_is_stored_with_other_content_is_refused(db, importing):
    importing([row(id=AN_ID)])
    (refused,) = importing([row(id=AN_ID, minutes="45")]).refused
    assert refused.problems[0][0] == "id"
    assert "Amend it in fieldlog" in refused.problems[0][1]
    assert [line.minutes for line in lines(db)] == [15]


def test_one_id_on_two_different_rows_of_a_file_keeps_the_first(db, importing):
    report = importing([row(id=AN_ID), row(id=AN_ID), row(id=AN_ID, minutes="45")])
    assert (report.counts["stored"], report.counts["stored already"]) == (1, 1)
    assert [refused.number for refused in report.refused] == [4]


def test_an_id_of_an_entry_from_a_phone_is_refused(db, cast, now, importing):
    entry = Entry(UUID(AN_ID), EntryKind.OTHER, now, now, cast.night)
    record_entry(db, entry, by=cast.asha.officer_id, now=now)
    assert len(importing([row(id=AN_ID)]).refused) == 1
    assert len(lines(db)) == 1


def test_an_entry_that_was_amended_since_stays_amended(db, cast, importing):
    importing([row()])
    entry_id = UUID(lines(db)[0].id)
    changed = entry_in_force(db, entry_id)
    amend_entry(
        db,
        Entry(**(vars(changed) | {"minutes": 60})),
        reason="Longer than it said",
        seen_version=1,
        by=cast.cora.officer_id,
        now=NOW,
    )
    assert importing([row()]).counts["stored already"] == 1
    assert [line.minutes for line in lines(db)] == [60]


def test_a_mended_row_that_equals_a_good_one_is_still_another_entry(db, importing, tmp_path):
    report = importing([row(), row(action_taken="Advise given")])
    assert report.counts["stored"] == 1
    mended(report.refused_file, action_taken="Advice given")
    again = importing(read_csv(report.refused_file), name="mended")
    assert again.counts["stored"] == 1
    assert len(lines(db)) == 2


def test_importing_mended_rows_twice_adds_nothing(db, importing):
    report = importing([row(minutes="a while"), row(minutes="a while"), row(minutes="a day")])
    mended(report.refused_file, minutes="20")
    rows = read_csv(report.refused_file)
    assert importing(rows, name="mended").counts["stored"] == 3
    assert importing(rows, name="mended").counts["stored already"] == 3
    assert importing(rows, write_xlsx, name="mended").counts["stored already"] == 3


def test_the_first_file_does_not_bring_back_what_was_mended(db, importing):
    rows = [row(), row(minutes="a while")]
    refused_file = mended(importing(rows).refused_file, minutes="20")
    importing(read_csv(refused_file), name="mended")
    report = importing([*rows, row(minutes="5")], name="next week")
    assert report.refused == []
    assert report.counts == {"stored": 1, "stored already": 1, "mended and stored before": 1}


def test_a_row_that_is_still_wrong_keeps_its_id(importing):
    first = importing([row(minutes="a while")])
    mended(first.refused_file, minutes="a long while")
    second = importing(read_csv(first.refused_file), name="mended")
    assert [refused.id for refused in second.refused] == [refused.id for refused in first.refused]


CELLS = st.fixed_dictionaries(
    {
        "happened_at": st.sampled_from(
            ["2020-12-05 21:40", "2020-12-06 00:20", "2020-12-11 19:00"]
        ),
        "operation": st.sampled_from(["", "Op Emblazen", "op emblazen"]),
        "officer": st.sampled_from(["", "Asha Reed", "Ben Cole"]),
        "agency": st.sampled_from(["", "Council"]),
        "kind": st.sampled_from(["", "encounter", "Premises visit"]),
        "premises": st.sampled_from(["The Lamp", "The Mitre"]),
        "ward": st.sampled_from(["", "Castle"]),
        "minutes": st.sampled_from(["", "15", "15 Mins", "1.25 hrs"]),
        "spoken_to": st.sampled_from(["", "0", "2"]),
    }
)

AS_WORKBOOK = st.integers(0, 3).map(lambda drawn: drawn == 3)


@settings(max_examples=25)
@given(
    rows=st.lists(CELLS, min_size=1, max_size=6),
    parts=st.lists(st.tuples(st.randoms(use_true_random=False), AS_WORKBOOK), max_size=4),
)
def test_any_sequence_of_shuffled_and_partial_files_ends_with_the_same_entries(
    rows, parts, tmp_path_factory, prepared_file
):
    """Whatever was imported before, the whole file ends with what it alone would give."""

    def fresh(name):
        folder = tmp_path_factory.mktemp(name)
        path = database_path(folder)
        path.write_bytes(prepared_file.read_bytes())
        return prepare_database(path), folder

    alone, folder = fresh("alone")
    import_rows(alone, folder, rows)
    pieces, folder = fresh("pieces")
    for number, (dice, as_workbook) in enumerate(parts):
        some = dice.sample(rows, dice.randint(1, len(rows)))
        header = dice.sample(list(rows[0]), len(rows[0]))
        write = write_xlsx if as_workbook else write_csv
        import_rows(pieces, folder, some, write, name=f"part{number}", header=header)
    import_rows(pieces, folder, rows)
    assert stored(pieces) == stored(alone)
    assert len(stored(alone)) == len(rows)
    alone.close()
    pieces.close()
