"""The frame of a page: title, search and buttons above; below what is loading, empty, in the way, or there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.kernel.errors import SwitchbackError, WorkspaceError
from app.ui.errors import in_words
from app.ui.pages.table import ThingsTable, framed
from app.ui.session import Session
from app.ui.translation import tr
from app.ui.widgets import Banner, Button, EmptyState, SearchField, label
from app.ui.work import Ticket

_COALESCE_MS = 200
"""A burst of events makes one reload."""
_AGAIN_MS = 30_000
"""Without news: what other programs did to the workspace, and how long ago things were."""

_AFTER_FAILURE_MS = 3000
"""While the workspace is in the way: what is shown comes back soon after it does."""


class ListPage(QWidget):
    """A page of the workspace. A page says `fetch` (off the GUI thread) and `show_result`; `refresh` does both."""

    key = ""
    title = ""

    def __init__(self, session: Session, subtitle: str, search: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._ticket: Ticket | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(24, 20, 24, 20)
        self._outer.setSpacing(14)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr(self.title), "heading", self))
        self.subtitle = label(subtitle, "secondary", self, wrap=True)
        words.addWidget(self.subtitle)
        self.head.addLayout(words, 1)
        self.search = SearchField(search, self)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(240)
        self.search.searched.connect(lambda _text: self.refresh())
        self.head.addWidget(self.search, 1)
        self._outer.addLayout(self.head)
        self.banner = Banner(parent=self, tone="error", action=tr("Try again"), on_action=self.refresh)
        self.banner.hide()
        self._outer.addWidget(self.banner)
        self.stack = QStackedWidget(self)
        self._outer.addWidget(self.stack, 1)
        self.loading = label(tr("Loading…"), "secondary", self)
        self.loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.loading)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self.refresh_soon)
        self._again.start()
        self._retry = QTimer(self, singleShot=True, interval=_AFTER_FAILURE_MS)
        self._retry.timeout.connect(self.refresh_soon)
        self._soon = QTimer(self, singleShot=True, interval=_COALESCE_MS)
        self._soon.timeout.connect(self.refresh)

    def add_button(
        self, text: str, on_click: Callable[[], object], kind: str = "plain", icon: str = "", help_text: str = ""
    ) -> Button:
        """A button at the right end of the head."""
        button = Button(text, kind, self, icon=icon, on_click=on_click, help_text=help_text)
        self.head.addWidget(button)
        return button

    def beside(self, table: ThingsTable, detail: QWidget, widths: tuple[int, int], *, grows: QWidget) -> QSplitter:
        """The table at the left, what its chosen row is at the right; `widths` in px at first, `grows` takes what a
        wider window brings."""
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(12)
        split.setProperty("gap", True)
        split.setChildrenCollapsible(False)
        split.addWidget(framed(table, self))
        split.addWidget(detail)
        split.setSizes(list(widths))
        split.setStretchFactor(1 if grows is detail else 0, 1)
        return split

    def set_parts(self, body: QWidget, empty: EmptyState, nothing_found: EmptyState | None = None) -> None:
        """What stands in the page when there is something, nothing, and nothing for this search."""
        self.body, self.empty = body, empty
        self.nothing_found = nothing_found or EmptyState(
            tr("Nothing found"),
            tr("No match for this search."),
            tr("Clear the search"),
            self._clear_search,
            self,
            icon="search",
        )
        for part in (body, empty, self.nothing_found):
            self.stack.addWidget(part)

    def refresh_soon(self, *_what: object) -> None:
        """Reload after the news; many at once make one reload."""
        if not self.isVisible():
            self._stale = True
        elif self._ticket is not None:
            self._news_since = True  # what is under way is answered first: news may come faster than answers
        elif not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Ask again, off the GUI thread; an older question is dropped."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._stale = self._news_since = False
        self._retry.stop()
        self._ticket = self.session.work.run(
            self,
            self.fetch(self.search.text().strip()),
            self._arrived,
            self._failed,
            label=tr("Reading {title}", title=tr(self.title)),
        )

    def fetch(self, search: str) -> Callable[[], Any]:
        """The job that reads what is shown; called off the GUI thread."""
        raise NotImplementedError

    def show_result(self, result: Any) -> bool:
        """Show it; whether there is anything to see."""
        raise NotImplementedError

    def reveal(self, detail: str) -> None:
        """Bring one thing of the page in sight, by its id."""

    def showEvent(self, event: Any) -> None:
        """Catch up with what happened while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    _stale = True
    _news_since = False

    def _answered(self) -> None:
        self._ticket = None
        if self._news_since:
            self.refresh_soon()

    def _arrived(self, result: Any) -> None:
        self._answered()
        self.banner.hide()
        something = self.show_result(result)
        if something:
            self.stack.setCurrentWidget(self.body)
        elif self.search.text().strip():
            self.stack.setCurrentWidget(self.nothing_found)
        else:
            self.stack.setCurrentWidget(self.empty)

    def _failed(self, error: Exception) -> None:
        self._answered()
        if not isinstance(error, SwitchbackError):
            self.session.failed.emit(error)
            return
        words = in_words(error)
        if isinstance(error, WorkspaceError):
            words = tr("{words} It is read again by itself.", words=words)
            self._retry.start()
        self.banner.say(words, "error")
        self.banner.show()
        self.loading.setText(tr("Not read yet"))

    def _clear_search(self) -> None:
        self.search.clear()
        self.search.setFocus()
