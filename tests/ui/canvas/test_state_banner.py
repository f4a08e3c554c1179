"""The sentence above a version that cannot be edited says when a pause ends, what then, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.journey.journey import Status
from app.services.pause_journey import (
    AT_THE_END,
    EXTEND_WAITS,
    FINISHING,
    KEEP_ARRIVALS,
    PAUSED_AT,
    PAUSED_DAYS,
    pause_journey,
    resume_journey,
)
from app.services.workspace import Workspace
from app.ui.state_banner import paused_words
from tests.ui.canvas.stage import Stage

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
BEGAN = {PAUSED_AT: (NOW - timedelta(hours=1)).isoformat()}
SINCE = "Paused since today 13:00: nobody enters and nobody goes on."


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        ({}, "Contacts that arrive are turned away. It stays so until somebody presses Resume."),
        ({PAUSED_DAYS: 1}, "It goes on by itself tomorrow 13:00, or when somebody presses Resume."),
        ({PAUSED_DAYS: 3}, "It goes on by itself Sat 28 Nov, 13:00, or when somebody presses Resume."),
        (
            {PAUSED_DAYS: 3, AT_THE_END: "Stop"},
            "It stops for good Sat 28 Nov, 13:00, unless somebody presses Resume before.",
        ),
        ({KEEP_ARRIVALS: True}, "Contacts that arrive are kept in a queue and decided afterwards. It stays so"),
        ({EXTEND_WAITS: True}, "turned away. Waits by duration last longer by the time of the pause. It stays so"),
    ],
)
def test_a_pause_is_told_whole(pause: Mapping[str, Any], words: str) -> None:
    told = paused_words(BEGAN | dict(pause), NOW, UTC)
    assert told.startswith(SINCE)
    assert words in told


def test_nobody_arrives_at_an_older_version_and_an_old_pause_has_no_beginning() -> None:
    assert "arrive" not in paused_words(BEGAN | {FINISHING: True}, NOW, UTC)
    assert paused_words({}, NOW, UTC).startswith("Paused: nobody enters")
    assert "within a moment" in paused_words(BEGAN | {PAUSED_DAYS: 1}, NOW + timedelta(days=2), UTC)


def test_the_page_says_it_and_hears_of_another_pause(stage: Stage, workspace: Workspace, qtbot: QtBot) -> None:
    document, text = stage.document, stage.page.banner.text
    assert not stage.page.banner.isVisible()
    assert _can(stage) == {"activate"}
    with workspace.unit_of_work() as work:
        work.journeys.set_status(document.version_id, Status.RUNNING, workspace.clock.now())
        work.commit()
    document.refresh_state()
    qtbot.waitUntil(lambda: text.text().startswith("This version is running"))
    assert _can(stage) == {"new_version", "pause", "stop"}
    pause_journey(workspace, document.journey.id, {PAUSED_DAYS: 2, AT_THE_END: "Stop"})
    document.refresh_state()
    qtbot.waitUntil(lambda: "stops for good" in text.text())
    assert stage.page.banner.isVisible()
    assert _can(stage) == {"new_version", "resume", "stop"}
    assert "New version makes a draft" in text.text()
    resume_journey(workspace, document.journey.id)
    pause_journey(workspace, document.journey.id, {KEEP_ARRIVALS: True})
    document.refresh_state()
    qtbot.waitUntil(lambda: "kept in a queue" in text.text())


def _can(stage: Stage) -> set[str]:
    """The changes of state that the menu offers now."""
    by_name = stage.page.actions_of.by_name
    return {name for name in ("activate", "new_version", "pause", "resume", "stop") if by_name[name].isEnabled()}
