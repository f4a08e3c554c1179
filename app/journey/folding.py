"""Folded groups: the journey as it looks when each folded group is one tile.

A group can fold when its tiles hang together and are entered at one of them. Its ways out are the connectors that leave
it and its open ends, in reading order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.journey.graph import in_order, places_before, reachable
from app.journey.journey import Activity, Journey, Outcome, Place, TileGroup
from app.kernel.said import said

GROUP = "group"
"""The type of the tile that stands for a folded group."""


@dataclass(frozen=True)
class Folded:
    """A journey to draw, the real place behind each place of a folded group's tile, and by such a tile the activity at
    which it is entered."""

    journey: Journey
    places: dict[Place, Place]
    entrances: dict[str, str]


def group_tile(group: TileGroup) -> str:
    """The key under which a folded group is drawn."""
    return f"group:{group.id}"


def group_of(journey: Journey, key: str) -> TileGroup | None:
    """The group whose tile a key is; None for any other key."""
    return next((each for each in journey.groups if group_tile(each) == key), None)


def activities_of(journey: Journey, keys: Iterable[str]) -> tuple[str, ...]:
    """The activities that tiles of the canvas stand for, each once: a folded group's tile for all of its own, in
    reading order. Keys of anything else are left out."""
    found: dict[str, None] = {}
    for key in keys:
        group = None if key in journey.activities else group_of(journey, key)
        if group is not None:
            found.update(dict.fromkeys(_in_order(journey, group)))
        elif key in journey.activities:
            found[key] = None
    return tuple(found)


def fold(journey: Journey) -> Folded:
    """The journey with each folded group as one tile; itself where none is folded or can be."""
    found = Folded(journey, {}, {})
    for group in journey.groups:
        if group.folded and group.members and group_reason(journey, group) is None:
            found = _fold(found, group)
    return found


def group_reason(journey: Journey, group: TileGroup) -> str | None:
    """Why those tiles cannot be one group, or None where they can."""
    members = set(group.members)
    if not members or not members <= journey.activities.keys():
        return said("A group needs tiles of the journey.")
    if any(members.intersection(each.members) for each in journey.groups if each.id != group.id):
        return said("A tile can be in one group only.")
    entrances = {key for key in members if any(p.source not in members for p in places_before(journey, key))}
    if len(entrances) != 1:
        return said("These tiles do not hang together: a group is entered at one of its tiles.")
    inside = {key: journey.activities[key] for key in members}
    if reachable(inside, entrances) != members:
        return said("These tiles do not hang together: not all can be reached inside the group.")
    return None


def _in_order(journey: Journey, group: TileGroup) -> list[str]:
    members = set(group.members)
    return [key for key in in_order(journey) if key in members]


def _fold(folded: Folded, group: TileGroup) -> Folded:
    journey, places = folded.journey, dict(folded.places)
    members = set(group.members)
    key = group_tile(group)
    entrance = next(
        member for member in group.members if any(p.source not in members for p in places_before(journey, member))
    )
    outcomes = []
    for member in _in_order(journey, group):
        for outcome in journey.activities[member].outcomes:
            if outcome.next is None or outcome.next not in members:
                name = f"{member}/{outcome.key}"
                label = outcome.label or journey.activities[member].name
                outcomes.append(Outcome(name, label, outcome.next))
                places[Place(key, name)] = Place(member, outcome.key)
    off = all(journey.activities[member].disabled for member in members)
    tile = Activity(key, GROUP, group.name, {"members": list(group.members)}, tuple(outcomes), disabled=off)
    activities = {each: activity for each, activity in journey.activities.items() if each not in members}
    for each, activity in activities.items():
        if any(outcome.next == entrance for outcome in activity.outcomes):
            redirected = tuple(replace(o, next=key) if o.next == entrance else o for o in activity.outcomes)
            activities[each] = replace(activity, outcomes=redirected)
    activities[key] = tile
    first = key if journey.first == entrance else journey.first
    drawn = replace(journey, activities=activities, first=first)
    return Folded(drawn, places, {**folded.entrances, key: entrance})
