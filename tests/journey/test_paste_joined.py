"""Tiles of branches that join are pasted one after another, and never round in a loop."""

from __future__ import annotations

from dataclasses import replace

from app.journey.activities import ACTIVITIES
from app.journey.edits import Paste
from app.journey.fragment import take_fragment
from app.journey.graph import find_loop
from app.journey.journey import ENTRY, Activity, Journey, Outcome, Place


def tile(kind: str, key: str, *following: str | None) -> Activity:
    names = [""] if len(following) == 1 else [f"path-{number}" for number in range(len(following) - 1)] + ["remainder"]
    outcomes = tuple(Outcome(name, name, after) for name, after in zip(names, following, strict=True))
    return replace(ACTIVITIES[kind].make(key, key), outcomes=outcomes)


def journey(*tiles: Activity) -> Journey:
    return Journey("", "", "", first=tiles[0].key, activities={each.key: each for each in tiles})


JOINED = journey(
    tile("decision_split", "SPLIT", "GOLD", "INNER"),
    tile("send_email", "GOLD", "REST"),
    tile("decision_split", "INNER", "REST", None),
    tile("send_email", "REST", "WAIT"),
    tile("wait", "WAIT", None),
)


def test_a_branch_that_leads_into_pasted_tiles_comes_before_them() -> None:
    assert find_loop(JOINED) == ()
    fragment = take_fragment(JOINED, ("WAIT", "GOLD", "INNER", "REST"))
    after, back = Paste(fragment, Place(ENTRY)).apply(JOINED)
    assert find_loop(after) == ()
    assert len(after.activities) == 9
    assert back.apply(after)[0] == JOINED
