"""A workspace with the example, its document, and the Test panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.kernel.clock import FixedClock
from app.services.journey_context import journey_context
from app.services.workspace import Workspace
from app.ui.document import JourneyDocument
from app.ui.panels.test_panel import TestPanel
from app.ui.work import Work
from tests.support.databases import NOW
from tests.support.workspace import Cart, abandoned_cart


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Closed at the end."""
    opened = open_workspace(str(tmp_path / "w.switchback"), clock=FixedClock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def work(qtbot: QtBot, workspace: Workspace) -> Iterator[Work]:
    """Jobs off the GUI thread, ended with the test."""
    made = Work()
    yield made
    made.close()


@pytest.fixture
def cart(workspace: Workspace) -> Cart:
    """The example, active."""
    return abandoned_cart(workspace)


@pytest.fixture
def draft(workspace: Workspace) -> Cart:
    """The example, not active yet."""
    return abandoned_cart(workspace, active=False)


@pytest.fixture
def document_of(workspace: Workspace, work: Work) -> Callable[[Cart], JourneyDocument]:
    """Opens a journey as a window does."""

    def make(cart: Cart) -> JourneyDocument:
        return JourneyDocument(workspace, work, cart.open, journey_context(workspace, cart.open.journey))

    return make


@pytest.fixture
def panel(qtbot: QtBot, work: Work, cart: Cart, document_of: Callable[[Cart], JourneyDocument]) -> TestPanel:
    """The Test panel of the active example, shown."""
    made = TestPanel(document_of(cart), work)
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    qtbot.waitExposed(made)
    return made
