"""Conditions on the clipboard: as our own document for other filters, and as text for people and other programs."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.filters.catalog import Catalog
from app.filters.document import from_document, to_document
from app.filters.text import parse, to_text
from app.filters.tree import Group, Node
from app.kernel.errors import InvalidInput

MIME = "application/x-switchback-conditions+json"


def put(nodes: tuple[Node, ...], catalog: Catalog) -> None:
    """Copy nodes."""
    document = to_document(Group(children=nodes))
    data = QMimeData()
    data.setData(MIME, json.dumps(document).encode())
    data.setText(to_text(Group(children=nodes), catalog))
    QGuiApplication.clipboard().setMimeData(data)


def holds_conditions() -> bool:
    """Whether conditions were copied (not only some text)."""
    data = QGuiApplication.clipboard().mimeData()
    return data is not None and data.hasFormat(MIME)


def take(catalog: Catalog) -> tuple[Node, ...]:
    """The nodes on the clipboard; text is read as the expression language. Raises InvalidInput."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not (data.hasFormat(MIME) or data.hasText()):
        raise InvalidInput("There is nothing to paste.", hint="Copy a condition first.")
    if data.hasFormat(MIME):
        try:
            return from_document(json.loads(bytes(data.data(MIME).data()))).children
        except ValueError:
            raise InvalidInput("The copied conditions cannot be read.", hint="Copy them again.") from None
    return parse(data.text(), catalog).children
