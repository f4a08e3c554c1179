"""Send SMS: a personalised text to the contact's mobile number."""

from __future__ import annotations

from app.data_extensions.data_extension import DataExtension, Field
from app.journey.activities.base import MESSAGES, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import address_problems, render_message, repair_address, sent_note, unknown_fields
from app.journey.repairs import Repair
from app.journey.step import Message, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said

PART = 160
"""Characters of one SMS in the GSM alphabet (3GPP TS 23.038); 153 in each of several."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}[]~|€\\")


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
        return text_of(activity.settings, "body").strip().partition("\n")[0] or said("No text yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Fields that the event's data extension does not have, and no number to send to."""
        return (
            *unknown_fields(activity, context, ("body",)),
            *address_problems(activity, context, "phone", said("a mobile number")),
        )

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The first mobile number, or the field that is most like the one that is gone."""
        if problem.code != "send_sms.to" or not text_of(activity.settings, "to"):
            return super().repair(activity, problem, context)
        return repair_address(activity, context, ("phone", "text"), said("Use the first mobile number"))

    def unset_field(self, name: str, schema: DataExtension | None, default_email: str | None) -> Field | None:
        """Where the text goes without a choice: the first mobile number."""
        return number_field(schema, "") if name == "to" else None

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Sends, unless the contact has no number: then says so and goes on."""
        field = number_field(situation.catalog.event, text_of(activity.settings, "to"))
        number = situation.record.get(field.id) if field else None
        if not number:
            unknown = said("Not sent: no field with a mobile number is known.")
            return Step("", note=said("Not sent: {field} is empty.", field=field.name) if field else unknown)
        body, missing = render_message(activity, "body", situation)
        return Step("", effects=(Message("sms", str(number), "", body),), note=sent_note(str(number), missing))


def number_field(schema: DataExtension | None, to: str) -> Field | None:
    """The field that holds the mobile number: `to`, else the first of the kind phone."""
    fields = schema.fields if schema else ()
    return next((each for each in fields if (each.name == to if to else each.kind == "phone")), None)


def sms_parts(text: str) -> int:
    """How many SMS a text makes; one character beyond the GSM alphabet makes them 70 characters long."""
    if all(character in _GSM or character in _TWICE for character in text):
        size, one, each = sum(1 + (character in _TWICE) for character in text), PART, 153
    else:
        size, one, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if size <= one else -(-size // each)
