"""Paints a part of a scene as the camera sees it: background, wires, labels, tiles, notes and the lit path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QFont, QImage, QPainter, QPen

from app.journey.journey import ENTRY
from app.ui.canvas.brush import draw_line, draw_panel, font, metrics
from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.highlight import Highlight
from app.ui.canvas.motion import NOWHERE
from app.ui.canvas.overview import Overview
from app.ui.canvas.scene import NOTE, Scene
from app.ui.canvas.sign_painter import SignPainter, blit, paint_label, paint_plus
from app.ui.canvas.tile import CATEGORY_TOKENS
from app.ui.canvas.tile_cache import TileCache, with_margin
from app.ui.canvas.tile_painter import MARGIN, RADIUS, paint_note, paint_slot, paint_tile
from app.ui.canvas.wire import Wire
from app.ui.theme import theme
from app.ui.translation import mark, tr

_DOT_GAP = 20.0
_DOTS_FROM = 0.5
_DIMMED = 0.34
_ROUNDED_FROM = 0.6
"""Below this zoom the rounding of a wire's corners is not seen, and straight pieces are painted in one batch."""

_NEAR = 24.0
"""How far, in the world, a tile's shadow, ring and badge reach beyond it."""

_FARTHEST = 300.0
"""The same while tiles make room: a slot and its gaps farther."""

_SELECTED = 3.0
_LIT = 1.6
"""Widths of the ring round a tile that is selected, or on a path that is shown."""

SLOT_TEXT = mark("Drop an API Event here")


