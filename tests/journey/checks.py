"""What every edit must keep: exact undo and redo, also through the kept history, and a journey that is whole."""

from __future__ import annotations

import json

from app.journey.edits import Edit, edit_from_document
from app.journey.graph import find_loop, in_order, reachable
from app.journey.journey import Journey


def check(journey: Journey, edit: Edit) -> Journey:
    """Apply, undo, redo, also through the kept JSON; gives the journey after the edit."""
    after, back = edit.apply(journey)
    before, again = back.apply(after)
    assert before == journey
    assert again.apply(before)[0] == after
    kept, kept_back = (edit_from_document(json.loads(json.dumps(each.to_document()))) for each in (edit, back))
    assert kept == edit
    assert kept.apply(journey)[0] == after
    assert kept_back.apply(after)[0] == journey
    assert edit.label
    assert kept_back.label == back.label
    return after


def ways(journey: Journey) -> dict[str, tuple[str | None, ...]]:
    """Which activity leads where."""
    return {key: tuple(each.next for each in journey.activities[key].outcomes) for key in in_order(journey)}


def whole(journey: Journey) -> None:
    """The graph of a journey is never broken."""
    assert all(key == activity.key for key, activity in journey.activities.items())
    assert reachable(journey.activities, [journey.first]) == set(journey.activities)
    assert (journey.first is None) == (not journey.activities)
    for activity in journey.activities.values():
        for outcome in activity.outcomes:
            assert outcome.next is None or outcome.next in journey.activities
        assert len({outcome.key for outcome in activity.outcomes}) == len(activity.outcomes)
    assert find_loop(journey) == ()
    assert all(note.anchor is None or note.anchor in journey.activities for note in journey.notes)
    members = [member for group in journey.groups for member in group.members]
    assert len(set(members)) == len(members)
    assert set(members) <= set(journey.activities)
