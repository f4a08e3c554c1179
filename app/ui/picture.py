"""The canvas as a picture: PNG, SVG or PDF, whole or some of its tiles, as it looks in the window, with or without a
screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from app.journey.context import JourneyContext
from app.journey.journey import Journey
from app.journey.rules import validate
from app.kernel.errors import InvalidInput, Problem
from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.highlight import Highlight
from app.ui.canvas.scene import Scene
from app.ui.canvas.scene_painter import ScenePainter
from app.ui.theme import theme
from app.ui.translation import tr

SUFFIXES = (".png", ".svg", ".pdf")
MARGIN = 40.0
MOST_PIXELS = 12_000
"""The longer side of a PNG at most: larger ones cannot be opened by what people open them with."""

_PDF_DPI = 96


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks: `dark` None takes the theme in force, `only` (keys of tiles and notes on the canvas) shows
    these and nothing else, `scale` counts for PNG and the clipboard (1 is a pixel for a pixel of the canvas at 100 %),
    `transparent` leaves the ground out."""

    dark: bool | None = None
    transparent: bool = False
    scale: float = 2.0
    only: frozenset[str] = frozenset()


WHOLE = Look()


class Picture:
    """A journey ready to be drawn. Drawing takes the colours of its look, whatever the window has."""

    def __init__(
        self, journey: Journey, context: JourneyContext, look: Look = WHOLE, highlight: Highlight | None = None
    ) -> None:
        self.title = journey.name
        self.look = look
        self._scene = Scene()
        found: dict[str, tuple[Problem, ...]] = {}
        for problem in validate(journey, context):
            found[problem.where] = (*found.get(problem.where, ()), problem)
        self._scene.show(journey, context, found)
        if look.only:
            self._scene.keep_only(look.only)
        self._painter = ScenePainter(self._scene)
        self._painter.editable = False
        self._painter.ground = not look.transparent
        self._painter.highlight = highlight

    @property
    def bounds(self) -> QRectF:
        """What is drawn, in the canvas's pixels at 100 %, with a margin."""
        return self._scene.bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        return self._scene

    @property
    def pixels(self) -> QSizeF:
        """The size of the image, as `image` makes it."""
        return self.bounds.size() * self._scale()

    def image(self) -> QImage:
        """The picture as an image; smaller than its scale where it would become too large."""
        size = self.pixels
        alpha = self.look.transparent
        image = QImage(
            max(1, round(size.width())),
            max(1, round(size.height())),
            QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32,
        )
        image.fill(Qt.GlobalColor.transparent)
        image.setText("Title", self.title)
        brush = QPainter(image)
        self.paint(brush, self._scale())
        brush.end()
        return image

    def svg(self) -> bytes:
        """The picture as SVG."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self.bounds.size().toSize())
        generator.setViewBox(QRectF(0, 0, self.bounds.width(), self.bounds.height()))
        generator.setTitle(self.title)
        brush = QPainter(generator)
        self.paint(brush, 1.0)
        brush.end()
        return bytes(buffer.data().data())

    def paint(self, brush: QPainter, scale: float, part: QRectF | None = None) -> None:
        """Draw all of it, or a part (in the canvas's pixels), from the painter's origin on."""
        world = part or self.bounds
        camera = Camera()
        camera.zoom = scale
        camera.size = QSizeF(world.width() * scale, world.height() * scale)
        camera.centre_on(world.center())
        region = QRectF(0, 0, camera.size.width(), camera.size.height())
        self._painter.vector = scale >= OVERVIEW
        with _colours(dark=self.look.dark):
            self._painter.paint(brush, camera, region, {})

    def paint_seen(self, brush: QPainter, part: QRectF | None = None) -> None:
        """The same for a painter that is scaled already, with no more strokes than can be seen at that scale: for a
        preview."""
        scale = brush.worldTransform().m11()
        brush.save()
        brush.scale(1 / scale, 1 / scale)
        self.paint(brush, scale, part)
        brush.restore()

    @property
    def shows_path(self) -> bool:
        """Whether a contact's way is lit."""
        return self._painter.highlight is not None

    def _scale(self) -> float:
        return min(self.look.scale, MOST_PIXELS / max(self.bounds.width(), self.bounds.height()))


def write_picture(
    journey: Journey,
    context: JourneyContext,
    path: Path,
    look: Look = WHOLE,
    *,
    highlight: Highlight | None = None,
) -> None:
    """Write the canvas to `path`; its ending says the form.

    Works without a screen: where there is no application yet, one without windows is made. Raises InvalidInput for an
    ending that is none of SUFFIXES and for a place that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InvalidInput(
            tr("{name} does not say which picture it should be.", name=path.name),
            where=str(path),
            hint=tr("End the name with .png, .svg or .pdf."),
        )
    _application()
    try:
        picture = Picture(journey, context, look, highlight)
        unfinished = path.with_name(f".{path.name}.part")
        {".png": _png, ".svg": _svg, ".pdf": _pdf}[path.suffix.lower()](picture, unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        raise InvalidInput(
            tr("The picture could not be written: {reason}.", reason=error.strerror),
            where=str(path),
            hint=tr("Choose a folder that exists and that you may write to."),
        ) from error


def for_clipboard(picture: Picture) -> QMimeData:
    """The picture as an image, and as SVG for programs that take it."""
    data = QMimeData()
    data.setImageData(picture.image())
    data.setData("image/svg+xml", QByteArray(picture.svg()))
    return data


@contextmanager
def _colours(*, dark: bool | None) -> Iterator[None]:
    if dark is None:
        yield
        return
    with theme().drawn(dark=dark):
        yield


def _application() -> None:
    """Fonts and painting need an application; without a screen it is one without windows."""
    app = QApplication.instance() or _windowless()
    if isinstance(app, QApplication) and not app.styleSheet():
        theme().apply(app)


@cache
def _windowless() -> QApplication:
    """Kept for good: an application that is collected takes every font with it."""
    return QApplication(["switchback", "-platform", "offscreen"])


def _png(picture: Picture, path: Path) -> None:
    path.touch()
    writer = QImageWriter(str(path), QByteArray(b"png"))
    if not writer.write(picture.image()):
        raise OSError(0, writer.errorString())


def _svg(picture: Picture, path: Path) -> None:
    path.write_bytes(picture.svg())


def _pdf(picture: Picture, path: Path) -> None:
    path.touch()
    bounds = picture.bounds
    writer = QPdfWriter(str(path))
    writer.setTitle(picture.title)
    writer.setCreator("Switchback")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(bounds.width(), bounds.height()) * (72 / _PDF_DPI)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, picture.title, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    brush = QPainter(writer)
    picture.paint(brush, 1.0)
    brush.end()