class ScenePainter:
    """Knows the scene and what is marked in it; `paint` may be called for any part and any camera."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cache = TileCache()
        self.signs = SignPainter(self.cache)
        self.selected: set[str] = set()
        self.highlight: Highlight | None = None
        self.editable = True
        self.vector = False
        """Paint tiles with strokes and text at every zoom instead of pictures of them: for files that scale."""
        self.ground = True
        """Paint the canvas's own colour and dots below everything."""
        self.step: Callable[[], None] | None = None
        """Called before each tile that is painted with strokes; what it raises ends the painting."""
        self._overview: Overview | None = None
        # An image, no pixmap: a picture for a file is made off the GUI thread.
        self._dots: dict[tuple[int, float, str], QImage] = {}

    def scene_changed(self) -> None:
        """The scene shows another state: what was batched is stale."""
        self._overview = None

    @property
    def overview(self) -> Overview:
        """The far view of the scene as it is now."""
        if self._overview is None:
            self._overview = Overview(self.scene)
        return self._overview

    def look_changed(self) -> None:
        """Theme or fonts changed."""
        self.cache.clear()
        self._dots.clear()
        self._overview = None

    def paint(
        self,
        painter: QPainter,
        camera: Camera,
        region: QRectF,
        offsets: Mapping[str, QPointF],
        render_zoom: float | None = None,
    ) -> None:
        """Paint what lies in `region` (view coordinates). `render_zoom` is the zoom that pictures are made for."""
        dotted = self.ground and camera.zoom >= _DOTS_FROM
        if self.ground and not dotted:
            painter.fillRect(region, theme().color("canvas"))
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        if camera.zoom < OVERVIEW and not self.vector:
            self._paint_overview(painter, camera, region)
            return
        if dotted:
            self._paint_dots(painter, camera, region)
        reach = _FARTHEST if offsets else _NEAR
        world = camera.rect_to_world(region).adjusted(-reach, -reach, reach, reach)
        wires = [self.scene.wires[place] for place in self.scene.wire_index.query(world)]
        if self.scene.frames:
            self._paint_frames(painter, camera)
        self._paint_wires(painter, camera, wires, offsets)
        if not self.vector:
            self._paint_signs(painter, camera, wires, offsets, render_zoom or camera.zoom)
        self._paint_tiles(painter, camera, world, offsets, render_zoom or camera.zoom)
        if self.highlight is not None:
            self._paint_badges(painter, camera, self.highlight)

    def _paint_overview(self, painter: QPainter, camera: Camera, region: QRectF) -> None:
        painter.save()
        painter.setClipRect(region, Qt.ClipOperation.IntersectClip)
        painter.translate(-camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        lit = self.highlight.tiles if self.highlight is not None else None
        self.overview.paint(painter, theme().color, self.selected, lit)
        painter.restore()

    def _paint_dots(self, painter: QPainter, camera: Camera, region: QRectF) -> None:
        """The ground with its dots: the picture covers it all, so nothing is filled before."""
        step = max(1, round(_DOT_GAP * camera.zoom * camera.ratio))
        key = (step, camera.ratio, theme().color("dot").name())
        ground = self._dots.get(key)
        if ground is None:
            if len(self._dots) > 40:
                self._dots.clear()
            # Several dots in a picture: a texture of 20 pixels would be tiled thousands of times.
            many = 8
            ground = QImage(step * many, step * many, QImage.Format.Format_RGB32)
            ground.fill(theme().color("canvas"))
            dots = QPainter(ground)
            dots.setRenderHint(QPainter.RenderHint.Antialiasing)
            dots.setPen(Qt.PenStyle.NoPen)
            dots.setBrush(theme().color("dot"))
            size = max(1.6, 2.0 * min(1.3, camera.zoom)) * camera.ratio
            for column in range(many):
                for row in range(many):
                    dots.drawEllipse(QRectF(column * step + 1, row * step + 1, size, size))
            dots.end()
            ground.setDevicePixelRatio(camera.ratio)
            self._dots[key] = ground
        painter.setBrushOrigin(-camera.offset)
        painter.fillRect(region, QBrush(ground))

    def _paint_frames(self, painter: QPainter, camera: Camera) -> None:
        """A quiet frame with its name behind the tiles of each group that is not folded."""
        painter.save()
        painter.translate(-camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        for name, rect in self.scene.frames:
            draw_panel(painter, rect, theme().color("bg"), theme().color("ctl"), RADIUS + 5)
            line = QRectF(rect.left() + 14, rect.top() + 6, rect.width() - 28, 20)
            draw_line(painter, line, name, font("body", 12, QFont.Weight.DemiBold), theme().color("ink2"))
        painter.restore()

    def _paint_wires(
        self, painter: QPainter, camera: Camera, wires: list[Wire], offsets: Mapping[str, QPointF]
    ) -> None:
        painter.save()
        painter.translate(-camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        lit = self.highlight.wires if self.highlight is not None else frozenset()
        if self.highlight is not None:
            painter.setOpacity(_DIMMED)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("wire"), max(2.0, 1.2 / camera.zoom)))
        plain = [wire for wire in wires if wire.place not in lit]
        if camera.zoom < _ROUNDED_FROM:
            painter.drawLines(
                [
                    QLineF(one, two)
                    for wire in plain
                    for one, two in pairwise(wire.moved(offsets) if offsets else wire.points)
                ]
            )
        else:
            for wire in plain:
                painter.drawPath(wire.followed(offsets) if offsets else wire.path)
        painter.setOpacity(1.0)
        if lit:
            painter.setPen(QPen(theme().color("accent"), 3.5))
            for wire in wires:
                if wire.place in lit:
                    painter.drawPath(wire.followed(offsets))
        if self.vector:
            self._stroke_signs(painter, wires)
        painter.restore()

    def _paint_signs(
        self, painter: QPainter, camera: Camera, wires: list[Wire], offsets: Mapping[str, QPointF], render_zoom: float
    ) -> None:
        """The labels of paths, and the pluses of open ends."""
        lit = self.highlight.wires if self.highlight is not None else None
        bright: list[tuple[float, float]] = []
        dim: list[tuple[float, float]] = []
        for wire in wires:
            if not wire.label and wire.target is not None:
                continue
            dimmed = lit is not None and wire.place not in lit
            if wire.label:
                painter.setOpacity(_DIMMED if dimmed else 1.0)
                shift = offsets.get(wire.place.source, NOWHERE) if offsets else NOWHERE
                self.signs.label(painter, wire.label_rect.translated(shift), wire.label, camera, render_zoom)
            if wire.target is None:
                (dim if dimmed else bright).append(wire.plus_at(offsets))
        if self.editable:
            painter.setOpacity(_DIMMED)
            self.signs.pluses(painter, dim, camera, render_zoom)
            painter.setOpacity(1.0)
            self.signs.pluses(painter, bright, camera, render_zoom)
        painter.setOpacity(1.0)

    def _stroke_signs(self, painter: QPainter, wires: list[Wire]) -> None:
        lit = self.highlight.wires if self.highlight is not None else None
        for wire in wires:
            painter.setOpacity(_DIMMED if lit is not None and wire.place not in lit else 1.0)
            if wire.label:
                paint_label(painter, wire.label_rect, wire.label)
            if wire.target is None and self.editable:
                paint_plus(painter, wire.plus, hot=False)

    def _paint_tiles(
        self,
        painter: QPainter,
        camera: Camera,
        world: QRectF,
        offsets: Mapping[str, QPointF],
        render_zoom: float,
    ) -> None:
        scene, ratio = self.scene, camera.ratio
        exact = render_zoom == camera.zoom
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        lit = self.highlight.tiles if self.highlight is not None else None
        notes = []
        size, whole = QSizeF(), QSizeF()
        for key in scene.tile_index.query(world):
            if key.startswith(NOTE) or not scene.is_tile(key):
                notes.append(key)
                continue
            left, top, width, height = scene.boxes[key]
            if offsets and (shift := offsets.get(key)) is not None:
                left, top = left + shift.x(), top + shift.y()
            if width != size.width() or height != size.height():
                size = QSizeF(width, height)
                whole = with_margin(size)
            if self.vector:
                self._paint_strokes(painter, key, QRectF(left, top, width, height), camera)
                continue
            ring = _SELECTED if key in self.selected else _LIT if lit is not None and key in lit else 0.0
            tile = scene.tile(key)
            # A badge lies on the ring; without one, all rings of a size share a picture.
            picture = self.cache.tile(tile, size, render_zoom, ratio, ring if tile.severity else 0.0)
            painter.setOpacity(_DIMMED if lit is not None and key not in lit else 1.0)
            corner = ((left - MARGIN, top - MARGIN),)
            if picture is None:
                self._paint_outline(painter, key, QRectF(left, top, width, height), camera)
            else:
                blit(painter, picture, corner, whole, camera, exact=exact)
            if ring and not tile.severity:
                around = self.cache.ring(size, render_zoom, ratio, ring)
                if around is not None:
                    blit(painter, around, corner, whole, camera, exact=exact)
        painter.setOpacity(1.0)
        for key in notes:
            self._paint_other(painter, key, camera, offsets)

    def _paint_strokes(self, painter: QPainter, key: str, rect: QRectF, camera: Camera) -> None:
        if self.step is not None:
            self.step()
        painter.save()
        dimmed = self.highlight is not None and key not in self.highlight.tiles
        painter.setOpacity(_DIMMED if dimmed else 1.0)
        painter.translate(camera.to_view(rect.topLeft()))
        painter.scale(camera.zoom, camera.zoom)
        ring = _LIT if self.highlight is not None and not dimmed else 0.0
        paint_tile(painter, self.scene.tile(key), rect.size(), ring, lifted=False)
        painter.restore()

    def _paint_outline(self, painter: QPainter, key: str, rect: QRectF, camera: Camera) -> None:
        """A tile whose picture is not ready in the midst of a gesture: its shape and its colour."""
        view = camera.rect_to_view(rect)
        draw_panel(painter, view, theme().color("panel"), theme().color("line"), RADIUS * camera.zoom)
        _, soft = CATEGORY_TOKENS.get(self.scene.tile(key).category, CATEGORY_TOKENS["unknown"])
        square = 28 * camera.zoom
        painter.fillRect(
            QRectF(view.left() + 12 * camera.zoom, view.center().y() - square / 2, square, square), theme().color(soft)
        )

    def _paint_other(self, painter: QPainter, key: str, camera: Camera, offsets: Mapping[str, QPointF]) -> None:
        painter.save()
        painter.translate(-camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        rect = self.scene.rect(key)
        if key == ENTRY:
            paint_slot(painter, rect, tr(SLOT_TEXT) if self.editable else tr("No entry source"), hot=False)
            if self.editable:
                painter.setFont(font("body", 12))
                painter.setPen(theme().color("ink3"))
                below = rect.adjusted(0, rect.height() / 2 + 8, 0, 0)
                painter.drawText(
                    below, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter, tr("or click to add it")
                )
        else:
            if self.highlight is not None:
                painter.setOpacity(_DIMMED)
            rect = rect.translated(offsets.get(key, NOWHERE))
            paint_note(painter, rect, self.scene.note(key), selected=key in self.selected)
        painter.restore()

    def _paint_badges(self, painter: QPainter, camera: Camera, highlight: Highlight) -> None:
        """The numbers of the steps, above the tiles' corners, of one size at every zoom."""
        painter.save()
        face = font("body", 11, QFont.Weight.DemiBold)
        for key, words in highlight.badges.items():
            if key not in self.scene.boxes:
                continue
            rect = camera.rect_to_view(self.scene.rect(key))
            width = max(22.0, metrics(face).horizontalAdvance(words) + 14)
            box = QRectF(rect.left() + 4, rect.top() - 28, width, 21)
            if any(camera.rect_to_view(wire.label_rect).intersects(box) for wire in self.scene.wires_into(key)):
                box.moveRight(rect.right() - 14)
            draw_panel(painter, box, theme().color("panel"), theme().color("line"), 6)
            painter.setFont(face)
            painter.setPen(theme().color("accent" if words.isdigit() else "ink"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
