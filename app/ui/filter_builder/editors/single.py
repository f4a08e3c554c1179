"""One right-hand side: a value, another field, or a date, with a button to go from one to the other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.data_extensions.data_extension import Field
from app.filters.tree import Attribute, Literal, Operand, OtherAttribute, RelativeDate
from app.ui.filter_builder.chip import Chip
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.editors.date import DateEditor
from app.ui.filter_builder.editors.literal import LiteralEditor
from app.ui.filter_builder.fields import open_field_picker
from app.ui.filter_builder.operands import comparable
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr
from app.ui.widgets import IconButton, plain_tip


class SingleEditor(OperandEditor):
    """Holds the editor that fits the operand. `kind` is the kind of the left-hand field."""

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, *, kind: str = "text", other: bool = True
    ) -> None:
        super().__init__(surroundings, parent)
        self._kind = kind
        self._inner: OperandEditor | None = None
        self._type: type[OperandEditor] | None = None
        self.row.setSpacing(2)
        self.swap: IconButton | None = None
        if other:
            self.swap = IconButton("link", tr("Compare with another field"), self)
            self.swap.setFixedSize(24, 24)
            self.swap.clicked.connect(self._swap)
            self.row.addWidget(self.swap)

    @property
    def inner(self) -> OperandEditor | None:
        """The editor of the moment."""
        return self._inner

    def show_value(self, operand: Operand) -> None:
        """Take the editor that fits, and show the operand in it."""
        wanted: type[OperandEditor] = DateEditor if self._kind == "date" else LiteralEditor
        if isinstance(operand, OtherAttribute):
            wanted = OtherFieldEditor
        if self._type is not wanted:
            if self._inner is not None:
                self.row.removeWidget(self._inner)
                self._inner.hide()
                self._inner.deleteLater()
            self._type = wanted
            self._inner = wanted(self.surroundings, self)
            self._inner.changed.connect(self.changed)
            self.row.insertWidget(0, self._inner)
            self._inner.show()
            self.setFocusProxy(self._inner)
        if self._inner is not None:
            self._inner.show_operand(self.attribute or Attribute(""), self.field, operand)
        if self.swap is not None:
            to_field = not isinstance(operand, OtherAttribute)
            name = tr("Compare with another field") if to_field else tr("Compare with a value")
            self.swap.setToolTip(plain_tip(name))
            self.swap.setAccessibleName(name)
            self.swap.setEnabled(self.isEnabled())

    def set_bad(self, bad: bool) -> None:
        """Mark the value."""
        if self._inner is not None:
            self._inner.set_bad(bad)

    def focus_value(self) -> None:
        """Put the cursor in the value."""
        if self._inner is not None:
            self._inner.focus_value()

    def _swap(self) -> None:
        if self._type is OtherFieldEditor:
            self.changed.emit(RelativeDate(0) if self._kind == "date" else Literal(""), False)
            self.focus_value()
            return
        open_field_picker(
            self,
            self.surroundings,
            None,
            lambda attribute: self.changed.emit(OtherAttribute(attribute), False),
            fits=lambda field: comparable(field.kind) == comparable(self._kind),
            leave_out=self.attribute,
        )


class OtherFieldEditor(OperandEditor):
    """A chip that names another field; a click chooses a different one of a kind that can be compared."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._other: Attribute | None = None
        self.chip = Chip(tr("Choose a field"), self)
        self.chip.clicked.connect(lambda: self.open_fields())
        self.chip.typed.connect(self.open_fields)
        self.row.addWidget(self.chip)
        self.setFocusProxy(self.chip)

    def show_value(self, operand: Operand) -> None:
        """Name the field."""
        self._other = operand.attribute if isinstance(operand, OtherAttribute) else None
        self.chip.setText(self.surroundings.label(self._other) if self._other else tr("Choose a field"))

    def focus_value(self) -> None:
        """Focus the chip."""
        self.chip.setFocus()

    def open_fields(self, typed: str = "") -> None:
        """Drop the field picker."""
        open_field_picker(
            self.chip,
            self.surroundings,
            self._other,
            lambda attribute: self.changed.emit(OtherAttribute(attribute), False),
            typed=typed,
            fits=self._fits,
            leave_out=self.attribute,
        )

    def _fits(self, other: Field) -> bool:
        return self.field is None or comparable(self.field.kind) == comparable(other.kind)
