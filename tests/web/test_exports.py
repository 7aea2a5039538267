"""Files are handed over by those who may, say what they are, and hold what the screen shows."""

import csv
import io

import pytest
from openpyxl import load_workbook

from fieldlog.services.write_whole import ExportFailed
from tests.web.busy_nights import busy_nights
from tests.web.figures_on_pages import crosstabs, entries_said, words


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def nights(db, cast):
    return busy_nights(db, cast)


def rows_of(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def audited(db):
    return [tuple(row) for row in db.execute("SELECT act, officer_id FROM audit ORDER BY id")]


def test_the_workbook_of_a_night_counts_what_the_screen_counts(db, cast, nights, cora):
    answer = cora.post(f"/nights/{cast.deployment}/workbook")
    assert answer.status_code == 200
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Op Emblazen 2020-12-05.xlsx"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(answer.get_data()), data_only=True)["Action by time"]
    cells = [[cell for cell in row if cell is not None] for row in sheet.values]
    (total,) = [row for row in cells if row[:1] == ["Grand Total"]]
    (screen, _) = crosstabs(cora.get(f"/nights/{cast.deployment}").get_data(as_text=True))
    assert total[1:] == [*map(int, screen.column_totals), int(screen.grand_total)]
    assert audited(db)[-1] == ("export night workbook", cast.cora.officer_id)


def test_an_export_that_fails_says_why_and_what_to_do(cast, nights, cora, monkeypatch):
    def full(_job):
        raise ExportFailed("The disk is full, so export.xlsx was not written.")

    monkeypatch.setattr("fieldlog.web.exports.run_apart", full)
    answer = cora.post(f"/nights/{cast.deployment}/workbook")
    html = words(answer.get_data(as_text=True))
    assert answer.status_code == 500
    assert "The disk is full" in html
    assert "nothing has left fieldlog" in html
    assert f'href="/nights/{cast.deployment}"' in answer.get_data(as_text=True)


def test_there_is_no_workbook_of_a_night_that_is_not(cora):
    assert cora.post("/nights/99/workbook").status_code == 404


def test_a_workbook_is_never_made_by_following_a_link(cast, cora):
    assert cora.get(f"/nights/{cast.deployment}/workbook").status_code == 405
    assert cora.get("/entries.csv").status_code == 405


def test_the_log_as_csv_has_the_entries_of_the_page(db, cast, nights, cora):
    query = {"kind": "premises_visit", "action": "(blank)"}
    header, *rows = rows_of(cora.post("/entries.csv", query_string=query))
    html = cora.get("/entries", query_string=query).get_data(as_text=True)
    assert len(rows) == entries_said(html) + html.count("feed__row--struck") > 0
    assert {row[header.index("Kind of entry")] for row in rows} == {"Premises visit"}
    assert audited(db)[-1] == ("export log as CSV", cast.cora.officer_id)


def test_a_bad_address_hands_nothing_over_and_leads_to_the_message(nights, cora, db):
    answer = cora.post("/entries.csv?kind=dance")
    assert answer.status_code == 303
    assert answer.location == "/entries?kind=dance"
    answer = cora.get("/tallies.csv?rows=dance")
    assert answer.status_code == 302
    assert "Rows cannot be “dance”" in cora.get(answer.location).get_data(as_text=True)
    assert ("export log as CSV", None) not in audited(db)


@pytest.mark.parametrize("order", ["", "most"])
def test_a_tally_as_csv_is_the_table_of_the_page(nights, cora, order):
    query = {"rows": "action", "columns": "kind", "to": "2020-12-05", "order": order}
    answer = cora.get("/tallies.csv", query_string=query)
    (_, *rows, total) = rows_of(answer)[: 2 + 6]
    html = cora.get("/tallies", query_string=query, follow_redirects=True).get_data(as_text=True)
    (screen,) = crosstabs(html)
    assert [row[0] for row in rows][: len(screen.rows)] == screen.rows
    for row, cells, whole in zip(rows, screen.cells, screen.row_totals, strict=False):
        assert row[1:] == [str(int(cell)) for cell in (*cells, whole)]
    assert total[-1] == screen.grand_total.text
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Entries by action taken and kind of entry.csv"'
    )


def test_a_viewer_takes_tallies_and_nothing_with_names(cast, nights, signed_in):
    vic = signed_in("vic")
    assert rows_of(vic.get("/tallies.csv"))
    assert vic.get("/tallies.csv?rows=officer").status_code == 302
    assert vic.post("/entries.csv").status_code == 403
    assert vic.post(f"/nights/{cast.deployment}/workbook").status_code == 403


def chosen(**more):
    return {"edition": "committee", "file_format": "xlsx"} | more


def test_edition_format_and_small_numbers_can_be_chosen(db, cast, nights, cora):
    address = f"/nights/{cast.deployment}/export"
    page = words(cora.get(address).get_data(as_text=True))
    assert "Committee edition, which names nobody" in page
    for file_format, kind in (
        ("xlsx", "spreadsheetml.sheet"),
        ("ods", "opendocument.spreadsheet"),
        ("csv", "text/csv"),
    ):
        answer = cora.post(address, data=chosen(file_format=file_format, hide="y"))
        assert answer.status_code == 200
        assert answer.mimetype.endswith(kind)
        assert f'2020-12-05.{file_format}"' in answer.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    small = [line["Value"] for line in lines if line["Value"] in {"1", "2", "3", "4"}]
    assert small == []
    assert any(line["Value"] == "[c]" for line in lines)
    assert audited(db)[-1][0] == "export committee edition, csv, small numbers hidden"


def test_the_working_edition_cannot_hide_what_its_log_shows(cast, nights, cora):
    address = f"/nights/{cast.deployment}/export"
    answer = cora.post(address, data=chosen(edition="working", hide="y"))
    assert answer.status_code == 400
    assert "The working edition shows every entry" in words(answer.get_data(as_text=True))
    assert cora.post(address, data=chosen(edition="secret")).status_code == 400


def test_there_is_no_export_of_a_night_that_is_not(cora):
    assert cora.get("/nights/99/export").status_code == 404
