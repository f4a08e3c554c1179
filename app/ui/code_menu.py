"""Code to copy for this very event: a menu with every form, on the clipboard with one click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.events.code import SNIPPETS, Snippet
from app.services.workspace import Workspace
from app.ui.local_api import local_api
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import toast
from app.ui.work import Work

Call = tuple[str, str, Mapping[str, Any]]
"""Event Definition Key, contact key, Data."""


class CodeMenu(QMenu):
    """`call` is asked when an entry is chosen and gives the call, or None where there is none to show (it says why).

    The code has the local API's address and the workspace's default local credentials in it, and runs as it is.
    """

    def __init__(
        self, workspace: Workspace, work: Work, call: Callable[[], Call | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Copy code"), parent)
        self._workspace = workspace
        self._work = work
        self._call = call
        self.setToolTipsVisible(True)
        for snippet in SNIPPETS:
            action = self.addAction(theme().icon("copy"), tr("Copy {label}", label=tr(snippet.label)))
            action.setToolTip(tr(snippet.note))
            action.triggered.connect(lambda _checked=False, chosen=snippet: self.copy(chosen))

    def copy(self, snippet: Snippet) -> None:
        """Put the code in that form on the clipboard."""
        call = self._call()
        if call is None:
            return
        key, contact_key, data = call

        def credentials() -> tuple[str, str]:
            from app.services.default_credentials import default_credentials

            return default_credentials(self._workspace)

        def put(pair: tuple[str, str]) -> None:
            code = snippet.render(local_api().address, *pair, key, contact_key, data)
            QGuiApplication.clipboard().setText(code)
            said = (
                tr("{label} was copied.", label=tr(snippet.label))
                if local_api().running
                else tr("{label} was copied. Start the API before you run it.", label=tr(snippet.label))
            )
            self._say(said)

        self._work.run(
            self, credentials, put, lambda error: self._say(tr("The code could not be made: {error}", error=error))
        )

    def _say(self, text: str) -> None:
        home = self.parentWidget()
        if home is not None:
            toast(home, text)
