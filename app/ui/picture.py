"""The canvas as a picture: PNG, SVG or PDF, whole or some of its tiles, as it looks in the window, with or without a
screen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QMimeData, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from app.journey.context import JourneyContext
from app.journey.journey import Journey
from app.journey.rules import validate
from app.kernel.errors import InvalidInput, Problem
from app.kernel.whole_file import replacing
from app.ui.canvas.camera import OVERVIEW, Camera
from app.ui.canvas.highlight import Highlight
from app.ui.canvas.scene import Scene
from app.ui.canvas.scene_painter import ScenePainter
from app.ui.file_choice import unwritable
from app.ui.theme import theme
from app.ui.translation import tr

SUFFIXES = (".png", ".svg", ".pdf")
MARGIN = 40.0
MOST_PIXELS = 12_000
"""The longer side of a PNG at most: larger ones cannot be opened by what people open them with."""

_PDF_DPI = 96
_STRIP = 256

_DRAWN_AT_ONCE = 300
"""Of so many tiles a preview shows what they say at every size; more of them, too small to be read, are blocks."""


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


class StoppedError(Exception):
    """Somebody does not want the picture any more."""


class Watch:
    """Looks on while something is drawn in another thread: `share` (0 to 1) says how far it is, `stop` ends it with
    StoppedError."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.share = 0.0
        self.parts = 1
        """How many pictures will be drawn, one after another: the pages of a print."""
        self._done = 0

    def part(self, tiles: int) -> Callable[[], None]:
        """The next picture begins; gives what to call before each of its tiles."""
        each = 1 / max(1, tiles) / self.parts
        start = self._done / self.parts
        self._done += 1
        self.share = start

        def step() -> None:
            if self.stop.is_set():
                raise StoppedError
            self.share += each

        return step


