"""The one stylesheet, built from the tokens. Fusion draws what is not named here, with our palette."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from app.kernel.resources import resource, resource_text
from app.ui.sides import mirrored, right_to_left

SHEETS = ("base", "controls", "views", "parts", "canvas", "dialogs", "panels")
"""Files of `resources/styles/`, in the order in which they count."""


def stylesheet(tokens: Mapping[str, str], *, dark: bool) -> str:
    """The stylesheet for these tokens. A name that is no token raises KeyError: a sheet with a hole is a mistake."""
    values = dict(tokens)
    values["theme"] = "dark" if dark else "light"
    values["icons"] = str(resource("icons", "style")).replace("\\", "/")
    css = "\n".join(Template(resource_text("styles", f"{name}.qss")).substitute(values) for name in SHEETS)
    return mirrored(css) if right_to_left() else css
