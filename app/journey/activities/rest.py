"""Custom activity: a call to a REST service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from app.journey.activities.base import CUSTOM, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import render_message, render_text, unknown_fields
from app.journey.step import Message, Situation, Step
from app.kernel.errors import Problem

_VERBS = tuple((verb, verb) for verb in ("POST", "PUT", "PATCH", "GET", "DELETE"))


class Rest(ActivityType):
    """REST of the original. The call is worked out and recorded in the Sent list as the service would receive it;
    a desk where journeys are tried out must not reach services that others rely on."""

    key = "rest"
    label = "Custom activity"
    category = CUSTOM
    help = "Call your REST service"
    icon = "rest"
    mc_type = "REST"
    key_prefix = "REST"
    settings = (
        Setting("url", "URL", "text", required=True, help="For example https://example.com/loyalty."),
        Setting("verb", "Method", "choice", default="POST", choices=_VERBS),
        Setting("arguments", "In arguments", "pairs", default=[], help="Names and values; {{Field name}} works."),
        Setting("body", "Body", "personalised_multiline", help="Empty: the in arguments as JSON."),
        Setting(
            "timeout",
            "Time-out in milliseconds",
            "integer",
            default=10000,
            minimum=1000,
            maximum=100000,
            help="At most 100,000 (reference, 4.3).",
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`POST example.com`."""
        url = text_of(activity.settings, "url")
        host = _host(url)
        return f"{text_of(activity.settings, 'verb') or 'POST'} {host or url}" if url else "No URL yet"

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A URL that is none; fields that the event's data extension does not have."""
        url = text_of(activity.settings, "url")
        found = list(unknown_fields(activity, context, ("body",)))
        if url and not _host(url):
            found.append(
                Problem(
                    "rest.url",
                    f"{activity.name}: {url} is no URL.",
                    activity.key,
                    "Write it with its scheme, for example https://example.com/loyalty.",
                )
            )
        return tuple(found)

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Records the call."""
        url = text_of(activity.settings, "url")
        verb = text_of(activity.settings, "verb") or "POST"
        body, missing = render_message(activity, "body", situation)
        if not body:
            listed = activity.settings.get("arguments")
            pairs = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, (list, tuple)) else []
            rendered = {text_of(pair, "name"): render_text(text_of(pair, "value"), situation) for pair in pairs}
            values = {"contactKey": situation.contact_key} | {name: each[0] for name, each in rendered.items() if name}
            missing = tuple(name for each in rendered.values() for name in each[1])
            body = json.dumps(values, ensure_ascii=False, indent=1)
        empty = f" Empty for this contact: {', '.join(dict.fromkeys(missing))}." if missing else ""
        return Step(
            "", effects=(Message("rest", url, verb, body),), note=f"Recorded {verb} {_host(url) or url}.{empty}"
        )


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme in ("http", "https") else ""
