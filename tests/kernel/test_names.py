"""What a name may be."""

from __future__ import annotations

import pytest

from app.kernel.names import MAX_NAME, name_problem


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
