"""A version of a journey in the original's JSON."""

from __future__ import annotations

from typing import Any

from app.exchange.interaction_writer import VersionFacts, interaction_json
from app.services.read_interaction import Interaction


def shown_interaction(found: Interaction, *, activities: bool = True) -> dict[str, Any]:
    """The interaction; without `activities` as a list shows it."""
    version = found.version
    facts = VersionFacts(
        definition_id=version.id,
        number=version.number,
        status=version.status,
        created_at=version.created_at,
        modified_at=version.saved_at,
        published_at=version.activated_at,
        inside=found.inside,
        entered=found.entered,
        met_goal=found.met_goal,
        met_exit=found.met_exit,
    )
    shown = interaction_json(version.journey, facts, found.event, found.catalog, activities=activities)
    shown.setdefault("categoryId", 0)
    shown["healthStats"] = {"currentlyInCount": found.inside, "delayedContactCount": 0, "delayedMinuteInterval": 60}
    return shown
