"""The document of the API is held true: answers fit it, and no input makes the server stumble."""

import re
from collections.abc import Callable

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_wsgi
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fieldlog.core.api_token import TokenScope
from fieldlog.services.api_tokens import make_token
from fieldlog.services.enrol_device import enrol_device
from fieldlog.services.open_sealed import sealing_key
from fieldlog.web.forms.entry import EntryForm
from tests.phones import amendment, an_id, batch, sealed, strike, tap, undo, visit
from tests.pictures import photo_record

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
NAMES = [
    *(name for name in vars(EntryForm) if hasattr(getattr(EntryForm, name), "field_class")),
    *("count_spoken_to", "count_warned", "count_cash", "measure", "step"),
]


@pytest.fixture
def document(client):
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json


@pytest.fixture
def fits(document) -> Callable:
    """Says whether an answer is one that the document tells of."""

    def check(path, answer):
        method = answer.request.method.lower()
        told = document["paths"][path][method]["responses"][str(answer.status_code)]
        if "$ref" in told:
            told = document["components"]["responses"][told["$ref"].rsplit("/", 1)[1]]
        if "content" not in told:
            assert answer.data == b""
            return
        schema = told["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        jsonschema_rs.validator_for(whole).validate(answer.json)

    return check


def test_it_names_every_route_of_the_api_and_no_other(app, document):
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    told = {(path, method) for path, one in document["paths"].items() for method in one}
    assert told == routes


def test_it_is_a_good_openapi_document(document):
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    names = re.findall(r"#/components/(schemas|responses)/(\w+)", str(document))
    assert {name for kind, name in names if kind == "schemas"} == document["components"][
        "schemas"
    ].keys()


def test_real_requests_and_answers_fit_it(
    cast, clock, instance, app, client, signed_in, fits, document
):
    asha, officer = signed_in("asha"), cast.asha.officer_id
    fits("/api/csrf", asha.get("/api/csrf"))
    fits("/api/csrf", client.get("/api/csrf"))
    fits("/api/csrf", signed_in("vic").get("/api/csrf"))
    enrolled = asha.post("/api/devices", json={"name": "Phone"})
    fits("/api/devices", enrolled)
    fits("/api/devices", asha.post("/api/devices", json={"name": 7}))
    fits("/api/devices", asha.post("/api/devices", json={}, csrf=False))
    record, one_tap = visit(officer), tap(officer)
    body = batch(
        record,
        one_tap,
        amendment(record, minutes="30"),
        amendment(record, minutes="45") | {"after": an_id()},
        strike(visit(officer)),
        undo(one_tap),
        photo_record(record),
        visit(officer, place=""),
        visit(cast.ben.officer_id),
        record | {"fields": {}},
        sealed(visit(officer), sealing_key(instance).public),
        device=enrolled.json["device"],
        oldest_unsent_at=None,
    )
    takes = document["paths"]["/api/sync"]["post"]["requestBody"]["content"]["application/json"]
    schema = {**takes["schema"], "components": document["components"]}
    jsonschema_rs.validator_for(schema).validate(body)
    answer = asha.post("/api/sync", json=body)
    fits("/api/sync", answer)
    states = {one["state"] for one in answer.json["answers"]}
    assert states == set(
        document["components"]["schemas"]["Receipt"]["properties"]["state"]["enum"]
    ) - {"already-stored"}
    fits("/api/sync", asha.post("/api/sync", json=batch(None, "x")))
    fits("/api/sync", asha.post("/api/sync", data=b"{", content_type="application/json"))
    fits("/api/sync", asha.post("/api/sync", data=b"{}", content_type="text/plain"))
    for path in ("/api/briefing", "/api/premises"):
        answer = asha.get(path)
        fits(path, answer)
        fits(path, asha.get(path, headers={"If-None-Match": answer.headers["ETag"]}))
    token = {"Authorization": f"Bearer {enrolled.json['token']}"}
    phone = app.test_client()
    fits("/api/devices/rotate", phone.post("/api/devices/rotate", headers=token, csrf=False))
    clock.move_on(days=31)
    fits("/api/devices/rotate", phone.post("/api/devices/rotate", headers=token, csrf=False))
    fits("/api/sync", phone.post("/api/sync", headers=token, json=batch(), csrf=False))


@pytest.fixture
def asking(db, cast, now, signed_in):
    """How those ask who may: by a session, by the token of a device or a program, and neither."""
    browser = signed_in("asha")
    csrf = browser.get("/api/csrf").json["token"]
    device = enrol_device(db, officer_id=cast.asha.officer_id, name="", device_id=None, now=now)
    reading = {"name": "Excel", "scope": TokenScope.ENTRIES, "days": 30, "now": now}
    reader = make_token(db, cast.cora, **reading)
    return {
        "session": {
            "cookies": {"fieldlog": browser.get_cookie("fieldlog").value},
            "headers": {"X-CSRFToken": csrf, "Accept-Encoding": "identity"},
        },
        "token": {"headers": {"Authorization": f"Bearer {device.token}"}},
        "program": {"headers": {"Authorization": f"Bearer {reader.token}"}},
        "nobody": {},
    }


@pytest.mark.parametrize("who", ["session", "token", "program", "nobody"])
def test_no_input_makes_the_server_stumble(app, db, cast, asking, who):
    described = from_wsgi("/api/openapi.json", app)
    for found in described.get_all_operations():
        operation = found.ok()
        # A program's token opens figures and nothing else; nobody else asks for those here.
        if operation.path.startswith("/api/v1/") == (who == "program"):
            stumble(operation, asking[who], cast.asha.officer_id)
    mistakes = db.execute("SELECT body FROM set_aside WHERE reason = 'mistake'").fetchall()
    assert mistakes == []


def stumble(operation, asking, officer_id):
    """Ask in every way that the description of an operation allows, and in some it forbids."""
    ways = operation.as_strategy() | operation.as_strategy(
        generation_mode=schemathesis.GenerationMode.NEGATIVE
    )

    @settings(max_examples=60 if operation.body else 5, phases=[Phase.generate])
    @given(case=ways)
    def ask(case):
        if isinstance(case.body, dict) and isinstance(case.body.get("records"), list):
            for number, record in enumerate(case.body["records"]):
                as_ashas(record, officer_id, number)
        case.validate_response(case.call(**asking), checks=CHECKS)

    ask()


def as_ashas(record, officer_id, number):
    """Aim at what lies behind the first checks: her own records, with names that forms have."""
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        return
    if "officer_id" in record and number % 3:
        record["officer_id"] = officer_id
    texts = list(record["fields"].values())
    start = len(str(record.get("id"))) + sum(map(len, map(str, texts)))
    record["fields"] = {
        NAMES[(start + 7 * place) % len(NAMES)]: text for place, text in enumerate(texts)
    }
