"""The list of operators: files and tuple agree, and what operators say of each other is so."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app.filters.operators as package
from app.filters.compile import compile_filter
from app.filters.operators import OPERATORS, Shape, operators_for
from app.filters.operators.operator import ALL
from app.filters.text import parse
from app.filters.tree import Group
from tests.filters.simple import CATALOG
from tests.filters.worlds import conditions, worlds

SHARED = {"__init__", "operator", "parts"}
KEYS = [each.key for each in OPERATORS]


def test_every_file_is_listed_under_its_name() -> None:
    folder = Path(package.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - SHARED == set(KEYS)


def test_every_kind_has_operators() -> None:
    for kind in ALL:
        assert {"is_null", "is_not_null"} <= {each.key for each in operators_for(kind)}
    assert operators_for("geo") == ()


@pytest.mark.parametrize("key", KEYS)
def test_an_operator_says_all_that_the_builder_shows(key: str) -> None:
    operator = OPERATORS[key]
    assert operator.label
    assert set(operator.kinds) <= set(ALL)
    places = [{name for _, name, _, _ in Formatter().parse(words)} for words in (operator.phrase, operator.negative)]
    assert places[0] == places[1] <= {None, "value", "low", "high"}
    assert (operator.shape is Shape.NONE) == (places[0] == {None})


def test_no_two_read_alike_in_the_expression_language() -> None:
    words = [each.words for each in OPERATORS]
    assert len(set(words)) == len(words)
    assert parse("Country IS NULL", CATALOG) == parse("Country is null", CATALOG)


def test_no_two_of_a_kind_have_the_same_name_in_xml() -> None:
    for kind in ALL:
        names = [(each.xml, each.xml_value) for each in operators_for(kind) if each.xml]
        assert len(set(names)) == len(names), kind


@pytest.mark.parametrize("key", [each.key for each in OPERATORS if each.inverse])
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_the_inverse_holds_for_exactly_the_other_values(key: str, data: st.DataObject) -> None:
    operator, inverse = OPERATORS[key], OPERATORS[str(OPERATORS[key].inverse)]
    assert (inverse.inverse, inverse.kinds, inverse.shape) == (key, operator.kinds, operator.shape)
    world = data.draw(worlds(kinds=operator.kinds))
    condition = data.draw(conditions(world, operator=key))
    opposite = type(condition)(condition.attribute, inverse.key, condition.operand)
    holds, other = (
        compile_filter(Group(children=(c,)), world.catalog, world.now, world.tz) for c in (condition, opposite)
    )
    for record in world.records:
        if operator.asks_null or None not in record.values():
            assert holds(record) is not other(record)
        else:
            assert not (holds(record) and other(record))
