"""Conditions that no value can meet, or that every value meets, judged one at a time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, tzinfo

from app.data_extensions.kinds import KINDS, ValueProblem
from app.data_extensions.kinds.email import MAX_LENGTH
from app.data_extensions.kinds.text import max_length
from app.filters.dates import Anniversary
from app.filters.mending import Finding, switched_off
from app.filters.operands import Asked, Family, Ready
from app.filters.operators import Shape
from app.filters.operators.parts import sought
from app.filters.tree import Condition, Literal, Range
from app.filters.witness import turn
from app.kernel.said import Said, said, sentences

_SQUEEZED = re.compile(r"ff[il]|ss|f[fil]|st")
"""What a single letter can fold to: ß is `ss`, the ligatures are several letters."""
_TRIPLE = 3
"""The most letters that one letter folds to (The Unicode Standard, 5.18)."""


def alone(ready: Ready, now: datetime, tz: tzinfo) -> Finding | None:
    """What is to be said of a condition by itself."""
    if any(isinstance(each, Asked) for each in ready.right):
        return None
    field, key = ready.left.field, ready.operator.key
    if field.required and key == "is_null":
        return _impossible(ready, said("{field} is required: it always has a value.", field=field.name))
    if field.required and key == "is_not_null":
        return _always(ready, said("{field} is required: it always has a value.", field=field.name))
    if ready.operator.asks_null:
        return None
    if ready.left.family is Family.TEXT:
        return _text(ready, now, tz)
    if any(isinstance(each, Anniversary) for each in ready.right):
        return None
    # For numbers, dates and truth values the candidates hold every bound and its neighbours: none passing is a proof.
    if turn(ready, {}, True, now, tz) is None:
        return _impossible(ready, said("No value of {field} can meet this.", field=field.name))
    return None


def _text(ready: Ready, now: datetime, tz: tzinfo) -> Finding | None:
    name, operator = ready.left.field.name, ready.operator
    texts = ready.right[0] if operator.shape is Shape.VALUES else ready.right
    if operator.shape is Shape.VALUES and not (texts if operator.key == "is_one_of" else sought(texts)):
        if operator.key == "not_exists_in":
            return _always(ready, said("The list is empty: every {field} meets this.", field=name))
        return _impossible(ready, said("The list is empty: nobody can pass."))
    if operator.key in ("contains", "begins_with", "ends_with") and texts == ("",):
        return _always(ready, said("Every {field} meets this: there is no text to look for.", field=name))
    if operator.key in ("not_contains",) and texts == ("",):
        return _impossible(ready, said("No {field} can meet this: there is no text to look for.", field=name))
    if operator.inverse is not None and operator.key.startswith("not_"):
        return None
    if texts and all(_shortest(text) > _room(ready) for text in texts):
        most = said("{field} holds at most {n} characters: nobody can pass.", field=name, n=_room(ready))
        return _impossible(ready, most)
    if operator.key == "equal" and ready.left.field.kind != "text":
        return _never_held(ready, now, tz)
    return None


def _never_held(ready: Ready, now: datetime, tz: tzinfo) -> Finding | None:
    """An address, telephone number or locale that the column never holds as typed."""
    field, operand = ready.left.field, ready.condition.operand
    assert isinstance(operand, Literal)
    kind = KINDS[field.kind]
    try:
        held = kind.to_text(kind.parse(operand.text, field, now, tz), field)
    except ValueProblem:
        message = said(
            "{value} is no {kind}: {field} never holds it.",
            value=repr(operand.text),
            kind=Said(kind.label.lower(), kind.label),
            field=field.name,
        )
        return _impossible(ready, message)
    if turn(ready, {}, True, now, tz) is not None:
        return None
    message = said("{field} is kept without spaces and marks: {value}.", field=field.name, value=held)
    return Finding(
        "impossible", message, replace(ready.condition, operand=Literal(held)), said("Take {value}", value=held)
    )


def _room(ready: Ready) -> int:
    """The most characters that a value of the field has."""
    field = ready.left.field
    return max_length(field) if field.kind == "text" else MAX_LENGTH


def _shortest(text: str) -> int:
    """The fewest characters of a text that folds to this folded one."""
    return len(_SQUEEZED.sub("x", text)) if text.isascii() else -(-len(text) // _TRIPLE)


def _impossible(ready: Ready, message: str) -> Finding:
    condition = ready.condition
    if isinstance(condition.operand, Range) and ready.right[0] > ready.right[1]:
        swapped = replace(condition, operand=Range(condition.operand.high, condition.operand.low))
        both = sentences(message, said("The bounds are the wrong way round."))
        return Finding("impossible", both, swapped, said("Swap the bounds"))
    return Finding("impossible", message, *switched_off(condition))


def _always(ready: Ready, message: str) -> Finding:
    plain = Condition(ready.condition.attribute, "is_not_null")
    if ready.operator.key == "is_not_null":
        return Finding("always_true", message, *switched_off(ready.condition))
    return Finding("always_true", message, plain, said("Ask whether it has a value"))
