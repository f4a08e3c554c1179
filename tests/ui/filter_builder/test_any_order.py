"""Commands in any order leave tree, rows and undo in agreement."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.filters.tree import Condition, Group, Join, Literal, Node, Path
from app.ui.filter_builder.condition_row import ConditionRow
from app.ui.filter_builder.group_row import GroupRow
from tests.support.cart_rows import Carts
from tests.ui.filter_builder.conftest import Hand

Make = Callable[..., Hand]
COMMANDS = (
    "add_condition_here",
    "add_condition_at_end",
    "add_group",
    "group",
    "ungroup",
    "negate",
    "duplicate",
    "remove",
    "toggle_disabled",
    "copy",
    "cut",
    "paste",
    "move up",
    "move down",
    "move in",
    "move out",
)


def _places(node: Node, path: Path = ()) -> list[Path]:
    inner = [] if isinstance(node, Condition) else [(child, (*path, at)) for at, child in enumerate(node.children)]
    return [path, *(place for child, where in inner for place in _places(child, where))]


@pytest.mark.parametrize("seed", range(6))
def test_rows_follow_the_tree_whatever_is_done(make_hand: Make, carts: Carts, seed: int) -> None:
    chance = random.Random(seed)
    names = ("Cart total", "Country", "Tier", "Gift")
    conditions = tuple(Condition(carts.attribute(name), "is_not_null") for name in names)
    start = Group(children=(*conditions[:2], Group(Join.ANY, conditions[2:])))
    hand = make_hand(start)
    model, canvas = hand.builder.model, hand.builder.canvas
    history = [model.group]
    for _ in range(120):
        places = _places(model.group)
        place = chance.choice(places)
        canvas.focus(place)
        model.select(place)
        if chance.random() < 0.3:
            model.select(chance.choice(places), also=True)
        before = model.group
        hand.builder.commands.run(chance.choice(COMMANDS))
        if model.group != before:
            history.append(model.group)
        if len(places) > 40:
            model.replace_all(start)
            history.append(model.group)
        for path, row in canvas._rows.items():
            node = model.node(path)
            assert isinstance(row, ConditionRow) == isinstance(node, Condition)
            assert isinstance(row, GroupRow) or row.condition == node
        assert model.current is None or model.node(model.current) is not None
    for group in reversed(history[:-1]):
        model.undo()
        assert model.group == group
    assert not model.can_undo
    for group in history[1:]:
        model.redo()
        assert model.group == group
    QApplication.processEvents()


def test_a_thousand_conditions_in_twenty_five_levels_can_be_walked(make_hand: Make, carts: Carts) -> None:
    deep: Group = Group(children=(Condition(carts.attribute("Country"), "equal", Literal("NO")),))
    for level in range(23):
        deep = Group(Join.ANY if level % 2 else Join.ALL, (deep,))
    many = tuple(Condition(carts.attribute("Cart total"), "greater_than", Literal(str(n))) for n in range(999))
    hand = make_hand(Group(children=(deep, *many)))
    hand.focus((999,), "value")
    assert hand.row(999).editor is not None
    assert hand.row(999).editor.isVisible()
    innermost = (0,) * 25
    hand.focus(innermost, "value")
    row = hand.row(*innermost)
    assert row.width() >= 300
    assert row.visibleRegion().isEmpty() is False
