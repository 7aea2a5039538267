"""The pages a phone keeps: nobody is in them, and they are the pages' own forms."""

import pytest

from fieldlog.web.shells import shells
from tests.web.page_rules import broken_rules
from tests.web.test_lists import ACTION


def addresses(app) -> list[str]:
    with app.test_request_context():
        return shells()


def test_a_shell_says_nothing_of_whoever_fetches_it(app, client, signed_in):
    asha = signed_in("asha")
    for path in addresses(app):
        nobody, officer = client.get(path), asha.get(path)
        assert (nobody.status_code, officer.status_code) == (200, 200), path
        assert officer.data == nobody.data, path
        assert "Asha" not in officer.text
        assert "Emblazen" not in officer.text


def test_a_shell_carries_no_token_and_begins_no_session(app, client):
    for path in [*addresses(app), "/phone"]:
        answer = client.get(path)
        assert "csrf" not in answer.text, path
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_shell_leaves_messages_for_the_page_that_may_show_them(signed_in):
    ben = signed_in("ben")
    with ben.session_transaction() as session:
        session["_flashes"] = [("success", "Amended 21:40")]
    assert "Amended" not in ben.get("/shell/tonight").text
    assert "Amended 21:40" in ben.get("/account").text


def test_the_form_offers_what_the_list_has_tonight(client):
    page = client.get("/shell/entries/new/premises-visit").text
    for action in ("Advice given", "No further action", "Phone call to subject premises"):
        assert action in page
    assert 'name="capacity" value="own" checked' in page
    assert 'method="dialog"' in page


def test_a_warning_asks_for_the_warned_first(client):
    page = client.get("/shell/entries/new/encounter?first=warned").text
    assert page.index('id="count_warned"') < page.index('id="count_spoken_to"')
    assert "<h1" in page
    assert "Warning" in page


@pytest.mark.parametrize("path", ["none", "encounter?first=masks", "notice?first=warned"])
def test_there_is_no_shell_of_a_kind_that_is_not(client, path):
    assert client.get(f"/shell/entries/new/{path}").status_code == 404


def test_a_phone_learns_that_the_lists_changed(app, client, signed_in):
    asha = signed_in("asha")
    before = asha.get("/api/briefing").json["lists"]
    assert asha.get("/api/briefing").json["lists"] == before
    signed_in("cora").post("/lists/actions/new", data=ACTION | {"label": "Sign put up"})
    assert "Sign put up" in client.get("/shell/entries/new/premises-visit").text
    after = asha.get("/api/briefing").json["lists"]
    assert after != before
    assert f'name="fieldlog-lists" content="{after} ' in client.get("/shell/tonight").text


def test_every_shell_keeps_the_rules_of_pages(app, client):
    assert {
        path: found for path in addresses(app) if (found := broken_rules(client.get(path).text))
    } == {}
