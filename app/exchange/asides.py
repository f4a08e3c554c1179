"""Tiles that are no activities in the original's JSON (reference, 4.3): asides of the way through a journey.

A Goal is an entry of `goals`, Exit criteria are one of `exits`, and a Join is only outcomes with the same `next`. Here
each stands between two activities. `without_asides` takes them out and leads what pointed to one on to what follows it;
`with_asides` puts them where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.journey.document import ORIGINAL
from app.journey.graph import reachable
from app.journey.journey import ENTRY, Activity, Journey, Outcome, Place

GOAL, EXIT, JOIN = "goal", "exit_criteria", "join"
ASIDES = (GOAL, EXIT, JOIN)
JOIN_LABEL = "joinLabel"


@dataclass(frozen=True, slots=True)
class Aside:
    """A tile to be put back. `before` are the connectors that led to it, or None where nothing says so: then it comes
    right after the entry."""

    activity: Activity
    before: tuple[Place, ...] | None


def start_of(activities: Iterable[Activity]) -> str | None:
    """The activity that nobody points to; the first such one (reference, 4.3)."""
    every = list(activities)
    targets = {outcome.next for activity in every for outcome in activity.outcomes}
    free = [activity.key for activity in every if activity.key not in targets]
    return free[0] if free else (every[0].key if every else None)


def asides_of(journey: Journey) -> tuple[Aside, ...]:
    """Every aside, with the connectors of activities (not of other asides) and of the entry that lead to it."""
    before: dict[str, list[Place]] = {key: [] for key, each in journey.activities.items() if each.type in ASIDES}
    if journey.first in before:
        before[journey.first].append(Place(ENTRY))
    for activity in journey.activities.values():
        for outcome in activity.outcomes if activity.key not in before else ():
            if outcome.next in before:
                before[outcome.next].append(Place(activity.key, outcome.key))
    return tuple(Aside(journey.activities[key], tuple(found)) for key, found in before.items())


def without_asides(journey: Journey) -> Journey:
    """The journey's way through its activities alone; outcomes that led to a Join bear its name as their joinLabel."""
    asides = {key: each for key, each in journey.activities.items() if each.type in ASIDES}
    if not asides:
        return journey

    def led_on(outcome: Outcome) -> Outcome:
        if outcome.next not in asides:
            return outcome
        passed = _passed(asides, outcome.next)
        join = next((asides[key].name for key in passed if asides[key].type == JOIN), None)
        onward = replace(outcome, next=_onward(asides, outcome.next))
        return onward if join is None else _labelled(onward, join)

    activities = {
        key: replace(each, outcomes=tuple(map(led_on, each.outcomes)))
        for key, each in journey.activities.items()
        if key not in asides
    }
    return replace(journey, activities=activities, first=_onward(asides, journey.first))


def with_asides(journey: Journey, asides: Iterable[Aside]) -> Journey:
    """The journey with those tiles in it. Where what led to one leads elsewhere by now, a Goal or Exit criteria come
    right after the entry, and a Join is left out: without the paths that it joined it is nothing."""
    given = {aside.activity.key: aside for aside in asides}
    tiles = {key: aside.activity for key, aside in given.items()}
    nexts: dict[Place, str] = {}
    for key, aside in given.items():
        target = _onward(tiles, key)
        for place in aside.before or ():
            if place not in nexts and _leads_to(journey, place, target):
                nexts[place] = key
    known = {**journey.activities, **tiles}
    kept, lost = _sorted_out(given, tiles, set(nexts.values()))
    restored = {key: _without_dead_ends(tiles[key], known) for key in kept}
    activities = {key: _led(each, nexts, tiles) for key, each in journey.activities.items()}
    first = nexts.get(Place(ENTRY), journey.first)
    for key in reversed([key for key in lost if tiles[key].type != JOIN]):
        restored[key] = _leading_to(tiles[key], first)
        first = key
    in_order = {key: restored[key] for key in tiles if key in restored}
    return replace(journey, activities=activities | in_order, first=first)


def _sorted_out(
    given: Mapping[str, Aside], tiles: Mapping[str, Activity], anchored: set[str]
) -> tuple[list[str], list[str]]:
    """The tiles that keep their place, and those that lost it. One that nothing ever led to keeps that, too."""
    followers = {outcome.next for each in tiles.values() for outcome in each.outcomes}
    strays = {key for key, aside in given.items() if aside.before == () and key not in followers}
    kept = reachable(tiles, [*anchored, *strays])
    return [key for key in tiles if key in kept], [key for key in tiles if key not in kept]


def _passed(asides: Mapping[str, Activity], key: str | None) -> tuple[str, ...]:
    """The asides from one to the next activity, each once."""
    found: dict[str, None] = {}
    while key is not None and key in asides and key not in found:
        found[key] = None
        key = asides[key].outcomes[0].next if asides[key].outcomes else None
    return tuple(found)


def _onward(asides: Mapping[str, Activity], key: str | None) -> str | None:
    """What comes after all asides; None for the end, and for asides that only lead to each other."""
    passed = _passed(asides, key)
    if not passed:
        return key
    last = asides[passed[-1]]
    following = last.outcomes[0].next if last.outcomes else None
    return None if following in asides else following


def _leads_to(journey: Journey, place: Place, target: str | None) -> bool:
    if place.source == ENTRY:
        return journey.first == target
    activity = journey.activities.get(place.source)
    return activity is not None and any(
        outcome.key == place.outcome and outcome.next == target for outcome in activity.outcomes
    )


def _led(activity: Activity, nexts: Mapping[Place, str], tiles: Mapping[str, Activity]) -> Activity:
    """The activity with its outcomes led to the tiles, and without the joinLabels that they gave."""

    def led(outcome: Outcome) -> Outcome:
        key = nexts.get(Place(activity.key, outcome.key))
        if key is None:
            return outcome
        labels = [tiles[each].name for each in _passed(tiles, key) if tiles[each].type == JOIN]
        return _unlabelled(replace(outcome, next=key), labels[0] if labels else None)

    return replace(activity, outcomes=tuple(map(led, activity.outcomes)))


def _without_dead_ends(tile: Activity, known: Mapping[str, Activity]) -> Activity:
    """A tile whose follower is gone ends there."""
    outcomes = (each if each.next in known else replace(each, next=None) for each in tile.outcomes)
    return replace(tile, outcomes=tuple(outcomes))


def _leading_to(tile: Activity, following: str | None) -> Activity:
    first, *others = tile.outcomes or (Outcome(""),)
    return replace(tile, outcomes=(replace(first, next=following), *(replace(each, next=None) for each in others)))


def _labelled(outcome: Outcome, label: str) -> Outcome:
    kept = _mapping(outcome.extra.get(ORIGINAL)) or {"arguments": {}}
    meta = {**_mapping(kept.get("metaData")), JOIN_LABEL: label}
    return replace(outcome, extra={**outcome.extra, ORIGINAL: {**kept, "metaData": meta}})


def _unlabelled(outcome: Outcome, label: str | None) -> Outcome:
    kept = _mapping(outcome.extra.get(ORIGINAL))
    meta = _mapping(kept.get("metaData"))
    if label is None or meta.get(JOIN_LABEL) != label:
        return outcome
    rest = {name: value for name, value in meta.items() if name != JOIN_LABEL}
    return replace(outcome, extra={**outcome.extra, ORIGINAL: {**kept, "metaData": rest}})


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}
