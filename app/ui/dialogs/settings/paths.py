"""The paths of a decision split: their order, their names, and the filter of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.filters.tree import EMPTY
from app.journey.activities import Setting
from app.journey.activities.decision_split import REMAINDER, add_path
from app.journey.journey import Activity, Outcome
from app.kernel.names import name_problem, one_line
from app.ui.dialogs.settings.editor import OutcomesEditor, Situation
from app.ui.dialogs.settings.filter import show_filter
from app.ui.errors import at_once
from app.ui.filter_builder import FilterBuilder
from app.ui.filter_builder.passing import goes
from app.ui.sides import margins
from app.ui.translation import tr
from app.ui.widgets import Button, EmptyState, FormField, IconButton, label, plain_tip, toast

_LIST_WIDTH = 236


class PathsEditor(OutcomesEditor):
    """Paths at the left, the chosen one's name and filter at the right; the remainder is always the last."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self._activity: Activity | None = None
        self._outcomes: list[Outcome] = []
        self._showing = False
        self._shown = 0
        self.list = _PathList(self)
        self.list.currentRowChanged.connect(self._picked)
        self.list.step_wanted = self.move_path
        self.list.remove_wanted = self.remove_path
        self.list.rename_wanted = self._rename
        self.add_button = Button(tr("Add a path"), "link", self, icon="plus", on_click=self.add_path)
        self.up_button = IconButton("arrow-up", tr("Ask earlier (Alt+Up)"), self, on_click=lambda: self.move_path(-1))
        self.down_button = IconButton(
            "arrow-down", tr("Ask later (Alt+Down)"), self, on_click=lambda: self.move_path(1)
        )
        self.remove_button = IconButton("trash", tr("Remove path (Del)"), self, on_click=self.remove_path)
        self.name = QLineEdit(self)
        self.name.textEdited.connect(self._named)
        self.builder = FilterBuilder(self, passes=goes())
        self.builder.changed.connect(self._filtered)
        self.rest = EmptyState(
            tr("Everyone else"),
            tr("Contacts that no path above takes go this way. It is always asked last and has no filter."),
            parent=self,
            icon="decision-split",
        )
        self._build()

    def show_activity(self, activity: Activity) -> None:
        """Show a split's outcomes."""
        self._activity = activity
        self._outcomes = list(activity.outcomes)
        self._fill(0)

    def outcomes(self) -> tuple[Outcome, ...]:
        """The paths in their order, the remainder last."""
        return tuple(self._outcomes)

    def problem(self) -> str:
        """A path without a name, two of the same name, a text that cannot be read."""
        names = [outcome.label.strip() for outcome in self._outcomes]
        if "" in names:
            return tr("A path has no name. For example: Gold members")
        twin = next((name for name in names if names.count(name) > 1), "")
        if twin:
            return tr("Two paths are called {twin}. Give one of them another name.", twin=twin)
        of_name = next((p for name in names if (p := name_problem(name, "", ""))), None)
        return at_once(of_name) if of_name is not None else self.builder.problem

    def focus_problem(self) -> None:
        """At the name of the path, or at its text."""
        names = [outcome.label.strip() for outcome in self._outcomes]
        bad = (at for at, name in enumerate(names) if name in names[:at] or name_problem(name, "", "") is not None)
        wrong = next(bad, None)
        if wrong is None:
            self.builder.focus_problem()
            return
        self.list.setCurrentRow(wrong)
        self.name_field.set_error(self.problem())
        self._rename()

    def focus_start(self) -> None:
        """On the list of paths."""
        self.list.setFocus()

    def show_path(self, key: str) -> bool:
        """Choose a path; False where there is none of that key."""
        keys = [outcome.key for outcome in self._outcomes]
        if key in keys:
            self.list.setCurrentRow(keys.index(key))
        return key in keys

    def add_path(self) -> None:
        """A new path before the remainder, ready to be named."""
        if self._activity is None or not self._may_leave():
            return
        self._outcomes = list(add_path(replace(self._activity, outcomes=tuple(self._outcomes))))
        self._fill(len(self._outcomes) - 2)
        self.name.setFocus()
        self.name.selectAll()
        self.changed.emit()

    def move_path(self, step: int) -> None:
        """Ask the chosen path earlier or later; the remainder stays last."""
        at = self.list.currentRow()
        to = at + step
        last = len(self._outcomes) - 1
        if 0 <= at < last and 0 <= to < last and self._may_leave():
            self._outcomes.insert(to, self._outcomes.pop(at))
            self._fill(to)
            self.changed.emit()

    def remove_path(self) -> None:
        """Take the chosen path out; the last one stays."""
        at = self.list.currentRow()
        if 0 <= at < len(self._outcomes) - 1 and len(self._outcomes) > 2:
            del self._outcomes[at]
            self._fill(min(at, len(self._outcomes) - 2))
            self.list.setFocus()
            self.changed.emit()

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        tools.addWidget(self.add_button)
        tools.addStretch()
        for button in (self.up_button, self.down_button, self.remove_button):
            tools.addWidget(button)
        left = QWidget(self)
        left_box = QVBoxLayout(left)
        left_box.setContentsMargins(margins(20, 14, 12, 12))
        left_box.setSpacing(8)
        left_box.addWidget(label(tr("Asked from the top; the first that fits."), "hint", left, wrap=True))
        left_box.addWidget(self.list, 1)
        left_box.addLayout(tools)
        left.setFixedWidth(max(_LIST_WIDTH, left_box.minimumSize().width()))
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.VLine)
        line.setProperty("role", "rule")
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        name_row = QHBoxLayout()
        name_row.setContentsMargins(20, 14, 20, 0)
        self.name_field = FormField(tr("Path name"), self.name)
        self.name_field.setMaximumWidth(360)
        name_row.addWidget(self.name_field)
        name_row.addStretch()
        right.addLayout(name_row)
        right.addWidget(self.builder, 1)
        right.addWidget(self.rest, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(line)
        row.addLayout(right, 1)
        self.box.addLayout(row, 1)

    def _fill(self, current: int) -> None:
        self._showing = True
        self.list.clear()
        for outcome in self._outcomes:
            self.list.addItem(self._item(outcome))
        self.list.setCurrentRow(current)
        self._showing = False
        self._chosen(current)

    def _item(self, outcome: Outcome) -> QListWidgetItem:
        item = QListWidgetItem(outcome.label or tr("No name"))
        if outcome.key == REMAINDER:
            item.setToolTip(tr("Everyone whom no path takes"))
        else:
            runs = goes().runs(outcome.filter or EMPTY, self.situation.context.catalog)
            item.setToolTip(plain_tip("".join(run.text for run in runs)))
        return item

    def _picked(self, at: int) -> None:
        if self._showing or at == self._shown:
            return
        if self._may_leave():
            self._chosen(at)
            return
        # The list still works on the click: it would choose the other row after all.
        QTimer.singleShot(0, self, lambda: self.list.setCurrentRow(self._shown))

    def _may_leave(self) -> bool:
        """A text that cannot be read yet is not thrown away."""
        problem = self.builder.problem if self.builder.isVisibleTo(self) else ""
        if problem:
            self.builder.focus_problem()
            toast(self, tr("The text cannot be read yet: {problem}", problem=problem))
        return not problem

    def _chosen(self, at: int) -> None:
        if self._showing or not 0 <= at < len(self._outcomes):
            return
        self._shown = at
        outcome = self._outcomes[at]
        rest = outcome.key == REMAINDER
        editable = not self.situation.read_only
        self._showing = True
        self.name.setText(outcome.label)
        self.name_field.clear()
        self.rest.setVisible(rest)
        self.builder.setVisible(not rest)
        if not rest:
            show_filter(self.builder, outcome.filter or EMPTY, self.situation)
        self._showing = False
        last = len(self._outcomes) - 1
        self.up_button.setEnabled(editable and 0 < at < last)
        self.down_button.setEnabled(editable and at < last - 1)
        self.remove_button.setEnabled(editable and not rest and last > 1)
        self.add_button.setEnabled(editable)
        self.name.setReadOnly(not editable)

    def _named(self, text: str) -> None:
        at = self.list.currentRow()
        self._outcomes[at] = replace(self._outcomes[at], label=one_line(text))
        self.list.item(at).setText(text or tr("No name"))
        others = [o.label for i, o in enumerate(self._outcomes) if i != at]
        name = one_line(text)
        wrong = name in others or name_problem(name, "", "") is not None
        self.name_field.set_error(self.problem() if wrong else "")
        self.changed.emit()

    def _filtered(self) -> None:
        at = self.list.currentRow()
        if self._showing or not 0 <= at < len(self._outcomes) or self._outcomes[at].key == REMAINDER:
            return
        self._outcomes[at] = replace(self._outcomes[at], filter=self.builder.filter())
        self.changed.emit()

    def _rename(self) -> None:
        self.name.setFocus()
        self.name.selectAll()


class _PathList(QListWidget):
    """Alt with an arrow moves, Del removes, F2 renames."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.step_wanted: Callable[[int], None] = lambda _step: None
        self.remove_wanted: Callable[[], None] = lambda: None
        self.rename_wanted: Callable[[], None] = lambda: None
        self.setAccessibleName(tr("Paths"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def showEvent(self, event: QShowEvent) -> None:
        """Rows that were laid out before the list had its style are too low."""
        super().showEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list's own keys, then Qt's."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_wanted(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_wanted()
        else:
            super().keyPressEvent(event)