class Picture:
    """A journey ready to be drawn. Drawing takes the colours of its look, whatever the window has.

    It shares nothing with the window's canvas and may be made and drawn in any thread, in one at a time.
    """

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
        self._one_at_a_time = threading.Lock()

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

    def image(self, watch: Watch | None = None) -> QImage:
        """The picture as an image; smaller than its scale where it would become too large."""
        size = self.pixels
        alpha = self.look.transparent
        image = QImage(
            max(1, round(size.width())),
            max(1, round(size.height())),
            QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32,
        )
        _clear(image)
        image.setText("Title", self.title)
        paint_on(image, lambda brush: self.paint(brush, self._scale(), watch=watch))
        return image

    def svg(self, watch: Watch | None = None) -> bytes:
        """The picture as SVG."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(self.bounds.size().toSize())
        generator.setViewBox(QRectF(0, 0, self.bounds.width(), self.bounds.height()))
        generator.setTitle(self.title)
        paint_on(generator, lambda brush: self.paint(brush, 1.0, watch=watch))
        return bytes(buffer.data().data())

    def paint(
        self,
        brush: QPainter,
        scale: float,
        part: QRectF | None = None,
        watch: Watch | None = None,
        *,
        blocks: bool = False,
    ) -> None:
        """Draw all of it, or a part (in the canvas's pixels), from the painter's origin on; with `blocks`, tiles that
        are too many and too small to be read are plain ones. Raises StoppedError."""
        world = part or self.bounds
        camera = Camera()
        camera.zoom = scale
        camera.size = QSizeF(world.width() * scale, world.height() * scale)
        camera.centre_on(world.center())
        region = QRectF(0, 0, camera.size.width(), camera.size.height())
        with self._one_at_a_time, _colours(dark=self.look.dark):
            shown = len(self._scene.boxes) if part is None else len(self._scene.tile_index.query(world))
            self._painter.vector = scale >= OVERVIEW or not blocks or shown <= _DRAWN_AT_ONCE
            self._painter.step = watch.part(shown) if watch is not None else None
            self._painter.paint(brush, camera, region, {})

    def paint_seen(self, brush: QPainter, part: QRectF | None = None) -> None:
        """The same for a painter that is scaled already, with no more strokes than a preview has time for."""
        scale = brush.worldTransform().m11()
        brush.save()
        brush.scale(1 / scale, 1 / scale)
        self.paint(brush, scale, part, blocks=True)
        brush.restore()

    @property
    def shows_path(self) -> bool:
        """Whether a contact's way is lit."""
        return self._painter.highlight is not None

    def _scale(self) -> float:
        return min(self.look.scale, MOST_PIXELS / max(self.bounds.width(), self.bounds.height()))


@dataclass(frozen=True, slots=True)
class Drawable:
    """A journey as it was when somebody asked for a picture of it: to be drawn in any thread."""

    journey: Journey
    context: JourneyContext
    highlight: Highlight | None = None

    def picture(self, look: Look) -> Picture:
        """Ready to be drawn."""
        return Picture(self.journey, self.context, look, self.highlight)

    def write(self, path: Path, look: Look, watch: Watch | None = None) -> None:
        """See write_picture."""
        write_picture(self.journey, self.context, path, look, highlight=self.highlight, watch=watch)


def write_picture(
    journey: Journey,
    context: JourneyContext,
    path: Path,
    look: Look = WHOLE,
    *,
    highlight: Highlight | None = None,
    watch: Watch | None = None,
) -> None:
    """Write the canvas to `path`; its ending says the form.

    Works without a screen: where there is no application yet, one without windows is made. Raises InvalidInput for an
    ending that is none of SUFFIXES and for a place that cannot be written, StoppedError when `watch` says so.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise InvalidInput(
            tr("{name} does not say which picture it should be.", name=path.name),
            where=str(path),
            hint=tr("End the name with .png, .svg or .pdf."),
        )
    _application()
    picture = Picture(journey, context, look, highlight)
    draw = {".png": _png, ".svg": _svg, ".pdf": _pdf}[path.suffix.lower()]
    with drawn_to(path) as unfinished:
        draw(picture, unfinished, watch)


@contextmanager
def drawn_to(path: Path) -> Iterator[Path]:
    """Where to draw, so that what is at `path` stays until the new one is whole. Raises InvalidInput with the reason
    why nothing can be written there."""
    try:
        with replacing(path) as unfinished:
            yield unfinished
    except OSError as error:
        raise unwritable(path, error) from error


def copied(picture: Picture, watch: Watch) -> tuple[QImage, bytes]:
    """What a clipboard gets of a picture: an image, and SVG for programs that take it."""
    watch.parts = 2
    return picture.image(watch), picture.svg(watch)


def for_clipboard(image: QImage, svg: bytes) -> QMimeData:
    """See `copied`."""
    data = QMimeData()
    data.setImageData(image)
    data.setData("image/svg+xml", QByteArray(svg))
    return data


def paint_on(device: QPaintDevice, paint: Callable[[QPainter], None]) -> None:
    """Let `paint` draw on a device, whole or not at all. Raises OSError where it takes nothing."""
    brush = QPainter()
    if not brush.begin(device):
        raise OSError(0, tr("it does not take any page"))
    try:
        paint(brush)
    except BaseException:
        brush.end()  # before the device goes
        raise
    # Let go instead of ended: what Qt does at the end of a picture takes long, and so it does not hold the interpreter.
    del brush


def _clear(image: QImage) -> None:
    """In strips: to touch all of a large image in one call holds the interpreter from the window for too long."""
    brush = QPainter(image)
    brush.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for top in range(0, image.height(), _STRIP):
        brush.fillRect(0, top, image.width(), _STRIP, Qt.GlobalColor.transparent)
    brush.end()


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


def _png(picture: Picture, path: Path, watch: Watch | None) -> None:
    writer = QImageWriter(str(path), QByteArray(b"png"))
    if not writer.write(picture.image(watch)):
        raise OSError(0, writer.errorString())


def _svg(picture: Picture, path: Path, watch: Watch | None) -> None:
    path.write_bytes(picture.svg(watch))


def _pdf(picture: Picture, path: Path, watch: Watch | None) -> None:
    bounds = picture.bounds
    writer = QPdfWriter(str(path))
    writer.setTitle(picture.title)
    writer.setCreator("Switchback")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(bounds.width(), bounds.height()) * (72 / _PDF_DPI)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, picture.title, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    paint_on(writer, lambda brush: picture.paint(brush, 1.0, watch=watch))
