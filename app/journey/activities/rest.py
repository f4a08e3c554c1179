"""Custom activity: a call of a REST service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from app.journey.activities.base import CUSTOM, ActivityType, Setting, text_of
from app.journey.calls import CallPolicy, CallRequest, CallResult, host_of, names_this_computer
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.messages import empty_note, render_text, unknown_fields, unknown_in
from app.journey.repairs import Repair
from app.journey.step import LEAVE, Call, Situation, Step
from app.kernel.errors import Problem, Severity
from app.kernel.said import said, sentences

_VERBS = tuple((verb, verb) for verb in ("POST", "PUT", "PATCH", "GET", "DELETE"))
_WITHOUT_BODY = ("GET", "DELETE")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""The characters that HTTP lets into the name of a header."""
_LEAVE, _GO_ON = "leave", "go_on"
_NOTICES = {
    CallPolicy.RECORD: "This workspace records calls and makes none. Its settings can let them out.",
    CallPolicy.LOCAL: "This workspace calls addresses on this computer; other calls are only recorded.",
    CallPolicy.ANY: "This workspace really calls the URL: every contact that comes here, after its event was answered.",
}
PATIENCE = timedelta(days=1)
"""How long a contact waits for an answer beyond the time-outs: no window or server may be open to make the call."""


