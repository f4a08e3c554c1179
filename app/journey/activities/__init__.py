"""The activities, in the order of the palette: one file and one line here for each."""

from __future__ import annotations

from app.journey.activities.add_to_data_extension import AddToDataExtension
from app.journey.activities.base import ActivityType, Setting
from app.journey.activities.decision_split import DecisionSplit
from app.journey.activities.engagement_split import EngagementSplit
from app.journey.activities.exit_criteria import ExitCriteria
from app.journey.activities.goal import Goal
from app.journey.activities.join import Join
from app.journey.activities.path_optimizer import PathOptimizer
from app.journey.activities.random_split import RandomSplit
from app.journey.activities.rest import Rest
from app.journey.activities.send_email import SendEmail
from app.journey.activities.send_push import SendPush
from app.journey.activities.send_sms import SendSms
from app.journey.activities.sto_wait import StoWait
from app.journey.activities.unknown import UnknownActivity
from app.journey.activities.update_contact import UpdateContact
from app.journey.activities.wait import Wait
from app.journey.activities.wait_by_attribute import WaitByAttribute
from app.journey.activities.wait_until_date import WaitUntilDate
from app.journey.activities.wait_until_event import WaitUntilEvent
from app.kernel.registry import Registry

__all__ = ["ACTIVITIES", "CATEGORIES", "ActivityType", "Setting", "activity_type"]

CATEGORIES = (
    ("messages", "Messages"),
    ("flow", "Flow control"),
    ("updates", "Customer updates"),
    ("custom", "Custom"),
)
"""The palette's categories after the entry sources: key and heading."""

ACTIVITIES: Registry[ActivityType] = Registry(
    "activity",
    (
        SendEmail(),
        SendSms(),
        SendPush(),
        Wait(),
        WaitUntilDate(),
        WaitByAttribute(),
        WaitUntilEvent(),
        StoWait(),
        DecisionSplit(),
        RandomSplit(),
        EngagementSplit(),
        PathOptimizer(),
        Join(),
        Goal(),
        ExitCriteria(),
        UpdateContact(),
        AddToDataExtension(),
        Rest(),
    ),
)


def activity_type(key: str) -> ActivityType:
    """The type with that key; an unknown one is stood in for."""
    return ACTIVITIES.get(key) or UnknownActivity(key)
