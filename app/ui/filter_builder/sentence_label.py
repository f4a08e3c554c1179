"""The filter read back: "Reads: Cart total is greater than 50 ...", with values in bold."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.filters.catalog import Catalog
from app.filters.tree import Group
from app.ui.filter_builder.passing import Passing, enters
from app.ui.sides import start
from app.ui.theme import theme
from app.ui.translation import tr

_MOST_HEIGHT = 88
"""Four lines; a longer sentence scrolls."""
_SHOW_AFTER_MS = 40
_NORMAL = 400
_BOLD = 600


class SentenceLabel(QTextBrowser):
    """Selectable text that is as high as it needs to be."""

    def __init__(self, parent: QWidget | None = None, lead: str | None = None, passes: Passing | None = None) -> None:
        """`lead` goes before the sentence (None: "Reads: "), `passes` where the filter stands (None: at the entry)."""
        super().__init__(parent)
        self._passes = passes or enters()
        self._lead = tr("Reads: ") if lead is None else lead
        self._group = Group()
        self._catalog = Catalog()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The filter as a sentence"))
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("role", "sentence")
        self.document().setDocumentMargin(0)
        option = QTextOption(start())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.setWordWrapMode(option.wrapMode())
        self.viewport().setAutoFillBackground(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER_MS)
        self._timer.timeout.connect(self._show)
        theme().changed.connect(self._show)

    def show_filter(self, group: Group, catalog: Catalog, *, at_once: bool = False) -> None:
        """Say another filter, a moment later so that typing is not slowed down."""
        self._group, self._catalog = group, catalog
        if at_once:
            self._show()
        else:
            self._timer.start()

    def sizeHint(self) -> QSize:
        """As wide as given, as high as the text up to four lines."""
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(120, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        document: QTextDocument = self.document()
        fits = document.size().height() <= _MOST_HEIGHT
        never, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(never if fits else needed)
        return min(_MOST_HEIGHT, max(22, int(document.size().height()) + 2))

    def _show(self) -> None:
        self._timer.stop()
        colors = theme()
        body = "".join(
            f'<span style="font-weight:{_BOLD if run.strong else _NORMAL}">{escape(run.text)}</span>'
            for run in self._passes.runs(self._group, self._catalog)
        )
        lead = f'<span style="color:{colors.color("ink2").name()}">{escape(self._lead)}</span>'
        ink = colors.color("ink").name()
        self.setHtml(f'<div style="color:{ink};line-height:135%">{lead}{body}</div>')
        self.setFixedHeight(self._height())