class Rest(ActivityType):
    """REST of the original. The call is recorded in the Sent list as the service would receive it. Where the workspace
    lets it, it is really made: after the commit, while the contact waits on the tile for the answer."""

    key = "rest"
    label = "Custom activity"
    category = CUSTOM
    help = "Call your REST service"
    icon = "rest"
    mc_type = "REST"
    key_prefix = "REST"
    waits = True
    settings = (
        Setting("url", "URL", "text", required=True, help="For example http://localhost:3000/execute."),
        Setting("verb", "Method", "choice", default="POST", choices=_VERBS),
        Setting("arguments", "In arguments", "pairs", default=[], help="Names and values; {{Field name}} works."),
        Setting("body", "Body", "personalised_multiline", help="Empty: what Marketing Cloud sends, as JSON."),
        Setting("headers", "Headers", "pairs", default=[], help="For example Authorization; {{Field name}} works."),
        Setting(
            "out_arguments",
            "Out arguments",
            "text",
            help="Names in the JSON answer, with commas. Later tiles show one as {{Interaction.key.name}}.",
        ),
        Setting(
            "timeout",
            "Time-out in milliseconds",
            "integer",
            default=10000,
            minimum=1000,
            maximum=100000,
        ),
        Setting("retries", "Tries after a failed one", "integer", default=0, minimum=0, maximum=5),
        Setting("retry_delay", "Milliseconds between tries", "integer", default=1000, minimum=0, maximum=100000),
        Setting(
            "on_error",
            "When the call fails",
            "choice",
            default=_GO_ON,
            choices=((_GO_ON, "The contact goes on"), (_LEAVE, "The contact leaves the journey")),
        ),
    )

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`POST example.com`."""
        url = text_of(activity.settings, "url")
        host = host_of(url)
        return f"{text_of(activity.settings, 'verb') or 'POST'} {host or url}" if url else said("No URL yet")

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A URL that is none or may not be called; fields that the event's data extension does not have; names of
        arguments and headers."""
        settings = activity.settings
        url = text_of(settings, "url")
        texts = [text_of(pair, "value") for name in ("arguments", "headers") for pair in _pairs(settings, name)]
        found = [*unknown_fields(activity, context, ("body",)), *unknown_in(activity, context, texts)]
        if url and not host_of(url):
            found.append(
                Problem(
                    "rest.url",
                    said("{name}: {url} is no URL.", name=activity.name, url=url),
                    activity.key,
                    said("Write it with its scheme, for example http://localhost:3000/execute."),
                )
            )
        elif url and context.calls is CallPolicy.LOCAL and not names_this_computer(url):
            found.append(
                Problem(
                    "rest.elsewhere",
                    said(
                        "{name} is recorded, not called: {host} is not on this computer.",
                        name=activity.name,
                        host=host_of(url),
                    ),
                    activity.key,
                    said("Use localhost, or let the workspace call any address in its settings."),
                    Severity.WARNING,
                )
            )
        found += _pair_problems(activity)
        return tuple(found)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """A scheme for a URL without one; each argument once, none without a name."""
        url = text_of(activity.settings, "url").strip()
        if problem.code == "rest.url" and "://" not in url and host_of(f"http://{url}"):
            return Repair({"url": f"http://{url}"}, said("Use http://{url}", url=url))
        for name in ("arguments", "headers"):
            if problem.code in (f"rest.{name}.twice", f"rest.{name}.name"):
                pairs = {text_of(pair, "name").strip().lower(): dict(pair) for pair in _pairs(activity.settings, name)}
                return Repair({name: [pair for key, pair in pairs.items() if key]}, said("Keep each once, the last"))
        return super().repair(activity, problem, context)

    def notice(self, context: JourneyContext) -> str:
        """What the workspace lets calls do."""
        return _NOTICES[context.calls]

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Records the call; where it may be made, the contact waits for its answer."""
        request, missing = _request(activity, situation)
        call = f"{request.verb} {host_of(request.url) or request.url}"
        empty = empty_note(missing)
        reason = _why_not(request, situation)
        if reason:
            note = sentences(said("Recorded {call}; not called: {reason}", call=call, reason=reason), empty)
            return Step("", effects=(Call(request, made=False),), note=note)
        tries = request.timeout * (1 + request.retries) + request.retry_delay * request.retries
        until = situation.now + timedelta(milliseconds=tries) + PATIENCE
        note = sentences(said("Calls {call} and waits for its answer.", call=call), empty)
        return Step("", until, effects=(Call(request, made=True),), note=note)

    def after_wait(self, activity: Activity, result: CallResult | None) -> Step:
        """Goes on by what the service answered: its `branchResult` may name the way out. A call that failed does what
        the tile says."""
        first = activity.outcomes[0].key if activity.outcomes else ""
        host = host_of(text_of(activity.settings, "url"))
        result = result or CallResult(ok=False, error=_NOBODY_CALLED)
        note = result.sentence(host)
        if not result.ok:
            leaves = text_of(activity.settings, "on_error") == _LEAVE
            end = said("The contact left the journey.") if leaves else said("The contact goes on.")
            return Step(LEAVE if leaves else first, note=sentences(note, end))
        branch = result.values.get("branchResult", "")
        if any(outcome.key == branch for outcome in activity.outcomes):
            first = branch
        return Step(first, note=note)


def _pair_problems(activity: Activity) -> list[Problem]:
    """The same name twice, no name, a name that no header can have."""
    found = []
    for name, what in (("arguments", said("argument")), ("headers", said("header"))):
        names = [text_of(pair, "name").strip().lower() for pair in _pairs(activity.settings, name)]
        twin = next((each for each in names if each and names.count(each) > 1), "")
        if twin:
            message = said("{name} has the {what} {twin} twice.", name=activity.name, what=what, twin=twin)
            found.append(Problem(f"rest.{name}.twice", message, activity.key, said("Remove one of them.")))
        odd = next((each for each in names if each and not _HEADER.fullmatch(each)), "") if name == "headers" else ""
        if odd:
            message = said("{name}: {odd} cannot be the name of a header.", name=activity.name, odd=odd)
            hint = said("Use letters, digits and -, for example X-Api-Key.")
            found.append(Problem("rest.headers.odd", message, activity.key, hint))
        if "" in names:
            message = said("{name} has a value whose {what} has no name.", name=activity.name, what=what)
            found.append(Problem(f"rest.{name}.name", message, activity.key, said("Give it a name, or remove it.")))
    return found


def out_arguments(activity: Activity) -> tuple[str, ...]:
    """The names that a tile says its service answers."""
    names = (name.strip() for name in text_of(activity.settings, "out_arguments").split(","))
    return tuple(dict.fromkeys(name for name in names if name))


_NOBODY_CALLED = said("no answer came in time, as no window or server was open.")


def _why_not(request: CallRequest, situation: Situation) -> str:
    """Why the call is not made; "" where it is."""
    if not host_of(request.url):
        return said("the URL is none.")
    if situation.dry:
        return said("a dry run calls nothing.")
    if situation.calls is CallPolicy.RECORD:
        return said("this workspace only records calls.")
    if situation.test and not situation.test_calls:
        return said("tests call nothing in this workspace.")
    if situation.calls is CallPolicy.LOCAL and not names_this_computer(request.url):
        return said("this workspace calls only addresses on this computer.")
    return ""


def _request(activity: Activity, situation: Situation) -> tuple[CallRequest, tuple[str, ...]]:
    settings = activity.settings
    verb = text_of(settings, "verb") or "POST"
    body, missing = render_text(text_of(settings, "body"), situation)
    if not body and verb not in _WITHOUT_BODY:
        values, missing = _rendered(settings, "arguments", situation)
        body = json.dumps(_execution(activity, situation, dict(values)), ensure_ascii=False, indent=1)
    headers, more = _rendered(settings, "headers", situation)
    request = CallRequest(
        url=text_of(settings, "url").strip(),
        verb=verb,
        body=body,
        headers=headers,
        timeout=_whole(settings, "timeout", 10_000),
        retries=_whole(settings, "retries", 0),
        retry_delay=_whole(settings, "retry_delay", 1000),
    )
    return request, (*missing, *more)


def _execution(activity: Activity, situation: Situation, values: Mapping[str, str]) -> dict[str, Any]:
    """What the original sends to the `execute` address of a custom activity."""
    return {
        "inArguments": [values] if values else [],
        "outArguments": [{name: ""} for name in out_arguments(activity)],
        "activityObjectID": activity.key,
        "journeyId": situation.journey_id,
        "activityId": activity.key,
        "definitionInstanceId": situation.stay,
        "keyValue": situation.contact_key,
        "mode": 1 if situation.test else 0,
    }


def _rendered(
    settings: Mapping[str, Any], name: str, situation: Situation
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    rendered = [
        (text_of(pair, "name").strip(), *render_text(text_of(pair, "value"), situation))
        for pair in _pairs(settings, name)
    ]
    values = tuple((key, value) for key, value, _ in rendered if key)
    return values, tuple(missing for *_, each in rendered for missing in each)


def _pairs(settings: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = settings.get(name)
    for each in listed if isinstance(listed, (list, tuple)) else ():
        if isinstance(each, Mapping):
            yield each


def _whole(settings: Mapping[str, Any], name: str, usual: int) -> int:
    value = settings.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else usual
