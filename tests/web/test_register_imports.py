"""Importing the register on its pages: upload, columns, dry run, import, and the report."""

import csv
import io
import json
import re

import pytest

from fieldlog.core.night import utc_text
from fieldlog.services import importing_apart, run_import
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.work_apart import STOPPED_HALFWAY
from fieldlog.store.register import every_premises
from tests.registers import write_troubled_register
from tests.web.figures_on_pages import words

KEY = "00000000-0000-4000-8000-000000000001"
REGISTER = (
    "Register of premises\nas at 1 March\n\n"
    "Venue name;Address 1;Town;Post code;UPRN;Type;Ward\n"
    "The Lamp;1 Quay Street;Marlbridge;ZZ1 1AA;100090000001;Bars;Castle\n"
    "=HYPERLINK(1);2 Quay Street;Marlbridge;ZZ1 1AB;1.00E+11;Bar;Castle\n"
)


@pytest.fixture
def apart(monkeypatch):
    """What is started is done at once, in this process, or kept waiting until it is called."""
    waiting = []

    def start(instance, task, *, by, now):
        key = f"{KEY[:-1]}{len(waiting) + 1}"
        folder = instance / "work" / key
        folder.mkdir(parents=True)
        about = {**vars(task), "by": by, "at": utc_text(now)}
        (folder / "task.json").write_text(json.dumps(about), encoding="utf-8")
        waiting.append(folder)
        if not start.held:
            importing_apart.main(folder)
        return key

    start.held = False
    start.waiting = waiting
    monkeypatch.setattr(run_import, "start_work", start)
    return start


@pytest.fixture
def cora(cast, apart, signed_in):
    return signed_in("cora")


def upload(browser, content, name="register.csv"):
    data = content if isinstance(content, bytes) else content.encode("cp1252")
    answer = browser.post("/premises/imports", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location.removesuffix("/columns")


def checked(browser, content, **changes):
    """Upload, take the columns as they are proposed but for ``changes``, and check."""
    address = upload(browser, content)
    page = browser.get(f"{address}/columns").get_data(as_text=True)
    browser.post(f"{address}/columns", data=proposed(page) | changes)
    return address


def proposed(page):
    """What the form of the columns would send as it stands."""
    fields = {}
    for part in page.split('<select class="govuk-select" id="column-')[1:]:
        place, options = part.split('"', 1)[0], part.split("</select>")[0]
        chosen = (
            options.split('" selected')[0].rsplit('value="', 1)[1] if " selected" in options else ""
        )
        fields[f"column-{place}"] = chosen
    return fields


def text(browser, path):
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_columns_are_proposed_below_the_titles_with_their_first_rows(cora):
    page = text(cora, f"{upload(cora, REGISTER)}/columns")
    assert list(proposed(page).values()) == [
        *("name", "address", "address", "postcode", "uprn", "type", "ward"),
    ]
    assert "The Lamp · =HYPERLINK(1)" in page
    assert 'value="4" selected' in page


def test_a_dry_run_writes_nothing_and_says_what_would_become_of_every_row(db, cora):
    page = text(cora, checked(cora, REGISTER))
    assert "1 new + 0 changed + 0 unchanged + 1 refused = <strong>2 rows read</strong>" in page
    assert "has lost digits of the UPRN" in page
    assert every_premises(db) == []


def test_what_was_checked_is_imported_and_its_report_is_kept(db, cora, instance):
    address = checked(cora, REGISTER)
    cora.post(f"{address}/import")
    page = text(cora, address)
    assert "by Cora Hale" in page
    (lamp,) = every_premises(db)
    assert (lamp.name, lamp.address, lamp.premises_type) == (
        "The Lamp",
        "1 Quay Street, Marlbridge",
        "bar",
    )
    assert "register.csv" in text(cora, "/premises/imports")
    assert list((instance / "register-imports").iterdir()) == []
    assert [one.what for one in check_integrity(db) if one.problems] == []
    # Once it is done nothing of it can be done again.
    cora.post(f"{address}/import")
    cora.post(f"{address}/give-up")
    assert "by Cora Hale" in text(cora, address)
    assert db.execute("SELECT count(*) FROM register_imports").fetchone() == (1,)


def test_a_dry_run_that_another_import_overtook_is_done_again_before_it_counts(db, cora):
    address = checked(cora, REGISTER)
    other = checked(cora, REGISTER.replace("The Lamp", "The Old Lamp"))
    cora.post(f"{other}/import")
    before = every_premises(db)
    late = cora.post(f"{address}/import", follow_redirects=True)
    assert "Nothing is imported yet: another import was done since the dry run." in words(late.text)
    assert "1 changed" in words(late.text)
    assert every_premises(db) == before
    cora.post(f"{address}/import")
    assert "The Lamp" in {one.name for one in every_premises(db)}


def test_a_second_edition_shows_what_changes_field_by_field_and_what_is_gone(db, cora):
    first = REGISTER.replace("1.00E+11", "100090000002") + "The Mitre;9 Mill Road;;ZZ2;7;;\n"
    cora.post(f"{checked(cora, first)}/import")
    second = first.replace("The Lamp;1 Quay", "The Anchor;12 Quay").replace("The Mitre;", ";")
    second = "\n".join(line for line in second.splitlines() if "HYPERLINK" not in line)
    address = checked(cora, second)
    page = text(cora, f"{address}?show=changed")
    rows = [words(row) for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)]
    assert "The Anchor 5 Name The Lamp The Anchor" in rows
    assert "The Anchor 5 Address 1 Quay Street, Marlbridge 12 Quay Street, Marlbridge" in rows
    # The one whose row is refused is there: it is not gone.
    gone = text(cora, f"{address}?show=gone")
    assert "=HYPERLINK(1)" in gone
    assert "The Mitre" not in gone
    cora.post(f"{address}/import")
    kept = list(db.execute("SELECT officer_id, field, before, after FROM premises_changes"))
    assert [(field, before, after) for _, field, before, after in kept] == [
        ("name", "The Lamp", "The Anchor"),
        ("address", "1 Quay Street, Marlbridge", "12 Quay Street, Marlbridge"),
        ("aliases", "", "The Lamp"),
    ]
    assert len(every_premises(db)) == 3


