"""Import a spreadsheet of entries: every cell arrives as it was meant, and nothing else does."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from fieldlog.core.night import utc_text
from fieldlog.core.words import EntryKind, FourE, Marking
from fieldlog.services.import_entries import UnreadableSheet, import_entries
from tests.spreadsheets import HEADER, NOW, import_rows, lines, row, write_csv, write_xlsx


@pytest.fixture
def importing(db, tmp_path):
    return partial(import_rows, db, tmp_path)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_every_column_of_a_row_is_stored(db, importing, write):
    report = importing([row()], write)
    (line,) = lines(db)
    assert report.counts["stored"] == 1
    assert report.refused == []
    assert line.happened_at == datetime(2020, 12, 5, 21, 40, tzinfo=UTC)
    assert line.received_at == line.captured_at == NOW
    assert line.night_of == date(2020, 12, 5)
    assert line.kind is EntryKind.PREMISES_VISIT
    assert (line.operation, line.officer, line.agency) == (
        "Op Emblazen",
        "Asha Reed",
        "Marlbridge Borough Council",
    )
    assert (line.premises, line.ward) == ("The Lamp", "Castle")
    assert (line.action, line.minutes) == ("Advice given", 15)
    assert line.notes == "Queue outside, spoke to the manager."
    assert line.counts == {"spoken_to": 3, "warned": 0}
    assert line.recorded_by == ""


def test_headings_may_be_in_any_order_case_and_spacing(db, importing):
    cells = row()
    header = ["Notes", "HAPPENED AT", " Night Of ", "people warned", "Spoken-To", "Time taken"]
    importing(
        [[cells["notes"], cells["happened_at"], "2020-12-05", 2, 3, "1.25 hrs"]], header=header
    )
    (line,) = lines(db)
    assert line.notes == cells["notes"]
    assert (line.night_of, line.minutes) == (date(2020, 12, 5), 75)
    assert line.counts == {"spoken_to": 3, "warned": 2}


def test_only_the_time_is_needed(db, importing):
    report = importing([{"happened_at": "2020-12-05 21:40"}])
    (line,) = lines(db)
    assert report.created == {}
    assert (line.officer, line.agency, line.premises, line.action) == ("", "", "", "")
    assert (line.minutes, line.counts, line.deployment_id) == (None, {}, None)


def test_nought_and_blank_differ(db, importing):
    importing([row(minutes="0", spoken_to="0", warned=""), row(minutes="", spoken_to="")])
    assert sorted((line.minutes, dict(line.counts)) for line in lines(db) if line.minutes == 0) == [
        (0, {"spoken_to": 0})
    ]
    assert [dict(line.counts) for line in lines(db) if line.minutes is None] == [{"warned": 0}]


@pytest.mark.parametrize("blank", ["", "(blank)", "not recorded", "Not Recorded", "  "])
def test_what_says_that_nothing_was_recorded_is_blank(db, importing, blank):
    names = dict.fromkeys(["operation", "officer", "agency", "premises", "ward"], blank)
    importing([row(**names, kind="other", action_taken=blank, minutes=blank, spoken_to=blank)])
    (line,) = lines(db)
    assert (line.operation, line.officer, line.agency, line.where, line.ward) == ("",) * 5
    assert (line.action_code, line.minutes, line.counts) == (None, None, {"warned": 0})


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("premises visit", EntryKind.PREMISES_VISIT),
        ("Premises visit", EntryKind.PREMISES_VISIT),
        ("premises_visit", EntryKind.PREMISES_VISIT),
        ("TEST PURCHASE", EntryKind.TEST_PURCHASE),
        ("Patrol-note", EntryKind.PATROL_NOTE),
        ("arrest", EntryKind.ARREST),
        ("", EntryKind.OTHER),
    ],
)
def test_kinds_are_read_as_code_or_label_in_any_case(db, importing, typed, kind):
    importing([row(kind=typed)])
    assert [line.kind for line in lines(db)] == [kind]


def test_it_says_how_many_rows_had_no_kind(importing):
    assert importing([row(kind=""), row(kind="other")]).remarks == (
        "1 row without a kind: stored as “Other”.",
    )


def test_a_row_with_premises_is_a_visit_only_if_its_kind_says_so(db, importing):
    importing([row(kind="encounter", action_taken="Visit subject premises")])
    (line,) = lines(db)
    assert (line.kind, line.premises) == (EntryKind.ENCOUNTER, "The Lamp")


@pytest.mark.parametrize(
    "typed", ["Advice given", "ADVICE GIVEN", "advice_given", " advice  given "]
)
def test_actions_are_read_as_code_or_label_in_any_case(db, importing, typed):
    importing([row(action_taken=typed)])
    assert [line.action_code for line in lines(db)] == ["advice_given"]


def test_stages_and_markings_are_read_too(db, importing):
    importing([row(four_e="Encourage", marking="official-sensitive")])
    (line,) = lines(db)
    assert (line.four_e, line.marking) == (FourE.ENCOURAGE, Marking.OFFICIAL_SENSITIVE)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2020-12-05 21:40", "2020-12-05T21:40:00Z"),
        ("2020-12-05T21:40:30", "2020-12-05T21:40:30Z"),
        ("2020-07-05 21:40", "2020-07-05T20:40:00Z"),
        ("2020-07-05T21:40Z", "2020-07-05T21:40:00Z"),
        ("2020-12-05T21:40:00+01:00", "2020-12-05T20:40:00Z"),
        ("2020-12-05 21:40:00.000-0530", "2020-12-06T03:10:00Z"),
        # Clocks show 01:30 twice on the last Sunday of October; the first is meant.
        ("2020-10-25 01:30", "2020-10-25T00:30:00Z"),
    ],
)
def test_times_are_uk_local_unless_they_have_an_offset(db, importing, typed, moment):
    importing([{"happened_at": typed}])
    assert [utc_text(line.happened_at) for line in lines(db)] == [moment]


def test_dates_and_times_of_a_workbook_are_uk_local(db, importing):
    summer = {"happened_at": "2020-07-05 01:30", "night_of": "2020-07-04 00:00"}
    importing([summer], write_xlsx)
    (line,) = lines(db)
    assert line.happened_at == datetime(2020, 7, 5, 0, 30, tzinfo=UTC)
    assert line.night_of == date(2020, 7, 4)


def test_day_first_dates_are_read_only_when_that_is_said(db, importing):
    typed = {"happened_at": "05/12/2020 21:40", "night_of": "05/12/2020"}
    assert len(importing([typed]).refused) == 1
    assert importing([typed], day_first=True).counts["stored"] == 1
    (line,) = lines(db)
    assert line.happened_at == datetime(2020, 12, 5, 21, 40, tzinfo=UTC)


def test_text_with_commas_lines_and_quotes_survives_word_for_word(db, importing):
    notes = 'He said "no", twice;\nthen left, £5 – naïve ☂\n=HYPERLINK("x")'
    importing([row(notes=notes)])
    importing([row(notes=notes, minutes="30")], write_xlsx, name="other")
    assert [line.notes for line in lines(db)] == [notes, notes]


def test_files_of_older_programs_are_read(db, tmp_path):
    path = write_csv(tmp_path / "old.csv", [row(notes="Café £5")], encoding="cp1252", delimiter=";")
    import_entries(db, path, now=NOW)
    assert [line.notes for line in lines(db)] == ["Café £5"]


def test_an_arrest_counts_itself_and_a_notice_counts_what_its_column_says(db, importing):
    importing([{"happened_at": "2020-12-05 21:40", "kind": "arrest"}])
    importing([{"happened_at": "2020-12-05 22:40", "kind": "notice", "fpn": 1}])
    assert [dict(line.counts) for line in lines(db)] == [{"arrests": 1}, {"fpn": 1}]


def test_unknown_columns_are_ignored_and_named(importing):
    report = importing([row(weather="rain", initials="AR")])
    assert report.ignored == ("weather (column N)", "initials (column O)")
    assert report.counts["stored"] == 1


def test_money_is_taken_by_its_code_only(db, importing):
    report = importing([row(**{"cash_pence": "12,500", "Drugs seized": "5"})])
    assert report.ignored == ("Drugs seized (column O)",)
    assert [line.counts["cash_pence"] for line in lines(db)] == [12_500]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (["when", "what"], "No column is headed “happened_at”"),
        (["2020-12-05 21:40", "The Lamp"], "The first row must be the headings"),
        (["happened_at", "minutes", "Minutes "], "Columns B and C are both headed “minutes”"),
    ],
)
def test_a_file_without_proper_headings_is_refused_as_a_whole(db, importing, header, words):
    with pytest.raises(UnreadableSheet, match=words):
        importing([["2020-12-05 21:40"] + [""] * (len(header) - 1)], header=header)
    assert lines(db) == []


def test_progress_is_told_after_each_batch_up_to_the_last_row(importing):
    told = []
    importing(
        [
            row(minutes=str(n % 90), happened_at=f"2020-12-05 {n // 60:02}:{n % 60:02}")
            for n in range(600)
        ],
        progress=lambda done, rows: told.append((done, rows)),
    )
    assert told == [(250, 600), (500, 600), (600, 600)]


def test_the_audit_says_that_a_file_was_imported_and_not_what_it_said(db, importing):
    importing([row(), row(kind="raid")])
    assert list(db.execute("SELECT at, act, about FROM audit")) == [
        ("2021-03-01T09:00:00Z", "entries imported", "night.csv: 1 of 2 rows stored, 1 refused")
    ]


def test_a_header_in_the_test_files_is_the_contract():
    assert set(HEADER) == set(row())
