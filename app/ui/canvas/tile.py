"""What a tile says, as plain values: painters draw it, the outline and the find bar read it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF

from app.kernel.said import listed
from app.ui.translation import shown, tr, trn

TILE = QSizeF(204, 64)
"""Width and height of an activity's tile, in the layout's pixels."""

SLOT = QSizeF(204, 64)
"""The empty place where a tile will land."""

CATEGORY_TOKENS = {
    "entry": ("accent", "accent_soft"),
    "messages": ("blue", "blue_soft"),
    "flow": ("amber", "amber_soft"),
    "updates": ("violet", "violet_soft"),
    "custom": ("violet", "violet_soft"),
    "unknown": ("ink2", "bg"),
}
"""The theme's tokens of a category: the icon's colour and its soft square."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile as it is shown. Equal tiles look the same, so pictures of them can be shared.

    `severity` is "error", "warning" or "" and decides the badge. `rows` and `event_key` belong to the Summary tile of
    the entry; `teaching` is the sentence that stands there while no event is chosen.
    """

    title: str
    summary: str
    icon: str
    category: str
    severity: str = ""
    problems: int = 0
    disabled: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    event_key: str = ""
    teaching: str = ""
    is_entry: bool = False

    @property
    def spoken(self) -> str:
        """The tile as a screen reader says it."""
        parts = [self.title, self.summary, self.teaching]
        parts += [f"{label}: {text}" for label, text in self.rows]
        if self.event_key:
            parts.append(tr("Event Definition Key {event_key}", event_key=self.event_key))
        if self.disabled:
            parts.append(tr("disabled"))
        if self.problems:
            parts.append(trn("{n} problem", "{n} problems", self.problems))
        return shown(listed(part for part in parts if part))