def test_the_report_runs_no_formula_and_refused_rows_come_back_as_they_were(cora):
    address = checked(cora, REGISTER)
    report = cora.get(f"{address}/report.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(report)))
    assert [(row["Row"], row["Outcome"], row["Name"]) for row in rows] == [
        ("5", "new", "The Lamp"),
        ("6", "refused", "'=HYPERLINK(1)"),
    ]
    refused = cora.get(f"{address}/refused").get_data()
    (row,) = csv.DictReader(io.StringIO(refused.decode("utf-8-sig")))
    assert (row["Venue name"], row["UPRN"], row["refused_row"]) == (
        "=HYPERLINK(1)",
        "1.00E+11",
        "6",
    )
    mended = refused.replace(b"1.00E+11", b"100090000002")
    assert "1 new + 0 changed + 0 unchanged + 0 refused" in text(cora, checked(cora, mended))


def test_what_columns_are_is_remembered_for_the_next_file(cora):
    strange = "Whereabouts;Called\n1 Quay Street;The Lamp\n"
    address = upload(cora, strange)
    answer = cora.post(f"{address}/columns", data={"column-0": "address", "column-1": ""})
    assert answer.status_code == 422
    assert "Say which column holds the name" in answer.get_data(as_text=True)
    cora.post(f"{address}/columns", data={"column-0": "address", "column-1": "name"})
    cora.post(f"{address}/import")
    page = text(cora, f"{upload(cora, strange)}/columns")
    assert list(proposed(page).values()) == ["address", "name"]


def test_headings_can_be_taken_from_other_rows(cora):
    address = upload(cora, "name;address\nTrading name;Street\nThe Lamp;1 Quay Street\n")
    cora.post(f"{address}/columns", data={"do": "headings", "first": "2", "last": "2"})
    page = text(cora, f"{address}/columns")
    assert '<label for="column-0">Trading name</label>' in page
    answer = cora.post(f"{address}/columns", data={"do": "headings", "first": "2", "last": "99"})
    assert answer.status_code == 422


def test_its_progress_is_shown_and_what_was_stopped_can_be_done_again(cora, apart, db, instance):
    apart.held = True
    address = checked(cora, REGISTER)
    page = text(cora, address)
    assert "Checking register.csv" in page
    assert 'http-equiv="refresh"' in page
    (apart.waiting[0] / "progress.json").write_text('{"step": "Checking", "done": 1, "of": 2}')
    # A server that is stopped takes its children's locks with it: what told something is gone.
    page = text(cora, address)
    assert STOPPED_HALFWAY in page
    assert "Nothing was written" in page
    apart.held = False
    assert "2 rows read" in text(cora, cora.post(f"{address}/check").location)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "This file is empty"), (b"PK\x03\x04 not a workbook", "damaged")],
)
def test_a_file_that_cannot_be_read_is_not_kept(cora, instance, content, words):
    data = {"file": (io.BytesIO(content), "register.xlsx")}
    answer = cora.post("/premises/imports", data=data)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert list((instance / "register-imports").iterdir()) == []


def test_an_import_that_is_given_up_leaves_nothing(db, cora, instance):
    address = checked(cora, REGISTER)
    cora.post(f"{address}/give-up")
    assert cora.get(address).status_code == 404
    assert db.execute("SELECT count(*) FROM register_import_rows").fetchone() == (0,)
    assert list((instance / "register-imports").iterdir()) == []


def test_an_import_that_is_held_is_not_given_up(db, cora, instance):
    address = checked(cora, REGISTER)
    assert cora.post(f"{address}/hold", data={"reason": "asked for"}).status_code == 303
    assert "This import is held" in text(cora, cora.post(f"{address}/give-up").location)
    assert db.execute("SELECT count(*) FROM register_import_rows").fetchone() == (2,)


def test_every_row_of_a_troubled_register_is_accounted_for(db, cora, tmp_path):
    made = write_troubled_register(tmp_path / "register.csv", 2_000)
    address = checked(cora, made.path.read_bytes())
    assert "= <strong>2,000 rows read</strong>" in text(cora, address)
    cora.post(f"{address}/import")
    sorts = made.sorts
    (counts,) = db.execute("SELECT new, changed, unchanged, refused FROM register_imports")
    bad = ("heading inside", "without a name", "spoiled UPRN", "contradicting")
    assert counts == (sorts["good"], 0, sorts["repeated"], sum(sorts[sort] for sort in bad))
    first = next(one for one in every_premises(db) if one.name == "Café Señor 1")
    assert (first.uprn, first.grid_reference) == ("100090000001", "TL 99001 25001")
    assert first.address == "1 Quay Street, Old Quarter, Marlbridge"
    assert [one.what for one in check_integrity(db) if one.problems] == []
