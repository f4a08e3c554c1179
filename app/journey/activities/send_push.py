"""Send Push: a personalised notification to the contact's app."""

from __future__ import annotations

from app.journey.activities.base import MESSAGES, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import render_message, sent_note, unknown_fields
from app.journey.step import Message, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said


class SendPush(ActivityType):
    """PUSHNOTIFICATIONACTIVITY of the original: an app knows its devices by the contact key."""

    key = "send_push"
    label = "Send Push"
    category = MESSAGES
    help = "Notification to an app"
    icon = "send-push"
    mc_type = "PUSHNOTIFICATIONACTIVITY"
    key_prefix = "PUSHNOTIFICATIONACTIVITY"
    settings = (
        Setting("subject", "Title", "personalised"),
        Setting("body", "Text", "personalised_multiline", required=True),
        Setting("link", "Opens", "text", help="The page of the app, for example northerntrails://cart."),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The title, else the first line of the text."""
        settings = activity.settings
        title = text_of(settings, "subject") or text_of(settings, "body").strip().partition("\n")[0]
        return title or said("No text yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Fields that the event's data extension does not have."""
        return unknown_fields(activity, context, ("subject", "body"))

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Sends to the contact key."""
        title, missing = render_message(activity, "subject", situation)
        body, more = render_message(activity, "body", situation)
        message = Message("push", situation.contact_key, title, body)
        return Step("", effects=(message,), note=sent_note(situation.contact_key, (*missing, *more)))
