"""The style sheets of pages: what a page names of the kit is there, what nobody names is not."""

import re

import pytest

from fieldlog.resources import static_folder, templates_folder
from fieldlog.web.sheets import KIT, TOGETHER, sheets_of_pages, without_unused

WHOLE = (static_folder() / KIT).read_text(encoding="utf-8")
CLASS = re.compile(r"\.(govuk-[a-z0-9_-]+)")


def named() -> set[str]:
    """Every class of the kit that a template or a module names."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder, ending in ((templates_folder(), "*.html"), (static_folder() / "js", "*.js"))
        for path in folder.rglob(ending)
    ]
    return set(re.findall(r"govuk-[a-z0-9_-]+", " ".join(texts)))


@pytest.mark.parametrize("address", TOGETHER)
def test_every_class_that_a_page_names_has_its_rules(address):
    sheet = sheets_of_pages()[address].decode()
    styled = set(CLASS.findall(WHOLE))
    assert (named() & styled) - set(CLASS.findall(sheet)) == set()
    assert "govuk-input" in named() & styled


@pytest.mark.parametrize("address", TOGETHER)
def test_what_no_page_names_does_not_travel(address):
    assert ".govuk-cookie-banner" in WHOLE
    assert b".govuk-cookie-banner" not in sheets_of_pages()[address]


def test_components_are_named_in_full():
    composed = re.compile(r"govuk(?:-[a-z0-9]+)*-\{[{%]")
    for path in templates_folder().rglob("*.html"):
        assert composed.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_with_everything_in_use_nothing_is_lost():
    plain = re.sub(r"/\*.*?\*/|\n", "", WHOLE, flags=re.DOTALL)
    everything = frozenset(
        name.replace("\\", "") for name in re.findall(r"\.(govuk-(?:\\!-)?[a-z0-9-]+)", plain)
    )
    blocks = frozenset(re.split("--|__", name)[0] for name in everything)
    assert without_unused(WHOLE, everything | blocks).replace("\n", "") == plain


def test_a_rule_is_kept_for_those_of_its_selectors_that_are_in_use():
    sheet = ".govuk-a,.govuk-b:is(a,b){c:d}@media print{.govuk-b{e:f}}.govuk-b__g{h:i}@media x{p{}}"
    assert without_unused(sheet, frozenset({"govuk-a"})) == ".govuk-a{c:d}@media x{p{}}"
    assert without_unused(sheet, frozenset({"govuk-b"})) == sheet.replace(".govuk-a,", "")


def test_they_are_served_under_an_address_that_changes_with_them(app, client):
    with app.test_request_context():
        address = app.url_for("static", filename="css/whole-officer.css")
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert answer.data == sheets_of_pages()["css/whole-officer.css"]
