"""Saved views: one's own, and shared ones; a view keeps the question and never the figures."""

import re

import pytest

from tests.web.busy_nights import a_visit, record
from tests.web.figures_on_pages import problems, words

ADDRESS = "rows=ward&then_rows=agency&columns=kind&also=spoken_to&kind=premises_visit&top=5"


@pytest.fixture(autouse=True)
def night(db, cast):
    record(db, a_visit(cast))


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def save(browser, name="Monday figures", address=ADDRESS, **more):
    return browser.post("/views", data={"name": name, "address": address, **more})


def text(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_view_is_saved_from_the_page_it_shows_and_opens_it_again(cora):
    page = text(cora, f"/tallies?{ADDRESS}")
    kept = re.search(r'name="address" value="([^"]*)"', page)[1].replace("&amp;", "&")
    saved = save(cora, address=kept, shared="y")
    assert (saved.status_code, saved.location) == (303, "/views/1")
    opened = cora.get(saved.location)
    assert opened.location.startswith("/tallies?rows=ward&then_rows=agency&columns=kind")
    again = text(cora, opened.location)
    caption = '<caption class="crosstab__caption">'
    assert again.split(caption)[1].split("<")[0] == page.split(caption)[1].split("<")[0]
    assert "Monday figures" in words(again)


def test_only_its_owner_sees_a_view_until_it_is_shared(cora, signed_in):
    save(cora)
    others = [signed_in("ada"), signed_in("vic")]
    for other in others:
        assert "Monday figures" not in text(other, "/views")
        assert other.get("/views/1").status_code == 404
    cora.post("/views/1/change", data={"name": "Monday figures", "shared": "y"})
    for other in others:
        assert "Monday figures Cora Hale Shared" in words(text(other, "/views"))
        assert other.get(other.get("/views/1").location).status_code == 200


def test_only_its_owner_renames_a_view(cora, signed_in):
    save(cora, shared="y")
    renamed = cora.post("/views/1/change", data={"name": "For the committee", "shared": "y"})
    assert renamed.status_code == 303
    assert "For the committee" in text(cora, "/tallies")
    ada = signed_in("ada")
    ada.post("/views/1/change", data={"name": "Mine now"})
    assert "For the committee" in text(ada, "/views")


def test_a_view_is_deleted_by_its_owner_or_when_shared_by_an_administrator(cora, signed_in):
    save(cora, name="One")
    save(cora, name="Two", shared="y")
    ada = signed_in("ada")
    assert [ada.post(f"/views/{number}/delete").status_code for number in (1, 2)] == [404, 303]
    assert "Two" not in text(cora, "/views")
    assert cora.post("/views/1/delete").status_code == 303
    assert "No views yet" in text(cora, "/views")


def test_a_viewer_may_open_and_not_save(signed_in):
    vic = signed_in("vic")
    assert save(vic).status_code == 403
    assert "Save this view" not in text(vic, "/tallies")


def test_a_view_that_cannot_be_saved_says_why(cora):
    save(cora)
    for data, says in (
        ({"name": " "}, "Give the view a name, like Monday figures."),
        ({"name": "x" * 81}, "A name has at most 80 characters."),
        ({"name": "monday  FIGURES"}, "You have a view called Monday figures already."),
        ({"name": "New", "address": "rows=colour"}, "What the view should show cannot be read."),
        ({"name": "New", "address": "kind=raid"}, "What the view should show cannot be read."),
    ):
        answer = save(cora, **data)
        assert answer.status_code == 400
        assert says in problems(answer.get_data(as_text=True))
    assert text(cora, "/views").count("/change") == 1


def test_two_people_may_give_the_same_name(cora, signed_in):
    assert save(cora).status_code == save(signed_in("ada")).status_code == 303


def test_a_shared_view_that_names_people_tells_a_viewer_why_it_stays_shut(cora, signed_in):
    save(cora, address="rows=officer&columns=kind", shared="y")
    vic = signed_in("vic")
    answer = vic.get(vic.get("/views/1").location)
    assert answer.status_code == 400
    assert "Rows cannot be Officer" in problems(answer.get_data(as_text=True))
