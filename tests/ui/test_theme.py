"""The look holds what its rules promise, measured from the values that are painted."""

from __future__ import annotations

import re
import sys
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QPushButton

from app.kernel.resources import resource, resource_text
from app.ui.icons import icon_names
from app.ui.stylesheet import SHEETS, stylesheet
from app.ui.theme import load_own_fonts, theme
from app.ui.tokens import DARK, LIGHT, contrast

BOTH = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
TEXT = [
    *product(("ink", "ink2"), ("panel", "bg", "canvas", "hover", "pressed", "accent_soft")),
    *product(("ink3",), ("panel", "bg", "canvas")),
    *product(("accent", "red", "amber", "blue", "violet", "ok"), ("panel",)),
    *((name, f"{name}_soft") for name in ("accent", "red", "amber", "violet")),
    *(("ink", f"{name}_soft") for name in ("accent", "red", "amber", "blue", "violet")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("tip_ink", "tip"),
    ("note_ink", "note"),
    ("paper_ink", "paper"),
]
EDGES = [*product(("ctl", "accent", "red"), ("panel", "bg")), ("blue", "blue_soft"), ("ctl", "canvas")]


@pytest.mark.parametrize("tokens", BOTH)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(tokens: dict[str, str], text: str, ground: str) -> None:
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", BOTH)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_borders_and_rings_are_visible(tokens: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(tokens[edge], tokens[ground]) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_both_themes_name_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("tokens", BOTH)
def test_the_stylesheet_has_no_hole_and_no_colour_of_its_own(tokens: dict[str, str]) -> None:
    assert "$" not in stylesheet(tokens, dark=tokens is DARK)
    for sheet in SHEETS:
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", resource_text("styles", f"{sheet}.qss"))


def test_the_marks_of_the_stylesheet_exist_and_use_tokens() -> None:
    for name, tokens in (("light", LIGHT), ("dark", DARK)):
        sheet = stylesheet(tokens, dark=name == "dark")
        for file in set(re.findall(r'/([a-z-]+\.svg)"', sheet)):
            text = resource_text("icons", "style", file)
            assert set(re.findall(r"#[0-9a-f]{6}", text)) <= set(tokens.values()), file


def test_every_icon_draws_inside_its_grid() -> None:
    names = icon_names()
    assert len(names) >= 60
    for name in names:
        image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        theme().icon(name, "ink").paint(painter, image.rect())
        painter.end()
        drawn = sum(image.pixelColor(x, y).alpha() > 0 for x in range(48) for y in range(48))
        assert drawn > 30, f"{name} is empty"
        if name == "switchback":
            continue
        border = [image.pixelColor(x, y).alpha() for x in range(48) for y in (0, 47)]
        border += [image.pixelColor(x, y).alpha() for y in range(48) for x in (0, 47)]
        assert max(border) == 0, f"{name} touches the border"


def test_every_activity_has_an_icon_of_its_own() -> None:
    from app.journey.activities import ACTIVITIES

    icons = [activity.icon for activity in ACTIVITIES]
    assert set(icons) <= set(icon_names())
    assert len(icons) == len(set(icons))


def test_icons_follow_the_theme() -> None:
    icon = theme().icon("check", "ink")

    def ink() -> QColor:
        image = icon.pixmap(QSize(64, 64)).toImage()
        return max((image.pixelColor(x, 40) for x in range(64)), key=lambda c: c.alpha())

    light = ink()
    theme().set_mode("dark")
    assert light.lightness() < 100 < ink().lightness()


def test_an_unknown_icon_says_which_file_is_missing() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such\.svg"):
        theme().icon("no-such")


def test_text_has_a_real_font() -> None:
    font = theme().font("body")
    assert QFontInfo(font).family() in {"Inter", "DejaVu Sans"} or QFontInfo(font).exactMatch()
    metrics = QFontMetricsF(font)
    # Boxes for missing glyphs are all as wide as each other.
    assert metrics.horizontalAdvance("i") < metrics.horizontalAdvance("W")


def test_the_typeface_comes_along() -> None:
    assert any(family.startswith("Inter") for family in load_own_fonts())


def test_numbers_stand_under_each_other() -> None:
    metrics = QFontMetricsF(theme().font("number"))
    assert metrics.horizontalAdvance("11111") == metrics.horizontalAdvance("88888")


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="light, dark, system"):
        theme().set_mode("sepia")


def test_reduce_motion_takes_no_time() -> None:
    theme().set_reduce_motion(True)
    assert theme().motion_ms == 0
    theme().set_reduce_motion(False)
    assert 120 <= theme().motion_ms <= 180


def test_painting_keeps_every_reference_to_none(qtbot) -> None:
    """PySide6 6.12.0 loses one at every void call on Python 3.11, which ends in a crash."""
    button = QPushButton("Paint")
    qtbot.addWidget(button)
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    before = sys.getrefcount(None)
    for _ in range(500):
        button.setText("Paint")
        button.update()
        painter = QPainter(image)
        painter.drawLine(0, 0, 60, 60)
        painter.end()
    assert abs(sys.getrefcount(None) - before) < 100


def test_resources_are_found_from_the_checkout() -> None:
    assert resource("icons").is_dir()
