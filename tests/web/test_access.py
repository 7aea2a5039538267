"""Every route as every role and as nobody, held against one table of who may open what."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fieldlog.core.words import Role
from fieldlog.web.access import open_to, visitors_of
from fieldlog.web.navigation import REACHED_FROM
from tests.conftest import PEOPLE
from tests.web.access_table import TABLE

LETTERS = {
    "o": Role.OFFICER,
    "c": Role.COORDINATOR,
    "a": Role.ADMINISTRATOR,
    "v": Role.VIEWER,
    "n": None,
}
SAMPLES = {
    "kind": "encounter",
    "act": "pause",
    "table": "actions",
    "code": "letter",
    "filename": "icons/favicon.svg",
}
ANY = {"IntegerConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}


def table() -> dict[tuple[str, str], frozenset[Role | None]]:
    """Method and route → who may open it."""
    rows = {}
    for line in TABLE.strip("\n").splitlines():
        letters, route = line[:5].strip(), line[5:].strip()
        *methods, path = re.match(r"(GET)? *(POST)? *(/.*)", route).groups()
        visitors = frozenset(LETTERS[letter] for letter in letters)
        rows |= {(method, path): visitors for method in methods if method}
    return rows


def routes(app: Flask) -> dict[tuple[str, str], Rule]:
    return {
        (method, rule.rule): rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def address(app: Flask, rule: Rule) -> str:
    values = {
        name: SAMPLES.get(name, ANY.get(type(converter).__name__, "x"))
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def test_every_route_is_in_the_table(app):
    assert routes(app).keys() - table().keys() == set()
    assert table().keys() - routes(app).keys() == set()


def asked_to_sign_in(answer: TestResponse) -> bool:
    """A page opens after signing in; a form is answered at once, and kept if it held anything."""
    location = answer.location or ""
    later = answer.status_code == 303 and location == "/sign-in"
    return answer.status_code == 401 or later or location.startswith("/sign-in?next=")


@pytest.mark.parametrize("route", sorted(table()), ids=" ".join)
def test_it_admits_those_in_the_table_and_nobody_else(app, client, signed_in, route):
    method, _ = route
    url = address(app, routes(app)[route])
    usernames = {PEOPLE[name][1]: name for name in ("asha", "cora", "ada", "vic")}
    for visitor in LETTERS.values():
        browser = client if visitor is None else signed_in(usernames[visitor])
        answer = browser.open(url, method=method)
        if visitor in table()[route]:
            assert answer.status_code != 403, visitor
            assert not asked_to_sign_in(answer), visitor
        elif visitor is None:
            assert asked_to_sign_in(answer)
        else:
            assert answer.status_code == 403, visitor


@pytest.mark.own_app
def test_a_page_that_does_not_say_is_refused_to_everybody(app, client, signed_in):
    app.add_url_rule("/forgotten", "forgotten", lambda: "all of it")
    for browser in (client, signed_in("asha"), signed_in("ada")):
        assert browser.get("/forgotten").status_code == 403


def test_every_view_says_who_may_open_it(app):
    silent = [name for name, view in app.view_functions.items() if visitors_of(view) is None]
    assert silent == []


@pytest.mark.own_app
def test_a_role_that_is_not_named_is_refused(app, signed_in):
    app.add_url_rule("/report", "report", open_to(Role.VIEWER)(lambda: {"visits": 17}))
    assert signed_in("vic").get("/report").json == {"visits": 17}
    assert signed_in("ada").get("/report").status_code == 403


def test_addresses_are_in_kebab_case(app):
    fixed = [re.sub(r"<[^>]+>", "", rule.rule) for rule in app.url_map.iter_rules()]
    assert [path for path in fixed if not re.fullmatch(r"[a-z0-9/.-]*", path)] == []


def test_after_signing_in_a_person_is_where_they_wanted_to_be(client):
    asked = client.get("/account?from=link")
    assert asked.location == "/sign-in?next=/account?from%3Dlink"
    page = client.get(asked.location).get_data(as_text=True)
    assert 'name="next" type="hidden" value="/account?from=link"' in page


@pytest.mark.own_app
def test_the_api_answers_in_json_and_never_with_a_redirect(app, client):
    app.add_url_rule("/api/lists", "api_lists", open_to(Role.OFFICER)(lambda: "{}"))
    answer = client.get("/api/lists")
    assert (answer.status_code, answer.json["error"]) == (401, "signed-out")


def test_the_navigation_of_a_role_leads_only_where_it_may_go(app, signed_in):
    for username in PEOPLE:
        browser = signed_in(username)
        page = browser.get("/account").get_data(as_text=True)
        links = re.search(r'<nav class="(?:thumb|top)-bar".*?</nav>', page, re.DOTALL)
        for href in re.findall(r'href="([^"]+)"', links[0] if links else ""):
            assert browser.get(href).status_code == 200, href


@pytest.mark.parametrize(
    ("username", "page", "link"),
    [
        ("cora", "/patrols", "/nights"),
        ("cora", "/set-aside", "/devices"),
        ("cora", "/exports", "/reports"),
        ("cora", "/mails", "/reports"),
        ("cora", "/periods", "/tallies"),
        ("asha", "/briefing", "/tonight"),
        ("asha", "/phone", "/account"),
    ],
)
def test_a_page_is_marked_under_the_link_that_leads_to_it(signed_in, username, page, link):
    html = signed_in(username).get(page).get_data(as_text=True)
    assert set(re.findall(r'href="([^"]+)" aria-current="page"', html)) == {link}


def test_every_page_that_is_reached_from_another_is_there(app):
    paths = [rule.rule for rule in app.url_map.iter_rules()]
    gone = [path for path in REACHED_FROM if not any(rule.startswith(path) for rule in paths)]
    assert gone == []


def test_a_page_under_more_is_marked_there_and_said_by_its_button(signed_in):
    page = signed_in("cora").get("/people").get_data(as_text=True)
    summary = re.search(r"<summary.*?</summary>", page, re.DOTALL)[0]
    assert "you are in People" in summary
    assert re.search(r'href="/people" aria-current="page"', page)
    assert "you are in" not in signed_in("cora").get("/nights").get_data(as_text=True)
