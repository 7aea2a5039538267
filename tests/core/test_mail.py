"""Who mail may go to, what may stand in a header, and when another try is made."""

from datetime import timedelta

import pytest

from fieldlog.core.mail import (
    ALLOWED_DOMAINS,
    MailSettings,
    address_problem,
    file_problem,
    marked_subject,
    message_id,
    pause_after,
    recipients_problems,
    split_addresses,
    subject_problems,
)
from fieldlog.core.words import Marking


@pytest.mark.parametrize(
    "address",
    [
        "chair@colchester.gov.uk",
        "Mary.O'Neil+night@essex.police.uk",
        "a@nhs.net",
        "a@trust.nhs.net",
        "A_B-C@X.GOV.UK",
    ],
)
def test_plain_addresses_of_allowed_domains_are_taken(address):
    assert address_problem(address, ALLOWED_DOMAINS) is None


@pytest.mark.parametrize(
    "address",
    [
        "a@evilgov.uk",
        "a@gov.uk.evil.com",
        "a@nhs.net.example",
        "a@notnhs.net",
        "a@gmail.com",
        "a@police.uk.",
        "a@gov.uk@evil.com",
    ],
)
def test_a_domain_that_only_looks_like_an_allowed_one_is_refused(address):
    assert address_problem(address, ALLOWED_DOMAINS)


@pytest.mark.parametrize(
    "address",
    [
        "a@x.gov.uk, b@evil.com",
        "a@x.gov.uk b@x.gov.uk",
        "a@x.gov.uk\r\nBcc: b@evil.com",
        "a@x.gov.uk\n",
        "Chair <a@x.gov.uk>",
        '"a b"@x.gov.uk',
        "a@evil.com(@x.gov.uk)",
        "a..b@x.gov.uk",
        ".a@x.gov.uk",
        "a@[192.0.2.1]",
        "a%evil.com@x.gov.uk\0",
        "@x.gov.uk",
        "a@",
        "a",
        "",
        f"{'a' * 65}@x.gov.uk",
        f"a@{'x' * 64}.gov.uk",
        f"a@{'x.' * 130}gov.uk",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address):
    assert "is not one e-mail address" in address_problem(address, ALLOWED_DOMAINS)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("a@cоlne.gov.uk", "not in plain e-mail addresses"),
        ("renée@x.gov.uk", "not in plain e-mail addresses"),
        ("a@xn--clne-55d.gov.uk", "another alphabet"),
        ("a@evilgov.uk", "Allowed are: .gov.uk, .police.uk, .nhs.net."),
    ],
)
def test_it_says_what_is_odd_about_an_address(address, words):
    assert words in address_problem(address, ALLOWED_DOMAINS)


def test_a_message_never_repeats_what_cannot_be_shown():
    assert "\n" not in address_problem("a@x.gov.uk\nBcc: b", ALLOWED_DOMAINS)
    assert len(address_problem("a" * 9_000, ALLOWED_DOMAINS)) < 200


def test_addresses_are_split_before_they_are_judged():
    assert split_addresses(" a@x.gov.uk;b@x.gov.uk\r\n\n c@x.gov.uk,") == [
        "a@x.gov.uk",
        "b@x.gov.uk",
        "c@x.gov.uk",
    ]


def test_a_mail_needs_somebody_to_go_to_and_not_too_many():
    (nobody,) = recipients_problems("to", [], ALLOWED_DOMAINS)
    assert "Say who it goes to" in nobody.message
    many = [f"a{number}@x.gov.uk" for number in range(101)]
    (too_many,) = recipients_problems("to", many, ALLOWED_DOMAINS)
    assert "at most 100" in too_many.message


@pytest.mark.parametrize(
    "subject", ["", "  ", "a\nBcc: b@x", "a\rb", "a\u2028b", "a\x00", "a\u202eb", "x" * 151]
)
def test_a_subject_is_one_line_of_text(subject):
    assert len(list(subject_problems(subject))) == 1


def test_a_subject_may_have_dashes_and_accents():
    assert list(subject_problems("Op Emblazen – café nights, £100")) == []


def test_a_marking_above_official_stands_first_in_the_subject():
    assert marked_subject("Friday", Marking.OFFICIAL) == "Friday"
    marked = "[OFFICIAL-SENSITIVE] Friday"
    assert marked_subject("Friday", Marking.OFFICIAL_SENSITIVE) == marked
    assert marked_subject(marked, Marking.OFFICIAL_SENSITIVE) == marked


def test_a_file_above_the_limit_is_refused_with_both_sizes():
    assert file_problem(10, 10) is None
    assert "has 11.0 MB and the limit is 10.0 MB" in file_problem(11 * 2**20, 10 * 2**20)


def test_pauses_grow_and_end():
    pauses = []
    while (pause := pause_after(len(pauses) + 1)) is not None:
        pauses.append(pause)
    assert pauses == sorted(pauses)
    assert timedelta(days=1) < sum(pauses, timedelta()) < timedelta(days=3)


def test_a_message_id_names_the_recipient_and_nothing_else():
    assert message_id("k", 2, "fieldlog@marlbridge.gov.uk") == "<k.2@marlbridge.gov.uk>"
    assert message_id("k", 2, "") == "<k.2@fieldlog.invalid>"


def test_a_password_is_never_in_a_log():
    assert "secret" not in repr(MailSettings(host="h", password="secret"))
