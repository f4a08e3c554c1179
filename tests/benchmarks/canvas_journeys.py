"""Large journeys for benchmarks of the canvas, and documents of them in a real workspace."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from app.bootstrap import open_workspace
from app.journey.activities import ACTIVITIES
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Entry, Journey, Outcome, Place
from app.services.create_journey import create_journey
from app.services.open_journey import open_journey
from app.ui.document import JourneyDocument
from app.ui.work import Work


def big_journey(count: int, seed: int = 7) -> Journey:
    """A journey of `count` activities with splits of three paths, grown at random open ends."""
    chance = Random(seed)
    plain = [leaf for leaf in ACTIVITIES if len(leaf.outcomes()) == 1]
    split = ACTIVITIES["decision_split"]
    activities: dict[str, Activity] = {}

    def new() -> Activity:
        number = len(activities) + 1
        if chance.random() < 0.12:
            made = split.make(f"A{number}", f"Loyal customer {number}?")
            names = (("gold", "Gold or better"), ("silver", "Silver"), ("remainder", "Everyone else"))
            made = replace(made, outcomes=tuple(Outcome(key, label) for key, label in names))
        else:
            leaf = chance.choice(plain)
            made = leaf.make(f"A{number}", f"{leaf.label} {number}")
        activities[made.key] = made
        return made

    first = new()
    ends = [Place(first.key, outcome.key) for outcome in first.outcomes]
    while len(activities) < count:
        place = ends.pop(chance.randrange(max(0, len(ends) - 60), len(ends)))
        made = new()
        before = activities[place.source]
        outcomes = tuple(replace(o, next=made.key) if o.key == place.outcome else o for o in before.outcomes)
        activities[before.key] = replace(before, outcomes=outcomes)
        ends += [Place(made.key, outcome.key) for outcome in made.outcomes]
    return Journey("big", "big", f"{count} tiles", entry=Entry(), first=first.key, activities=activities)


@contextmanager
def opened(journey: Journey) -> Iterator[JourneyDocument]:
    """A document of a real workspace in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(str(Path(folder) / "bench.switchback"))
        work = Work()
        card = create_journey(workspace, journey.name)
        stored = open_journey(workspace, card.id)
        context = JourneyContext()
        document = JourneyDocument(workspace, work, replace(stored, journey=replace(journey, id=card.id)), context)
        try:
            yield document
        finally:
            work.close()
            workspace.close()
