"""Planning a night on screen: operations, copies, templates, briefing, roster, partners' counts."""

import re

import pytest

NEXT = {"starts_on": "2020-12-11", "starts_time": "18:00", "finishes_time": "03:00"}


@pytest.fixture
def night(cast):
    return f"/nights/{cast.deployment}"


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def text(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    words = re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))
    return " ".join(words.split())


def post(browser, address: str, **data):
    answer = browser.post(address, data=data)
    assert answer.status_code == 303, re.findall(r"error-message.*?</p>", answer.text, re.DOTALL)
    return answer.location


def crew_ids(browser, night: str) -> list[str]:
    return re.findall(r"/crews/(\d+)/remove", browser.get(f"{night}/plan").text)


def with_crew(browser, night: str, **more) -> str:
    post(browser, f"{night}/crews", **{"crew-name": "Crew 1", "crew-area": "High Street", **more})
    return crew_ids(browser, night)[-1]


def test_an_operation_says_what_it_is_for(cast, cora):
    address = f"/operations/{cast.operation}"
    post(
        cora,
        f"{address}/change",
        purpose="Safer evenings",
        standing="y",
        lead_agency=str(cast.council),
        partners=str(cast.constabulary),
        new_agencies="SOS bus charity",
        priorities="Night-time economy\nViolence\nviolence",
    )
    page = text(cora, address)
    assert "Purpose Safer evenings" in page
    assert "Partners Marlshire Police, SOS bus charity" in page
    assert "Priorities Night-time economy, violence" in page
    assert "Standing Yes" in page
    assert "In use: Night-time economy, violence" in text(cora, f"{address}/change")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("purpose", "x" * 1_001, "at most 1,000"),
        ("partners", "999", "Choose agencies"),
        ("priorities", "\n".join(map(str, range(21))), "At most 20"),
    ],
)
def test_it_rejects_what_cannot_be_kept(cast, cora, field, value, words):
    answer = cora.post(f"/operations/{cast.operation}/change", data={field: value})
    assert (answer.status_code, words in answer.text) == (400, True)


def test_the_crews_are_on_the_plan_and_on_paper(cast, cora, night):
    crew = with_crew(cora, night, **{"crew-agency": str(cast.council)})
    member = {"member-crew": crew, "member-officer": str(cast.asha.officer_id)}
    post(cora, f"{night}/officers", **member)
    named = {"member-crew": crew, "member-name": "Nia Frost", "member-collar_number": "CM31"}
    post(cora, f"{night}/officers", **named)
    page = text(cora, f"/nights/{cast.deployment}/briefing")
    assert "Crew 1 Marlbridge Borough Council High Street Asha Reed CM07, Nia Frost CM31" in page
    assert "without an account" in text(cora, f"{night}/plan")
    post(cora, f"{night}/officers/{cast.asha.officer_id}/out")
    assert "Asha Reed CM07," not in text(cora, f"/nights/{cast.deployment}/briefing")


def test_somebody_is_in_one_crew_at_a_time(cast, cora, night):
    first = with_crew(cora, night)
    second = with_crew(cora, night, **{"crew-name": "Crew 2"})
    for crew in (first, second):
        member = {"member-crew": crew, "member-officer": str(cast.asha.officer_id)}
        post(cora, f"{night}/officers", **member)
    assert cora.get(f"{night}/plan").text.count("Asha Reed CM07") == 1


@pytest.mark.parametrize(
    ("address", "data", "words"),
    [
        ("crews", {"crew-name": " "}, "Give the crew a name"),
        ("crews", {"crew-name": "A", "crew-agency": "999"}, "Choose one of the agencies"),
        ("officers", {"member-name": "Nia"}, "This crew is gone"),
        ("notes", {"note-text": ""}, "Write the note"),
        ("premises", {"premises-name": ""}, "Name the premises"),
        ("briefing", {"briefing-areas": "x" * 1_001}, "at most 1,000"),
        ("template", {"template-name": ""}, "Give the template a name"),
    ],
)
def test_it_says_what_is_missing_beside_the_field(cora, night, address, data, words):
    answer = cora.post(f"{night}/{address}", data=data)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_officers_are_briefed_on_their_phones(cast, cora, signed_in, night):
    crew = with_crew(cora, night)
    for officer in (cast.asha, cast.ben):
        member = {"member-crew": crew, "member-officer": str(officer.officer_id)}
        post(cora, f"{night}/officers", **member)
    said = {"briefing-areas": "High Street", "briefing-objectives": "Be seen\r\nBe kind"}
    post(cora, f"{night}/briefing", **said)
    premises = {"premises-name": "The Lamp", "premises-why": "complaint"}
    post(cora, f"{night}/premises", **premises)
    note = {"note-text": "A van is about", "note-marking": "official_sensitive"}
    post(cora, f"{night}/notes", **note)
    briefing = signed_in("asha").get("/api/briefing").json
    (tonight,) = [one for one in briefing["deployments"] if one["tonight"]]
    assert tonight["crew"] == [[cast.ben.officer_id, "Ben Cole"]]
    rows = [tuple(row) for row in tonight["about"]]
    assert ("Your crew", "Crew 1 · High Street · Asha Reed · Ben Cole") in rows
    assert ("Areas", "High Street") in rows
    assert ("Objectives", "Be seen\nBe kind") in rows
    assert ("Visit", "The Lamp: complaint") in rows
    assert ("Intelligence", "OFFICIAL-SENSITIVE: A van is about") in rows
    assert "Who is with you?" in text(signed_in("asha"), "/tonight")


