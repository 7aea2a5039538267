"""The briefing of tonight, as the server shows it and as a phone is told it."""

from tests.phones import batch, strike, visit


def test_it_tells_of_tonights_deployment_and_of_what_was_visited(cast, signed_in):
    asha, ben = signed_in("asha"), signed_in("ben")
    assert "No premises yet." in asha.get("/briefing").text
    ben.post("/api/sync", json=batch(visit(cast.ben.officer_id)))
    page = asha.get("/briefing").text
    for words in ("Op Emblazen, Night of action", "18:00 to 03:00, 9 hours", "The Lamp"):
        assert words in page
    assert "Visited 21:37 by Ben Cole" in page
    assert 'href="/briefing"' in asha.get("/tonight").text


def test_it_carries_the_highest_marking_of_what_is_told(cast, signed_in):
    asha, cora = signed_in("asha"), signed_in("cora")
    mark = '<p class="marking"><span class="govuk-visually-hidden">Marking: </span>'
    assert mark not in asha.get("/briefing").text
    for marking, label in (("official", "OFFICIAL"), ("official_sensitive", "OFFICIAL-SENSITIVE")):
        note = {"note-text": "A white van", "note-marking": marking}
        assert cora.post(f"/nights/{cast.deployment}/notes", data=note).status_code == 303
        assert asha.get("/briefing").text.count(f"{mark}{label}</p>") == 2
        (told,) = asha.get("/api/briefing").json["deployments"]
        assert told["about"][0] == ["Marking", label]


def test_it_says_so_where_nothing_is_planned(clock, signed_in):
    clock.move_on(days=3)
    assert "Nothing planned tonight." in signed_in("asha").get("/briefing").text


def test_a_phone_is_told_what_looks_odd_about_my_entry_until_it_is_struck(cast, signed_in):
    asha, ben = signed_in("asha"), signed_in("ben")
    record = visit(cast.asha.officer_id)
    ben.post("/api/sync", json=batch(visit(cast.ben.officer_id)))
    asha.post("/api/sync", json=batch(record))

    def told():
        return asha.get("/api/briefing").json["entries"][0]

    assert told()["note"] == "Ben Cole visited The Lamp at 21:37 on the same night."
    asha.post("/api/sync", json=batch(strike(record)))
    assert told()["note"] == ""
    assert [one["title"] for one in told()["versions"]] == ["Version 2, struck out", "Version 1"]


def test_a_phone_is_told_both_times_where_its_clock_was_wrong(cast, signed_in):
    asha = signed_in("asha")
    asha.post(
        "/api/sync", json=batch(visit(cast.asha.officer_id)) | {"sent_at": "2020-12-05T23:40:00Z"}
    )
    (entry,) = asha.get("/api/briefing").json["entries"]
    (note,) = entry["notes"]
    assert "2 hours ahead" in note
    assert "It showed 21:38 on 5 December 2020" in note
    assert "that was 19:38 on 5 December 2020" in note
    assert ["Action taken", "Advice given"] in entry["rows"]
    assert entry["times"][1] == ["Received", "21:40 on 5 December 2020"]


def test_a_page_of_the_phone_alone_leads_to_the_servers_own(client):
    entry = "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d"
    for path in ("entry", "amend/encounter", "mend/encounter"):
        assert client.get(f"/phone/{path}/{entry}").location == f"/entries/{entry}"
