"""The whole canvas as a picture: PNG, SVG or PDF, as it looks in the window, with or without a screen."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF
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
_SCALE = 2.0
_MOST_PIXELS = 12_000
"""The longer side of a PNG at most: larger ones cannot be opened by what people open them with."""

_PDF_DPI = 96


def write_picture(
    journey: Journey,
    context: JourneyContext,
    path: Path,
    *,
    dark: bool | None = None,
    highlight: Highlight | None = None,
) -> None:
    """Write the canvas to `path`; its ending says the form. `dark` None takes the theme in force.

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
    mode = theme().mode
    if dark is not None:
        theme().set_mode("dark" if dark else "light")
    try:
        painter = scene_painter(journey, context, highlight)
        unfinished = path.with_name(f".{path.name}.part")
        {".png": _png, ".svg": _svg, ".pdf": _pdf}[path.suffix.lower()](painter, unfinished, journey.name)
        os.replace(unfinished, path)
    except OSError as error:
        raise InvalidInput(
            tr("The picture could not be written: {strerror}.", strerror=error.strerror),
            where=str(path),
            hint=tr("Choose a folder that exists and that you may write to."),
        ) from error
    finally:
        if dark is not None:
            theme().set_mode(mode)


def picture_image(painter: ScenePainter, *, scale: float = _SCALE) -> QImage:
    """The whole scene as an image, with a margin; smaller than `scale` where it would become too large."""
    bounds = _bounds(painter.scene)
    scale = min(scale, _MOST_PIXELS / max(bounds.width(), bounds.height()))
    image = QImage(
        max(1, round(bounds.width() * scale)), max(1, round(bounds.height() * scale)), QImage.Format.Format_RGB32
    )
    brush = QPainter(image)
    _paint(painter, brush, scale)
    brush.end()
    return image


def scene_painter(journey: Journey, context: JourneyContext, highlight: Highlight | None = None) -> ScenePainter:
    """A painter of a scene of its own, with the badges of the journey's problems."""
    scene = Scene()
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in validate(journey, context):
        found[problem.where] = (*found.get(problem.where, ()), problem)
    scene.show(journey, context, found)
    painter = ScenePainter(scene)
    painter.vector = True
    painter.editable = False
    painter.highlight = highlight
    return painter


def _application() -> None:
    """Fonts and painting need an application; without a screen it is one without windows."""
    app = QApplication.instance() or _windowless()
    if isinstance(app, QApplication) and not app.styleSheet():
        theme().apply(app)


@cache
def _windowless() -> QApplication:
    """Kept for good: an application that is collected takes every font with it."""
    return QApplication(["switchback", "-platform", "offscreen"])


def _bounds(scene: Scene) -> QRectF:
    return scene.bounds.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)


def _paint(painter: ScenePainter, brush: QPainter, scale: float) -> None:
    bounds = _bounds(painter.scene)
    camera = Camera()
    camera.zoom = scale
    camera.size = QSizeF(bounds.width() * scale, bounds.height() * scale)
    camera.centre_on(bounds.center())
    region = QRectF(0, 0, camera.size.width(), camera.size.height())
    painter.vector = scale >= OVERVIEW
    painter.paint(brush, camera, region, {})


def _png(painter: ScenePainter, path: Path, title: str) -> None:
    image = picture_image(painter)
    image.setText("Title", title)
    path.touch()
    writer = QImageWriter(str(path), QByteArray(b"png"))
    if not writer.write(image):
        raise OSError(0, writer.errorString())


def _svg(painter: ScenePainter, path: Path, title: str) -> None:
    path.touch()
    bounds = _bounds(painter.scene)
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(bounds.size().toSize())
    generator.setViewBox(QRectF(0, 0, bounds.width(), bounds.height()))
    generator.setTitle(title)
    brush = QPainter(generator)
    _paint(painter, brush, 1.0)
    brush.end()


def _pdf(painter: ScenePainter, path: Path, title: str) -> None:
    path.touch()
    bounds = _bounds(painter.scene)
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("Switchback")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(bounds.width(), bounds.height()) * (72 / _PDF_DPI)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, title, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    brush = QPainter(writer)
    _paint(painter, brush, 1.0)
    brush.end()
