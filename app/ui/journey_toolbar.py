"""The bar above the canvas: which journey, in which state, saved or not, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from app.journey.journey import Status
from app.kernel.errors import Severity
from app.ui.key_table import with_keys
from app.ui.keymap import keymap
from app.ui.moments import ago
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.label import label
from app.ui.widgets.pill import Pill
from app.ui.widgets.restyle import set_style_property

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

_STATES = {
    Status.DRAFT: (mark("Draft"), "amber"),
    Status.RUNNING: (mark("Running"), "accent"),
    Status.PAUSED: (mark("Paused"), "amber"),
    Status.FINISHING: (mark("Finishing"), "blue"),
    Status.STOPPED: (mark("Stopped"), "quiet"),
}
_AGAIN_MS = 15_000
_SHORTEST_NAME = 48


class JourneyToolbar(QFrame):
    """Signals carry the wish; the page fulfils it. `wanted` is one of "settings", "test", "validate", "activate",
    "new_version", "pause", "resume", "stop", "find", "rename"; `version_wanted` a version's number."""

    wanted = Signal(str)
    version_wanted = Signal(int)

    def __init__(self, document: JourneyDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journey-toolbar")
        self.setFixedHeight(49)
        self._document = document
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.name = _Name("", self)
        self.name.double_clicked.connect(lambda: self.wanted.emit("rename"))
        self.status = Pill("", "amber", self)
        self.saved = label("", "small", self)
        self.versions = IconButton("chevron-down", tr("Versions of this journey"), self, on_click=self._open_versions)
        self.undo = IconButton("undo", tr("Undo"), self, on_click=document.undo_stack.undo)
        self.redo = IconButton("redo", tr("Redo"), self, on_click=document.undo_stack.redo)
        self.find_anything = self._button("find", tr("Find anything"), "ghost", "command", "")
        self.settings = self._button("settings", tr("Settings"), "plain", "settings", tr("Journey settings"))
        self.test = self._button("test", tr("Test"), "plain", "play", "")
        self.validate = self._button("validate", tr("Validate"), "plain", "check", "")
        self.activate = self._button("activate", tr("Activate"), "primary", "", "")
        self.new_version = self._button(
            "new_version", tr("New version"), "plain", "", tr("Make a draft that can be changed")
        )
        self.pause = self._button("pause", tr("Pause…"), "plain", "", tr("Nobody enters and nobody goes on"))
        self.resume = self._button("resume", tr("Resume"), "primary", "", tr("Let it go on"))
        self.stop = self._button("stop", tr("Stop"), "plain", "", tr("End this journey for good"))
        for each in (self.name, self.status, self.versions, self.saved):
            row.addWidget(each)
        row.addStretch()
        for button in self._all():
            row.addWidget(button)
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN_MS)
        self._clock.timeout.connect(self._show_saved)
        self._clock.start()
        self._listen()

    def _all(self) -> tuple[QWidget, ...]:
        return (
            self.undo,
            self.redo,
            self.find_anything,
            self.settings,
            self.test,
            self.validate,
            self.new_version,
            self.pause,
            self.resume,
            self.stop,
            self.activate,
        )

    def _listen(self) -> None:
        document, stack = self._document, self._document.undo_stack
        stack.canUndoChanged.connect(lambda _can: self._show_undo())
        stack.canRedoChanged.connect(lambda _can: self._show_undo())
        stack.indexChanged.connect(lambda _index: self._show_undo())
        document.changed.connect(lambda _keys: self._show_edit())
        document.state_changed.connect(self.refresh)
        document.problems_changed.connect(self._show_problems)
        document.saved.connect(self._show_saved)
        document.save_failed.connect(self._show_not_saved)
        keymap().changed.connect(self.show_keys)
        self.show_keys()
        self.refresh()

    def refresh(self) -> None:
        """Show name, state and the buttons that fit it."""
        document = self._document
        self._show_name()
        word, tone = _STATES[document.status]
        self.status.show_status(tr("{word} · v{number}", word=tr(word), number=document.number), tone)
        self.versions.setVisible(len(document.versions) > 1)
        draft = document.status is Status.DRAFT
        running = document.status is Status.RUNNING
        paused = document.status is Status.PAUSED
        for button in (self.undo, self.redo, self.validate, self.activate):
            button.setVisible(draft)
        self.saved.setVisible(draft)
        has_draft = any(status is Status.DRAFT for _, status in document.versions)
        self.new_version.setVisible(not draft)
        self.new_version.setText(tr("Open the draft") if has_draft else tr("New version"))
        self.pause.setVisible(running)
        self.resume.setVisible(paused)
        self.stop.setVisible(running or paused or document.status is Status.FINISHING)
        self.activate.setEnabled(not document.workspace.info.read_only)
        self._show_undo()
        self._show_problems()
        self._show_saved()

    def show_keys(self) -> None:
        """Say the keys of the buttons in their tooltips."""
        self.find_anything.setToolTip(with_keys(tr("Find a command or a journey"), "window.palette"))
        self.test.setToolTip(with_keys(tr("Fire an event"), "journey.test"))
        self.activate.setToolTip(with_keys(tr("Let contacts enter"), "journey.activate"))
        self._show_undo()
        self._show_problems()

    def busy(self, *, is_busy: bool) -> None:
        """Grey what would change the state while that is under way."""
        for button in (self.activate, self.new_version, self.pause, self.resume, self.stop):
            button.setEnabled(not is_busy)

    def _show_edit(self) -> None:
        self._show_name()
        self._show_saved()

    def _show_name(self) -> None:
        name = self._document.journey.name
        self.name.setText(name)
        self.name.setToolTip(tr("{name}\nDouble-click to rename", name=name))

    def _show_undo(self) -> None:
        stack = self._document.undo_stack
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())
        undo = tr("Undo: {edit}", edit=stack.undoText())
        redo = tr("Redo: {edit}", edit=stack.redoText())
        self.undo.setToolTip(with_keys(undo, "window.undo") if stack.canUndo() else tr("Nothing to undo"))
        self.redo.setToolTip(with_keys(redo, "window.redo") if stack.canRedo() else tr("Nothing to redo"))

    def _show_problems(self) -> None:
        problems = self._document.problems
        self.validate.setText(tr("Validate · {count}", count=number(len(problems))) if problems else tr("Validate"))
        errors = sum(each.severity is Severity.ERROR for each in problems)
        words = tr(
            "{errors}, {warnings}",
            errors=trn("{n} error", "{n} errors", errors),
            warnings=trn("{n} warning", "{n} warnings", len(problems) - errors),
        )
        self.validate.setToolTip(with_keys(words if problems else tr("No problems"), "journey.validate"))

    def _show_saved(self) -> None:
        set_style_property(self.saved, "role", "small")
        self.saved.setToolTip("")
        self.saved.setAccessibleDescription("")
        if self._document.unsaved:
            self.saved.setText(tr("saving…"))
            return
        now = self._document.workspace.clock.now()
        self.saved.setText(tr("saved {ago}", ago=ago(self._document.saved_at, now)))

    def _show_not_saved(self, message: str) -> None:
        set_style_property(self.saved, "role", "error")
        # The reason is too long for a toolbar; it is said once in full, and stays with the word.
        self.saved.setText(tr("not saved, trying again"))
        self.saved.setToolTip(message)
        self.saved.setAccessibleDescription(message)

    def _open_versions(self) -> None:
        menu = QMenu(self)
        for version, status in reversed(self._document.versions):
            action = menu.addAction(tr("Version {number} · {state}", number=version, state=tr(_STATES[status][0])))
            action.setCheckable(True)
            action.setChecked(version == self._document.number)
            action.triggered.connect(lambda _checked=False, version=version: self.version_wanted.emit(version))
        menu.popup(self.versions.mapToGlobal(self.versions.rect().bottomLeft()))

    def _button(self, wish: str, text: str, kind: str, icon: str, help_text: str) -> Button:
        return Button(text, kind, self, icon=icon, help_text=help_text, on_click=lambda: self.wanted.emit(wish))


class _Name(QLabel):
    """The journey's name, shortened where the buttons need the room; a double click renames."""

    double_clicked = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "title")
        self.setMinimumWidth(_SHORTEST_NAME)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, its end left out where it does not fit."""
        painter = QPainter(self)
        short = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self.palette(), True, short, self.foregroundRole()
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.double_clicked.emit()
