"""A window that is killed: the next start shows every journey as it was, with its undo history."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.journey.document import to_document
from app.ui.journey_page import JourneyPage
from tests.stories.person import Person

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_after_a_kill_every_journey_is_there_with_its_history(qtbot: QtBot, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.stories.drafting", str(tmp_path / "k.switchback"), str(tmp_path / "k.ini")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        time.sleep(0.3)  # it draws on meanwhile: the kill comes in the midst of edits
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert line, "the window did not get as far as drawing"
    told, edits = json.loads(line)
    person = Person(qtbot, tmp_path, "k")
    try:
        tabs = person.window.tabs
        person.until(lambda: len(tabs.keys) == 3 and person.window.work.idle)
        assert tabs.keys[1:] == tuple(f"journey:{each['id']}" for each in told), "in the order in which they stood"
        assert tabs.current_key() == tabs.keys[1], "and in front what was in front"
        pages = [tabs.widget(key) for key in tabs.keys[1:]]
        first, second = (page.document for page in pages if isinstance(page, JourneyPage))
        assert to_document(second.journey) == told[1]
        assert {each["key"] for each in told[0]["activities"]} <= set(first.journey.activities), (
            "at most the last second is missing"
        )
        assert second.undo_stack.count() == edits[1]
        assert first.undo_stack.count() >= edits[0] - 1
        second.undo_stack.redo()
        assert len(second.journey.activities) == len(told[1]["activities"]) + 1, "what was undone can be redone"
        while second.undo_stack.canUndo():
            second.undo_stack.undo()
        assert second.journey.activities == {}
        while first.undo_stack.canUndo():
            first.undo_stack.undo()
        assert first.journey.activities == {}
        assert first.journey.entry is None
    finally:
        person.leave()
