"""Settings of further activities in the original's members, both ways (reference, 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.journey.activities import ACTIVITIES, ActivityType
from app.journey.activities.base import text_of
from app.journey.journey import Activity
from app.journey.personalise import tokens

Json = dict[str, Any]

_WAITS = (
    ("waitForEventKey", "wait_until_event"),
    ("waitEndDateAttributeExpression", "wait_by_attribute"),
    ("specificDate", "wait_until_date"),
)
"""The member that is filled says which kind of WAIT it is; none of them: a duration."""

_STATISTICS = {"open": 2, "click": 3, "bounce": 6}


def leaf_of(mc_type: str, configuration: Mapping[str, Any]) -> ActivityType | None:
    """The activity type behind a type of the original, or None for one that is not known here."""
    if mc_type == "WAIT":
        kind = next((key for member, key in _WAITS if configuration.get(member)), "wait")
        return ACTIVITIES[kind]
    return next((each for each in ACTIVITIES if each.mc_type == mc_type), None)


def read_settings(type_key: str, node: Mapping[str, Any], configuration: Mapping[str, Any]) -> Json:
    """Our settings from the original's members, as far as they are filled."""
    found: Json = {}
    if type_key == "wait_until_date":
        found["moment"] = str(configuration.get("specificDate") or "")[:16]
    elif type_key == "wait_by_attribute":
        named = tokens(str(configuration.get("waitEndDateAttributeExpression") or ""))
        found["attribute"] = named[0].name if named else ""
    elif type_key == "wait_until_event":
        found["event"] = str(configuration.get("waitForEventKey") or "")
        found["time_out"] = _duration(configuration.get("waitDuration"), configuration.get("waitUnit"))
    elif type_key == "engagement_split":
        words = {str(number): metric for metric, number in _STATISTICS.items()}
        found["metric"] = words.get(str(configuration.get("statsTypeId")))
        found["activity"] = configuration.get("refActivityCustomerKey")
    elif type_key == "sto_wait":
        parameters = _object(configuration.get("params"))
        found["hours"], found["random"] = parameters.get("slidingWindowHours"), parameters.get("enableRandomTime")
    elif type_key == "path_optimizer":
        found["evaluation"] = configuration.get("winnerEvaluationType")
        found["metric"] = configuration.get("engagementWinnerMetric")
        found["period"] = _duration(configuration.get("engagementPeriod"), configuration.get("engagementPeriodUnits"))
        found["hold_back"] = configuration.get("holdBackPercentage")
    elif type_key == "rest":
        found |= _read_call(_object(_object(node.get("arguments")).get("execute")))
    return {name: value for name, value in found.items() if value not in (None, "")}


def write_settings(activity: Activity, event_key: str, kept: Mapping[str, Any]) -> tuple[Json, Json]:
    """configurationArguments and arguments of the original, from our settings.

    Nothing where the members that were `kept` from the original still say the same: they go back as they came.
    """
    was = read_settings(activity.type, kept, _object(kept.get("configurationArguments")))
    if was and all(activity.settings.get(name) == value for name, value in was.items()):
        return {}, {}
    return _write(activity, event_key)


def _write(activity: Activity, event_key: str) -> tuple[Json, Json]:
    settings = activity.settings
    if activity.type == "wait_until_date":
        return {"specificDate": settings.get("moment", "")}, {}
    if activity.type == "wait_by_attribute":
        name = text_of(settings, "attribute")
        expression = f'{{{{Event.{event_key}."{name}"}}}}' if name else ""
        return {"waitEndDateAttributeExpression": expression}, {}
    if activity.type == "wait_until_event":
        waits = _object(settings.get("time_out"))
        unit = str(waits.get("unit", "")).upper()
        key = text_of(settings, "event")
        return {"waitForEventKey": key, "waitDuration": waits.get("amount"), "waitUnit": unit}, {}
    if activity.type == "engagement_split":
        number = _STATISTICS.get(text_of(settings, "metric"))
        return {"statsTypeId": number, "refActivityCustomerKey": text_of(settings, "activity")}, {}
    if activity.type == "sto_wait":
        parameters = {"slidingWindowHours": settings.get("hours"), "enableRandomTime": settings.get("random")}
        return {"params": parameters}, {}
    if activity.type == "path_optimizer":
        period = _object(settings.get("period"))
        return {
            "winnerEvaluationType": settings.get("evaluation"),
            "engagementWinnerMetric": settings.get("metric"),
            "engagementPeriod": period.get("amount"),
            "engagementPeriodUnits": str(period.get("unit", "")).upper(),
            "holdBackPercentage": settings.get("hold_back"),
        }, {}
    if activity.type == "rest":
        return {}, {"execute": _write_call(settings)}
    return {}, {}


def _read_call(execute: Json) -> Json:
    listed = execute.get("inArguments")
    pairs = [
        {"name": str(name), "value": value if isinstance(value, str) else str(value)}
        for each in (listed if isinstance(listed, list) else ())
        for name, value in _object(each).items()
    ]
    timeout = execute.get("timeout")
    return {
        "url": execute.get("url") if isinstance(execute.get("url"), str) else None,
        "verb": execute.get("verb") if isinstance(execute.get("verb"), str) else None,
        "body": execute.get("body") if isinstance(execute.get("body"), str) else None,
        "timeout": timeout if isinstance(timeout, int) else None,
        "retries": execute.get("retryCount") if isinstance(execute.get("retryCount"), int) else None,
        "retry_delay": execute.get("retryDelay") if isinstance(execute.get("retryDelay"), int) else None,
        "arguments": pairs or None,
        "out_arguments": ", ".join(_names(execute.get("outArguments"))) or None,
    }


def _names(listed: Any) -> list[str]:
    """The names of the original's arguments, a list of objects."""
    return [str(name) for each in (listed if isinstance(listed, list) else ()) for name in _object(each)]


def _write_call(settings: Mapping[str, Any]) -> Json:
    listed = settings.get("arguments")
    pairs = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, (list, tuple)) else []
    return {
        "url": text_of(settings, "url"),
        "verb": text_of(settings, "verb"),
        "body": text_of(settings, "body"),
        "format": "json",
        "timeout": settings.get("timeout"),
        "retryCount": settings.get("retries"),
        "retryDelay": settings.get("retry_delay"),
        "outArguments": [{name.strip(): ""} for name in text_of(settings, "out_arguments").split(",") if name.strip()],
        "inArguments": [{text_of(each, "name"): text_of(each, "value")} for each in pairs],
    }


def _duration(amount: Any, unit: Any) -> Json | None:
    """A duration as it is kept here; one that cannot be read is left to what is there."""
    text = str(amount)
    if amount in (None, "") or not text.isdecimal():
        return None
    return {"amount": int(text), "unit": str(unit or "DAYS").lower()}


def _object(value: Any) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}
