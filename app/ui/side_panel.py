"""The frame at the right of the canvas: one tab a panel, in the order of the drawings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from app.ui.translation import tr

ORDER = ("tile", "test", "outline", "problems", "history")
"""Where each panel stands; one that is not named comes after these."""

WIDTH = 372
_COUNT = 20
"""What the count of problems may add to its tab's width."""


class SidePanel(QFrame):
    """Panels by key. A panel may be added at any time and finds its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side-panel")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(tr("Panels"))
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        box.addWidget(self.tabs)
        self._keys: list[str] = []

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest panel needs: nothing in it is cut at the right."""
        return super().minimumSizeHint().expandedTo(QSize(280, 0))

    @property
    def readable_width(self) -> int:
        """At that width all tabs are seen."""
        return self.tabs.tabBar().sizeHint().width() + _COUNT

    def add(self, key: str, title: str, widget: QWidget) -> None:
        """Add a panel. Raises ValueError for a key that is there."""
        if key in self._keys:
            raise ValueError(f"there is a panel {key!r} already")
        at = sum(1 for other in self._keys if _rank(other) <= _rank(key))
        self._keys.insert(at, key)
        self.tabs.insertTab(at, widget, title)

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front, if it is there."""
        if key in self._keys:
            self.show()
            self.tabs.setCurrentIndex(self._keys.index(key))

    def set_title(self, key: str, title: str) -> None:
        """Give a tab another title: a count, for instance."""
        if key in self._keys:
            self.tabs.setTabText(self._keys.index(key), title)

    def panel(self, key: str) -> QWidget | None:
        """The panel with that key, or None."""
        return self.tabs.widget(self._keys.index(key)) if key in self._keys else None

    @property
    def current(self) -> str:
        """The key of the panel in front."""
        return self._keys[self.tabs.currentIndex()] if self._keys else ""


def _rank(key: str) -> int:
    return ORDER.index(key) if key in ORDER else len(ORDER)
