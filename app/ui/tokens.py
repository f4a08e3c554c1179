"""The values behind the look: colours for light and dark, and the scales of space, radius and time.

No Qt here, so that contrast is tested from the very values that are painted.
"""

from __future__ import annotations

from typing import Final

SPACE: Final = 4
"""The grid, in pixels: 8 inside controls, 12 inside panels, 16-20 between groups."""

MOTION_MS: Final = 150
"""How long a thing takes to show where it went; 0 is used with *reduce motion*."""

BODY_PX: Final = 13
SMALL_PX: Final = 12
TITLE_PX: Final = 15

LIGHT: Final[dict[str, str]] = {
    "bg": "#f3f5f4",
    "canvas": "#fafbfa",
    "dot": "#dfe4e1",
    "panel": "#ffffff",
    "line": "#dfe4e1",
    "ctl": "#828e87",
    "ink": "#17211c",
    "ink2": "#57635c",
    "ink3": "#66716b",
    "accent": "#1f6f54",
    "accent_soft": "#e3f1eb",
    "accent_hover": "#1a6049",
    "accent_pressed": "#15513d",
    "on_accent": "#ffffff",
    "blue": "#2f6fde",
    "blue_soft": "#e6eefc",
    "amber": "#875407",
    "amber_soft": "#fbf0dc",
    "violet": "#6f4bc9",
    "violet_soft": "#eee8fb",
    "red": "#c0392f",
    "red_soft": "#fbe9e7",
    "ok": "#1c7049",
    "live": "#2fa36f",
    "hover": "#eceeed",
    "pressed": "#e1e6e3",
    "wire": "#b9c4be",
    "shadow": "#2414201a",
    "tip": "#17211c",
    "tip_ink": "#ffffff",
    "paper": "#ffffff",
    "paper_ink": "#17211c",
    "note": "#fff7cf",
    "note_line": "#eadf9a",
    "note_ink": "#5d5417",
}

DARK: Final[dict[str, str]] = {
    "bg": "#161a18",
    "canvas": "#1a1f1c",
    "dot": "#2a312d",
    "panel": "#1f2522",
    "line": "#323a35",
    "ctl": "#6d7972",
    "ink": "#e8eeea",
    "ink2": "#a6b2ab",
    "ink3": "#95a29b",
    "accent": "#58b894",
    "accent_soft": "#20382f",
    "accent_hover": "#6cc5a4",
    "accent_pressed": "#4aa582",
    "on_accent": "#0f1613",
    "blue": "#7fa9f5",
    "blue_soft": "#22304a",
    "amber": "#e0aa58",
    "amber_soft": "#3d3120",
    "violet": "#b39af0",
    "violet_soft": "#30284a",
    "red": "#f08a80",
    "red_soft": "#43251f",
    "ok": "#62c79c",
    "live": "#2fa36f",
    "hover": "#29302c",
    "pressed": "#323a35",
    "wire": "#4d5852",
    "shadow": "#59000000",
    "tip": "#e8eeea",
    "tip_ink": "#17211c",
    "paper": "#ffffff",
    "paper_ink": "#17211c",
    "note": "#3a3620",
    "note_line": "#5a5330",
    "note_ink": "#e9dfa8",
}


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2), 0 to 1."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
