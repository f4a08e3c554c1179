"""The theme in force: colours, fonts, icons and the one stylesheet, in light and dark."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.kernel.resources import resource
from app.ui.icons import make_icon
from app.ui.stylesheet import stylesheet
from app.ui.tokens import BODY_PX, DARK, LIGHT, MOTION_MS, SMALL_PX, SPACE, TITLE_PX

__all__ = ["MODES", "SPACE", "Theme", "theme"]

MODES: Final = ("light", "dark", "system")


class Theme(QObject):
    """Answers with the values of the mode in force. `changed` tells after every switch; widgets that paint
    themselves repaint then, the others follow the stylesheet, and icons recolour on their own."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = "system"
        self._dark = False
        self._reduce_motion = False
        self._colours = {name: QColor(value) for name, value in LIGHT.items()}
        self._applied = False
        self._here = threading.local()
        """What `drawn` put in force in this thread: pictures are made beside the window."""

    @property
    def dark(self) -> bool:
        """Whether the dark values are in force."""
        return getattr(self._here, "dark", self._dark)

    @property
    def mode(self) -> str:
        """What was asked for: "light", "dark" or "system"."""
        return self._mode

    @property
    def tokens(self) -> dict[str, str]:
        """The values in force as text."""
        return DARK if self.dark else LIGHT

    @property
    def motion_ms(self) -> int:
        """How long an animation takes; 0 with *reduce motion*."""
        return 0 if self._reduce_motion else MOTION_MS

    def set_reduce_motion(self, reduce: bool) -> None:
        """Show changes at once instead of moving things."""
        self._reduce_motion = reduce

    def color(self, name: str) -> QColor:
        """The colour of a token. Raises KeyError for a name that is no token. Not to be changed by the caller."""
        here: dict[str, QColor] = getattr(self._here, "colours", self._colours)
        return here[name]

    def icon(self, name: str, colour: str = "ink2", size: int = 16) -> QIcon:
        """The icon `resources/icons/<name>.svg` in the colour of a token; it follows the theme.

        `size` is kept for the pixmap that Qt asks when it names none.
        """
        return make_icon(name, colour, size, self.color)

    def font(self, role: str) -> QFont:
        """The font of a role: "body", "strong", "small", "title", "number" (tabular) or "mono"."""
        return QFont(_fonts()[role])

    def set_mode(self, mode: str) -> None:
        """Use "light", "dark" or what the system says. Raises ValueError for another word."""
        if mode not in MODES:
            raise ValueError(f"a theme is one of {', '.join(MODES)}, not {mode!r}")
        self._mode = mode
        self._ask_platform(mode)
        self._refresh()

    @contextmanager
    def drawn(self, *, dark: bool) -> Iterator[None]:
        """While it lasts colours are, in this thread, those of one mode: for painting what is no part of the
        window."""
        here = self._here.__dict__
        before = dict(here)
        self._here.dark = dark
        self._here.colours = {name: QColor(value) for name, value in self.tokens.items()}
        try:
            yield
        finally:
            here.clear()
            here.update(before)

    def apply(self, app: QApplication) -> None:
        """Give the application style, palette, font and stylesheet; called once, before the first window."""
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(self.font("body"))
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        self._applied = True
        self._refresh()

    def _ask_platform(self, mode: str) -> None:
        """Let native window frames and file dialogs follow."""
        if not isinstance(QGuiApplication.instance(), QGuiApplication):
            return
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
        QGuiApplication.styleHints().setColorScheme(schemes[mode])

    def _refresh(self) -> None:
        dark = self._mode == "dark"
        if self._mode == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = dark
        self._colours = {name: QColor(value) for name, value in self.tokens.items()}
        app = QApplication.instance()
        if self._applied and isinstance(app, QApplication):
            app.setPalette(self._palette())
            app.setStyleSheet(stylesheet(self.tokens, dark=dark))
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        for group_role, name in (
            (role.Window, "bg"),
            (role.WindowText, "ink"),
            (role.Base, "panel"),
            (role.AlternateBase, "bg"),
            (role.Text, "ink"),
            (role.PlaceholderText, "ink3"),
            (role.Button, "panel"),
            (role.ButtonText, "ink"),
            (role.BrightText, "red"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.ToolTipBase, "tip"),
            (role.ToolTipText, "tip_ink"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.Light, "panel"),
            (role.Midlight, "line"),
            (role.Mid, "line"),
            (role.Dark, "ctl"),
            (role.Shadow, "line"),
        ):
            palette.setColor(group_role, self.color(name))
        disabled = QPalette.ColorGroup.Disabled
        for group_role in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, group_role, self.color("ink3"))
        return palette


def load_own_fonts() -> tuple[str, ...]:
    """Load the typeface that comes with the program; the families that are usable now."""
    folder = resource("fonts")
    if not folder.is_dir():
        return ()
    loaded = [
        QFontDatabase.addApplicationFontFromData(QByteArray(file.read_bytes()))
        for file in folder.iterdir()
        if file.name.endswith(".otf")
    ]
    return tuple({name for font in loaded if font >= 0 for name in QFontDatabase.applicationFontFamilies(font)})


@cache
def _fonts() -> dict[str, QFont]:
    """Inter, the machine's own or the one that comes along; sizes in pixels, so that a layout is one layout."""
    base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if not QFontDatabase.hasFamily("Inter"):
        load_own_fonts()
    if QFontDatabase.hasFamily("Inter"):
        base.setFamily("Inter")
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def make(px: int, weight: QFont.Weight = QFont.Weight.Normal, start: QFont = base) -> QFont:
        font = QFont(start)
        font.setPixelSize(px)
        font.setWeight(weight)
        return font

    number = make(BODY_PX)
    number.setFeature(QFont.Tag("tnum"), 1)
    return {
        "body": make(BODY_PX),
        "strong": make(BODY_PX, QFont.Weight.DemiBold),
        "small": make(SMALL_PX),
        "title": make(TITLE_PX, QFont.Weight.DemiBold),
        "number": number,
        "mono": make(SMALL_PX, start=mono),
    }


@cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()
