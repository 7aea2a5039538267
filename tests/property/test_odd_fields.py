"""Whatever a form's fields say, a record is stored or rejected in words: never a mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.phone_record import KINDS
from fieldlog.services.accept_sync import accept_sync
from fieldlog.services.delivery import SAYS, Delivery, Doubt, Sender, State
from fieldlog.services.open_sealed import sealing_key
from fieldlog.store.connection import write_transaction
from fieldlog.web.api.record_fields import RecordFields
from fieldlog.web.forms.entry import EntryForm
from tests.phones import an_id, tap, visit

NAMES = [
    *(name for name in vars(EntryForm) if hasattr(getattr(EntryForm, name), "field_class")),
    *("task_1", "answer_7", "note_7", "follow_7", "answer_99"),
    *("count_spoken_to", "count_warned", "count_cash_seized", "count_arrests", "measure", "step"),
]
TELLING = [
    *("", "0", "-1", "1", "15", "1.25 hrs", "999999999999", "9" * 30, "0x10", "١٢", "1e5", "None"),
    *(
        "yes",
        "no",
        "7",
        "none",
        "not recorded",
        "other",
        "own",
        "witnessed",
        "enforce",
        "sold",
        "official",
    ),
    *(
        "advice_given",
        "pspo_fpn",
        "21:40",
        "2140",
        "25:61",
        "2020-12-05",
        "05/12/2020",
        "9999-12-31",
    ),
    *("0001-01-01", "00:00", "\x00", "\ud800", "=1+1", "İ", "ß", "\u202e", "a" * 5_000, " \n\t"),
]
said = st.sampled_from(TELLING) | st.text(max_size=30)
fields = st.dictionaries(st.sampled_from(NAMES), said, max_size=12)


@pytest.fixture
def deliver(app, db, cast, now, instance):
    """Deliver one record of Asha's or Ben's, and say what became of it."""
    key = sealing_key(instance)

    def send(record, who):
        delivery = Delivery([record], sent_at=now, received_at=now)
        answers = accept_sync(db, delivery, Sender(who), forms=RecordFields(), key=key)
        return answers[0]

    with app.app_context():
        yield send


@given(kind=st.sampled_from(sorted(KINDS)), said=fields, constable=st.booleans())
def test_an_entry_is_stored_or_rejected_in_words(deliver, cast, kind, said, constable):
    who = cast.ben if constable else cast.asha
    record = visit(who.officer_id) | {"kind": kind}
    record["fields"] |= {"number": an_id()} | said
    answer = deliver(record, who)
    assert answer.state in {State.STORED, State.REJECTED}
    assert bool(answer.problems) == (answer.state is State.REJECTED)
    for problem in answer.problems:
        assert problem.message.encode("utf-8")


@given(said=fields)
def test_a_tap_is_stored_or_the_coordinators_to_decide_and_never_a_mistake(deliver, cast, said):
    answer = deliver(tap(cast.asha.officer_id) | {"fields": said}, cast.asha)
    assert answer.state in {State.STORED, State.SET_ASIDE}
    told = [problem.message for problem in answer.problems]
    assert told[1:] == ([SAYS[Doubt.REFUSED]] if told else [])


@given(kind=st.sampled_from(["amendment", "strike", "undo"]), said=fields)
def test_a_change_is_stored_or_rejected_or_waits(deliver, db, cast, kind, said):
    asha = cast.asha
    first = visit(asha.officer_id)
    assert deliver(first, asha).state is State.STORED
    change = {
        "id": an_id(),
        "type": kind,
        "captured_at": first["captured_at"],
        "officer_id": asha.officer_id,
        "fields": said,
        "entry_id": first["id"],
    }
    answer = deliver(change, asha)
    assert answer.state in {State.STORED, State.REJECTED, State.WAITING}
    with write_transaction(db):
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
