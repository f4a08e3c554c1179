"""What every dialog is: title, body, footer; Esc that loses nothing silently; a size that is remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.dialogs.sizes import remember_size, remembered_size
from app.ui.translation import tr
from app.ui.widgets import Banner, Button, OneLine, label
from app.ui.widgets.restyle import set_style_property
from app.ui.widgets.scrim import Scrim
from app.ui.widgets.tab_order import follow_layouts


class Dialog(QDialog):
    """Window-modal, never blocking: open with `open()`. Deleted when it closes.

    Enter presses the primary button, Ctrl+Enter too where Enter writes a line; Esc and Cancel close at once when
    nothing was changed, else ask in the footer. A leaf fills `body`, overrides `has_changes` and `accept`.
    """

    grows = True
    """Whether it takes the height that its content needs; not where that is the height of pages that are not seen."""

    def __init__(self, title: str, parent: QWidget | None, *, name: str, size: QSize) -> None:
        """`name` keys the remembered size; `size` is the first one."""
        super().__init__(parent)
        self._name = name
        self.setProperty("role", "dialog")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = OneLine(title, self)
        self.head = QFrame(self)
        self.head.setProperty("role", "dialog-head")
        self.head_box = QVBoxLayout(self.head)
        self.head_box.setContentsMargins(20, 16, 20, 12)
        self.head_box.setSpacing(8)
        self.head_box.addWidget(self.title)
        self.banner = Banner("", "error", self)
        self.banner.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.foot = _Footer(self)
        self.hint = label("", "hint", self)
        self.cancel_button = Button(tr("Cancel"), "plain", self, on_click=self.reject)
        self.primary = Button(tr("Done"), "primary", self, on_click=self.accept)
        self.foot.fill([self.hint], [self.cancel_button, self.primary])
        self.foot.discard.clicked.connect(self.close_unasked)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        banner_row = QVBoxLayout()
        banner_row.setContentsMargins(20, 0, 20, 0)
        banner_row.addWidget(self.banner)
        outer.addLayout(banner_row)
        outer.addLayout(self.body, 1)
        outer.addWidget(self.foot)
        Scrim(self)
        self._opened = self._fitting(remembered_size(name, size))
        self.resize(self._opened)

    def has_changes(self) -> bool:
        """Whether closing would lose something."""
        return False

    def say(self, text: str, tone: str = "error") -> None:
        """A sentence above the body; "" takes it away."""
        self.banner.setVisible(bool(text))
        if text:
            self.banner.say(text, tone)

    def reject(self) -> None:
        """Cancel and Esc: close, or ask first when something would be lost."""
        if self.foot.asking:
            self.foot.ask(False)
        elif self.has_changes():
            self.foot.ask(True)
        else:
            self.close_unasked()

    def close_unasked(self) -> None:
        """Close and lose what was changed."""
        self._remember()
        super().reject()

    def finish(self) -> None:
        """Close after everything was taken."""
        self._remember()
        super().accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The frame's close button asks as Cancel does."""
        if self.isVisible() and self.has_changes() and self.result() == 0:
            self.foot.ask(True)
            event.ignore()
            return
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the primary button, as it would press a default button; in a field while the footer asks, it
        answers that editing goes on."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.isAutoRepeat():
            pass  # Held down, it would go on to what the first one showed.
        elif self.foot.asking:
            self.foot.ask(False)
        elif self.primary.isEnabled():
            self.primary.click()

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab follows what is seen; rows and pages come and go, so the order is made when it is asked for."""
        follow_layouts(self)
        return super().focusNextPrevChild(onward)

    def event(self, event: QEvent) -> bool:
        """Grow when what is said in it needs more height than it has: a long error is read whole."""
        if event.type() != QEvent.Type.LayoutRequest or not self.isVisible() or not self.grows:
            return super().event(event)
        done, layout = super().event(event), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            needed = self._fitting(QSize(self.width(), layout.minimumHeightForWidth(self.width())))
            if needed.height() > self.height():
                unchanged = self._is_as_opened()
                self.resize(self.width(), needed.height())
                self._opened = self.size() if unchanged else self._opened
        return done

    def _fitting(self, size: QSize) -> QSize:
        screen = self.screen().availableGeometry().size()
        return size.boundedTo(QSize(screen.width() - 40, screen.height() - 60))

    def _remember(self) -> None:
        """Only what a person chose: a small screen's limit would else hold on the next, larger one, too."""
        if not self._is_as_opened():
            remember_size(self._name, self.size())

    def _is_as_opened(self) -> bool:
        return self.size() in (self._opened, self._opened.expandedTo(self.minimumSizeHint()))


class _Footer(QFrame):
    """Buttons; or, when closing would lose something, the question and its two answers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "dialog-foot")
        self._before: QWidget | None = None
        self._pages = QStackedWidget(self)
        self._plain = QWidget()
        self._question = QWidget()
        self.keep = Button(tr("Keep editing"), "plain", self._question, on_click=lambda: self.ask(False))
        self.discard = Button(tr("Discard changes"), "danger", self._question)
        row = QHBoxLayout(self._question)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(label(tr("Your changes are not applied yet. Discard them?"), "strong", self._question), 1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        self._row = QHBoxLayout(self._plain)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(9)
        self._pages.addWidget(self._plain)
        self._pages.addWidget(self._question)
        box = QHBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.addWidget(self._pages)
        self.setFixedHeight(56)

    @property
    def asking(self) -> bool:
        """Whether the question is shown."""
        return self._pages.currentWidget() is self._question

    def fill(self, left: list[QWidget], right: list[QWidget]) -> None:
        """Put widgets at either end."""
        while self._row.count():
            self._row.takeAt(0)
        for widget in left:
            self._row.addWidget(widget)
        self._row.addStretch()
        for widget in right:
            self._row.addWidget(widget)

    def ask(self, asking: bool) -> None:
        """Show the question, or the buttons again with the keyboard where it was."""
        if asking and self.asking:
            return  # asked twice: the keyboard still goes back to where it was before the first time
        answered = self.keep.hasFocus() or self.discard.hasFocus()  # else the keyboard is where editing goes on
        self._pages.setCurrentWidget(self._question if asking else self._plain)
        set_style_property(self, "asking", asking)
        if asking:
            self._before = self.window().focusWidget()
            self.keep.setFocus()
        elif answered and self._before is not None and isValid(self._before):
            self._before.setFocus()
