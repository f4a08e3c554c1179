"""The drawer below the canvas: the event log lives there; it opens and closes with one key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget


class Drawer(QFrame):
    """Closed until something is in it and it is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawer")
        self.setMinimumHeight(120)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._tabs: QTabWidget | None = None
        self._widgets: list[tuple[str, str, QWidget]] = []
        self.hide()

    def add(self, key: str, title: str, widget: QWidget) -> None:
        """Put something in; with a second thing the drawer gets tabs."""
        self._widgets.append((key, title, widget))
        if len(self._widgets) == 1:
            self._box.addWidget(widget)
            return
        if self._tabs is None:
            self._tabs = QTabWidget(self)
            self._tabs.setDocumentMode(True)
            _, first_title, first = self._widgets[0]
            self._box.removeWidget(first)
            self._tabs.addTab(first, first_title)
            self._box.addWidget(self._tabs)
        self._tabs.addTab(widget, title)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put in yet."""
        return not self._widgets
