"""A message that came from Marketing Cloud names content that is kept there: an email, a text message, an asset."""

from __future__ import annotations

from collections.abc import Mapping

from app.journey.document import ORIGINAL
from app.journey.journey import Activity
from app.kernel.errors import Problem, Severity
from app.kernel.said import said

_NAMES = ("triggeredSendId", "triggeredSendKey", "emailId", "messageId", "assetId")


def content_is_kept_there(activity: Activity) -> bool:
    """Whether the tile names such content, so that what it has none of here is no mistake."""
    node = activity.extra.get(ORIGINAL)
    configuration = node.get("configurationArguments") if isinstance(node, Mapping) else None
    if not isinstance(configuration, Mapping):
        return False
    sending = configuration.get("triggeredSend")
    places = (configuration, sending) if isinstance(sending, Mapping) else (configuration,)
    return any(place.get(name) for place in places for name in _NAMES)


def kept_there(activity: Activity, code: str) -> Problem:
    """What is said instead of a missing subject or text."""
    return Problem(
        code,
        said("{name} has its content in Marketing Cloud: what is recorded as sent has none.", name=activity.name),
        activity.key,
        said("Open the tile and fill in what contacts get, to see it here."),
        Severity.WARNING,
    )
