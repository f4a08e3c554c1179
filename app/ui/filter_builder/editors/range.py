"""Two bounds, both included."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.filters.tree import Attribute, Literal, Operand, OtherAttribute, Range, RelativeDate
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.editors.single import SingleEditor
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr
from app.ui.widgets import label


class RangeEditor(OperandEditor):
    """`50` and `100`."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None, *, kind: str = "number") -> None:
        super().__init__(surroundings, parent)
        self._range = Range(Literal(""), Literal(""))
        self.low = SingleEditor(surroundings, self, kind=kind)
        self.high = SingleEditor(surroundings, self, kind=kind)
        self.low.changed.connect(lambda operand, typing: self._set(operand, self._range.high, typing))
        self.high.changed.connect(lambda operand, typing: self._set(self._range.low, operand, typing))
        for widget in (self.low, label(tr("and"), "small", self), self.high):
            self.row.addWidget(widget)
        self.setFocusProxy(self.low)

    def show_value(self, operand: Operand) -> None:
        """Show both bounds."""
        if isinstance(operand, Range):
            self._range = operand
        attribute = self.attribute or Attribute("")
        self.low.show_operand(attribute, self.field, self._range.low)
        self.high.show_operand(attribute, self.field, self._range.high)

    def set_bad(self, bad: bool) -> None:
        """Mark both bounds: the message says which one is meant."""
        self.low.set_bad(bad)
        self.high.set_bad(bad)

    def focus_value(self) -> None:
        """Put the cursor in the lower bound."""
        self.low.focus_value()

    def _set(
        self,
        low: Literal | RelativeDate | OtherAttribute,
        high: Literal | RelativeDate | OtherAttribute,
        typing: bool,
    ) -> None:
        self._range = Range(low, high)
        self.changed.emit(self._range, typing)
