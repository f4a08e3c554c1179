"""Questions about the journey as a graph. Activities are nodes, outcomes with a `next` are connectors.

The algorithms are networkx's, and it is seen here alone; it is dear to import, so that happens when it is first asked.
What every edit asks is a plain walk over the mappings: it must stay far below a frame, and copies no graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from app.journey.journey import ENTRY, Activity, Journey, Place

if TYPE_CHECKING:
    import networkx


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


def as_graph(journey: Journey) -> networkx.MultiDiGraph[str]:
    """The journey for algorithms: edges are keyed by outcome, for two outcomes may join in one activity.

    An outcome whose `next` does not exist leads nowhere here; the rules say so.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(journey.activities)
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            if outcome.next is not None and outcome.next in journey.activities:
                graph.add_edge(activity.key, outcome.next, key=outcome.key)
    return graph


def everything_before(journey: Journey, key: str) -> set[str]:
    """Every activity from which one can be reached, itself not counted; none for the entry source."""
    import networkx

    if key not in journey.activities:
        return set()
    return set(networkx.ancestors(as_graph(journey), key)) - {key}


def branch(journey: Journey, key: str) -> set[str]:
    """An activity and everything that contacts reach only through it: what goes when its branch goes. Tiles that
    nothing leads to, as an import may bring them, belong to no branch but their own."""
    after = reachable(journey.activities, [key])
    kept = {name: each for name, each in journey.activities.items() if name != key}
    return after - reachable(kept, [journey.first, *(name for name in kept if name not in after)])


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
    import networkx

    try:
        loop = networkx.find_cycle(as_graph(journey), orientation="original")
    except networkx.NetworkXNoCycle:
        return ()
    return tuple(edge[0] for edge in loop)
