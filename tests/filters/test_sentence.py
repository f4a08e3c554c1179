"""The sentence: how it reads, and that trees which decide a row differently read differently."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.filters import paths
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.operators import OPERATORS
from app.filters.sentence import sentence
from app.filters.tree import (
    EMPTY,
    Attribute,
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    Node,
    OtherAttribute,
    Path,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from tests.filters.simple import (
    CATALOG,
    COUNTRY,
    MEMBER,
    ORDERED,
    SHIPPED,
    TIER,
    TOTAL,
    all_of,
    any_of,
    ask,
)
from tests.filters.worlds import conditions, trees, worlds


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (EMPTY, "Everyone passes"),
        (all_of(ask(COUNTRY, "equal", "NO", disabled=True)), "Everyone passes"),
        (
            all_of(
                ask(TOTAL, "greater_than", "50"), any_of(ask(COUNTRY, "equal", "Norway"), ask(TIER, "equal", "Gold"))
            ),
            "Cart total is greater than 50 and (Country equals Norway or Tier (Loyalty) equals Gold)",
        ),
        (all_of(any_of(ask(COUNTRY, "equal", "New York"))), "Country equals “New York”"),
        (all_of(ask(COUNTRY, "equal", "a”b c")), "Country equals “a””b c”"),
        (all_of(ask(COUNTRY, "equal", "")), "Country equals “”"),
        (all_of(ask(COUNTRY, "equal", "today")), "Country equals “today”"),
        (all_of(ask(COUNTRY, "is_one_of", Literals(("NO", "S E")))), "Country is one of NO, “S E”"),
        (all_of(ask(COUNTRY, "is_one_of", Literals(()))), "Country is one of nothing"),
        (all_of(ask(TOTAL, "between", Range(Literal("1"), Literal("5")))), "Cart total is between 1 and 5"),
        (
            all_of(ask(SHIPPED, "after", OtherAttribute(Attribute("f_ordered")))),
            "Ship date is after the value of Order date",
        ),
        (all_of(ask(ORDERED, "on", RelativeDate(0))), "Order date is on today"),
        (all_of(ask(ORDERED, "before", RelativeDate(-14))), "Order date is before today minus 14 days"),
        (all_of(ask(ORDERED, "before", RelativeDate(1, Unit.WEEKS))), "Order date is before today plus 1 week"),
        (all_of(ask(ORDERED, "in_the_last", Span(7))), "Order date is in the last 7 days"),
        (all_of(ask(COUNTRY, "is_null")), "Country has no value"),
        (all_of(ask(COUNTRY, "equal", "NO"), negated=True), "Country does not equal NO or has no value"),
        (all_of(ask(COUNTRY, "is_null"), negated=True), "Country has a value"),
        (
            all_of(ask(COUNTRY, "equal", "NO"), ask(MEMBER, "is_true"), negated=True),
            "(Country does not equal NO or has no value) or (Member is not true or has no value)",
        ),
        (
            all_of(any_of(ask(COUNTRY, "equal", "NO"), ask(MEMBER, "is_true"), negated=True), negated=True),
            "Country equals NO or Member is true",
        ),
        (all_of(Condition(Attribute("f_gone"), "equal", Literal("x"))), "the missing field f_gone equals x"),
        (all_of(Condition(Attribute("f_0123456789abcdef"), "is_null")), "a deleted field has no value"),
        (all_of(ask(COUNTRY, "equal")), "Country equals …"),
        (all_of(ask(COUNTRY, "equal", Range(Literal("1"), Literal("5")))), "Country equals 1 and 5"),
        (all_of(ask(TOTAL, "between", "5")), "Cart total is between 5 and 5"),
        (all_of(ask(COUNTRY, "sounds_like", "x")), "Country meets 'sounds_like' x"),
        (
            all_of(ask(COUNTRY, "sounds_like", "x"), negated=True),
            "Country does not meet 'sounds_like' x or has no value",
        ),
    ],
)
def test_how_it_reads(group: Group, said: str) -> None:
    assert sentence(group, CATALOG) == said


def test_a_name_that_could_be_misread_is_quoted() -> None:
    catalog = Catalog(DataExtension("de", "de", "DE", fields=(Field("f_x", "A and B", "text"),)))
    assert sentence(all_of(Condition(Attribute("f_x"), "is_null")), catalog) == "“A and B” has no value"


@pytest.mark.parametrize("operator", [each.key for each in OPERATORS])
def test_an_operator_reads_differently_from_its_negation(operator: str) -> None:
    assert OPERATORS[operator].phrase != OPERATORS[operator].negative
    others = [each for each in OPERATORS if each.key != operator and set(each.kinds) & set(OPERATORS[operator].kinds)]
    assert OPERATORS[operator].phrase not in {each.phrase for each in others}


@given(st.data())
def test_trees_that_decide_differently_read_differently(data: st.DataObject) -> None:
    world = data.draw(worlds())
    first = data.draw(trees(world))
    second = first
    for _ in range(data.draw(st.integers(1, 2))):
        second = _mutated(data, second, data.draw(conditions(world)))
    if sentence(first, world.catalog) != sentence(second, world.catalog):
        return
    one = compile_filter(first, world.catalog, world.now, world.tz)
    other = compile_filter(second, world.catalog, world.now, world.tz)
    assert [one(record) for record in world.records] == [other(record) for record in world.records]


def _mutated(data: st.DataObject, group: Group, condition: Condition) -> Group:
    """A tree that is close by: something turned around, put in, taken out, or put into brackets."""
    path = data.draw(st.sampled_from(list(_paths(group))))
    node = paths.at(group, path)
    change = data.draw(st.sampled_from(("off", "not", "join", "wrap", "operator", "replace", "remove", "add")))
    if change == "off":
        return paths.replace(group, path, replace(node, disabled=not node.disabled))
    if change == "not":
        turned = Group(children=(node,), negated=True)
        return paths.replace(
            group, path, replace(node, negated=not node.negated) if isinstance(node, Group) else turned
        )
    if change == "wrap":
        return paths.wrap(group, (path,), data.draw(st.sampled_from(Join)))
    if change == "remove":
        return paths.remove(group, path)
    if change == "replace":
        return paths.replace(group, path, condition)
    if isinstance(node, Group):
        if change == "join":
            return paths.replace(group, path, replace(node, join=Join.ANY if node.join is Join.ALL else Join.ALL))
        return paths.insert(group, (*path, 0), condition)
    operator = OPERATORS[node.operator]
    alike = [
        each
        for each in OPERATORS
        if each.shape is operator.shape and each.kinds == operator.kinds and each.other == operator.other
    ]
    return paths.replace(group, path, replace(node, operator=data.draw(st.sampled_from(alike)).key))


def _paths(node: Node, path: Path = ()) -> list[Path]:
    if isinstance(node, Condition):
        return [path]
    return [path, *(found for i, child in enumerate(node.children) for found in _paths(child, (*path, i)))]
