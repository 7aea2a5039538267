"""Every route as every role and as nobody, held against one table of who may open what."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fieldlog.core.words import Role
from fieldlog.web.access import open_to, visitors_of
from tests.conftest import PEOPLE

# Who may open it: o fficer, c oordinator, a dministrator, v iewer; n obody has signed in.
TABLE = """
ocavn  GET      /
ocavn  GET      /accessibility
ocavn  GET      /health
ocavn  GET      /static/<version>/<path:filename>
ocavn  GET      /sw.js
ocavn  GET      /manifest.webmanifest
ocavn  GET      /phone
ocavn  GET      /shell/tonight
ocavn  GET      /shell/tasks
ocavn  GET      /shell/plus-one
ocavn  GET      /shell/entries/mine
ocavn  GET      /shell/entries/new/<kind>
ocavn  GET      /shell/phone
ocavn  GET      /shell/offline
ocavn  GET      /shell/entry
ocavn  GET      /shell/briefing
ocavn  GET      /phone/entry/<uuid:entry_id>
ocavn  GET      /phone/amend/<kind>/<uuid:entry_id>
ocavn  GET      /phone/mend/<kind>/<uuid:entry_id>
ocavn  GET      /shell/lists
ocavn  GET POST /sign-in
ocav   POST     /sign-out
ocav   GET      /account
ocav   GET POST /account/password
ocavn  POST     /account/theme
 ca    GET      /retention
 ca    GET      /retention/<name>
  a    POST     /retention/<name>/<int(max=999999999):seen>
  a    GET POST /retention/<name>/period
 ca    GET POST /retention/holds/<int(max=999999999):hold_id>
 ca    GET POST /entries/<uuid:entry_id>/hold
 ca    GET POST /exports/<int(max=999999999):export_id>/hold
 ca    GET      /devices
 ca    GET      /devices/<uuid:device_id>
 ca    POST     /devices/<uuid:device_id>/revoke
 ca    GET      /set-aside
 ca    GET      /set-aside/<int(max=999999999):number>
 ca    GET      /set-aside/<int(max=999999999):number>/photo
 ca    GET POST /set-aside/<int(max=999999999):number>/mend
 ca    POST     /set-aside/<int(max=999999999):number>/accept
 ca    POST     /set-aside/<int(max=999999999):number>/refuse
 ca    GET POST /unsent/import
 ca    GET      /premises/imports
 ca    POST     /premises/imports
 ca    GET      /premises/imports/<int(max=999999999):import_id>
 ca    GET      /premises/imports/<int(max=999999999):import_id>/columns
 ca    POST     /premises/imports/<int(max=999999999):import_id>/columns
 ca    POST     /premises/imports/<int(max=999999999):import_id>/check
 ca    POST     /premises/imports/<int(max=999999999):import_id>/import
 ca    POST     /premises/imports/<int(max=999999999):import_id>/give-up
 ca    GET      /premises/imports/<int(max=999999999):import_id>/report.csv
 ca    GET      /premises/imports/<int(max=999999999):import_id>/refused
ocavn  GET      /api/openapi.json
 cav   GET      /api/v1/tally.json
 cav   GET      /api/v1/tally.csv
 ca    GET      /api/v1/entries.json
 ca    GET      /api/v1/entries.csv
 cav   GET      /api/v1/nights.json
 cav   GET POST /account/tokens
ocav   POST     /account/tokens/<int(max=999999999):token_id>/revoke
  a    GET      /people/tokens
oca    POST     /api/sync
oca    GET      /api/csrf
oca    POST     /api/unsealed
oca    GET      /api/briefing
oca    GET      /api/premises
oca    POST     /api/devices
       POST     /api/devices/rotate
 ca    GET      /people
  a    GET POST /people/new
  a    GET POST /people/<int(max=999999999):officer_id>
  a    POST     /people/<int(max=999999999):officer_id>/disable
  a    POST     /people/<int(max=999999999):officer_id>/enable
  a    POST     /people/<int(max=999999999):officer_id>/password
oca    GET      /tonight
oca    POST     /tonight/deployment
oca    GET      /briefing
oca    GET      /entries/mine
oca    GET POST /entries/new/<kind>
oca    GET      /entries/<uuid:entry_id>
oca    GET POST /entries/<uuid:entry_id>/amend
oca    POST     /entries/<uuid:entry_id>/photos
oca    GET      /entries/<uuid:entry_id>/photos/<uuid:photo_id>
oca    GET      /entries/<uuid:entry_id>/photos/<uuid:photo_id>/small
oca    POST     /entries/<uuid:entry_id>/strike
oca    POST     /entries/<uuid:entry_id>/undo
oca    GET POST /plus-one
oca    POST     /plus-one/<uuid:entry_id>/undo
oca    GET      /premises/search
 ca    GET      /premises
