"""The whole journey in a corner: shows what is in view, and a press there goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.canvas.brush import draw_panel
from app.ui.sides import right_to_left
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_SIZE = QSize(176, 104)
_EDGE = 14
_INSET = 10.0
_LATER_FROM = 300
_LATER_MS = 250


class Minimap(QWidget):
    """Hidden where the canvas is too small for it. Its picture is made once for each state of the scene."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.setFixedSize(_SIZE)
        self.setAccessibleName(tr("Map of the journey"))
        self.setToolTip(tr("Drag to look elsewhere"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QPixmap()
        self._of: object = None
        self._drawn = -1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.update)

    def place(self) -> None:
        """Lie at the lower right; the lower left where one reads from the right. There must be room beside the zoom's
        buttons, and above it more of the canvas than it covers."""
        wide = self.width() + self._view.zoom_control.sizeHint().width() + 3 * _EDGE
        self.setVisible(self._view.width() >= wide and self._view.height() >= 3 * self.height())
        far = self._view.width() - self.width() - _EDGE
        self.move(_EDGE if right_to_left() else far, self._view.height() - self.height() - _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tiles as small blocks, the view as a frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        draw_panel(painter, frame, theme().color("panel"), theme().color("line"), 9)
        scale, origin = self._scale()
        painter.drawPixmap(QPointF(0, 0), self._blocks(scale, origin))
        seen = self._view.camera.visible()
        window = QRectF(
            origin.x() + seen.x() * scale, origin.y() + seen.y() * scale, seen.width() * scale, seen.height() * scale
        )
        window = window.intersected(frame.adjusted(3, 3, -3, -3))
        accent = QColor(theme().color("accent"))
        painter.setPen(QPen(accent, 1.5))
        accent.setAlpha(16)
        painter.setBrush(accent)
        painter.drawRoundedRect(window, 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event.position())

    def _look(self, at: QPointF) -> None:
        scale, origin = self._scale()
        view = self._view
        world = QPointF((at.x() - origin.x()) / scale, (at.y() - origin.y()) / scale)
        seen = view.camera.to_view(world)
        view.pan(view.width() / 2 - seen.x(), view.height() / 2 - seen.y())

    def _scale(self) -> tuple[float, QPointF]:
        """World to map: the factor, and where the world's origin lies on the map."""
        bounds = self._view.scene.bounds
        room_x, room_y = self.width() - 2 * _INSET, self.height() - 2 * _INSET
        scale = min(room_x / max(1.0, bounds.width()), room_y / max(1.0, bounds.height()), 0.12)
        left = (self.width() - bounds.width() * scale) / 2 - bounds.x() * scale
        top = (self.height() - bounds.height() * scale) / 2 - bounds.y() * scale
        return scale, QPointF(left, top)

    def _blocks(self, scale: float, origin: QPointF) -> QPixmap:
        scene = self._view.scene
        state = (scene.state, theme().dark, self.devicePixelRatioF())
        if state == self._of:
            return self._picture
        if scene.state != self._drawn and not self._picture.isNull() and len(scene.boxes) > _LATER_FROM:
            # A large journey's map may be a moment late: the edit is not.
            self._drawn = scene.state
            self._later.start()
            return self._picture
        self._drawn = scene.state
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.translate(origin)
        painter.scale(scale, scale)
        self._view.painter.overview.paint_blocks(painter, theme().color)
        painter.end()
        self._of = state
        return self._picture
