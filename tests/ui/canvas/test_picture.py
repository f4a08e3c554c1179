"""Pictures of the canvas in each form, and what is said where one cannot be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from app.journey.context import JourneyContext
from app.kernel.errors import InvalidInput
from app.ui.picture import write_picture
from app.ui.theme import theme
from tests.ui.canvas.stage import STORY


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
    write_picture(STORY, JourneyContext(), tmp_path / "dark.png", dark=True)
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
