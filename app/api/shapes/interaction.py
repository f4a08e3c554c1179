"""A journey in the original's JSON (reference, section 4.3): what a list shows of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.journey.journey import Status
from app.services.views import JourneyCard

NEVER = "0001-01-01T00:00:00"


def card_json(card: JourneyCard) -> dict[str, Any]:
    """A journey of a list, as its newest version."""
    return {
        "id": card.id,
        "key": card.key,
        "name": card.name,
        "description": "",
        "version": card.version,
        "workflowApiVersion": 1,
        "createdDate": moment(card.modified_at),
        "modifiedDate": moment(card.modified_at),
        "lastPublishedDate": NEVER,
        "status": card.status.value,
        "scheduledStatus": Status.DRAFT.value,
        "definitionType": "Multistep",
        "channel": "",
        "executionMode": "Production",
        "stats": {
            "currentPopulation": card.inside,
            "cumulativePopulation": card.inside,
            "metGoal": 0,
            "metExitCriteria": 0,
            "goalPerformance": 0,
        },
    }


def moment(at: datetime | None) -> str:
    """A moment as the original writes it; never happened is the year 1."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] if at else NEVER
