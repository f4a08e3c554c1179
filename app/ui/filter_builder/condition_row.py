"""One condition: grip, field, operator, value, how many it leaves, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.filters.diagnose import Diagnostic
from app.filters.operators import OPERATORS
from app.filters.tree import Attribute, Condition, Operand, Path
from app.ui.filter_builder.chip import Chip
from app.ui.filter_builder.editors import make_editor, shape_of
from app.ui.filter_builder.editors.base import OperandEditor
from app.ui.filter_builder.fields import open_field_picker
from app.ui.filter_builder.lines import ROW
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.operands import default_condition, operators_for, with_attribute, with_operator
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.unfinished import is_new
from app.ui.sides import beside, end, start
from app.ui.theme import theme
from app.ui.translation import mark, number, shown, tr
from app.ui.widgets import IconButton, plain_tip

RING = 3
"""The row stands out by so many pixels on every side: room for the ring of the current one."""
GRIP = 22
_LEFT = RING + 9
_BAR = 74
_COUNT = 62
_MENU = 26


class ConditionRow(QWidget):
    """Shows the condition at `path` of the model. Only rows in view exist, so a row may be given another path."""

    def __init__(self, model: FilterModel, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path = ()
        self.menu_for: Callable[[ConditionRow], QMenu] = lambda row: QMenu(row)
        self._model = model
        self._surroundings = surroundings
        self._condition: Condition | None = None
        self._editor: OperandEditor | None = None
        self._editor_shape = ""
        self._diagnostic: Diagnostic | None = None
        self._left: tuple[int, int] | None = None
        self._current = False
        self.field_chip = Chip("", self, most=220)
        self.field_chip.clicked.connect(lambda: self.open_fields())
        self.field_chip.typed.connect(self.open_fields)
        self.operator_chip = Chip("", self, most=220)
        self.operator_chip.clicked.connect(lambda: self.open_operators())
        self.operator_chip.typed.connect(self.open_operators)
        self.menu_button = IconButton("more", tr("More"), self)
        self.menu_button.clicked.connect(self.open_menu)
        self.menu_button.setFixedSize(_MENU, _MENU)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fix_chip: Chip | None = None
        self.setMouseTracking(True)

    # --- what is shown ---------------------------------------------------------------------------------------

    @property
    def condition(self) -> Condition | None:
        """The condition that is shown."""
        return self._condition

    @property
    def editor(self) -> OperandEditor | None:
        """The editor of the right-hand side, None where the operator needs none."""
        return self._editor

    def show_condition(self, path: Path, condition: Condition) -> None:
        """Show another condition, or the same after a change; what is the same keeps its widgets and the focus."""
        self.path = path
        self._condition = condition
        field = self._surroundings.catalog.field(condition.attribute)
        chosen = bool(condition.attribute.field)
        self.field_chip.setText(self._surroundings.label(condition.attribute) if chosen else tr("Choose a field"))
        self.field_chip.set_tone("red" if chosen and field is None else "ink" if chosen else "ink2", not chosen)
        operator = OPERATORS.get(condition.operator)
        self.operator_chip.setText(tr(operator.label) if operator else condition.operator)
        self.operator_chip.setVisible(chosen)
        self.setAccessibleName(
            tr("Condition: {words} {text}", words=self.field_chip.text(), text=self.operator_chip.text())
        )
        shape = shape_of(condition, field) if chosen else ""
        if shape != self._editor_shape or (self._editor is None and shape):
            self._make_editor(shape)
        if self._editor is not None:
            self._editor.show_operand(condition.attribute, field, condition.operand)
            self._editor.adjustSize()
        for widget in (self.field_chip, self.operator_chip, self._editor):
            if widget is not None:
                widget.setEnabled(not self._model.read_only)
        self.menu_button.setVisible(not self._model.read_only)
        self._place()
        self.update()

    def set_current(self, current: bool, selected: bool) -> None:
        """Show whether the keyboard acts here."""
        if (current or selected) != self._current:
            self._current = current or selected
            self.update()

    def set_left(self, left: tuple[int, int] | None) -> None:
        """How many of how many are left after this condition; None: not known."""
        if left != self._left:
            self._left = left
            self.update()

    def set_diagnostic(self, diagnostic: Diagnostic | None) -> None:
        """What is wrong with the condition, with a button to mend it where a fix is known."""
        if diagnostic == self._diagnostic:
            return
        self._diagnostic = diagnostic
        if diagnostic is not None and self.fix_chip is None:
            self.fix_chip = Chip(tr("Fix ▾"), self)
            self.fix_chip.clicked.connect(self._fix)
        if self.fix_chip is not None:
            self.fix_chip.setVisible(diagnostic is not None and not self._model.read_only)
        if self._editor is not None:
            self._editor.set_bad(diagnostic is not None and diagnostic.code in VALUE_CODES)
        words = shown(diagnostic.message) if diagnostic else ""
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip(words))
        self._place()
        self.update()

    # --- what can be done ------------------------------------------------------------------------------------

    def open_fields(self, typed: str = "") -> Picker:
        """Drop the field picker."""
        attribute = self._condition.attribute if self._condition else None
        return open_field_picker(self.field_chip, self._surroundings, attribute, self._set_attribute, typed=typed)

    def open_operators(self, typed: str = "") -> Picker | None:
        """Drop the list of operators that fit the field."""
        condition = self._condition
        if condition is None:
            return None
        field = self._surroundings.catalog.field(condition.attribute)
        choices = [Choice(operator.key, tr(operator.label)) for operator in operators_for(field)]
        picker = Picker(self.operator_chip, choices, condition.operator, placeholder=tr("Search operators"))
        picker.picked.connect(self._set_operator)
        picker.open_at(self.operator_chip, typed)
        return picker

    def open_menu(self) -> None:
        """Drop everything that can be done with the condition."""
        self._model.select(self.path)
        menu = self.menu_for(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def focus_part(self, part: str) -> None:
        """Focus "field", "operator" or "value"."""
        if part == "value" and self._editor is not None:
            self._editor.focus_value()
        elif part == "operator" and self.operator_chip.isVisible():
            self.operator_chip.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.field_chip.setFocus(Qt.FocusReason.TabFocusReason)

    def focused_part(self) -> str:
        """Which part has the focus: "field", "operator", "value", or "" for none."""
        focus = self.focusWidget() if self.isAncestorOf(self.window().focusWidget() or self.window()) else None
        if focus is None or not focus.hasFocus():
            return ""
        if focus is self.field_chip:
            return "field"
        return "operator" if focus is self.operator_chip else "value"

    def step_part(self, forward: bool) -> bool:
        """Focus the next part of the row that takes the focus; False when there is none."""
        parts = [self.field_chip, self.operator_chip, *self._editor_parts()]
        reachable = [part for part in parts if part.isVisibleTo(self) and part.isEnabled()]
        focus = self.focusWidget()
        at = next((at for at, part in enumerate(reachable) if part is focus), -1)
        at += 1 if forward else -1
        if not 0 <= at < len(reachable):
            return False
        reachable[at].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _editor_parts(self) -> list[QWidget]:
        if self._editor is None:
            return []
        takes_tab = Qt.FocusPolicy.TabFocus
        inside = self._editor.findChildren(QWidget)
        found = [widget for widget in inside if widget.focusPolicy() & takes_tab and widget.focusProxy() is None]
        return sorted(found, key=lambda widget: widget.mapTo(self, widget.rect().topLeft()).x())

    def _set_attribute(self, attribute: Attribute) -> None:
        condition = self._condition
        field = self._surroundings.catalog.field(attribute)
        if condition is None or field is None:
            return
        fresh = not condition.attribute.field
        changed = default_condition(attribute, field) if fresh else with_attribute(condition, attribute, field)
        self._model.set_condition(self.path, changed)
        self.focus_part("operator" if not fresh or changed.operand is None else "value")

    def _set_operator(self, key: str) -> None:
        if self._condition is not None:
            field = self._surroundings.catalog.field(self._condition.attribute)
            self._model.set_condition(self.path, with_operator(self._condition, key, field))
            self.focus_part("value")

    def _set_operand(self, operand: Operand, typing: bool) -> None:
        if self._condition is not None:
            changed = replace(self._condition, operand=operand)
            self._model.set_condition(self.path, changed, "typing" if typing else "")

    def fix_menu(self) -> QMenu:
        """The ways out of what is wrong: the ready one first, then switching off and removing."""
        menu = QMenu(self)
        found, path, model = self._diagnostic, self.path, self._model
        if found is None:
            return menu
        ready = found.fix
        if ready is not None:
            action = menu.addAction(shown(found.fix_label) if found.fix_label else tr("Mend it"))
            action.triggered.connect(lambda: model.replace_node(path, ready))
        if found.fix_label != SWITCH_OFF:
            menu.addAction(tr(SWITCH_OFF)).triggered.connect(lambda: model.toggle_disabled((path,)))
        menu.addAction(tr("Remove it")).triggered.connect(lambda: model.remove((path,)))
        return menu

    def _fix(self) -> None:
        self._model.select(self.path)
        menu = self.fix_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.fix_chip is not None:
            menu.popup(self.fix_chip.mapToGlobal(self.fix_chip.rect().bottomLeft()))

    def _make_editor(self, shape: str) -> None:
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
        self._editor_shape = shape
        self._editor = make_editor(shape, self._surroundings, self) if shape else None
        if self._editor is not None:
            self._editor.changed.connect(self._set_operand)
            self._editor.show()
            QWidget.setTabOrder(self.operator_chip, self._editor)

    # --- how it looks ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        self._place()

    def _value_right(self) -> int:
        x = _LEFT + GRIP + self.field_chip.width() + 8
        if not self.operator_chip.isHidden():
            x += self.operator_chip.width() + 8
        return x + (self._editor.sizeHint().width() if self._editor else 0)

    def _place(self) -> None:
        middle = RING + ROW // 2
        x = _LEFT + GRIP
        for widget in (self.field_chip, self.operator_chip, self._editor):
            if widget is None or widget.isHidden():
                continue
            size = widget.sizeHint()
            widget.setGeometry(beside(self.rect(), QRect(QPoint(x, middle - size.height() // 2), size)))
            x += size.width() + 8
        right = self.width() - RING - 6
        menu = QRect(right - _MENU, middle - _MENU // 2, _MENU, _MENU)
        self.menu_button.setGeometry(beside(self.rect(), menu))
        if self.fix_chip is not None and not self.fix_chip.isHidden():
            y = self._message_box().center().y() - self.fix_chip.height() // 2
            at = QPoint(right - _MENU - 4 - self.fix_chip.width(), y)
            self.fix_chip.setGeometry(beside(self.rect(), QRect(at, self.fix_chip.size())))

    def _is_tall(self) -> bool:
        return self.height() > ROW + 2 * RING

    def _message_box(self) -> QRect:
        """Where the diagnostic stands: right of the value, or below everything in a tall row."""
        fix = self.fix_chip.width() + 8 if self.fix_chip and not self.fix_chip.isHidden() else 0
        right = self.width() - RING - 10 - _MENU - fix
        if self._is_tall():
            return QRect(_LEFT + GRIP, RING + ROW - 6, right - _LEFT - GRIP, self.height() - 2 * RING - ROW)
        return QRect(self._value_right() + 12, RING, right - self._value_right() - 12, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, ring, grip, bar and message."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING + 0.5, RING + 0.5, -RING - 0.5, -RING - 0.5)
        colors = theme()
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent_soft"))
            painter.drawRoundedRect(box.adjusted(-RING, -RING, RING, RING), 12, 12)
        tone = _TONES.get(str(self._diagnostic.severity), "amber") if self._diagnostic else "line"
        painter.setPen(QPen(colors.color("accent" if self._current and not self._diagnostic else tone), 1))
        painter.setBrush(colors.color("panel"))
        painter.drawRoundedRect(box, 9, 9)
        self._paint_grip(painter)
        if self._condition is not None and self._condition.disabled and not is_new(self._condition):
            self._paint_right(painter, tr("Disabled"), "ink3")
        elif self._diagnostic is not None:
            painter.setFont(colors.font("small"))
            painter.setPen(colors.color(tone))
            room = beside(self.rect(), self._message_box())
            words = shown(self._diagnostic.message)
            text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            side = start() if self._is_tall() else end()
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
        elif self._left is not None:
            self._paint_bar(painter, *self._left)

    def _paint_grip(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("ink3"))
        middle = RING + ROW / 2
        for column in (0, 1):
            for line in (-1, 0, 1):
                dot = QRectF(_LEFT + 3.8 + column * 5, middle + line * 5 - 1.2, 2.4, 2.4)
                painter.drawEllipse(beside(self.rect(), dot))

    def _paint_right(self, painter: QPainter, text: str, tone: str) -> None:
        painter.setFont(theme().font("small"))
        painter.setPen(theme().color(tone))
        room = beside(self.rect(), QRect(0, RING, self.width() - RING - 10 - _MENU, ROW))
        painter.drawText(room, end() | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_bar(self, painter: QPainter, left: int, total: int) -> None:
        room = self.width() - RING - 10 - _MENU - self._value_right()
        if room < _COUNT + 10:
            return
        self._paint_right(painter, tr("{left} left", left=number(left)), "ink3")
        if room < _COUNT + _BAR + 20:
            return
        place = QRectF(self.width() - RING - 10 - _MENU - _COUNT - _BAR - 6, RING + ROW / 2 - 3, _BAR, 6)
        bar = beside(self.rect(), place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("line"))
        painter.drawRoundedRect(bar, 3, 3)
        if total and left:
            painter.setBrush(theme().color("accent"))
            share = QRectF(bar.x(), bar.y(), max(3.0, bar.width() * left / total), 6)
            painter.drawRoundedRect(beside(bar, share), 3, 3)


VALUE_CODES = frozenset({"bad_value", "missing_value"})
"""Diagnostics that are about the typed value alone."""
SWITCH_OFF = mark("Switch it off")
_TONES = {"error": "red", "warning": "amber", "info": "ink2"}
