"""What a phone's form says, not yet read as an entry, in the words of the screen."""

import pytest

from fieldlog.services.read_lists import read_lists
from fieldlog.web.typed_words import typed_rows


@pytest.fixture
def lists(db, cast):
    return read_lists(db)


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({"action": "advice_given"}, [("Action taken", "Advice given")]),
        ({"action": "dance"}, [("Action taken", "dance")]),
        ({"minutes": "15", "minutes_other": ""}, [("Time taken", "15 minutes")]),
        ({"minutes": "other", "minutes_other": "soon"}, [("Time taken", "soon")]),
        ({"minutes": "other", "minutes_other": ""}, [("Time taken", "Other")]),
        ({"minutes": "", "minutes_other": "20"}, [("Time taken", "20")]),
        ({"minutes_other": "20"}, [("Time taken", "20")]),
        ({"count_spoken_to": "3a"}, [("People spoken to", "3a")]),
        ({"marking": "official_sensitive"}, [("Marking", "OFFICIAL-SENSITIVE")]),
        ({"four_e": "engage"}, [("Four Es", "Engage")]),
        ({"capacity": "own"}, [("How the officer took part", "My own")]),
        ({"event": "start", "mode": "foot"}, [("What happened", "Started"), ("How", "On foot")]),
        ({"deployment": "1"}, [("Operation", "Op Emblazen · Sat 5 Dec")]),
        ({"deployment": "none"}, [("Operation", "No operation")]),
        ({"deployment": "99"}, [("Operation", "99")]),
        ({"seller": "tall"}, [("Seller", "tall")]),
        ({"notes": " ", "opened_at": "2020-12-05T21:37:00Z", "tasks_offered": "4 5"}, []),
    ],
)
def test_a_field_is_told_by_its_heading_and_its_words(db, cast, lists, fields, rows):
    assert typed_rows(db, fields, lists) == rows


def test_an_answer_is_told_by_its_question(db, cast, lists):
    question = lists.checklists[0].questions[0]
    fields = {f"answer_{question.id}": "not_applicable", f"note_{question.id}": "by the door"}
    assert typed_rows(db, fields, lists) == [
        (question.words, "Not applicable"),
        (question.words, "by the door"),
    ]
