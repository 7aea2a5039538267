"""Checklists: edited as versions, answered on the form of a visit, and kept as answered."""

import pytest

from fieldlog.services.edit_checklists import versions_of_checklist
from fieldlog.store import log, tasks
from tests.services.one_night import register
from tests.web.test_tasks import text_of
from tests.web.thumb import Thumb

FIRE = "/lists/checklists/2"
CHANGED = {
    "title": "Fire and capacity",
    "regulation": "",
    "type_bar": "yes",
    "words_1": "Are the ways out clear?",
    "action_1": "formal_action",
    "to_do_1": "",
    "words_2": "",
    "words_3": "Is the number of people inside known?",
}


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, premises_type="public_house")


@pytest.fixture
def thumb(signed_in, lamp):
    """Asha's thumb on the form of a visit to the Lamp."""
    thumb = Thumb(signed_in("asha"))
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    return thumb


def question(db, number, words):
    """The number of a question of the newest version of a checklist."""
    newest = versions_of_checklist(db, number)[-1]
    return next(one.id for one in newest.questions if words in one.words)


def saved(db, thumb):
    answer = thumb.save()
    assert answer.status_code == 303
    return log.versions(db, answer.location.split("=")[1])[-1]


def answers(line):
    return [(one.question, one.said.label, one.note) for one in line.answers]


def test_two_checklists_are_there_to_begin_with(cora):
    shown = text_of(cora, "/lists/checklists")
    assert "Licensed premises: conditions" in shown
    assert "Fire and capacity" in shown


def test_answers_are_part_of_the_entry(db, cora, thumb):
    exits, signs = question(db, 2, "fire exits"), question(db, 2, "exit signs")
    thumb.tap(f"answer_{exits}", "no")
    thumb.type(**{f"note_{exits}": "chairs in front of it"})
    thumb.said[f"follow_{exits}"] = "yes"
    thumb.tap(f"answer_{signs}", "not_applicable")
    line = saved(db, thumb)
    assert answers(line) == [
        ("Are all fire exits clear and unlocked?", "No", "chairs in front of it"),
        ("Are the exit signs lit?", "Not applicable", ""),
    ]
    shown = text_of(cora, f"/entries/{line.id}")
    assert "unlocked? No: chairs in front of it (a task is made)" in shown
    (task,) = tasks.find(db)
    assert (task.where, task.plan.asked) == ("The Lamp", "Look at the fire exits")
    assert f"/tasks/{task.id}" in cora.get(f"/entries/{line.id}").get_data(as_text=True)
    page = cora.get("/lists/checklists").get_data(as_text=True)
    assert 'data-label="Entries" class="data__number">1</td>' in page


def test_a_no_that_was_taken_back_makes_no_task(db, thumb):
    exits = question(db, 2, "fire exits")
    thumb.said |= {f"answer_{exits}": "yes", f"follow_{exits}": "yes"}
    assert answers(saved(db, thumb)) == [("Are all fire exits clear and unlocked?", "Yes", "")]
    assert tasks.find(db) == []


def test_an_answer_can_be_cleared_and_a_note_needs_one(db, thumb):
    exits = question(db, 2, "fire exits")
    thumb.said |= {f"answer_{exits}": "none", f"note_{exits}": "chairs"}
    answer = thumb.save()
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "A note on a checklist has no answer beside it." in page
    kept = 'value="chairs"' in page
    assert kept
    thumb.said[f"note_{exits}"] = ""
    assert answers(saved(db, thumb)) == []


