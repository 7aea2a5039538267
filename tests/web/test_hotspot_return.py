"""The return on hotspots: chosen columns by week or month, and a file that is kept and harmless."""

import csv
import hashlib
import io

import pytest

from tests.web.test_hotspots import lanes, text, walk


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def three_walks(cast, cora, signed_in):
    """What Op Dial asks for, done in the week of 30 November, and one patrol in the week after."""
    cora.post("/hotspots/new", data=lanes(cast, name="=cmd|'/c calc'!A1"))
    asha = signed_in("asha")
    for day in (1, 3, 5):
        walk(asha, cast, day, "18:05", "21:05", 1, deployment="none")


def rows_of(answer) -> list[list[str]]:
    assert answer.mimetype == "text/csv"
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_a_week_of_three_patrols_is_as_asked(three_walks, cora):
    page = text(cora, "/hotspots/return?from=2020-11-30&to=2020-12-06")
    assert "Hotspots by week, 30 November 2020 to 6 December 2020." in page
    assert "30 Nov 2020 3 3 9 9 18 18 0 As asked" in page
    assert "All together 3 3 9 9 18 18 0" in page


def test_it_starts_with_the_last_four_weeks_and_leaves_out_those_before_it_was_in_force(
    three_walks, cora
):
    page = text(cora, "/hotspots/return")
    assert "9 November 2020 to 6 December 2020" in page
    assert page.count("As asked") == 1
    assert "23 Nov 2020" not in page


def test_columns_are_those_that_are_chosen(three_walks, cora):
    page = text(cora, "/hotspots/return?column=place&column=days&column=when&column=least_minutes")
    assert "Square or outline Days with a patrol Minutes asked Times and days asked" in page
    assert "Square TM 9700 3050 3 15 any time, every day" in page


def test_a_month_is_its_whole_weeks(three_walks, cora):
    address = "/hotspots/return?each=month&from=2020-11-01&to=2020-12-31&column=asked_patrols"
    page = text(cora, address)
    assert "November 2020 3 " in page
    assert "December 2020 12 " in page
    assert "All together 15" in page
    assert "A month is the whole weeks that begin in it" in page


def test_the_file_says_the_same_and_nothing_in_it_is_a_formula(three_walks, cora):
    answer = cora.post("/hotspots/return.csv?from=2020-11-30&to=2020-12-06")
    header, row, total, empty, *notes = rows_of(answer)
    assert header[:5] == ["Hotspot", "From", "To", "Patrols asked", "Patrols done"]
    first = ["'=cmd|'/c calc'!A1", "2020-11-30", "2020-12-06"]
    assert row == [*first, "3", "3", "9", "9", "18", "18", "0", "As asked"]
    assert total == ["All together", "", "", "3", "3", "9", "9", "18", "18", "0", ""]
    assert empty == []
    assert "As at 21:40 on 5 December 2020" in notes[0][0]
    assert "Reed" not in answer.text


def test_what_was_handed_out_is_in_the_register_with_its_hash(three_walks, cora):
    answer = cora.post("/hotspots/return.csv?from=2020-11-30&to=2020-12-06")
    page = text(cora, "/exports/1")
    assert "Hotspots by week, 30 November 2020 to 6 December 2020" in page
    assert hashlib.sha256(answer.get_data()).hexdigest() in page
    assert "Downloaded by Cora Hale" in page


def test_it_can_be_of_one_operation(three_walks, cast, cora):
    assert "As asked" in text(cora, f"/hotspots/return?operation={cast.operation}")
    page = cora.get("/hotspots/return?operation=999")
    assert page.status_code == 400
    assert "There is no such operation" in page.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("each=day", "by week or by month"),
        ("column=officer", "Choose columns of those shown"),
        ("from=yesterday", "is no date like 2020-12-05"),
        ("from=2020-12-06&to=2020-12-05", "cannot be before the first"),
        ("from=2001-01-01&to=2020-12-05", "three years at most"),
        ("each=month&from=2001-01-01&to=2020-12-05", "three years at most"),
        ("each=week&each=month", "2 times"),
    ],
)
def test_an_address_that_asks_for_nothing_sensible_says_why(three_walks, cora, asked, words):
    page = cora.get(f"/hotspots/return?{asked}")
    assert page.status_code == 400
    assert words in page.text
    assert cora.post(f"/hotspots/return.csv?{asked}").status_code == 303


def test_viewers_read_it_without_a_way_to_the_patrols(three_walks, signed_in):
    vic = signed_in("vic")
    page = vic.get("/hotspots/return?from=2020-11-30")
    assert "As asked" in page.text
    assert "/hotspots/1" not in page.text
    assert "Download CSV" not in page.text
    assert "/hotspots/return" in vic.get("/tallies").text
