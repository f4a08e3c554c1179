"""Changing a tree at a path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filters import paths
from app.filters.prune import conditions
from app.filters.tree import EMPTY, Attribute, Condition, Join, Literal, OtherAttribute, Range
from app.kernel.errors import Conflict, NotFound
from tests.filters.simple import all_of, any_of
from tests.filters.worlds import trees, worlds


def c(name: str) -> Condition:
    return Condition(Attribute(name), "is_null")


A, B, C, D = c("a"), c("b"), c("c"), c("d")
TREE = all_of(A, any_of(B, C), D)


def test_at() -> None:
    assert paths.at(TREE, ()) is TREE
    assert paths.at(TREE, (1, 1)) == C


@pytest.mark.parametrize("path", [(5,), (0, 0), (-1,), (1, 7)])
def test_a_path_that_leads_nowhere(path: tuple[int, ...]) -> None:
    with pytest.raises(NotFound):
        paths.at(TREE, path)


def test_replace() -> None:
    assert paths.replace(TREE, (1, 0), D) == all_of(A, any_of(D, C), D)
    assert paths.replace(TREE, (), A) == all_of(A)
    assert paths.replace(TREE, (), EMPTY) == EMPTY


def test_insert_and_remove() -> None:
    assert paths.insert(TREE, (1, 2), D) == all_of(A, any_of(B, C, D), D)
    assert paths.remove(TREE, (1,)) == all_of(A, D)
    assert paths.remove(TREE, ()) == EMPTY
    with pytest.raises(Conflict):
        paths.insert(TREE, (), A)
    with pytest.raises(Conflict):
        paths.insert(TREE, (0, 0), A)
    with pytest.raises(NotFound):
        paths.insert(TREE, (9,), A)


def test_move() -> None:
    assert paths.move(TREE, ((0,),), (1, 1)) == (all_of(any_of(B, A, C), D), ((0, 1),))
    assert paths.move(TREE, ((2,),), (0,)) == (all_of(D, A, any_of(B, C)), ((0,),))
    assert paths.move(TREE, ((0,), (2,)), (1, 0)) == (all_of(any_of(A, D, B, C)), ((0, 0), (0, 1)))
    assert paths.move(TREE, ((1, 0), (1, 1)), (0,)) == (all_of(B, C, A, any_of(), D), ((0,), (1,)))
    assert paths.move(TREE, ((0,),), (0,)) == (TREE, ((0,),))


@pytest.mark.parametrize(("sources", "to"), [(((1,),), (1, 0)), (((),), (0,)), ((), (0,)), (((0,),), ())])
def test_a_move_that_cannot_be(sources: tuple[tuple[int, ...], ...], to: tuple[int, ...]) -> None:
    assert paths.move(TREE, sources, to) is None


def test_wrap() -> None:
    assert paths.wrap(TREE, ((0,),)) == all_of(all_of(A), any_of(B, C), D)
    assert paths.wrap(TREE, ((0,), (2,)), Join.ANY) == all_of(any_of(A, D), any_of(B, C))
    assert paths.wrap(TREE, ((),)) == all_of(TREE)
    for wrong in ((), ((0,), (1, 0)), ((), (0,))):
        with pytest.raises(Conflict):
            paths.wrap(TREE, wrong)


def test_unwrap() -> None:
    assert paths.unwrap(TREE, (1,)) == all_of(A, B, C, D)
    assert paths.unwrap(all_of(all_of(any_of(A, B), negated=True)), (0,)) == all_of(any_of(A, B, negated=True))
    for tree, path in (
        (TREE, ()),
        (TREE, (0,)),
        (all_of(all_of(A, negated=True)), (0,)),
        (all_of(all_of(negated=True)), (0,)),
    ):
        with pytest.raises(Conflict):
            paths.unwrap(tree, path)


def test_attributes_are_renamed_on_both_sides() -> None:
    def rename(attribute: Attribute) -> Attribute:
        return Attribute(attribute.field.upper())

    other = OtherAttribute(Attribute("b"))
    tree = all_of(
        Condition(Attribute("a"), "equal", other),
        any_of(Condition(Attribute("c"), "between", Range(Literal("b"), other)), D),
    )
    renamed = OtherAttribute(Attribute("B"))
    assert paths.with_attributes(tree, rename) == all_of(
        Condition(Attribute("A"), "equal", renamed),
        any_of(Condition(Attribute("C"), "between", Range(Literal("b"), renamed)), c("D")),
    )


@given(st.data())
def test_a_move_loses_nothing(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    group = data.draw(trees(world))
    places = [path for path, _ in conditions(group)]
    if not places:
        return
    sources = tuple(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)))
    moved = paths.move(group, sources, data.draw(st.sampled_from(places)))
    assert moved is not None
    tree, now = moved
    assert sorted(map(repr, (each for _, each in conditions(tree)))) == sorted(
        map(repr, (each for _, each in conditions(group)))
    )
    assert [paths.at(tree, path) for path in now] == [paths.at(group, path) for path in sorted(sources)]
