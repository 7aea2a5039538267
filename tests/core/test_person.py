"""What a user name and a password must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.person import COMMONEST, SHORTEST_PASSWORD, password_problems, username_problems


@pytest.mark.parametrize("username", ["asha", "asha.reed", "pc1432", "a", "a" * 32, "a-b"])
def test_a_user_name_is_small_letters_and_digits(username):
    assert not list(username_problems(username))


@pytest.mark.parametrize(
    "username", ["", "Asha", "asha reed", ".asha", "asha.", "ашa", "a" * 33, "asha\n", "a@b"]
)
def test_a_user_name_is_nothing_else(username):
    assert [problem.field for problem in username_problems(username)] == ["username"]


@pytest.mark.parametrize(
    "password", ["copper kettle rain", "läuft-wie-nie", "x7#kQ2!pLm", "赤い灯台の下で待つ猫"]
)
def test_a_password_may_be_any_words(password):
    assert not list(password_problems(password, "asha"))


@pytest.mark.parametrize(
    "password", ["", "short", "ashaashaasha", "Asha 2020", "asha asha !", "1111111111"]
)
def test_a_password_that_is_easy_to_guess_is_refused(password):
    assert [problem.field for problem in password_problems(password, "asha")] == ["password"]


def test_the_problem_is_about_the_field_that_was_typed():
    assert [problem.field for problem in password_problems("", "asha", "new")] == ["new"]


@pytest.mark.parametrize("password", sorted(COMMONEST))
def test_the_commonest_are_refused_in_any_case(password):
    assert list(password_problems(password.upper(), "asha"))


def test_only_passwords_long_enough_are_on_the_list():
    assert [word for word in COMMONEST if len(word) < SHORTEST_PASSWORD] == []


@given(st.text(max_size=300), st.from_regex(r"[a-z0-9]{1,32}", fullmatch=True))
def test_any_text_gets_at_most_one_answer(password, username):
    assert len(list(password_problems(password, username))) <= 1
