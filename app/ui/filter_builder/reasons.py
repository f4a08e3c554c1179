"""An explanation as lines of rich text: the tree with the contact's values, green and red."""

from __future__ import annotations

from html import escape
from typing import Final

from app.filters.explain import Explanation
from app.ui.theme import theme
from app.ui.translation import mark, tr

_JOIN_WORDS: Final = {"and": mark("all of"), "or": mark("any of")}
_CHIP_PX: Final = 12


def reasons_html(root: Explanation) -> str:
    """The tree below the verdict. The root's own line is left out where it says no more than *all of*."""
    children = root.children if root.join else (root,)
    if root.join == "or" or root.negated:
        return _line(root, 0) + "".join(_lines(child, 1) for child in children)
    return "".join(_lines(child, 0) for child in children)


def _lines(node: Explanation, depth: int) -> str:
    return _line(node, depth) + "".join(_lines(child, depth + 1) for child in node.children)


def _line(node: Explanation, depth: int) -> str:
    colors = theme()
    tone = {True: "ok", False: "red", None: "ink3"}[node.ok]
    mark = {True: "✓", False: "✕", None: "–"}[node.ok]
    text = node.sentence
    if node.join:
        text = (tr("none of") if node.join == "or" else tr("not all of")) if node.negated else _JOIN_WORDS[node.join]
    chips = "".join(
        f' <span style="background-color:{colors.color("bg").name()};color:{colors.color("ink").name()};'
        f'font-size:{_CHIP_PX}px">&nbsp;{escape(value)}&nbsp;</span>'
        for _name, value in node.values
    )
    return (
        f'<p style="color:{colors.color(tone).name()};margin:0 0 5px {14 * depth}px">{mark} {escape(text)}{chips}</p>'
    )
