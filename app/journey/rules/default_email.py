"""The default email address of the journey leads to a field with email addresses."""

from __future__ import annotations

from collections.abc import Iterator

from app.journey.context import JourneyContext
from app.journey.edits import SetJourney
from app.journey.journey import Journey
from app.journey.rules.rule import Finding, Rule
from app.kernel.errors import Problem
from app.kernel.said import said

_CODE = "121226"
"""The original's code: default email or mobile address in Journey Settings is invalid (reference, 4.4)."""


class DefaultEmailRule(Rule):
    """121226 of the original: a set address must exist; an email without one of its own needs one."""

    key = "default_email"

    def check(self, journey: Journey, context: JourneyContext) -> Iterator[Finding]:
        """A field that does not exist, or none where one is needed."""
        schema = context.schema
        if schema is None:
            return
        first = next((field.name for field in schema.fields if field.kind == "email"), None)
        if journey.default_email is not None:
            field = schema.named(journey.default_email)
            if field is None or field.kind not in ("email", "text"):
                yield Finding(
                    Problem(
                        _CODE,
                        said(
                            "The default email address in the journey's settings is invalid: "
                            '"{default_email}" is no field with email addresses in {schema}.',
                            default_email=journey.default_email,
                            schema=schema.name,
                        )
                        if field
                        else said(
                            "The default email address in the journey's settings is invalid: "
                            '"{default_email}" is not there in {schema}.',
                            default_email=journey.default_email,
                            schema=schema.name,
                        ),
                        "",
                        said("Choose another field in the journey's settings, such as {first}.", first=first)
                        if first
                        else said("Choose another field in the journey's settings."),
                    ),
                    SetJourney(default_email=first or ""),
                    said("Use {first}", first=first) if first else said("Leave it empty"),
                )
        elif first is None:
            for activity in journey.activities.values():
                if activity.type == "send_email" and not activity.disabled and not activity.settings.get("to"):
                    yield Finding(
                        Problem(
                            _CODE,
                            said(
                                "{name} has no address to send to: {schema} has no field of the kind email.",
                                name=activity.name,
                                schema=schema.name,
                            ),
                            activity.key,
                            said("Add such a field, or choose a default email address in the journey's settings."),
                        )
                    )
