"""Programs read with a token what the pages show to its owner, and nothing else."""

import base64
import csv
import io
import json
from datetime import date

import jsonschema_rs
import pytest

from fieldlog.core.api_token import MOST_REQUESTS, TokenScope
from fieldlog.core.breakdown import Breakdown
from fieldlog.services.api_tokens import make_token, revoke_token
from fieldlog.services.change_user import disable_user
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import night_figures
from fieldlog.services.plan_deployment import deployment_for
from fieldlog.store.connection import write_transaction
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order, Showing
from fieldlog.tallies.spread_writing import spread_data
from tests.services.issuing import quiet_night
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import words

TALLY, ENTRIES, NIGHTS = "/api/v1/tally.json", "/api/v1/entries.json", "/api/v1/nights.json"


@pytest.fixture
def night(db, cast):
    quiet_night(db, cast)
    record(db, a_visit(cast, notes="=HYPERLINK()", place="+44"))


@pytest.fixture
def token(db, cast, now):
    def made(owner="cora", scope=TokenScope.ENTRIES):
        return make_token(db, cast[owner], name="Excel", scope=scope, days=30, now=now)

    return made


@pytest.fixture
def program(app, token):
    """A program without cookies that asks with a token, made for whom and what is said."""

    def asking(owner="cora", scope=TokenScope.ENTRIES):
        headers = {"Authorization": f"Bearer {token(owner, scope).token}"}
        client = app.test_client()
        return lambda url, **more: client.get(
            url, headers=headers | more.pop("headers", {}), **more
        )

    return asking


@pytest.fixture
def fits(client):
    document = client.get("/api/openapi.json").json

    def check(path, answer):
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        whole = {**schema["schema"], "components": document["components"]}
        jsonschema_rs.validator_for(whole).validate(answer.json)
        return answer.json

    return check