oca    GET      /premises/<int(max=999999999):premises_id>
 ca    POST     /premises/<int(max=999999999):premises_id>/timeline.csv
 ca    GET      /premises/duplicates
 ca    GET POST /premises/<int(max=999999999):premises_id>/merge
 ca    GET POST /premises/<int(max=999999999):one_id>/merge/<int(max=999999999):other_id>
 ca    POST     /premises/merges/<int(max=999999999):merge_id>/undo
 ca    GET      /operations
 ca    GET POST /operations/new
 ca    GET      /operations/<int(max=999999999):operation_id>
 ca    GET POST /operations/<int(max=999999999):operation_id>/change
 ca    GET POST /operations/<int(max=999999999):operation_id>/deployments/new
 cav   GET      /nights
 cav   GET      /nights/<int(max=999999999):deployment_id>
 cav   GET      /nights/<int(max=999999999):deployment_id>/live
 cav   GET      /api/live
 ca    GET      /nights/<int(max=999999999):deployment_id>/patrols
 ca    GET POST /nights/<int(max=999999999):deployment_id>/close
 ca    GET      /nights/<int(max=999999999):deployment_id>/plan
 ca    GET      /nights/<int(max=999999999):deployment_id>/briefing
 ca    POST     /nights/<int(max=999999999):deployment_id>/briefing
 ca    POST     /nights/<int(max=999999999):deployment_id>/notes
 ca    POST     /nights/<int(max=999999999):deployment_id>/notes/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/premises
 ca    POST     /nights/<int(max=999999999):deployment_id>/premises/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/template
 ca    POST     /nights/<int(max=999999999):deployment_id>/crews
 ca    POST     /nights/<int(max=999999999):deployment_id>/crews/<int(max=999999999):crew_id>/remove
 ca    GET POST /nights/<int(max=999999999):deployment_id>/crews/<int(max=999999999):crew_id>/counts
 ca    POST     /nights/<int(max=999999999):deployment_id>/officers
 ca    POST     /nights/<int(max=999999999):deployment_id>/officers/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/reopen
 ca    GET      /patrols
 ca    GET      /patrols/<uuid:patrol_id>
 ca    POST     /patrols/<uuid:patrol_id>/close
oca    POST     /patrols
 ca    POST     /nights/<int(max=999999999):deployment_id>/workbook
 ca    GET POST /nights/<int(max=999999999):deployment_id>/export
 ca    GET POST /nights/<int(max=999999999):deployment_id>/send
 ca    POST     /nights/<int(max=999999999):deployment_id>/send/now
 ca    GET      /mails
 ca    GET      /mails/<int(max=999999999):mail_id>
 ca    POST     /mails/messages/<int(max=999999999):recipient_id>/arrived
 ca    POST     /mails/messages/<int(max=999999999):recipient_id>/again
 ca    GET      /reports
 ca    GET      /timed-sends
 ca    GET POST /timed-sends/new
 ca    POST     /timed-sends/set-up
 ca    GET      /timed-sends/<int(max=999999999):timed_id>
 ca    POST     /timed-sends/<int(max=999999999):timed_id>/<any(pause, resume, end):act>
 ca    GET POST /send
 ca    POST     /send/now
 ca    POST     /mails/<int(max=999999999):mail_id>/cancel
 ca    GET      /published
 ca    GET POST /published/new
 ca    GET      /published/<int(max=999999999):figure_id>
 ca    POST     /published/<int(max=999999999):figure_id>/strike
 ca    GET      /exports
 ca    GET POST /exports/new
 ca    POST     /exports/download
 ca    GET      /exports/under-way
 ca    GET      /exports/under-way/<uuid:key>
 ca    POST     /exports/under-way/<uuid:key>/file
 ca    GET      /exports/<int(max=999999999):export_id>
 ca    POST     /exports/<int(max=999999999):export_id>/file
 ca    GET POST /exports/check
 ca    GET      /distribution-lists
 ca    GET POST /distribution-lists/new
 ca    GET POST /distribution-lists/<int(max=999999999):list_id>
 ca    POST     /distribution-lists/<int(max=999999999):list_id>/remove
 ca    GET      /entries
 ca    POST     /entries.csv
 cav   GET      /tallies
 cav   GET      /tallies.csv
 cav   GET      /periods
 ca    POST     /periods/wording
 cav   GET      /views
 ca    POST     /views
 cav   GET      /views/<int(max=999999999):view_id>
 ca    GET POST /views/<int(max=999999999):view_id>/change
 ca    POST     /views/<int(max=999999999):view_id>/delete
 ca    GET      /hotspots
 ca    GET      /hotspots/<int(max=999999999):hotspot_id>
 ca    GET POST /hotspots/new
 ca    GET POST /hotspots/<int(max=999999999):hotspot_id>/change
 ca    GET POST /hotspots/<int(max=999999999):hotspot_id>/asked
 ca    POST     /hotspots/<int(max=999999999):hotspot_id>/retire
 cav   GET      /hotspots/return
 ca    POST     /hotspots/return.csv
 ca    POST     /patrols/<uuid:patrol_id>/hotspot
 ca    GET      /lists/checklists
 ca    GET POST /lists/checklists/new
 ca    GET POST /lists/checklists/<int(max=999999999):number>
 ca    POST     /lists/checklists/<int(max=999999999):number>/retire
 ca    POST     /lists/checklists/<int(max=999999999):number>/bring-back
oca    GET      /tasks
 ca    GET POST /tasks/new
oca    GET      /tasks/<int(max=999999999):task_id>
 ca    GET POST /tasks/<int(max=999999999):task_id>/change
 ca    POST     /tasks/<int(max=999999999):task_id>/assign
 ca    POST     /tasks/<int(max=999999999):task_id>/close
 ca    POST     /tasks/<int(max=999999999):task_id>/reopen
 ca    GET      /lists
 ca    GET POST /lists/<any(actions, measures):table>/new
 ca    GET POST /lists/<any(actions, measures):table>/<code>
 ca    POST     /lists/<any(actions, measures):table>/<code>/retire
 ca    POST     /lists/<any(actions, measures):table>/<code>/bring-back
 ca    POST     /lists/<any(actions, measures):table>/<code>/move-up
"""

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


def test_a_page_under_more_is_marked_there_and_said_by_its_button(signed_in):
    page = signed_in("cora").get("/people").get_data(as_text=True)
    summary = re.search(r"<summary.*?</summary>", page, re.DOTALL)[0]
    assert "you are in People" in summary
    assert re.search(r'href="/people" aria-current="page"', page)
    assert "you are in" not in signed_in("cora").get("/nights").get_data(as_text=True)
