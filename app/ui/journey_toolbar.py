"""The bar above the canvas: which journey, in which state, saved or not, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.journey.journey import Status
from app.kernel.errors import Severity
from app.ui.key_table import with_keys
from app.ui.keymap import keymap
from app.ui.moments import ago
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.label import OneLine, label, plain_tip
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
_READABLE_NAME = 140
"""What a long name keeps before buttons lose their words."""


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
        self.name = _Name("", self, least=_SHORTEST_NAME)
        self.name.double_clicked.connect(lambda: self.wanted.emit("rename"))
        self.status = Pill("", "amber", self)
        self.saved = label("", "small", self)
        self.versions = IconButton("chevron-down", tr("Versions of this journey"), self, on_click=self._open_versions)
        self.undo = IconButton("undo", tr("Undo"), self, on_click=document.undo_stack.undo)
        self.redo = IconButton("redo", tr("Redo"), self, on_click=document.undo_stack.redo)
        self.find_anything = self._button("find", tr("Find anything"), "ghost", "command")
        self.settings = self._button("settings", tr("Settings"), "plain", "settings")
        self.test = self._button("test", tr("Test"), "plain", "play")
        self.validate = self._button("validate", tr("Validate"), "plain", "check")
        self.activate = self._button("activate", tr("Activate"), "primary")
        self.new_version = self._button("new_version", tr("New version"), "plain")
        self.pause = self._button("pause", tr("Pause…"), "plain")
        self.resume = self._button("resume", tr("Resume"), "primary")
        self.stop = self._button("stop", tr("Stop"), "plain")
        for each in (self.name, self.status, self.versions, self.saved):
            row.addWidget(each)
        row.addStretch()
        for widget in self._all():
            row.addWidget(widget)
        for widget in (self.status, self.versions, self.saved, *self._all()):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # it is the name that gives way
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        able_to_shrink = (self.find_anything, self.settings, self.test, self.validate)
        self._words = {button: button.text() for button in able_to_shrink}
        for button, words in self._words.items():
            button.setAccessibleName(words)
        self._not_saved = False
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
        for button in (self.validate, self.activate):
            button.setVisible(draft)
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
        for button, words, command in (
            (self.find_anything, tr("Find a command or a journey"), "window.palette"),
            (self.settings, tr("Journey settings"), "journey.settings"),
            (self.test, tr("Fire an event"), "journey.test"),
            (self.activate, tr("Let contacts enter"), "journey.activate"),
            (self.new_version, tr("Make a draft that can be changed"), "journey.new_version"),
            (self.pause, tr("Nobody enters and nobody goes on"), "journey.pause"),
            (self.resume, tr("Let it go on"), "journey.resume"),
            (self.stop, tr("End this journey for good"), "journey.stop"),
        ):
            button.setToolTip(with_keys(words, command))
        self._show_undo()
        self._show_problems()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Nothing is cut off: where room is short, words that an icon can stand for go first, one after another."""
        draft = self._document.status is Status.DRAFT
        for level in range(6):
            self.find_anything.setText(self._words[self.find_anything] if level < 1 else "")
            self.saved.setVisible(draft and (self._not_saved or level < 2))
            for button in (self.settings, self.test):
                button.setText(self._words[button] if level < 3 else "")
            for each in (self.undo, self.redo):  # they have keys and a menu, too
                each.setVisible(draft and level < 4)
            count = number(len(self._document.problems)) if self._document.problems else ""
            self.validate.setText(self._words[self.validate] if level < 5 else count)
            if self._needed(_READABLE_NAME if level < 3 else _SHORTEST_NAME) <= self.width():
                return

    def _needed(self, longest_name: int) -> int:
        row = self.layout()
        assert row is not None
        shown = [each for each in (self.status, self.versions, self.saved, *self._all()) if not each.isHidden()]
        margins = row.contentsMargins()
        name = min(self.name.sizeHint().width(), longest_name)
        words = sum(each.sizeHint().width() for each in shown)
        return name + words + row.spacing() * (len(shown) + 1) + margins.left() + margins.right()

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
        self.name.setToolTip(plain_tip(tr("{name}\nDouble-click to rename", name=name)))

    def _show_undo(self) -> None:
        stack = self._document.undo_stack
        self.undo.setEnabled(stack.canUndo())
        self.redo.setEnabled(stack.canRedo())
        undo = tr("Undo: {edit}", edit=stack.undoText())
        redo = tr("Redo: {edit}", edit=stack.redoText())
        self.undo.setToolTip(plain_tip(with_keys(undo, "window.undo")) if stack.canUndo() else tr("Nothing to undo"))
        self.redo.setToolTip(plain_tip(with_keys(redo, "window.redo")) if stack.canRedo() else tr("Nothing to redo"))

    def _show_problems(self) -> None:
        problems = self._document.problems
        words = tr("Validate · {count}", count=number(len(problems))) if problems else tr("Validate")
        self._words[self.validate] = words
        self.validate.setAccessibleName(words)
        errors = sum(each.severity is Severity.ERROR for each in problems)
        found = tr(
            "{errors}, {warnings}",
            errors=trn("{n} error", "{n} errors", errors),
            warnings=trn("{n} warning", "{n} warnings", len(problems) - errors),
        )
        self.validate.setToolTip(with_keys(found if problems else tr("No problems"), "journey.validate"))
        self._fit()

    def _show_saved(self) -> None:
        self._not_saved = False
        set_style_property(self.saved, "role", "small")
        self.saved.setToolTip("")
        self.saved.setAccessibleDescription("")
        now = self._document.workspace.clock.now()
        unsaved = self._document.unsaved
        self.saved.setText(tr("saving…") if unsaved else tr("saved {ago}", ago=ago(self._document.saved_at, now)))
        self._fit()

    def _show_not_saved(self, message: str) -> None:
        set_style_property(self.saved, "role", "error")
        # The reason is too long for a toolbar; it is said once in full, and stays with the word.
        self.saved.setText(tr("not saved, trying again"))
        self.saved.setToolTip(message)
        self.saved.setAccessibleDescription(message)
        self._not_saved = True
        self._fit()

    def _open_versions(self) -> None:
        menu = QMenu(self)
        for version, status in reversed(self._document.versions):
            action = menu.addAction(tr("Version {number} · {state}", number=version, state=tr(_STATES[status][0])))
            action.setCheckable(True)
            action.setChecked(version == self._document.number)
            action.triggered.connect(lambda _checked=False, version=version: self.version_wanted.emit(version))
        menu.popup(self.versions.mapToGlobal(self.versions.rect().bottomLeft()))

    def _button(self, wish: str, text: str, kind: str, icon: str = "") -> Button:
        return Button(text, kind, self, icon=icon, on_click=lambda: self.wanted.emit(wish))


class _Name(OneLine):
    """The journey's name; a double click renames."""

    double_clicked = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        self.double_clicked.emit()