def test_a_change_is_a_new_version_and_old_answers_keep_theirs(db, cora, thumb, signed_in):
    exits = question(db, 2, "fire exits")
    thumb.tap(f"answer_{exits}", "yes")
    line = saved(db, thumb)
    assert cora.post(FIRE, data=CHANGED).status_code == 303
    newest = versions_of_checklist(db, 2)[-1]
    assert (newest.version, newest.types, len(newest.questions)) == (2, ("bar",), 2)
    form = signed_in("asha").get("/entries/new/premises-visit").get_data(as_text=True)
    assert "Are the ways out clear?" in form
    assert "Are all fire exits clear" not in form
    amended = signed_in("asha").get(f"/entries/{line.id}/amend").get_data(as_text=True)
    assert "Are all fire exits clear" in amended
    again = Thumb(signed_in("asha"))
    again.open(f"/entries/{line.id}/amend", form="reason")
    again.said |= {"minutes": "30", "reason": "forgot the time"}
    again.save()
    assert answers(log.versions(db, line.id)[-1]) == answers(line)


def test_a_phone_that_keeps_an_older_form_drops_no_answer(db, cora, thumb):
    exits = question(db, 2, "fire exits")
    thumb.tap(f"answer_{exits}", "yes")
    line = saved(db, thumb)
    cora.post(FIRE, data=CHANGED)
    new = " ".join(str(one.id) for one in versions_of_checklist(db, 2)[-1].questions)
    amendment = {"place": "The Lamp", "minutes": "30", "reason": "time", "seen_version": "1"}
    cora.post(f"/entries/{line.id}/amend", data=amendment | {"questions_asked": new})
    assert answers(log.versions(db, line.id)[-1]) == answers(line)
    asked = amendment | {"questions_asked": str(exits), "seen_version": "2", "minutes": "45"}
    cora.post(f"/entries/{line.id}/amend", data=asked)
    assert answers(log.versions(db, line.id)[-1]) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Give the checklist a name."),
        ({"words_1": "", "words_3": ""}, "Ask at least one question."),
        ({"words_2": "", "to_do_2": "Look"}, "Question 2 has a task and no words."),
        ({"action_1": "no_such"}, "Question 1: choose an action of the list."),
        ({"words_1": "x" * 201}, "Question 1: at most 200 characters."),
        ({"type_moon": "yes"}, "Choose among those shown."),
    ],
)
def test_it_refuses_a_checklist_that_cannot_be_asked(db, cora, wrong, words):
    answer = cora.post("/lists/checklists/new", data=CHANGED | wrong)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert versions_of_checklist(db, 3) == []


def test_a_version_saved_meanwhile_is_not_written_over_unseen(db, cora):
    data = CHANGED | {"seen": "1"}
    assert cora.post(FIRE, data=data).status_code == 303
    data["words_2"] = "Is the alarm set?"
    late = cora.post(FIRE, data=data)
    assert late.status_code == 422
    assert "Somebody saved version 2 meanwhile." in late.text
    assert "Is the alarm set?" in late.text
    assert cora.post(FIRE, data=data | {"seen": "2"}).status_code == 303
    assert len(versions_of_checklist(db, 2)) == 3
    assert 'name="seen" type="hidden" value="3"' in cora.get(FIRE).text


def test_saving_it_unchanged_makes_no_version(db, cora):
    thumb = Thumb(cora)
    thumb.open(FIRE, form="title")
    answer = thumb.save(FIRE)
    assert "Nothing is changed yet." in answer.get_data(as_text=True)
    assert len(versions_of_checklist(db, 2)) == 1


def test_a_retired_checklist_is_not_asked_and_can_come_back(cora, signed_in):
    asha = signed_in("asha")
    cora.post(f"{FIRE}/retire")
    assert "Fire and capacity" not in text_of(asha, "/entries/new/premises-visit")
    assert "Bring back Fire and capacity" in text_of(cora, "/lists/checklists")
    cora.post(f"{FIRE}/bring-back")
    assert "Fire and capacity" in text_of(asha, "/entries/new/premises-visit")
    assert cora.post("/lists/checklists/99/retire").status_code == 404


def test_kept_forms_are_fetched_again_when_a_checklist_changes(signed_in, cora):
    asha = signed_in("asha")
    before = asha.get("/api/briefing").json["lists"]
    cora.post(FIRE, data=CHANGED)
    assert asha.get("/api/briefing").json["lists"] != before
