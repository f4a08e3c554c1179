"""Conditions over one attribute that cannot hold together, or of which one always holds.

Every condition is asked about the values that matter: the bounds of all of them with their neighbours, and no value.
For numbers, dates and truth values nothing else can decide otherwise. Texts have no neighbours; there a finding needs
a condition that only a few values meet (or, for *one always holds*, that only a few do not).
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from app.data_extensions.data_extension import Value
from app.filters.compile import compile_condition
from app.filters.dates import Anniversary
from app.filters.mending import Finding, switched_off
from app.filters.operands import Asked, Family, Ready
from app.filters.tree import Attribute, Condition, Join, Literal, Literals, Path
from app.filters.witness import candidates
from app.kernel.said import Said, said

MOST = 60
"""Beyond so many conditions over one attribute nothing is said: every pair is compared."""
_FEW = frozenset({"equal", "is_one_of", "is_empty", "is_null"})
"""Operators over texts that only the values they name meet."""
_ALL_BUT_FEW = frozenset({"not_equal", "is_not_empty", "is_not_null"})

Placed = tuple[Path, Ready]


def together(row: list[Placed], join: Join, now: datetime, tz: tzinfo) -> list[tuple[Path, Finding]]:
    """What is to be said of conditions that stand in one row, joined by `join`."""
    by_attribute: dict[Attribute, list[Placed]] = {}
    for path, ready in row:
        sides_differ = any(isinstance(each, (Asked, Anniversary)) for each in ready.right)
        if not sides_differ:
            by_attribute.setdefault(ready.condition.attribute, []).append((path, ready))
    judge = _contradiction if join is Join.ALL else _always
    found = (judge(placed, now, tz) for placed in by_attribute.values() if 1 < len(placed) <= MOST)
    return [each for each in found if each is not None]


def _contradiction(placed: list[Placed], now: datetime, tz: tzinfo) -> tuple[Path, Finding] | None:
    values = _values(placed, _FEW, now, tz)
    if values is None:
        return None
    masks = [_mask(ready, values, now, tz) for _, ready in placed]
    name = placed[0][1].left.field.name
    for later in range(1, len(placed)):
        for earlier in range(later):
            if masks[earlier] & masks[later] == 0 and _sure(placed[earlier], placed[later], _FEW):
                path, ready = placed[later]
                message = said(
                    "{field} {first} and {second}: no value can meet both.",
                    field=name,
                    first=_asked(placed[earlier][1]),
                    second=_asked(ready),
                )
                return path, Finding("contradiction", message, *switched_off(ready.condition))
    everything = -1
    for mask in masks:
        everything &= mask
    if everything == 0:
        path, ready = placed[-1]
        message = said("No value of {field} can meet all of these {n} conditions.", field=name, n=len(placed))
        return path, Finding("contradiction", message, *switched_off(ready.condition))
    return None


def _always(placed: list[Placed], now: datetime, tz: tzinfo) -> tuple[Path, Finding] | None:
    values = _values(placed, _ALL_BUT_FEW, now, tz)
    if values is None:
        return None
    passed = 0
    for _, ready in placed:
        passed |= _mask(ready, values, now, tz)
    name, (path, ready) = placed[0][1].left.field.name, placed[-1]
    missed = [value for i, value in enumerate(values) if not passed >> i & 1]
    if not missed:
        message = said("Whatever {field} is, one of these conditions holds: everyone passes here.", field=name)
        return path, Finding("always_true", message, *switched_off(ready.condition))
    if missed == [None]:
        message = said("Whatever value {field} has, one of these conditions holds.", field=name)
        plain = Condition(ready.condition.attribute, "is_not_null")
        return path, Finding("always_true", message, plain, said("Ask for a value"))
    return None


def _values(placed: list[Placed], telling: frozenset[str], now: datetime, tz: tzinfo) -> list[Value] | None:
    """The values that decide; None where they cannot be told."""
    values: dict[Value, None] = {}
    if placed[0][1].left.family is Family.TEXT:
        if not any(ready.operator.key in telling for _, ready in placed):
            return None
        for _, ready in placed:
            if ready.operator.key in telling:
                values.update(dict.fromkeys(_named(ready)))
    else:
        for _, ready in placed:
            values.update(dict.fromkeys(candidates(ready, {}, now, tz)))
    if not placed[0][1].left.field.required:
        values[None] = None
    return list(values)


def _named(ready: Ready) -> tuple[Value, ...]:
    """The texts that a condition names."""
    match ready.condition.operand:
        case Literal(text):
            return (text,)
        case Literals(texts):
            return texts
        case _:
            return ("",) if ready.operator.key in ("is_empty", "is_not_empty") else ()


def _sure(first: Placed, second: Placed, telling: frozenset[str]) -> bool:
    """Whether two conditions can be judged from the values: for texts one of them has to name its own."""
    if first[1].left.family is not Family.TEXT:
        return True
    return any(ready.operator.key in telling for _, ready in (first, second))


def _mask(ready: Ready, values: list[Value], now: datetime, tz: tzinfo) -> int:
    """One bit a value: whether it meets the condition."""
    match = compile_condition(ready, now, tz)
    return sum(1 << i for i, value in enumerate(values) if match({ready.left.field.id: value}))


def _asked(ready: Ready) -> Said:
    """What the condition asks; other operands than a single value are left out."""
    operand = ready.condition.operand
    value = (operand.text or '""') if isinstance(operand, Literal) else "…"
    template = ready.operator.phrase
    values = {name: value for name in ("value", "low", "high") if f"{{{name}}}" in template}
    return Said(template.format(**values), template, values)
