"""What a name may be."""

from __future__ import annotations

import pytest

from app.kernel.names import MAX_NAME, name_problem, one_line


@pytest.mark.parametrize("name", ["", "  ", "\t\n"])
def test_a_name_that_is_not_there_is_asked_for_with_an_example(name: str) -> None:
    problem = name_problem(name, "The journey has no name.", "Abandoned cart")
    assert problem is not None
    assert (problem.code, problem.where) == ("empty", "name")
    assert (problem.message, problem.hint) == ("The journey has no name.", "For example: Abandoned cart")


def test_a_long_name_is_told_how_long_it_is_and_may_be() -> None:
    assert name_problem("x" * MAX_NAME, "", "") is None
    problem = name_problem("x" * (MAX_NAME + 1), "", "")
    assert problem is not None
    assert problem.code == "too_long"
    assert f"{problem.message} {problem.hint}" == "The name has 201 characters. Take at most 200."


@pytest.mark.parametrize(("name", "bad"), [("a\0b", "U+0000"), ("a\x1bb", "U+001B"), ("abc\u202edef", "U+202E")])
def test_a_character_that_nobody_sees_is_named(name: str, bad: str) -> None:
    problem = name_problem(name, "", "")
    assert problem is not None
    assert problem.code == "unseen"
    assert bad in problem.message


def test_a_pasted_line_break_is_a_space_and_other_spaces_stay() -> None:
    assert one_line(" Abandoned \r\n cart\t2026\u2028spring\n") == "Abandoned cart 2026 spring"
    assert one_line("two  spaces\u00a0and\u3000wide") == "two  spaces\u00a0and\u3000wide"
    assert one_line("a\0b") == "a\0b", "not a space: it is refused"
