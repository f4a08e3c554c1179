"""Send SMS: a personalised text to the contact's mobile number."""

from __future__ import annotations

from app.journey.activities.base import MESSAGES, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import address_problems, render_message, sent_note, unknown_fields
from app.journey.step import Message, Situation, Step
from app.kernel.errors import Problem

PART = 160
"""Characters of one SMS in the GSM alphabet (3GPP TS 23.038)."""


class SendSms(ActivityType):
    """SMSSYNC of the original: one text, one way out."""

    key = "send_sms"
    label = "Send SMS"
    category = MESSAGES
    help = "Text to a mobile number"
    icon = "send-sms"
    mc_type = "SMSSYNC"
    key_prefix = "SMSSYNC"
    settings = (
        Setting("body", "Text", "personalised_multiline", required=True, help=f"{PART} characters make one SMS."),
        Setting(
            "to",
            "To",
            "field",
            field_kinds=("phone", "text"),
            help="Empty: the first field of the kind phone.",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The first line of the text."""
        return text_of(activity.settings, "body").strip().partition("\n")[0] or "No text yet"

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Fields that the event's data extension does not have, and no number to send to."""
        return (
            *unknown_fields(activity, context, ("body",)),
            *address_problems(activity, context, "phone", "a mobile number"),
        )

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Sends, unless the contact has no number: then says so and goes on."""
        schema = situation.catalog.event
        to = text_of(activity.settings, "to")
        fields = schema.fields if schema else ()
        field = next((each for each in fields if (each.name == to if to else each.kind == "phone")), None)
        number = situation.record.get(field.id) if field else None
        if not number:
            place = f"{field.name} is empty" if field else "no field with a mobile number is known"
            return Step("", note=f"Not sent: {place}.")
        body, missing = render_message(activity, "body", situation)
        return Step("", effects=(Message("sms", str(number), "", body),), note=sent_note(str(number), missing))
