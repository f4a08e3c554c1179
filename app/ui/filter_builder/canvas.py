"""The filter as rows that can be edited: only those in view are built, the rest is positions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.filters.diagnose import Diagnostic
from app.filters.operators import OPERATORS, Shape
from app.filters.tree import Condition, Group, Literal, Path, Range
from app.ui.filter_builder.commands import Commands
from app.ui.filter_builder.condition_row import RING, ConditionRow
from app.ui.filter_builder.empty_row import EmptyRow
from app.ui.filter_builder.gestures import Gestures
from app.ui.filter_builder.group_row import GroupRow
from app.ui.filter_builder.keys import command_of
from app.ui.filter_builder.lines import HEADER, Line, LineLayout, inset
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.passing import Passing
from app.ui.filter_builder.sheet import RING_ROOM, Sheet
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.theme import theme
from app.ui.translation import shown, tr

_LEAST_ROW = 430
_LEAST_RANGE = 620
"""A row is never narrower than this (the second: with two bounds): the canvas scrolls sideways instead."""
_AHEAD = 120
"""Rows that many pixels above and below the view are built too, so that scrolling shows no gaps."""
_EDITOR_WIDTHS = {Shape.VALUE: 178, Shape.DAY: 150, Shape.VALUES: 220, Shape.RANGE: 300, Shape.SPAN: 130}
_NUMBER_WIDTH = 124

Row = ConditionRow | GroupRow


class FilterCanvas(QScrollArea):
    """Shows the model and sends keys and mouse to the commands. `height_changed`: what is wrong takes more or less
    room than before, or the width is another."""

    height_changed = Signal()

    def __init__(self, model: FilterModel, surroundings: Surroundings, commands: Commands, passes: Passing) -> None:
        super().__init__()
        self._model = model
        self._surroundings = surroundings
        self.commands = commands
        self._passes = passes
        self._sheet = Sheet()
        self._sheet.next_part = self._next_part
        self.lines = LineLayout(model.group)
        self._rows: dict[Path, Row] = {}
        self._hints: dict[Path, EmptyRow] = {}
        self._spare: dict[type[Row], list[Row]] = {ConditionRow: [], GroupRow: []}
        self._left: Mapping[Path, int] = {}
        self._total = 0
        self._found: Mapping[Path, Diagnostic] = {}
        self._diagnostics: Mapping[Path, Diagnostic] = {}
        """Those that are shown."""
        self._part = "field"
        self._refreshing = False
        self.setWidget(self._sheet)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self.setAccessibleName(tr("Filter"))
        self._gestures = Gestures(self, self._sheet, model)
        model.changed.connect(self.refresh)
        model.selection_changed.connect(self._show_selection)
        surroundings.arrived.connect(self.refresh)
        self.verticalScrollBar().valueChanged.connect(lambda: self._build())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        theme().changed.connect(self._repaint)

    # --- showing ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the tree as it is now; rows in view change, the focus follows the current node."""
        inside = self._focused_row() is not None
        current = self._model.current
        # A row that goes away drops the focus on its neighbour; that is nobody's choice and selects nothing.
        self._refreshing = True
        self._lay_out()
        self._build()
        self._refreshing = False
        if inside and self._focused_row() is not self._rows.get(current or ()):
            self.focus(current or (), self._part)

    def row(self, path: Path) -> Row | None:
        """The row of a node, None when it is out of view."""
        return self._rows.get(path)

    def show_counts(self, left: Mapping[Path, int], total: int) -> None:
        """How many of `total` are left after each condition."""
        self._left, self._total = left, total
        for path, row in self._rows.items():
            if isinstance(row, ConditionRow):
                row.set_left(self._left_at(path))

    def show_diagnostics(self, diagnostics: Mapping[Path, Diagnostic]) -> None:
        """What is wrong, by the place of the condition."""
        self._found = diagnostics
        self._show_found()

    def _show_found(self) -> None:
        """All that was found, but for what a value is that somebody is about to type."""
        row = self._focused_row()
        typing = row.path if isinstance(row, ConditionRow) and row.focused_part() == "value" else None
        empty = typing is not None and _still_empty(self._model.node(typing))
        shown_now = {
            path: each
            for path, each in self._found.items()
            if path != typing or not (empty or each.code == "missing_value")
        }
        if shown_now != self._diagnostics:
            self._diagnostics = shown_now
            self._lay_out()
            self._build()
            self.height_changed.emit()

    def focus(self, path: Path, part: str = "field") -> None:
        """Bring a node into view and focus a part of it: "field", "operator" or "value"."""
        line = self.lines.line(path)
        if line is None:
            return
        self.ensureVisible(self._sheet.width() // 2, line.top + line.height // 2, 0, line.height + 24)
        self._build()
        row = self._rows.get(path)
        if isinstance(row, ConditionRow):
            row.focus_part(part)
        elif row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_new(self, path: Path) -> None:
        """Go to a condition that was just added, with the field picker open."""
        self.focus(path, "field")
        row = self._rows.get(path)
        if isinstance(row, ConditionRow) and row.condition is not None and not row.condition.attribute.field:
            row.open_fields()

    def content_height(self) -> int:
        """The height at which nothing scrolls up or down, with the bar below that a narrow builder needs."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._least_width() > self.width() else 0
        return self.lines.height + 2 * RING_ROOM + bar

    def line_box(self, line: Line) -> tuple[int, int]:
        """Left edge and width of a line's row on the sheet."""
        if isinstance(line.node, Group) and not line.empty:
            side = inset(len(line.path)) + RING_ROOM
            return side, self._sheet.width() - 2 * side
        depth = len(line.path) + (0 if not line.empty else 1)
        side = inset(depth - 1) + RING_ROOM
        return side + 11 - RING, self._sheet.width() - 2 * side - 21 + 2 * RING

    def _lay_out(self) -> None:
        # The room of a row depends on the depth, the depth on the tree alone: a first layout without messages
        # would cost as much again, so the width is taken from the sheet as it is.
        tall = {path for path, diagnostic in self._diagnostics.items() if not self._fits_beside(path, diagnostic)}
        self.lines = LineLayout(self._model.group, tall)
        width = max(self.viewport().width(), self._least_width())
        self._sheet.resize(width, self.lines.height + 2 * RING_ROOM)
        self._sheet.layout_of_lines = self.lines
        self._sheet.update()
        self.updateGeometry()

    def _least_width(self) -> int:
        least = 2 * inset(self.lines.deepest + 1) + _LEAST_ROW
        for line in self.lines.lines:
            if isinstance(line.node, Condition) and isinstance(line.node.operand, Range):
                least = max(least, 2 * inset(len(line.path)) + _LEAST_RANGE)
        return least

    def _fits_beside(self, path: Path, diagnostic: Diagnostic) -> bool:
        node = self._model.node(path)
        if not isinstance(node, Condition):
            return True
        metrics = QFontMetrics(theme().font("small"))
        operator = OPERATORS.get(node.operator)
        words = self._surroundings.label(node.attribute) + (tr(operator.label) if operator else node.operator)
        needed = metrics.horizontalAdvance(words + shown(diagnostic.message)) + 190
        if operator is not None:
            field = self._surroundings.catalog.field(node.attribute)
            number = operator.shape is Shape.VALUE and field is not None and field.kind in ("number", "decimal")
            needed += _NUMBER_WIDTH if number else _EDITOR_WIDTHS.get(operator.shape, 0)
        return needed <= self._sheet.width() - 2 * inset(len(path) - 1) - 30

    def _build(self) -> None:
        top = self.verticalScrollBar().value()
        view = self.lines.between(top - _AHEAD, top + self.viewport().height() + _AHEAD)
        keep = {line.path: line for line in view if not line.empty}
        focused = self._focused_row()
        if focused is not None and focused.path not in keep:
            # Someone types in it: it stays, out of view, and is kept up to date like the others.
            line = self.lines.line(focused.path)
            if line is not None:
                keep[line.path] = line
        for path in [path for path, row in self._rows.items() if not _suits(row, keep.get(path))]:
            self._put_away(path)
        for line in keep.values():
            self._show_line(line)
        self._show_hints({line.path: line for line in view if line.empty})

    def _show_line(self, line: Line) -> None:
        row = self._rows.get(line.path) or self._take(line)
        self._rows[line.path] = row
        left, width = self.line_box(line)
        if isinstance(row, ConditionRow) and isinstance(line.node, Condition):
            row.setGeometry(left, line.top + RING_ROOM - RING, width, line.height + 2 * RING)
            row.show_condition(line.path, line.node)
            row.set_left(self._left_at(line.path))
            row.set_diagnostic(self._diagnostics.get(line.path))
        elif isinstance(row, GroupRow) and isinstance(line.node, Group):
            row.setGeometry(left, line.top + RING_ROOM, width, HEADER)
            row.show_group(line.path, line.node)
        row.set_current(line.path == self._model.current, line.path in self._model.selected)
        row.setVisible(True)

    def _take(self, line: Line) -> Row:
        wanted = ConditionRow if isinstance(line.node, Condition) else GroupRow
        spare = self._spare[wanted]
        if spare:
            return spare.pop()
        if wanted is ConditionRow:
            row = ConditionRow(self._model, self._surroundings, self._sheet)
            row.menu_for = lambda row: self.commands.menu(row, False)
            return row
        header = GroupRow(self._model, self._sheet)
        header.menu_for = lambda row: self.commands.menu(row, True)
        header.add_condition = lambda path: self.open_new(self.commands.add_condition(path))
        header.add_group = lambda path: self.open_new((*self.commands.add_group(path), 0))
        return header

    def _put_away(self, path: Path) -> None:
        row = self._rows.pop(path)
        if row.isAncestorOf(QApplication.focusWidget() or self) or row.hasFocus():
            # Hiding it would send the focus on to the next row, which may be on its way out as well.
            self._sheet.setFocus()
        row.setVisible(False)
        self._spare[type(row)].append(row)

    def _show_hints(self, wanted: Mapping[Path, Line]) -> None:
        for path in [path for path in self._hints if path not in wanted]:
            self._hints.pop(path).deleteLater()
        for path, line in wanted.items():
            hint = self._hints.get(path)
            if hint is None:
                hint = self._hints[path] = EmptyRow(self._sheet, "" if path else self._passes.empty)
                hint.add.clicked.connect(lambda _checked=False, path=path: self._add_into(path))
            left, width = self.line_box(line)
            hint.setGeometry(left + RING, line.top + RING_ROOM, width - 2 * RING, line.height)
            hint.add.setVisible(not self._model.read_only)
            hint.show()

    def _add_into(self, path: Path) -> None:
        self.open_new(self.commands.add_condition(path))

    def _left_at(self, path: Path) -> tuple[int, int] | None:
        return (self._left[path], self._total) if path in self._left else None

    def _show_selection(self) -> None:
        for path, row in self._rows.items():
            row.set_current(path == self._model.current, path in self._model.selected)

    def _repaint(self) -> None:
        self._sheet.update()
        for row in self._rows.values():
            row.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the rows to the new width."""
        super().resizeEvent(event)
        self._lay_out()
        self._build()
        self.height_changed.emit()

    # --- focus and keys --------------------------------------------------------------------------------------

    def _focused_row(self) -> Row | None:
        return self._row_of(QApplication.focusWidget())

    def _row_of(self, widget: QObject | None) -> Row | None:
        while widget is not None and widget is not self._sheet:
            if isinstance(widget, (ConditionRow, GroupRow)) and widget.parent() is self._sheet:
                return widget
            widget = widget.parent()
        return None

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        row = self._row_of(new)
        if self._found and not self._refreshing:
            self._show_found()
        if row is None or self._refreshing:
            return
        if isinstance(row, ConditionRow):
            self._part = row.focused_part() or self._part
        if row.path not in self._model.selected:
            self._model.select(row.path)

    def _next_part(self, forward: bool) -> bool:
        if self._refreshing:
            return True
        row = self._focused_row()
        if row is None:
            return False
        if isinstance(row, ConditionRow) and row.step_part(forward):
            return True
        at = self.lines.index(row.path) + (1 if forward else -1)
        while 0 <= at < len(self.lines.lines) and self.lines.lines[at].empty:
            at += 1 if forward else -1
        if not 0 <= at < len(self.lines.lines):
            return False
        line = self.lines.lines[at]
        self._model.select(line.path)
        self.focus(line.path, "field" if forward else "value")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no editor wanted."""
        if self._gestures.key(event):
            return
        command = command_of(event)
        if not command or self._focused_row() is None:
            event.ignore()
            return
        verb, _, argument = command.partition(" ")
        if verb in ("go", "extend"):
            self._go(argument, extend=verb == "extend")
        elif verb == "part":
            row = self._focused_row()
            if isinstance(row, ConditionRow):
                row.step_part(argument == "1")
        elif command == "select_all":
            self._select_siblings()
        elif command in ("undo", "redo"):
            self._model.undo() if command == "undo" else self._model.redo()
        elif verb.startswith("new_"):
            self._add(command)
        else:
            self.commands.run(command)
        event.accept()

    def _add(self, command: str) -> None:
        if self._model.read_only:
            return
        if command == "new_group":
            self.open_new((*self.commands.add_group(self._model.current), 0))
        else:
            self.commands.run("add_condition_here" if command == "new_here" else "add_condition_at_end")
            if self._model.current is not None:
                self.open_new(self._model.current)

    def _go(self, where: str, *, extend: bool) -> None:
        places = [line.path for line in self.lines.lines if not line.empty]
        at = places.index(self._model.current) if self._model.current in places else 0
        if where in ("first", "last"):
            at = 0 if where == "first" else len(places) - 1
        else:
            at = max(0, min(len(places) - 1, at + int(where)))
        self._model.select(places[at], also=extend)
        self.focus(places[at], self._part)

    def _select_siblings(self) -> None:
        current = self._model.current
        parent = self._model.node(current[:-1]) if current else None
        if current and isinstance(parent, Group):
            self._model.selected = tuple((*current[:-1], at) for at in range(len(parent.children)))
            self._model.selection_changed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer."""
        line = self.line_at(self._sheet.mapFromGlobal(event.globalPos()))
        if line is None or self._model.read_only:
            return
        if line.path not in self._model.selected:
            self._model.select(line.path)
        menu = self.commands.menu(self, isinstance(line.node, Group))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def line_at(self, at: QPoint) -> Line | None:
        """The line under a point of the sheet."""
        y = at.y() - RING_ROOM
        return next((line for line in self.lines.between(y - 1, y + 1) if line.top <= y < line.bottom), None)


def _still_empty(node: object) -> bool:
    """Whether nothing was typed as the condition's value so far."""
    return isinstance(node, Condition) and isinstance(node.operand, Literal) and not node.operand.text


def _suits(row: Row, line: Line | None) -> bool:
    return line is not None and isinstance(row, ConditionRow) == isinstance(line.node, Condition)
