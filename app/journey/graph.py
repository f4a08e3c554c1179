"""Questions about the journey as a graph. Activities are nodes, outcomes with a `next` are connectors.

Everything here is a walk over plain mappings: one edit asks a few of these, and must stay far below a frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from app.journey.journey import ENTRY, Activity, Journey, Place


def next_at(journey: Journey, place: Place) -> str | None:
    """What follows at a place, or None at an open end. Raises KeyError where there is no such place."""
    if place.source == ENTRY:
        return journey.first
    for outcome in journey.activities[place.source].outcomes:
        if outcome.key == place.outcome:
            return outcome.next
    raise KeyError(place)


def has_place(journey: Journey, place: Place) -> bool:
    """Whether that connector or open end exists."""
    if place.source == ENTRY:
        return place.outcome == ""
    activity = journey.activities.get(place.source)
    return activity is not None and any(outcome.key == place.outcome for outcome in activity.outcomes)


def places(journey: Journey) -> Iterator[Place]:
    """Every connector and open end: the entry's first, then by activity."""
    yield Place(ENTRY)
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            yield Place(activity.key, outcome.key)


def targets(activity: Activity) -> tuple[str, ...]:
    """The activities that follow directly, in the order of the outcomes, each once."""
    return tuple(dict.fromkeys(outcome.next for outcome in activity.outcomes if outcome.next is not None))


def places_before(journey: Journey, key: str) -> tuple[Place, ...]:
    """The connectors that lead to an activity; several where paths join."""
    found = [Place(ENTRY)] if journey.first == key else []
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            if outcome.next == key:
                found.append(Place(activity.key, outcome.key))
    return tuple(found)


def reachable(activities: Mapping[str, Activity], starts: Iterable[str | None]) -> set[str]:
    """The starts and everything after them, as far as it exists."""
    waiting = [key for key in starts if key is not None and key in activities]
    seen = set(waiting)
    while waiting:
        for outcome in activities[waiting.pop()].outcomes:
            following = outcome.next
            if following is not None and following not in seen and following in activities:
                seen.add(following)
                waiting.append(following)
    return seen


def everything_after(journey: Journey, key: str) -> set[str]:
    """Every activity after one, itself not counted."""
    return reachable(journey.activities, targets(journey.activities[key])) - {key}


def everything_before(journey: Journey, key: str) -> set[str]:
    """Every activity from which one can be reached, itself not counted."""
    before: dict[str, list[str]] = {}
    for activity in journey.activities.values():
        for following in targets(activity):
            before.setdefault(following, []).append(activity.key)
    waiting, seen = [key], {key}
    while waiting:
        for earlier in before.get(waiting.pop(), ()):
            if earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
    return seen - {key}


def branch(journey: Journey, key: str) -> set[str]:
    """An activity and everything that contacts reach only through it: what goes when its branch goes."""
    kept = {name: each for name, each in journey.activities.items() if name != key}
    return set(journey.activities) - reachable(kept, [journey.first]) if journey.first else set(journey.activities)


def in_order(journey: Journey) -> tuple[str, ...]:
    """Every activity in reading order: depth first from the entry, paths from the top; strays at the end."""
    found: dict[str, None] = {}
    waiting = [*reversed([journey.first] if journey.first in journey.activities else [])]
    while waiting:
        key = waiting.pop()
        if key is None or key in found:
            continue
        found[key] = None
        waiting.extend(each for each in reversed(targets(journey.activities[key])) if each in journey.activities)
    found.update(dict.fromkeys(journey.activities))
    return tuple(found)


def would_loop(journey: Journey, source: str, target: str) -> bool:
    """Whether a connector from `source` to `target` would close a loop."""
    return source != ENTRY and (source == target or source in reachable(journey.activities, [target]))


def find_loop(journey: Journey) -> tuple[str, ...]:
    """The activities of one loop in their order, or () where there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for activity in journey.activities.values():
        sorter.add(activity.key)
        for following in targets(activity):
            sorter.add(following, activity.key)
    try:
        sorter.prepare()
    except CycleError as error:
        loop: list[str] = error.args[1]
        return tuple(loop[:-1])
    return ()
