"""Presenting a journey: the canvas alone, whole in view, and back to what was seen before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer

from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets.toast import toast

if TYPE_CHECKING:
    from app.ui.journey_page import JourneyPage

_HINT_MS = 2000


class Presentation:
    """Belongs to a page. `on` says whether the canvas is to be seen alone; the page hides what hangs on other things
    besides (palette, banners) by it."""

    def __init__(self, page: JourneyPage) -> None:
        self._page = page
        self.on = False
        self._drawer = False
        self._zoom, self._centre = 1.0, QPointF()

    def switch(self) -> None:
        """Begin, or end: then all is as it was."""
        page, canvas = self._page, self._page.canvas
        self.on = not self.on
        if self.on:
            self._drawer = page.drawer.isVisible()
            self._zoom, self._centre = canvas.camera.zoom, canvas.camera.visible().center()
        page.toolbar.setVisible(not self.on)
        page.side.setVisible(not self.on)
        page.drawer.setVisible(self._drawer and not self.on)
        page.presenting.emit(self.on)
        canvas.setFocus()
        # Not before everything has its new size.
        QTimer.singleShot(0, canvas, canvas.fit if self.on else self._look_back)
        if self.on:
            page.document.select([])  # so that the first Esc ends it
            # Who wants less motion gets what does not come and go so fast.
            short = _HINT_MS if theme().motion_ms else None
            toast(page, tr("Esc ends the presentation."), milliseconds=short)

    def _look_back(self) -> None:
        canvas = self._page.canvas
        canvas.zoom_to(self._zoom)
        seen = canvas.camera.to_view(self._centre)
        canvas.pan(canvas.width() / 2 - seen.x(), canvas.height() / 2 - seen.y())
