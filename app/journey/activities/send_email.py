"""Send Email: a personalised message to the contact's email address."""

from __future__ import annotations

from app.data_extensions.data_extension import DataExtension, Field
from app.journey.activities.base import MESSAGES, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import render_message, repair_address, sent_note, unknown_fields
from app.journey.repairs import Repair
from app.journey.step import Message, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import said


class SendEmail(ActivityType):
    """EMAILV2 of the original: one message, one way out."""

    key = "send_email"
    label = "Send Email"
    category = MESSAGES
    help = "Subject, body, preview"
    icon = "send-email"
    mc_type = "EMAILV2"
    key_prefix = "EMAILV2"
    settings = (
        Setting(
            "subject", "Subject", "personalised", required=True, help="{{Field name}} becomes the contact's value."
        ),
        Setting("preheader", "Preheader", "personalised", help="The line that mail programs show after the subject."),
        Setting("body", "Body", "personalised_multiline", required=True, help="Plain text, or HTML."),
        Setting(
            "to",
            "To",
            "field",
            field_kinds=("email", "text"),
            help="Empty: the journey's default email address.",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The subject."""
        return text_of(activity.settings, "subject") or said("No subject yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """Fields that the event's data extension does not have, and no address to send to."""
        found = list(unknown_fields(activity, context, ("subject", "preheader", "body")))
        to = text_of(activity.settings, "to")
        if context.schema and to and context.schema.named(to) is None:
            found.append(
                Problem(
                    "send_email.to.unknown",
                    said(
                        '{name} sends to "{to}", which {schema} does not have.',
                        name=activity.name,
                        to=to,
                        schema=context.schema.name,
                    ),
                    activity.key,
                    said("Choose another field, or leave it empty for the journey's default email address."),
                )
            )
        return tuple(found)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The journey's default address, or the field that is most like the one that is gone."""
        if problem.code != "send_email.to.unknown":
            return super().repair(activity, problem, context)
        return repair_address(activity, context, ("email", "text"), said("Use the default address"))

    def unset_field(self, name: str, schema: DataExtension | None, default_email: str | None) -> Field | None:
        """Where the message goes without a choice: the journey's default address."""
        return address_field(schema, "", default_email) if name == "to" else None

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Sends, unless the contact has no address: then says so and goes on."""
        schema = situation.catalog.event
        field = address_field(schema, text_of(activity.settings, "to"), situation.default_email)
        address = situation.record.get(field.id) if field else None
        if not address:
            unknown = said("Not sent: no field with an email address is known.")
            return Step("", note=said("Not sent: {field} is empty.", field=field.name) if field else unknown)
        subject, missing = render_message(activity, "subject", situation)
        body, more = render_message(activity, "body", situation)
        note = sent_note(str(address), (*missing, *more))
        return Step("", effects=(Message("email", str(address), subject, body),), note=note)


def address_field(schema: DataExtension | None, to: str, default_email: str | None) -> Field | None:
    """The field that holds the address: `to`, else the journey's default, else the first email field."""
    if schema is None:
        return None
    name = to or default_email
    if name:
        return schema.named(name)
    return next((field for field in schema.fields if field.kind == "email"), None)
