"""What every editor of a right-hand side has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.data_extensions.data_extension import Field
from app.filters.tree import Attribute, Operand
from app.ui.filter_builder.surroundings import Surroundings

EDITOR_HEIGHT = 27


class OperandEditor(QWidget):
    """Edits one operand. `changed(operand, typing)`: `typing` changes are undone as one step."""

    changed = Signal(object, bool)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self.attribute: Attribute | None = None
        self.field: Field | None = None
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)

    def show_operand(self, attribute: Attribute, field: Field | None, operand: Operand) -> None:
        """Show `operand` of a condition over `attribute`; emits nothing."""
        self.attribute, self.field = attribute, field
        self.show_value(operand)

    def show_value(self, operand: Operand) -> None:
        """Show `operand`; each editor says how."""
        raise NotImplementedError

    def set_bad(self, bad: bool) -> None:
        """Mark the value as one that cannot be meant (the row says why)."""

    def focus_value(self) -> None:
        """Put the cursor where the value is typed."""
        self.setFocus()
