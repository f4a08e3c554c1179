"""Why a version cannot be edited."""

from __future__ import annotations

from app.journey.journey import Status
from app.ui.translation import tr


def why_frozen(status: Status) -> str:
    """One sentence about a version that was activated, in the window's language."""
    words = {
        Status.RUNNING: tr("This version is running and cannot be changed."),
        Status.PAUSED: tr("This version is paused and cannot be changed."),
        Status.FINISHING: tr("This version is finishing and cannot be changed."),
        Status.STOPPED: tr("This version was stopped and cannot be changed."),
    }
    return words.get(status, tr("This version was activated and cannot be changed."))
