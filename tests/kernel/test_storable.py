"""What no file keeps is taken out, however deep it stands."""

from __future__ import annotations

from app.filters.tree import Attribute, Condition, Group, Literal
from app.kernel.storable import storable


def test_null_characters_go_however_deep() -> None:
    filter_ = Group(children=(Condition(Attribute("f"), "equal", Literal("N\0O")),))
    assert storable(filter_) == Group(children=(Condition(Attribute("f"), "equal", Literal("NO")),))
    assert storable({"a\0": ["x\0", 1, None, ("\ud83d",)]}) == {"a": ["x", 1, None, ("",)]}


def test_what_has_none_is_the_same_object() -> None:
    value = {"a": ["line\none", "\N{GRINNING FACE}\u202e", Group()]}
    assert storable(value) is value
