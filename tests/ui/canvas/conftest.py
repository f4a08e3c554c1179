"""A workspace, a pool for work, and pages that close behind each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.journey.journey import Journey
from app.services.workspace import Workspace
from app.ui.journey_page import JourneyPage
from app.ui.work import Work
from tests.ui.canvas.stage import STORY, Stage, open_document


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A new workspace file."""
    opened = open_workspace(str(tmp_path / "canvas.switchback"))
    yield opened
    opened.close()


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:
    """The pool; what is under way is finished behind the test."""
    pool = Work()
    yield pool
    pool.close()


@pytest.fixture
def show(workspace: Workspace, work: Work, qtbot: QtBot) -> Callable[[Journey], Stage]:
    """Shows a journey on a page of 1600 x 920."""

    def make(journey: Journey) -> Stage:
        document = open_document(workspace, work, journey)
        page = JourneyPage(document)
        document.setParent(page)
        qtbot.addWidget(page)
        page.resize(1600, 920)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return Stage(page, qtbot)

    return make


@pytest.fixture
def stage(show: Callable[[Journey], Stage]) -> Stage:
    """The story: a split, two emails, a wait."""
    return show(STORY)
