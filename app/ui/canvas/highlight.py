"""A contact's way over the canvas: which tiles and wires are lit, and the number at each tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.journey.journey import ENTRY, Journey, Place
from app.journey.step import LEAVE, MET
from app.services.views import PathStep
from app.ui.translation import mark, tr

_STATES = {"waiting": mark("waiting"), "ended": mark("ended")}


@dataclass(frozen=True, slots=True)
class Highlight:
    """`badges` gives the words above each lit tile ("1", "4 · waiting")."""

    title: str
    tiles: frozenset[str] = frozenset()
    wires: frozenset[Place] = frozenset()
    badges: Mapping[str, str] = field(default_factory=dict)


def make_highlight(journey: Journey, steps: Sequence[PathStep], title: str) -> Highlight:
    """The lit way through `steps`. The entry is always its first tile; steps of tiles that this version no longer has
    are left out."""
    keys = [step for step in steps if step.activity_key == ENTRY or step.activity_key in journey.activities]
    if not keys or keys[0].activity_key != ENTRY:
        keys = [PathStep(ENTRY, "", "done"), *keys]
    badges: dict[str, str] = {}
    wires: set[Place] = set()
    for number, step in enumerate(keys, 1):
        words = f"{number} · {tr(_STATES[step.state])}" if step.state in _STATES else str(number)
        known = badges.get(step.activity_key)
        badges[step.activity_key] = f"{known}, {words}" if known else words
    line = [step for step in keys if step.outcome != MET]
    for step, following in zip(line, [*line[1:], None], strict=True):
        if following is not None or step.state == "ended":
            wires.update(_place(journey, step, following))
    return Highlight(title, frozenset(badges), frozenset(wires), badges)


def _place(journey: Journey, step: PathStep, following: PathStep | None) -> tuple[Place, ...]:
    """The wire by which a step left: by its outcome, or, where the step does not say, the one to the next tile. None
    for a contact that left the journey at the tile, or was taken out by criteria that stand elsewhere."""
    if step.outcome == LEAVE:
        return ()
    then = following.activity_key if following else None
    if step.activity_key == ENTRY:
        place, leads = Place(ENTRY), journey.first
    else:
        activity = journey.activities[step.activity_key]
        ways = {outcome.key: outcome.next for outcome in activity.outcomes}
        lead = step.outcome if step.outcome in ways else next((key for key, to in ways.items() if to == then), "")
        place, leads = Place(activity.key, lead), ways.get(lead)
    taken_out = following is not None and following.outcome == LEAVE and leads != then
    return () if taken_out else (place,)
