"""An explanation as lines: the tree with the contact's values, as rich text in green and red or as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from app.filters.explain import Explanation
from app.ui.theme import theme
from app.ui.translation import mark, shown, tr

_JOIN_WORDS: Final = {"and": mark("all of"), "or": mark("any of")}
_MARKS: Final = {True: "✓", False: "✕", None: "–"}
_CHIP_PX: Final = 12


def reasons_html(root: Explanation) -> str:
    """The tree below the verdict. The root's own line is left out where it says no more than *all of*."""
    return "".join(_html(node, depth) for node, depth in _lines(root))


def reasons_text(root: Explanation) -> list[str]:
    """The same as lines of plain text, to paste somewhere."""
    return [
        f"{'  ' * depth}{_MARKS[node.ok]} {_words(node)}"
        + "".join(f" ({shown(name)}: {shown(value)})" if name else f" ({shown(value)})" for name, value in node.values)
        for node, depth in _lines(root)
    ]


def _lines(root: Explanation) -> Iterator[tuple[Explanation, int]]:
    """Every node that has a line, with how far it is indented."""
    if not root.join or root.join == "or" or root.negated:
        yield from _walk(root, 0)
    else:
        for child in root.children:
            yield from _walk(child, 0)


def _walk(node: Explanation, depth: int) -> Iterator[tuple[Explanation, int]]:
    yield node, depth
    for child in node.children:
        yield from _walk(child, depth + 1)


def _words(node: Explanation) -> str:
    if not node.join:
        return shown(node.sentence)
    if node.negated:
        return tr("none of") if node.join == "or" else tr("not all of")
    return tr(_JOIN_WORDS[node.join])


def _html(node: Explanation, depth: int) -> str:
    colors = theme()
    tone = {True: "ok", False: "red", None: "ink3"}[node.ok]
    chips = "".join(
        f' <span style="background-color:{colors.color("bg").name()};color:{colors.color("ink").name()};'
        f'font-size:{_CHIP_PX}px">&nbsp;{escape(shown(value))}&nbsp;</span>'
        for _name, value in node.values
    )
    return (
        f'<p style="color:{colors.color(tone).name()};margin:0 0 5px {14 * depth}px">'
        f"{_MARKS[node.ok]} {escape(_words(node))}{chips}</p>"
    )
