"""A window in a process of its own that draws in two journeys and then waits to be killed.

Run as `python -m tests.stories.drafting WORKSPACE SETTINGS`; it prints the journeys as they are once the last edit is
older than what may be lost, and goes on drawing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from app.bootstrap import open_workspace
from app.journey.document import to_document
from app.services.create_journey import create_journey
from app.ui.app import make_application
from app.ui.crash import CrashGuard
from app.ui.journey_page import JourneyPage
from app.ui.palette_items import palette_items
from app.ui.preferences import Preferences
from app.ui.theme import theme
from app.ui.window import MainWindow

MAY_BE_LOST_MS = 1000


def wait(window: MainWindow, tabs: int) -> None:
    """Until so many tabs are open and nothing is under way."""
    for _ in range(1200):
        QTest.qWait(25)
        if window.desk is not None and window.work.idle and len(window.tabs.keys) == tabs:
            return
    raise TimeoutError("the window did not open")


def draw(page: JourneyPage, names: list[str]) -> None:
    """Add activities of these types, and take the last one back."""
    items = {item.key: item for item in palette_items()}
    for name in names:
        page.canvas.commands.add(items[name])
    page.undo()


def main(workspace: str, settings: str) -> None:
    """Open, draw, tell, draw on."""
    app = make_application()
    theme().apply(app)
    preferences = Preferences(Path(settings))
    preferences.api_at_start = False
    window = MainWindow(open_workspace, [], preferences, CrashGuard(Path(settings).parent / "log"))
    window.show()
    window.start(workspace)
    wait(window, 1)
    assert window.desk is not None
    pages = []
    for number, name in enumerate(("First", "Second"), 2):
        window.desk.open_journey(create_journey(window.desk.workspace, name).id)
        wait(window, number)
        page = window.tabs.current()
        assert isinstance(page, JourneyPage)
        pages.append(page)
    draw(pages[0], ["", "send_email", "wait", "decision_split", "update_contact"])
    draw(pages[1], ["wait", "send_sms", "random_split"])
    window.tabs.bring(window.tabs.keys[1])
    QTest.qWait(MAY_BE_LOST_MS)
    told = [to_document(page.document.journey) for page in pages]
    print(json.dumps([told, [page.document.undo_stack.count() for page in pages]]), flush=True)
    again = QTimer(window, interval=60)
    again.timeout.connect(lambda: draw(pages[0], ["wait", "wait"]))
    again.start()
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
