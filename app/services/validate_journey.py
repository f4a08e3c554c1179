"""Check a journey before it is activated."""

from __future__ import annotations

from app.journey.journey import Journey
from app.journey.rules import validate
from app.kernel.errors import Problem
from app.services.journey_context import journey_context
from app.services.workspace import Workspace


def validate_journey(ws: Workspace, journey: Journey) -> tuple[Problem, ...]:
    """Everything that is wrong or doubtful; `where` is an activity's key or ENTRY. Errors block activation."""
    return validate(journey, journey_context(ws, journey))
