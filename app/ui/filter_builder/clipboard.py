"""Conditions on the clipboard, as text of the expression language: for other filters, people and other programs.

Text alone: a QMimeData made in Python that is still on the clipboard when the program ends crashes it, and the
language carries a tree without loss.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.filters.catalog import Catalog
from app.filters.text import parse, to_text
from app.filters.tree import Group, Node
from app.kernel.errors import InvalidInput
from app.ui.translation import tr


def put(nodes: tuple[Node, ...], catalog: Catalog) -> None:
    """Copy nodes."""
    QGuiApplication.clipboard().setText(to_text(Group(children=nodes), catalog))


def holds_conditions(catalog: Catalog) -> bool:
    """Whether the clipboard's text is a filter (not a value that is to be pasted into a field)."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        return False
    try:
        return bool(parse(text, catalog).children)
    except InvalidInput:
        return False


def take(catalog: Catalog) -> tuple[Node, ...]:
    """The nodes on the clipboard. Raises InvalidInput."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        raise InvalidInput(tr("There is nothing to paste."), hint=tr("Copy a condition first."))
    return parse(text, catalog).children