def test_two_who_change_the_briefing_at_once_are_told_of_each_other(cora, signed_in, night):
    other = signed_in("ada")
    (seen,) = re.findall(r'name="seen" value="(\w+)"', cora.get(f"{night}/plan").text)
    theirs = {"briefing-objectives": "Test purchases", "seen": seen}
    post(other, f"{night}/briefing", **theirs)
    ours = {"briefing-objectives": "Quay at 22:00", "briefing-areas": "", "seen": seen}
    answer = cora.post(f"{night}/briefing", data=ours)
    assert answer.status_code == 422
    assert "It says now: “Test purchases”" in answer.text
    assert "Quay at 22:00" in answer.text
    assert "Test purchases" in text(other, f"{night}/briefing")
    (seen,) = re.findall(r'name="seen" value="(\w+)"', answer.text)
    both = {"briefing-objectives": "Test purchases\nQuay at 22:00", "seen": seen}
    post(cora, f"{night}/briefing", **both)
    # Sent once more it is what is there already.
    post(cora, f"{night}/briefing", **both)
    assert "Test purchases Quay at 22:00" in text(other, f"{night}/briefing")


def test_a_page_with_a_sensitive_note_is_marked(cast, cora, night):
    post(cora, f"{night}/notes", **{"note-text": "Of nobody’s business"})
    for page in (f"{night}/plan", f"/nights/{cast.deployment}/briefing"):
        assert text(cora, page).count("Marking: OFFICIAL-SENSITIVE") == 2
    (note,) = re.findall(r"notes/(\d+)/out", cora.get(f"{night}/plan").text)
    post(cora, f"{night}/notes/{note}/out")
    assert "nobody’s business" not in text(cora, f"{night}/plan")


def test_what_is_taken_off_the_plan_is_gone_from_it(cora, night):
    post(cora, f"{night}/premises", **{"premises-name": "The Lamp"})
    (planned,) = re.findall(r"premises/(\d+)/out", cora.get(f"{night}/plan").text)
    post(cora, f"{night}/premises/{planned}/out")
    crew = with_crew(cora, night)
    post(cora, f"{night}/crews/{crew}/remove")
    page = text(cora, f"{night}/plan")
    assert "The Lamp" not in page
    assert "No crews yet" in page


def test_the_last_plan_is_copied_with_its_people(cast, cora, night):
    crew = with_crew(cora, night)
    member = {"member-crew": crew, "member-officer": str(cast.asha.officer_id)}
    post(cora, f"{night}/officers", **member)
    post(cora, f"{night}/briefing", **{"briefing-areas": "High Street"})
    post(cora, f"{night}/notes", **{"note-text": "Only tonight"})
    new = f"/operations/{cast.operation}/deployments/new"
    page = cora.get(new).text
    assert 'value="18:00"' in page
    made = post(cora, new, like="last", **NEXT)
    page = text(cora, made)
    assert "Crew 1 Agency not recorded · High Street Asha Reed CM07" in page
    assert "Only tonight" not in page


def test_a_template_gives_times_and_crews(cast, cora, night):
    with_crew(cora, night, **{"crew-partner": "y", "crew-name": "SOS bus"})
    post(cora, f"{night}/template", **{"template-name": "With the bus"})
    new = f"/operations/{cast.operation}/deployments/new"
    page = cora.get(new).text
    assert "Night of action, 18:00 to 03:00" in page
    (code,) = re.findall(r"like=(template-\d+)\">With the bus, 18:00 to 03:00", page)
    assert "Its crews are taken over: SOS bus." in text(cora, f"{new}?like={code}")
    made = post(cora, new, like=code, **NEXT)
    assert "SOS bus" in text(cora, made)
    assert 'value="18:00"' not in cora.get(f"{new}?like=blank").text


def test_checklists_are_chosen_briefed_kept_in_a_template_and_copied(cast, cora, signed_in, night):
    said = {"briefing-areas": "High Street", "briefing-checklists": "2"}
    post(cora, f"{night}/briefing", **said)
    assert "Checklists Fire and capacity" in text(cora, f"/nights/{cast.deployment}/briefing")
    (tonight,) = (one for one in signed_in("asha").get("/api/briefing").json["deployments"])
    assert ["Checklists", "Fire and capacity"] in tonight["about"]
    post(cora, f"{night}/template", **{"template-name": "With the list"})
    new = f"/operations/{cast.operation}/deployments/new"
    (code,) = re.findall(r"like=(template-\d+)\">With the list", cora.get(new).text)
    copied = post(cora, new, like="last", **NEXT)
    later = NEXT | {"name": "Late turn"}
    from_template = post(cora, new, like=code, **later)
    for plan in (copied, from_template):
        assert re.search(r'name="briefing-checklists" value="2" checked', cora.get(plan).text)
    answer = cora.post(f"{night}/briefing", data={"briefing-checklists": "99"})
    assert "Choose checklists that are in use" in answer.text


def test_what_a_partner_counted_is_an_entry_of_the_crew(cast, cora, night):
    said = {"crew-name": "SOS bus", "crew-new_agency": "Bus charity", "crew-partner": "y"}
    crew = with_crew(cora, night, **said)
    counts = f"{night}/crews/{crew}/counts"
    (record,) = re.findall(r'name="record_id"[^>]*value="([^"]+)"', cora.get(counts).text)
    assert "at least one" in cora.post(counts, data={"record_id": record}).text
    data = {"record_id": record, "count_spoken_to": "12"}
    entry = post(cora, counts, **data)
    assert post(cora, counts, **data) == entry
    page = text(cora, entry)
    assert "People spoken to 12" in page
    figures = text(cora, night)
    assert "12 spoken to" in figures
    assert "SOS bus Bus charity 1" in figures
    assert cora.get(f"{night}/crews/999/counts").status_code == 404
