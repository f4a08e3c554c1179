"""How palette, canvas and panels share the width of a journey's page."""

from __future__ import annotations

from PySide6.QtWidgets import QSplitter, QWidget

from app.ui.side_panel import SidePanel


class PageRoom:
    """Where the page is narrow the palette gives way to the canvas and the panels: tiles are added from the quick
    search, too. What the palette takes or leaves is the canvas's, not the panels'."""

    def __init__(self, across: QSplitter, palette: QWidget, canvas: QWidget, side: SidePanel, side_width: int) -> None:
        self._across = across
        self._palette = palette
        self._canvas = canvas
        self._side = side
        self._side_width = side_width
        self._had = True

    def show_palette(self, *, wanted: bool) -> None:
        """Show it where it is wanted and there is room for it."""
        width, palette, least = self._across.width(), self._palette.width(), self._side.minimumSizeHint().width()
        room = width >= palette + self._canvas.minimumWidth() + least + 2 * self._across.handleWidth()
        self._palette.setVisible(room and wanted)
        if room != self._had:
            self._had = room
            left = width - palette * room
            readable = min(self._side.readable_width, left - self._canvas.minimumWidth())
            side = max(least, min(self._side_width, max(left // 2, readable)))
            self._across.setSizes([palette, left - side, side])
