"""Random edits, undo, redo, copy, paste, save, load: the graph stays whole and undo restores it exactly."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.journey.activities import ACTIVITIES
from app.journey.activities.decision_split import add_path
from app.journey.document import from_document, to_document
from app.journey.edits import (
    AddActivity,
    AddNote,
    ConnectEnd,
    DisconnectEnd,
    Edit,
    MoveActivities,
    MoveTogether,
    Paste,
    RemoveActivity,
    RemoveBranch,
    RemoveEntry,
    RemoveTogether,
    ReplaceActivity,
    SetActivity,
    SetEntry,
    SetGroup,
    SetJourney,
    SwapPaths,
    changed_keys,
    edit_from_document,
)
from app.journey.folding import fold, group_reason
from app.journey.fragment import copy_fragment, read_fragment
from app.journey.graph import places
from app.journey.journey import ENTRY, Entry, EntryMode, Journey, Note, TileGroup
from app.journey.keys import new_activity
from app.journey.layout import Memory, compute_layout
from app.journey.places import Moving, MovingTogether, legal_places, refused
from tests.journey.checks import whole
from tests.journey.layouts import backwards, overlapping, size, through_tiles

INDEX = st.integers(0, 10_000)


class Editing(RuleBasedStateMachine):
    """One journey on the canvas, with its undo history kept as JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.journey = Journey("j", "k", "n")
        self.undo: list[tuple[str, Journey]] = []
        self.redo: list[tuple[str, Journey]] = []
        self.memory = Memory()
        self.notes = 0

    def apply(self, edit: Edit) -> None:
        """Apply an edit if it is legal; one that is refused changes nothing."""
        if refused(self.journey, edit) is not None:
            return
        before = self.journey
        self.journey, back = edit.apply(before)
        assert changed_keys(before, self.journey) == changed_keys(self.journey, before)
        self.undo.append((json.dumps(back.to_document()), before))
        self.redo.clear()

    def key(self, index: int) -> str:
        """One of the tiles."""
        return sorted(self.journey.activities)[index % len(self.journey.activities)]

    def place(self, index: int) -> Any:
        """One of the places."""
        return list(places(self.journey))[index % len(list(places(self.journey)))]

    @rule(kind=st.sampled_from([each.key for each in ACTIVITIES]), at=INDEX)
    def add(self, kind: str, at: int) -> None:
        """From the palette; twice as often as anything else, so that journeys grow."""
        self.apply(AddActivity(new_activity(self.journey, kind), self.place(at)))

    @rule(at=INDEX, kind=st.sampled_from([each.key for each in ACTIVITIES]))
    def append(self, at: int, kind: str) -> None:
        """At an open end."""
        ends = [each for each in places(self.journey) if not self._follows(each)]
        if ends:
            self.apply(AddActivity(new_activity(self.journey, kind), ends[at % len(ends)]))

    def _follows(self, place: Any) -> bool:
        if place.source == ENTRY:
            return self.journey.first is not None
        return any(o.key == place.outcome and o.next for o in self.journey.activities[place.source].outcomes)

    @precondition(lambda self: self.journey.activities)
    @rule(chosen=st.lists(INDEX, min_size=1, max_size=5))
    def remove_several(self, chosen: list[int]) -> None:
        """What is selected, in any order: never refused, and what was named is gone."""
        keys = tuple(dict.fromkeys(self.key(at) for at in chosen))
        self.apply(RemoveTogether(keys))
        assert not self.journey.activities.keys() & set(keys)

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, heal=st.booleans(), branch=st.booleans())
    def remove(self, at: int, heal: bool, branch: bool) -> None:
        """One tile, or one with its branch."""
        self.apply(RemoveBranch(self.key(at)) if branch else RemoveActivity(self.key(at), heal))

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, to=INDEX, following=st.booleans())
    def move(self, at: int, to: int, following: bool) -> None:
        """What is said to be legal is legal."""
        key, place = self.key(at), self.place(to)
        edit = MoveActivities(key, place, following)
        assert legal_places(self.journey, Moving(key, following))[place] == refused(self.journey, edit)
        self.apply(edit)

    @precondition(lambda self: len(self.journey.activities) > 1)
    @rule(several=st.lists(INDEX, min_size=2, max_size=5), to=INDEX)
    def move_together(self, several: list[int], to: int) -> None:
        """What is said to be legal is legal; no tile is lost."""
        keys, place = tuple(dict.fromkeys(self.key(at) for at in several)), self.place(to)
        edit = MoveTogether(keys, place)
        assert legal_places(self.journey, MovingTogether(keys))[place] == refused(self.journey, edit)
        self.apply(edit)

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, to=INDEX, part=st.booleans())
    def connect(self, at: int, to: int, part: bool) -> None:
        """Join an end, or part a connector."""
        self.apply(DisconnectEnd(self.place(at)) if part else ConnectEnd(self.place(at), self.key(to)))

    @precondition(lambda self: self.journey.activities)
    @rule(keys=st.sets(INDEX, min_size=1, max_size=4), to=INDEX, cut=st.booleans())
    def paste(self, keys: set[int], to: int, cut: bool) -> None:
        """Copy or cut some tiles and paste them."""
        chosen = list(dict.fromkeys(self.key(each) for each in keys))
        text = copy_fragment(self.journey, chosen, notes=cut)
        if cut:
            self.apply(RemoveTogether(tuple(chosen)))
        self.apply(Paste(read_fragment(text), self.place(to)))

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, kind=st.sampled_from([each.key for each in ACTIVITIES]))
    def replace(self, at: int, kind: str) -> None:
        """Another type in the place of a tile."""
        self.apply(ReplaceActivity(self.key(at), new_activity(self.journey, kind)))

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, what=st.integers(0, 4))
    def set(self, at: int, what: int) -> None:
        """Change a tile."""
        activity = self.journey.activities[self.key(at)]
        names = [outcome.key for outcome in activity.outcomes]
        edits: list[Edit] = [
            SetActivity(activity.key, name="Else", description="d"),
            SetActivity(activity.key, disabled=not activity.disabled),
            SwapPaths(activity.key, names[0], names[-1]),
            SetActivity(activity.key, outcomes=activity.outcomes[-1:]),
            SetActivity(activity.key, settings={"subject": "x"}),
        ]
        if activity.type == "decision_split":
            edits[3] = SetActivity(activity.key, outcomes=add_path(activity)[at % 2 :])
        self.apply(edits[what])

    @rule(mode=st.sampled_from(EntryMode), what=st.integers(0, 2), at=INDEX)
    def set_journey(self, mode: EntryMode, what: int, at: int) -> None:
        """The entry and the journey's own settings."""
        edits = [SetJourney(entry_mode=mode), SetEntry(Entry(f"Event {at}")), RemoveEntry()]
        self.apply(edits[what])

    @precondition(lambda self: self.journey.activities)
    @rule(at=INDEX, to=INDEX, folded=st.booleans())
    def annotate(self, at: int, to: int, folded: bool) -> None:
        """Notes and groups."""
        self.notes += 1
        self.apply(AddNote(Note(f"n{self.notes}", "x", self.key(at))))
        group = TileGroup(f"g{self.notes}", "Late", tuple({self.key(at), self.key(to)}), folded)
        assert (refused(self.journey, SetGroup(group)) is None) == (group_reason(self.journey, group) is None)
        self.apply(SetGroup(group))

    @precondition(lambda self: self.undo)
    @rule(steps=st.integers(1, 5))
    def undo_some(self, steps: int) -> None:
        """Back, from the kept history, to exactly what was there."""
        for _ in range(min(steps, len(self.undo))):
            kept, before = self.undo.pop()
            after = self.journey
            self.journey, again = edit_from_document(json.loads(kept)).apply(after)
            assert self.journey == before
            self.redo.append((json.dumps(again.to_document()), after))

    @precondition(lambda self: self.redo)
    @rule()
    def redo_one(self) -> None:
        """Forward again, to exactly what was there."""
        kept, after = self.redo.pop()
        before = self.journey
        self.journey, back = edit_from_document(json.loads(kept)).apply(before)
        assert self.journey == after
        self.undo.append((json.dumps(back.to_document()), before))

    @rule()
    def save_and_load(self) -> None:
        """A restart."""
        again = from_document(json.loads(json.dumps(to_document(self.journey))))
        assert again == self.journey
        self.journey = again

    @invariant()
    def journey_is_whole(self) -> None:
        """Never broken."""
        whole(self.journey)

    @invariant()
    def layout_is_sound(self) -> None:
        """No overlaps, nothing backwards, also with folded groups; what is remembered changes nothing."""
        for journey in {id(each): each for each in (self.journey, fold(self.journey).journey)}.values():
            layout = compute_layout(journey, size, self.memory)
            assert layout == compute_layout(journey, size)
            assert overlapping(layout) == []
            assert backwards(journey, layout) == []
            assert through_tiles(layout) == []


TestEditing = Editing.TestCase
