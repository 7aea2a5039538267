"""The commands that send a night and deliver what waits; safe to run every morning."""

import pytest

from fieldlog.core.mail import MailSettings
from fieldlog.services.edit_distribution_lists import ListPlan, add_list
from fieldlog.store import mails
from tests.spreadsheets import import_rows, row

ALONE = ("--attach", "nothing")
NIGHT_OF = "All operations, night of Saturday 5 December 2020"


@pytest.fixture
def night(db, cast, now, tmp_path):
    import_rows(db, tmp_path, [row(), row(minutes="30")])
    plan = ListPlan("Committee", "a@marlbridge.gov.uk\nb@marlbridge.gov.uk")
    add_list(db, plan, MailSettings(), by=cast.cora.officer_id, now=now)
    return db


def drafts(instance):
    return sorted(path.name for path in (instance / "outbox").glob("*.eml"))


@pytest.mark.parametrize("night_said", ["2020-12-05", "last"])
def test_it_sends_a_night_to_a_list_and_says_how_it_fared(night, fieldlog, instance, night_said):
    attach = ALONE if night_said == "last" else ()
    ran = fieldlog("send", "--night", night_said, "--to", "committee", *attach)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        f"{NIGHT_OF}: mail 1 to 2 recipients, in the queue\n"
        "Delivered: 2 in the outbox folder\n"
        f"The drafts are in {instance / 'outbox'}\n"
    )
    assert len(drafts(instance)) == 2


def test_the_same_figures_go_to_the_same_people_once(night, fieldlog, instance, tmp_path):
    words = ("send", "--night", "last", "--to", "Committee", *ALONE)
    fieldlog(*words)
    ran = fieldlog(*words)
    assert ran.out == f"{NIGHT_OF}: the same people have these very figures. Nothing was sent.\n"
    assert len(drafts(instance)) == 2
    import_rows(night, tmp_path, [row(minutes="45")])
    assert "mail 2 to 2 recipients" in fieldlog(*words).out
    assert "mail 3 to 2 recipients" in fieldlog(*words, "--again").out


def test_single_addresses_and_lists_go_together(night, fieldlog):
    ran = fieldlog(
        "send", "--night", "last", "--to", "committee", "--to", "A@marlbridge.gov.uk", *ALONE
    )
    assert "mail 1 to 2 recipients" in ran.out
    ran = fieldlog("send", "--night", "last", "--to", "c@marlbridge.gov.uk", *ALONE)
    assert "mail 2 to 1 recipient, in the queue" in ran.out


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (("committee",), "Committee"),
        (("committee", "c@marlbridge.gov.uk"), "Committee"),
        (("c@marlbridge.gov.uk",), ""),
    ],
)
def test_the_mail_says_to_which_list_it_went(night, fieldlog, to, said):
    fieldlog("send", "--night", "last", *(word for one in to for word in ("--to", one)), *ALONE)
    assert mails.get(night, 1).list_name == said


def test_it_sends_a_period(night, fieldlog):
    words = ("send", "--from", "2020-12-01", "--until", "2020-12-31", "--to", "committee", *ALONE)
    said = "All operations, nights from 1 December 2020 to 31 December 2020: mail 1 to 2 recipients"
    assert said in fieldlog(*words).out


def test_a_night_or_a_period_not_both_and_not_neither(night, fieldlog):
    for when in ((), ("--night", "last", "--from", "2020-12-01")):
        ran = fieldlog("send", *when, "--to", "committee")
        assert (ran.status, ran.out) == (2, "")
        assert "Give --night, or a period" in ran.err


def test_what_went_can_be_cancelled_no_more(night, fieldlog):
    fieldlog("send", "--night", "last", "--to", "a@marlbridge.gov.uk", *ALONE)
    ran = fieldlog("mail", "cancel", "1")
    assert (ran.status, ran.err) == (1, "Error: Nothing of this mail waits any more.\n")


def test_deliver_tries_what_is_due(night, fieldlog):
    assert fieldlog("mail", "deliver").out == "Delivered: nothing was due\n"


def test_list_says_who_got_what(night, fieldlog):
    assert fieldlog("mail", "list").out == "Nothing sent yet.\n"
    fieldlog("send", "--night", "last", "--to", "a@marlbridge.gov.uk", *ALONE)
    assert "  a@marlbridge.gov.uk: In the outbox folder\n" in fieldlog("mail", "list").out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "Council"], "There is no list “Council”. There are: Committee."),
        (["--to", "a@evilgov.uk"], "not in an allowed domain. Allowed are: .gov.uk"),
        (["--to", "a@x.gov.uk, b@x.gov.uk"], "is not one e-mail address"),
        (["--to", "Committee", "--subject", "x\nBcc: b@x.gov.uk"], "one line of plain text"),
        (["--to", "Committee", "--operation", "Op Nil"], "There is no operation “Op Nil”."),
    ],
)
def test_it_says_why_nothing_was_sent(night, fieldlog, instance, words, message):
    ran = fieldlog("send", "--night", "last", *words)
    assert (ran.status, ran.out) == (1, "")
    assert message in ran.err
    assert not (instance / "outbox").exists()


def test_help_shows_how_to_send_every_morning(fieldlog):
    assert "0 7 * * *  fieldlog send --night last --to Committee" in fieldlog("send", "--help").out


def test_it_hides_small_numbers_where_it_is_asked_to(night, fieldlog, instance):
    ran = fieldlog("send", "--night", "last", "--to", "a@marlbridge.gov.uk", "--hide-small")
    assert (ran.status, ran.err) == (0, "")
    (draft,) = (instance / "outbox").glob("*.eml")
    assert "[c]" in draft.read_text(encoding="utf-8")
    ran = fieldlog("send", "--night", "last", "--to", "committee", "--hide-small", *ALONE)
    assert ran.status == 2
    assert "--hide-small is for --attach committee" in ran.err


def test_it_says_what_the_timed_sends_owe(night, fieldlog):
    ran = fieldlog("send", "due")
    assert (ran.status, ran.out) == (0, "Nothing is due.\nDelivered: nothing was due\n")
    assert "Missing option '--to'" in fieldlog("send").err
