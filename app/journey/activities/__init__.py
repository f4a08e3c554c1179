"""The activities, in the order of the palette: one file and one line here for each."""

from __future__ import annotations

from app.journey.activities.base import ActivityType, Setting
from app.journey.activities.decision_split import DecisionSplit
from app.journey.activities.send_email import SendEmail
from app.journey.activities.unknown import UnknownActivity
from app.journey.activities.update_contact import UpdateContact
from app.journey.activities.wait import Wait
from app.kernel.registry import Registry

__all__ = ["ACTIVITIES", "CATEGORIES", "ActivityType", "Setting", "activity_type"]

CATEGORIES = (
    ("messages", "Messages"),
    ("flow", "Flow control"),
    ("updates", "Customer updates"),
    ("custom", "Custom"),
)
"""The palette's categories after the entry sources: key and heading."""

ACTIVITIES: Registry[ActivityType] = Registry("activity", (SendEmail(), Wait(), DecisionSplit(), UpdateContact()))


def activity_type(key: str) -> ActivityType:
    """The type with that key; an unknown one is stood in for."""
    return ACTIVITIES.get(key) or UnknownActivity(key)
