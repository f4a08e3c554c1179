"""Pictures of the canvas in each form, and what is said where one cannot be made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.journey.context import JourneyContext
from app.journey.journey import Place
from app.kernel.errors import InvalidInput
from app.ui.dialogs.drawing import DrawingDialog, draw_aside
from app.ui.dialogs.picture import PictureDialog
from app.ui.picture import Drawable, Look, Picture, StoppedError, Watch, write_picture
from app.ui.theme import theme
from tests.benchmarks.canvas_journeys import big_journey
from tests.ui.canvas.stage import STORY, Stage


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}


def test_a_png_shows_tiles_in_their_colours(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "canvas.png")
    image = QImage(str(tmp_path / "canvas.png"))
    assert image.width() > 1600, "drawn at twice its size, for screens of today"
    seen = colours(image)
    for token in ("canvas", "panel", "blue_soft", "amber_soft", "accent_soft"):
        assert theme().color(token).name() in seen
    assert list(tmp_path.iterdir()) == [tmp_path / "canvas.png"], "no unfinished file is left"


def test_a_dark_picture_leaves_the_windows_theme_alone(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "dark.png", Look(dark=True))
    assert not theme().dark
    image = QImage(str(tmp_path / "dark.png"))
    assert image.pixelColor(0, 0).name() == "#1a1f1c"


def test_an_svg_holds_text_and_can_be_drawn(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "canvas.svg")
    text = (tmp_path / "canvas.svg").read_text()
    assert "Loyal customer?" in text
    assert QSvgRenderer(str(tmp_path / "canvas.svg")).isValid()


def test_a_pdf_is_one(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "canvas.pdf")
    content = (tmp_path / "canvas.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("name", ["canvas.bmp", "canvas"])
def test_another_form_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_picture(STORY, JourneyContext(), tmp_path / name)
    assert ".png" in refused.value.hint
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_folder_that_is_not_there_is_said(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_picture(STORY, JourneyContext(), tmp_path / "gone" / f"canvas{suffix}")
    assert "could not be written" in refused.value.message


def test_a_selection_is_drawn_alone_with_the_wires_between_its_tiles(tmp_path: Path) -> None:
    only = frozenset({"REST", "WAIT"})
    write_picture(STORY, JourneyContext(), tmp_path / "some.svg", Look(only=only))
    text = (tmp_path / "some.svg").read_text("utf-8")
    assert "Still thinking?" in text
    assert "Loyal customer?" not in text
    whole = Picture(STORY, JourneyContext())
    some = Picture(STORY, JourneyContext(), Look(only=only))
    assert some.bounds.width() < whole.bounds.width()
    assert set(some.scene.wires) == {Place("REST", some.scene.drawn.activities["REST"].outcomes[0].key)}


def test_a_picture_without_background_lets_through_what_is_below(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "clear.png", Look(transparent=True))
    image = QImage(str(tmp_path / "clear.png"))
    assert image.pixelColor(2, 2).alpha() == 0
    assert image.pixelColor(image.width() // 2, image.height() // 2).isValid()
    assert theme().color("panel").name() in colours(image)


def test_the_scale_decides_the_pixels(tmp_path: Path) -> None:
    for scale in (1.0, 3.0):
        write_picture(STORY, JourneyContext(), tmp_path / f"{scale}.png", Look(scale=scale))
    one, three = (QImage(str(tmp_path / f"{scale}.png")) for scale in (1.0, 3.0))
    assert abs(three.width() - 3 * one.width()) <= 3


def seen(picture: Picture, scale: float) -> set[str]:
    size = picture.bounds.size() * scale
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    brush = QPainter(image)
    brush.scale(scale, scale)
    picture.paint_seen(brush)
    brush.end()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_small_picture_and_its_preview_show_tiles_not_blocks(tmp_path: Path) -> None:
    write_picture(STORY, JourneyContext(), tmp_path / "small.png", Look(scale=0.25))
    panel = theme().color("panel").name()
    assert panel in colours(QImage(str(tmp_path / "small.png")))
    assert panel in seen(Picture(STORY, JourneyContext()), 0.25)


def test_a_preview_of_hundreds_of_tiles_has_time_for_blocks_alone() -> None:
    many = big_journey(400)
    assert theme().color("panel").name() not in seen(Picture(many, JourneyContext()), 0.1)


def test_the_selection_is_copied_as_a_picture_by_key(stage: Stage) -> None:
    stage.document.select(["REST", "WAIT"])
    stage.keys(Qt.Key.Key_C, modifiers=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.wait_until_idle()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    svg = bytes(data.data("image/svg+xml").data()).decode()
    assert "Still thinking?" in svg
    assert "Loyal customer?" not in svg
    QGuiApplication.clipboard().clear()


def test_the_dialog_exports_what_is_chosen(stage: Stage, tmp_path: Path) -> None:
    stage.document.select(["REST", "WAIT"])
    opened: list[PictureDialog] = []
    stage.page.dialog_opened.connect(opened.append)
    stage.page.actions_of.by_name["export_picture"].trigger()
    dialog = opened[0]
    stage.wait_until_idle()
    assert dialog.scope.current() == "selection"
    assert "pixels" in dialog.pixels.text()
    dialog.form.set_current("svg")
    dialog.form.chosen.emit("svg")
    stage.wait_until_idle()
    assert dialog.pixels.text() == "Sharp at every size"
    assert not dialog.size_field.isVisible()
    dialog.write(tmp_path / "gone" / "some")
    stage.wait_until_idle()
    assert "could not be written" in dialog.banner.text.text(), "it stays open and says why"
    dialog.write(tmp_path / "some")
    stage.wait_until_idle()
    assert "Loyal customer?" not in (tmp_path / "some.svg").read_text("utf-8")


def test_without_a_selection_only_the_whole_can_be_exported(stage: Stage) -> None:
    opened: list[PictureDialog] = []
    stage.page.dialog_opened.connect(opened.append)
    stage.page.actions_of.by_name["export_picture"].trigger()
    assert not opened[0].scope.isEnabled()
    opened[0].clear.setChecked(True)
    assert opened[0].look == Look(dark=False, transparent=True, scale=2.0)
    opened[0].copy()
    stage.wait_until_idle()
    assert QGuiApplication.clipboard().mimeData().hasImage()
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_a_picture_that_nobody_wants_any_more_leaves_no_file(tmp_path: Path, suffix: str) -> None:
    watch = Watch()
    watch.stop.set()
    with pytest.raises(StoppedError):
        Drawable(STORY, JourneyContext()).write(tmp_path / f"canvas{suffix}", Look(), watch)
    assert list(tmp_path.iterdir()) == []


def test_a_watch_sees_how_far_a_picture_is(tmp_path: Path) -> None:
    watch = Watch()
    Drawable(STORY, JourneyContext()).write(tmp_path / "canvas.png", Look(), watch)
    assert watch.share == pytest.approx(1.0)


def test_a_dark_picture_beside_the_window_leaves_its_colours_alone(stage: Stage, tmp_path: Path) -> None:
    drawable, seen = Drawable(STORY, JourneyContext()), set()
    done: list[object] = []
    job = partial(drawable.write, tmp_path / "dark.png", Look(dark=True))
    stage.document.work.run(stage.page, job, lambda _nothing: done.append(True))
    while not done:
        seen.add(theme().color("canvas").name())
        QApplication.processEvents()
    assert len(seen) == 1
    assert QImage(str(tmp_path / "dark.png")).pixelColor(0, 0).name() == "#1a1f1c"


def test_long_drawing_shows_a_bar_and_escape_stops_it(stage: Stage) -> None:
    def job(watch: Watch) -> None:
        watch.share = 0.25
        watch.stop.wait()
        raise StoppedError

    told: list[object] = []
    draw_aside(stage.page, stage.document.work, "Writing canvas.png", job, told.append, told.append)
    stage.bot.waitUntil(lambda: stage.page.findChild(DrawingDialog) is not None)
    dialog = stage.page.findChild(DrawingDialog)
    assert dialog.page.words.text() == "25 % drawn"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    stage.wait_until_idle()
    assert not told
    assert not isValid(dialog) or not dialog.isVisible()
