"""The row of documents: journeys and pages, each once, closable but for the first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.sides import margins
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.button import IconButton

_WIDEST = 260
"""Pixels of a tab."""


class _Bar(QTabBar):
    """A middle click closes, as in every browser."""

    def tabSizeHint(self, index: int) -> QSize:
        """A long name leaves room for the other tabs; the tooltip has it whole."""
        return super().tabSizeHint(index).boundedTo(QSize(_WIDEST, 10_000))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab under a middle click."""
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at > 0:
            self.tabCloseRequested.emit(at)
            return
        super().mouseReleaseEvent(event)


class DocumentTabs(QWidget):
    """Tabs by key. `current_changed` tells the widget that came to the front, `closing` the one that is going.
    `may_close` is asked before a person's wish to close a widget is granted."""

    current_changed = Signal(object)
    closing = Signal(object)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = _Bar(self)
        self.bar.setProperty("documents", True)
        self.bar.setAccessibleName(tr("Open documents"))
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setMovable(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self.bar.setUsesScrollButtons(True)
        self.bar.setIconSize(QSize(15, 15))
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_button = IconButton("plus", tr("New journey or open a page"), self, on_click=self.more_wanted.emit)
        self.row = QFrame(self)
        row = self.row
        row.setObjectName("documents")
        across = QHBoxLayout(row)
        across.setContentsMargins(12, 2, 12, 0)
        across.setSpacing(4)
        across.addWidget(self.bar)
        across.addWidget(self.add_button)
        across.addStretch()
        self.stack = QStackedWidget(self)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(row)
        down.addWidget(self.stack, 1)
        self.may_close: Callable[[QWidget], bool] = lambda _widget: True
        self._keys: list[str] = []
        self.bar.currentChanged.connect(self._came)
        self.bar.tabCloseRequested.connect(self.close_at)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the open tabs, left to right."""
        return tuple(self._keys)

    def widget(self, key: str) -> QWidget | None:
        """The widget of a key, if it is open."""
        return self.stack.widget(self._keys.index(key)) if key in self._keys else None

    def current(self) -> QWidget | None:
        """The widget in front."""
        return self.stack.currentWidget()

    def open(self, key: str, make: Callable[[], QWidget], title: str, icon: str) -> QWidget:
        """Bring the tab `key` to the front; it is made when it is not there."""
        found = self.add(key, make, title, icon)
        self.bring(key)
        return found

    def add(self, key: str, make: Callable[[], QWidget], title: str, icon: str) -> QWidget:
        """Make the tab `key` when it is not there, behind the others: laying it out and painting it wait until it is
        seen."""
        if key not in self._keys:
            widget = make()
            self._keys.append(key)
            self.stack.addWidget(widget)
            at = self.bar.addTab(theme().icon(icon, "ink2"), _shown(title))
            self.bar.setTabToolTip(at, title)
            self.bar.setTabButton(at, QTabBar.ButtonPosition.RightSide, self._close_button(key, title) if at else None)
        found = self.widget(key)
        assert found is not None
        return found

    def bring(self, key: str) -> None:
        """Bring an open tab to the front."""
        self.bar.setCurrentIndex(self._keys.index(key))

    def current_key(self) -> str:
        """The key of the tab in front; "" when none is open."""
        at = self.bar.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else ""

    def rename(self, key: str, title: str) -> None:
        """Give a tab another title."""
        if key in self._keys:
            self.bar.setTabText(self._keys.index(key), _shown(title))
            self.bar.setTabToolTip(self._keys.index(key), title)

    def close_key(self, key: str) -> None:
        """Close the tab of a key, if it is open."""
        if key in self._keys:
            self.close_at(self._keys.index(key), force=True)

    def close_at(self, at: int, *, force: bool = False) -> None:
        """Close a tab; the first stays unless forced, and so does one that may not close."""
        if not 0 <= at < len(self._keys) or (at == 0 and not force):
            return
        widget = self.stack.widget(at)
        if widget is None or not (force or self.may_close(widget)):
            return
        at = self.stack.indexOf(widget)  # another tab may have gone while it was asked
        if at < 0:
            return
        self.closing.emit(widget)
        self._keys.pop(at)
        self.stack.removeWidget(widget)
        self.bar.removeTab(at)
        widget.deleteLater()

    def close_others(self) -> None:
        """Close every tab but the first and the one in front."""
        front = self.current_key()
        for key in self.keys[1:]:
            if key != front:
                self.close_at(self._keys.index(key))

    def close_all(self) -> None:
        """Close every tab, the first as well."""
        while self._keys:
            self.close_at(len(self._keys) - 1, force=True)

    def step(self, by: int) -> None:
        """Go to the next or previous tab, around the end."""
        if self._keys:
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self._keys))

    def _came(self, at: int) -> None:
        if 0 <= at < self.stack.count():
            page = self.stack.widget(at)
            before = page.focusWidget() if page is not None else None
            self.stack.setCurrentIndex(at)
            if page is not None and not self.bar.hasFocus():
                # The keyboard goes on where it was on that page, or begins there: not at some button.
                (before or page).setFocus()
            self.current_changed.emit(self.stack.widget(at))

    def _close_button(self, key: str, title: str) -> QWidget:
        holder = QWidget(self.bar)
        row = QHBoxLayout(holder)
        row.setContentsMargins(margins(2, 0, 8, 0))
        button = IconButton("close", tr("Close {title}", title=title), holder)
        button.clicked.connect(lambda: self.close_at(self._keys.index(key)))
        button.setIconSize(QSize(12, 12))
        button.setMinimumSize(22, 22)
        button.setMaximumSize(22, 22)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W and the middle click do it from the keyboard and mouse
        row.addWidget(button)
        return holder


def _shown(title: str) -> str:
    """A title as tab text, where an ampersand would make a mnemonic."""
    return title.replace("&", "&&")
