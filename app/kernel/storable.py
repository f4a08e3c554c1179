"""Characters that no database and no file keeps, which come with what is pasted from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

Value = TypeVar("Value")

_LOST = re.compile("[\0\ud800-\udfff]")


def storable(value: Value) -> Value:
    """The value without NUL characters and halves of surrogate pairs, however deep; itself where it has none."""
    return cast("Value", _without(value))


def _without(value: object) -> object:
    if isinstance(value, str):
        return _LOST.sub("", value) if _LOST.search(value) else value
    if isinstance(value, Mapping):
        pairs = {_without(key): _without(each) for key, each in value.items()}
        same = len(pairs) == len(value) and all(a is b for a, b in zip(pairs.values(), value.values(), strict=True))
        return value if same and all(a is b for a, b in zip(pairs, value, strict=True)) else pairs
    if isinstance(value, (list, tuple)):
        items = [_without(each) for each in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else type(value)(items)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = {name: new for name, old in parts.items() if (new := _without(old)) is not old}
        return replace(value, **changed) if changed else value
    return value
