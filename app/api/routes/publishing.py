"""Publish and validate: asked for, then asked about (reference, sections 4.1 and 4.4).

The work is done at once; the id of the status is the version's own, so that any process of the workspace can answer.
"""

from __future__ import annotations

from typing import Any

from app.api.answer import Answer, Refusal, refuse
from app.api.call import Call, Route
from app.api.routes.interaction import named
from app.journey.journey import ENTRY, Status
from app.kernel.errors import InvalidInput, NotFound, Problem, Severity
from app.services.activate_journey import activate_journey, activation_problems
from app.services.ports import Version


def _publish(call: Call) -> Answer:
    version = _draft(call, "publish")
    try:
        activate_journey(call.workspace, version.journey.id)
    except InvalidInput as wrong:
        # What is wrong is said when the status is asked for, as the original does.
        if not wrong.problems:
            raise
    return _accepted("publishStatus", version.id)


def _validate(call: Call) -> Answer:
    return _accepted("validateStatus", _draft(call, "validate").id)


def _publish_status(call: Call) -> Answer:
    version = _version(call)
    if version.status is Status.DRAFT:
        errors, warnings = _problems(call, version)
        return _status(call, "Error", errors, warnings)
    return _status(call, "PublishCompleted", [], [])


def _validate_status(call: Call) -> Answer:
    errors, warnings = _problems(call, _version(call))
    return _status(call, "Error" if errors else "ValidateCompleted", errors, warnings)


def _draft(call: Call, verb: str) -> Version:
    """The draft that is meant. Raises Refusal in the original's words for any other version."""
    version = named(call).version
    if version.status is not Status.DRAFT:
        raise refuse(400, 30000, f"Cannot {verb} interaction in {version.status.value} status.")
    return version


def _version(call: Call) -> Version:
    with call.workspace.unit_of_work(writes=False) as work:
        try:
            return work.journeys.by_id(call.path["status"].lower())
        except NotFound:
            raise Refusal(
                Answer(404, {"message": "Status not found", "errorcode": 30003, "documentation": ""})
            ) from None


def _accepted(what: str, status_id: str) -> Answer:
    return Answer(200, {"statusUrl": f"/interaction/v1/interactions/{what}/{status_id}", "statusId": status_id})


def _status(call: Call, status: str, errors: list[Any], warnings: list[Any]) -> Answer:
    return Answer(200, {"statusId": call.path["status"], "status": status, "errors": errors, "warnings": warnings})


def _problems(call: Call, version: Version) -> tuple[list[Any], list[Any]]:
    """Errors and warnings."""
    found = activation_problems(call.workspace, version.journey) if version.status is Status.DRAFT else ()
    shown = [(problem.severity, _problem(problem, version)) for problem in found]
    return (
        [each for severity, each in shown if severity is Severity.ERROR],
        [each for severity, each in shown if severity is Severity.WARNING],
    )


def _problem(problem: Problem, version: Version) -> dict[str, Any]:
    activity = version.journey.activities.get(problem.where)
    return {
        "errorDetail": f"{problem.message} {problem.hint}".strip(),
        "errorCode": problem.code,
        "errorType": "Error" if problem.severity is Severity.ERROR else "Warning",
        "additionalInfo": {
            "activityKey": problem.where,
            "activityId": "",
            "activityType": activity.type if activity else ("APIEvent" if problem.where == ENTRY else ""),
            "definitionId": version.id,
        },
    }


_BASE = "/interaction/v1/interactions"
_NUMBER = {"versionNumber": "The version; the newest without it."}
_ASKED = {200: "Where to ask for the status.", 400: "It is not a draft.", 404: "There is no such journey."}
_STATUS = {200: "The status with errors and warnings.", 404: "There is none."}
ROUTES = (
    Route("POST", f"{_BASE}/publishAsync/{{id}}", "Activate a draft", _publish, answers=_ASKED, query=_NUMBER),
    Route("GET", f"{_BASE}/publishStatus/{{status}}", "What became of it", _publish_status, answers=_STATUS),
    Route("POST", f"{_BASE}/validateAsync/{{id}}", "Check a draft", _validate, answers=_ASKED, query=_NUMBER),
    Route("GET", f"{_BASE}/validateStatus/{{status}}", "What was found", _validate_status, answers=_STATUS),
)
