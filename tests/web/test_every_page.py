"""The rules that the test client holds every page to, and that they see what is wrong."""

import pytest
from flask import render_template_string
from jinja2 import UndefinedError

from fieldlog.web.access import open_to_everyone
from fieldlog.web.templating import pounds
from tests.web.page_rules import broken_rules

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Tallies – fieldlog</title>
<script type="module" src="/static/x/js/main.js"></script></head>
<body><a href="#main-content">Skip</a><main id="main-content"><h1>Tallies</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" name="name" aria-describedby="hint">
<p id="hint">As on the badge<br>or not</p>
<label>Notes <textarea name="notes"></textarea></label><button>Save</button></form>
<svg viewBox="0 0 1 1"><title>A gate</title><path d="M0 0"/></svg>
</main></body></html>"""


def test_a_good_page_breaks_no_rule():
    assert broken_rules(GOOD) == []


def test_an_error_is_in_the_title():
    assert broken_rules(GOOD.replace("<title>T", "<title>Error: T")) == []


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("<!DOCTYPE html>", "", "DOCTYPE"),
        (' lang="en-GB"', ' lang="en"', "British English"),
        ("Tallies – fieldlog", "fieldlog", "is not like"),
        ("Tallies – fieldlog", " – fieldlog", "is not like"),
        ("<h1>Tallies</h1>", "", "0 <h1>"),
        ("<h1>Tallies</h1>", "<h1>A</h1><h1>B</h1>", "2 <h1>"),
        ("<main", "<main></main><main", "2 <main>"),
        ("</form>", "</div></form>", "do not pair"),
        ("</form>", "<p></form>", "do not pair"),
        ('<p id="hint"', '<p id="name"', "used 2 times"),
        ('for="name"', 'for="nam"', "points at nothing"),
        ('describedby="hint"', 'describedby="hint more"', "'more' points at nothing"),
        ('href="#main-content"', 'href="#top"', "not on the page"),
        ('<label for="name">Name</label>', "", "has no label"),
        ('name="csrf_token"', 'name="token"', "no CSRF token"),
        ('value="t"', 'value=""', "no CSRF token"),
        ("<button>", '<button onclick="go()">', "inline onclick"),
        ("<h1>", '<h1 style="color: red">', "inline style"),
        ("<h1>", "<script>go()</script><h1>", "inline <script>"),
        ("<h1>", "<style>p {}</style><h1>", "inline <style>"),
        ("<h1>", '<img src="/x.png"><h1>', "without alt"),
    ],
)
def test_it_sees_what_is_wrong(was, becomes, words):
    assert was in GOOD
    assert any(words in rule for rule in broken_rules(GOOD.replace(was, becomes, 1)))


@pytest.mark.own_app
def test_the_client_refuses_a_page_that_breaks_a_rule(app, client):
    app.add_url_rule("/bare", "bare", open_to_everyone(lambda: "<p>Hello"))
    with pytest.raises(AssertionError, match="/bare: no <!DOCTYPE html>"):
        client.get("/bare")


class TestTemplates:
    def test_a_misspelt_name_is_an_error(self, app):
        with app.test_request_context(), pytest.raises(UndefinedError, match="nmae"):
            render_template_string("{{ nmae }}")

    def test_a_misspelt_attribute_is_an_error(self, app, cast):
        with app.test_request_context(), pytest.raises(UndefinedError, match="nmae"):
            render_template_string("{% if person.nmae %}x{% endif %}", person=cast.asha)

    def test_a_key_that_a_mapping_leaves_out_is_empty(self, app):
        text = "{% if item.href %}{{ item.href }}{% else %}none{{ item['note'] }}{% endif %}"
        with app.test_request_context():
            assert render_template_string(text, item={"label": "Nights"}) == "none"

    def test_what_people_typed_is_never_markup(self, app):
        with app.test_request_context():
            page = render_template_string("{{ notes }}", notes="<b onclick=x>&</b>")
        assert page == "&lt;b onclick=x&gt;&amp;&lt;/b&gt;"

    @pytest.mark.parametrize(
        ("pence", "shown"),
        [(10_000, "£100"), (6_550, "£65.50"), (1_000_000, "£10,000"), (5, "£0.05"), (0, "£0")],
    )
    def test_money_is_said_in_pounds(self, pence, shown):
        assert pounds(pence) == shown
