"""A contact's way over the canvas: which tiles and wires are lit, and the number at each tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.journey.journey import ENTRY, Journey, Place
from app.services.views import PathStep


@dataclass(frozen=True, slots=True)
class Highlight:
    """`badges` gives the words above each lit tile ("1", "4 · waiting"), `notes` what happened there."""

    title: str
    tiles: frozenset[str] = frozenset()
    wires: frozenset[Place] = frozenset()
    badges: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def make_highlight(journey: Journey, steps: Sequence[PathStep], title: str) -> Highlight:
    """The lit way through `steps`. The entry is always its first tile; steps of tiles that this version no longer has
    are left out."""
    keys = [step for step in steps if step.activity_key == ENTRY or step.activity_key in journey.activities]
    if not keys or keys[0].activity_key != ENTRY:
        keys = [PathStep(ENTRY, "", "done"), *keys]
    badges: dict[str, str] = {}
    notes: dict[str, str] = {}
    wires: set[Place] = set()
    for number, step in enumerate(keys, 1):
        words = f"{number} · {step.state}" if step.state != "done" else str(number)
        known = badges.get(step.activity_key)
        badges[step.activity_key] = f"{known}, {words}" if known else words
        if step.note:
            notes[step.activity_key] = step.note
        if number < len(keys) or step.state == "ended":
            wires.add(_place(journey, step, keys[number].activity_key if number < len(keys) else None))
    return Highlight(title, frozenset(badges), frozenset(wires), badges, notes)


def _place(journey: Journey, step: PathStep, following: str | None) -> Place:
    """The wire by which a step left: by its outcome, or, where the step does not say, the one to the next tile."""
    if step.activity_key == ENTRY:
        return Place(ENTRY)
    activity = journey.activities[step.activity_key]
    names = [outcome.key for outcome in activity.outcomes]
    if step.outcome in names:
        return Place(activity.key, step.outcome)
    lead = next((outcome.key for outcome in activity.outcomes if outcome.next == following), "")
    return Place(activity.key, lead)
