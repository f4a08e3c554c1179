"""Editors of the right-hand side, one a shape of operand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.data_extensions.data_extension import Field
from app.filters.operators import OPERATORS, Shape
from app.filters.tree import Condition
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.editors.chips import ChipsEditor
from app.ui.filter_builder.editors.range import RangeEditor
from app.ui.filter_builder.editors.single import SingleEditor
from app.ui.filter_builder.editors.span import SpanEditor
from app.ui.filter_builder.surroundings import Surroundings

__all__ = ["OperandEditor", "make_editor", "shape_of"]


def shape_of(condition: Condition, field: Field | None) -> str:
    """A name for the editor that a condition needs; the same name means that the editor can stay. "": none."""
    operator = OPERATORS.get(condition.operator)
    if operator is None or operator.shape is Shape.NONE or field is None:
        return ""
    return f"{operator.shape} {field.kind} {'other' if operator.other else ''}"


def make_editor(shape: str, surroundings: Surroundings, parent: QWidget) -> OperandEditor:
    """The editor for a name that `shape_of` gave."""
    form, kind, other = shape.split(" ")
    if form == Shape.VALUES:
        return ChipsEditor(surroundings, parent)
    if form == Shape.SPAN:
        return SpanEditor(surroundings, parent)
    if form == Shape.RANGE:
        return RangeEditor(surroundings, parent, kind=kind)
    return SingleEditor(surroundings, parent, kind=kind, other=bool(other))