def rows(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_tally_is_the_one_of_the_page(db, cast, night, program, fits):
    said = fits(TALLY, program()(TALLY, query_string={"deployment": cast.deployment}))
    table = night_figures(db, of_deployment(cast.deployment)).action_by_time
    assert said["cells"] == [list(cells) for cells in table.cells]
    assert (said["grand_total"], said["hours"]["recorded_hours"]) == (4, 1.25)


def test_levels_and_several_counts_are_those_of_the_command(night, program, fits, db):
    query = "rows=action&then_rows=agency&columns=none&also=minutes&share=column&order=most"
    said = fits(TALLY, program()(f"{TALLY}?{query}"))
    asked = Breakdown(("action", "agency"), (), ("entries", "minutes"))
    spread = count_breakdown(db, asked, Showing(Order.MOST))
    assert said == json.loads(json.dumps(spread_data(spread, Share.COLUMN)))
    assert said["cells"][-1] == [[4, 75]]
    body = rows(program()(f"/api/v1/tally.csv?{query}&raw=1"))
    assert body[0][-2:] == ["Entries", "Minutes recorded"]
    assert body[-1][-2:] == ["4", "75"]


def test_the_entries_come_a_page_at_a_time_with_their_notes(db, cast, night, program, fits):
    ask = program()
    first = fits(ENTRIES, ask(ENTRIES, query_string={"size": 3}))
    assert (len(first["entries"]), first["pages"], first["total"]) == (3, 2, 4)
    rest = fits(ENTRIES, ask(first["next"]))
    assert (len(rest["entries"]), rest["next"]) == (1, None)
    every = [*first["entries"], *rest["entries"]]
    assert sum(one["minutes"] or 0 for one in every) == 75
    assert {one["officer"] for one in every} == {"Asha Reed"}
    assert "=HYPERLINK()" in [one["notes"] for one in every]


def test_csv_is_harmless_in_excel_and_raw_for_programs(cast, night, program):
    ask = program()
    safe, raw = ask("/api/v1/entries.csv"), ask("/api/v1/entries.csv?raw=1&size=2")
    header, *lines = rows(safe)
    assert "'=HYPERLINK()" in [line[header.index("Notes")] for line in lines]
    assert safe.get_data().startswith(b"\xef\xbb\xbf")
    assert not raw.get_data().startswith(b"\xef\xbb\xbf")
    assert raw.headers["X-Total-Count"] == "4"
    assert "page=2&size=2>; rel=" in raw.headers["Link"]
    assert "raw=1" in raw.headers["Link"]
    assert rows(ask("/api/v1/tally.csv?rows=ward&columns=kind"))[-1][-1] == "4"


def test_the_nights_have_the_figures_of_their_page(db, cast, night, program, fits):
    (one,) = fits(NIGHTS, program("vic", TokenScope.FIGURES)(NIGHTS))["nights"]
    assert (one["operation"], one["night_of"], one["entries"]) == ("Op Emblazen", "2020-12-05", 4)
    assert one["figures"]["spoken_to"] == 4
    assert one["hours"] == {"timed_records": 2, "recorded_minutes": 75, "untimed_records": 2}


def test_every_page_of_nights_says_how_many_there_are_in_all(db, cast, night, now, program, fits):
    busy_nights(db, cast)
    with write_transaction(db):
        deployment_for(db, operation_id=cast.operation, night=date(2020, 11, 21), now=now)
    ask = program()
    first = fits(NIGHTS, ask(f"{NIGHTS}?size=1"))
    second = fits(NIGHTS, ask(f"{NIGHTS}?size=1&page=2"))
    nights = [one["night_of"] for one in (*first["nights"], *second["nights"])]
    assert nights == ["2020-12-05", "2020-11-28", "2020-11-21"]
    assert (first["total"], second["total"]) == (3, 3)


def test_excel_gives_the_token_as_the_password_of_any_user(app, night, token):
    pair = base64.b64encode(f"anybody:{token().token}".encode()).decode()
    client = app.test_client()
    assert client.get(TALLY, headers={"Authorization": f"Basic {pair}"}).status_code == 200
    for header in ("Basic !!!", f"Basic {base64.b64encode(b'a:b').decode()}", "Bearer", "x", "é"):
        answer = client.get(TALLY, headers={"Authorization": header})
        assert (answer.status_code, answer.json["error"]) == (401, "unknown-token")
        assert "Basic" in answer.headers["WWW-Authenticate"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_token_excel_is_asked_for_one(client):
    answer = client.get(TALLY)
    assert answer.status_code == 401
    assert 'Basic realm="fieldlog"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("url", [ENTRIES, "/api/v1/entries.csv"])
@pytest.mark.parametrize("owner", ["cora", "vic"])
def test_a_token_for_figures_opens_no_entries(night, program, url, owner):
    answer = program(owner, TokenScope.FIGURES)(url)
    assert (answer.status_code, answer.json["error"]) == (403, "not-allowed")
    assert "Asha" not in answer.get_data(as_text=True)


def test_figures_alone_name_no_officer(night, program):
    ask = program("cora", TokenScope.FIGURES)
    for query in (
        "rows=officer",
        "columns=officer",
        "then_rows=officer",
        "officer=1",
        "not_officer=1",
    ):
        answer = ask(f"{TALLY}?{query}")
        assert answer.status_code == 400
        assert "Asha" not in answer.get_data(as_text=True)
    assert program()(f"{TALLY}?rows=officer").json["rows"] == ["Asha Reed"]


def test_what_ended_opens_nothing(db, cast, app, night, token, clock):
    made = token()
    headers = {"Authorization": f"Bearer {made.token}"}
    client = app.test_client()
    assert client.get(TALLY, headers=headers).status_code == 200
    disable_user(db, cast.cora.officer_id, by=cast.ada.officer_id, now=clock.now)
    assert client.get(TALLY, headers=headers).status_code == 403
    revoke_token(db, made.kept.id, by=cast.ada, now=clock.now)
    assert client.get(TALLY, headers=headers).status_code == 401
    headers = {"Authorization": f"Bearer {token('ada').token}"}
    clock.move_on(days=31)
    assert client.get(TALLY, headers=headers).status_code == 401


def test_too_many_requests_are_told_when_to_come_back(night, program):
    ask = program()
    answers = [ask(f"{NIGHTS}?size=0") for _ in range(MOST_REQUESTS + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [400, 429]
    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    "query",
    [
        "rows=happiness", "rows=time", "measure=happiness", "raw=yes", "nights=1", "operation=99",
        "from=yesterday", "from=2020-12-06&to=2020-12-05", "rows=ward&rows=kind",
        "then_rows=happiness", "also=happiness", "columns=none&then_columns=ward&top=0",
    ],
)  # fmt: skip
def test_what_it_does_not_know_it_says(night, program, query):
    answer = program()(f"{TALLY}?{query}")
    assert (answer.status_code, answer.json["error"]) == (400, "not-understood")
    assert answer.json["message"]


def test_the_audit_says_what_was_read_by_which_token(db, cast, night, program):
    program()(f"{ENTRIES}?kind=premises_visit")
    (said,) = db.execute("SELECT officer_id, about FROM audit WHERE act = 'read by a program'")
    assert said[0] == cast.cora.officer_id
    assert said[1] == "/api/v1/entries.json?kind=premises_visit; 4; token 1"


class TestUnderMe:
    def make(self, browser, **more):
        usual = {"name": "Power BI", "scope": "figures", "days": "90"}
        return browser.post("/account/tokens", data=usual | more)

    def test_a_token_is_shown_once_and_opens(self, app, night, signed_in):
        cora = signed_in("cora")
        html = self.make(cora).get_data(as_text=True)
        (made,) = [word for word in words(html).split() if word.startswith("flt_")]
        assert made not in cora.get("/account/tokens").get_data(as_text=True)
        answer = app.test_client().get(TALLY, headers={"Authorization": f"Bearer {made}"})
        assert answer.status_code == 200
        assert "last used at 21:40" in words(cora.get("/account/tokens").get_data(as_text=True))

    def test_it_is_revoked_by_its_owner_or_an_administrator_only(self, signed_in):
        cora, ada = signed_in("cora"), signed_in("ada")
        self.make(cora)
        assert signed_in("asha").post("/account/tokens/1/revoke").status_code == 404
        assert signed_in("vic").post("/account/tokens/1/revoke").status_code == 404
        assert "Cora Hale" in ada.get("/people/tokens").get_data(as_text=True)
        assert ada.post("/account/tokens/1/revoke").location == "/people/tokens"
        assert "Revoked" in cora.get("/account/tokens").get_data(as_text=True)

    def test_a_viewer_is_offered_figures_only_and_gets_no_more(self, signed_in):
        vic = signed_in("vic")
        assert "single entries" not in vic.get("/account/tokens").get_data(as_text=True)
        assert self.make(vic, scope="entries").status_code == 400

    def test_an_officer_is_not_led_to_tokens(self, signed_in):
        assert "/account/tokens" not in signed_in("asha").get("/account").get_data(as_text=True)
        assert "/account/tokens" in signed_in("vic").get("/account").get_data(as_text=True)
