"""Whatever is done, the scene equals the graph: random edits, undo, redo, copy, paste, save, load."""

from __future__ import annotations

import os
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_workspace
from app.journey.edits import MoveActivities, MoveTogether, ReplaceActivity
from app.journey.folding import activities_of
from app.journey.graph import everything_before
from app.journey.journey import ENTRY, Place
from app.journey.keys import new_activity
from app.services.open_journey import open_journey
from app.ui.canvas.gestures.new_tile import maker
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.palette_items import palette_items
from app.ui.undo import KEPT
from app.ui.work import Work
from tests.ui.canvas.stage import STORY, open_document

ITEMS = [item for item in palette_items() if not item.is_entry]


class Canvas(RuleBasedStateMachine):
    """A person at random."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.workspace = open_workspace(str(Path(self.folder.name) / "w.switchback"))
        self.work = Work()
        self.page = JourneyPage(open_document(self.workspace, self.work, STORY))
        self.page.resize(1200, 800)

    @property
    def document(self) -> Any:
        return self.page.document

    @property
    def commands(self) -> Any:
        return self.page.canvas.commands

    def tiles(self) -> list[str]:
        return sorted(self.document.journey.activities)

    def on_canvas(self) -> list[str]:
        """What can be clicked: the tiles, and those of folded groups."""
        return sorted(self.page.canvas.scene.drawn.activities)

    def places(self) -> list[Place]:
        ends = [Place(a.key, o.key) for a in self.document.journey.activities.values() for o in a.outcomes]
        return [Place(ENTRY), *sorted(ends, key=lambda place: (place.source, place.outcome))]

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        item, place = data.draw(st.sampled_from(ITEMS)), data.draw(st.sampled_from(self.places()))
        self.page.canvas.drop(maker(self.page.canvas, item)(place), place)

    @precondition(lambda self: self.tiles())
    @rule(data=st.data(), heal=st.booleans())
    def remove(self, data: st.DataObject, heal: bool) -> None:
        chosen = data.draw(st.lists(st.sampled_from(self.on_canvas()), min_size=1, max_size=3, unique=True))
        gone = activities_of(self.document.journey, chosen if heal else chosen[:1])
        self.document.select(chosen)
        self.commands.delete() if heal else self.commands.delete_branch()
        assert gone
        assert not set(gone) & self.document.journey.activities.keys(), "never refused"

    @precondition(lambda self: self.tiles())
    @rule(data=st.data(), following=st.booleans())
    def move(self, data: st.DataObject, following: bool) -> None:
        key, place = data.draw(st.sampled_from(self.tiles())), data.draw(st.sampled_from(self.places()))
        self.document.apply(MoveActivities(key, place, following))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def move_together(self, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.sampled_from(self.on_canvas()), min_size=1, max_size=3, unique=True))
        place = data.draw(st.sampled_from(self.places()))
        self.document.apply(MoveTogether(activities_of(self.document.journey, chosen), place))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        self.commands.connect(data.draw(st.sampled_from(self.places())), data.draw(st.sampled_from(self.tiles())))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def copy_and_paste(self, data: st.DataObject) -> None:
        chosen = st.lists(st.sampled_from(self.on_canvas()), min_size=1, max_size=4, unique=True)
        self.document.select(data.draw(chosen))
        self.commands.copy()
        self.commands.paste(data.draw(st.sampled_from(self.places())))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def note_and_disable(self, data: st.DataObject) -> None:
        self.document.select([data.draw(st.sampled_from(self.on_canvas()))])
        self.commands.toggle_disabled()
        self.commands.add_note("look here")

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def cut_and_paste(self, data: st.DataObject) -> None:
        chosen = st.lists(st.sampled_from(self.on_canvas()), min_size=1, max_size=3, unique=True)
        self.document.select(data.draw(chosen))
        self.commands.cut()
        self.commands.paste(data.draw(st.sampled_from(self.places())))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data(), by=st.sampled_from([-1, 1]))
    def move_along_and_disconnect(self, data: st.DataObject, by: int) -> None:
        self.document.select([data.draw(st.sampled_from(self.on_canvas()))])
        self.page.canvas.keyboard.move_along(by)
        self.page.canvas.keyboard.disconnect()

    @precondition(lambda self: self.tiles())
    @rule(data=st.data())
    def replace_and_swap(self, data: st.DataObject) -> None:
        key, item = data.draw(st.sampled_from(self.tiles())), data.draw(st.sampled_from(ITEMS))
        self.document.select([key])
        self.page.canvas.groups.swap_paths()
        self.commands.move_path(1)
        self.document.apply(ReplaceActivity(key, new_activity(self.document.journey, item.key)))

    @precondition(lambda self: self.tiles())
    @rule(data=st.data(), apart=st.booleans())
    def group(self, data: st.DataObject, apart: bool) -> None:
        start = data.draw(st.sampled_from(self.tiles()))
        self.document.select([start])
        self.commands.select_after() if data.draw(st.booleans()) else None
        self.page.canvas.groups.ungroup() if apart else self.page.canvas.groups.group_or_fold()

    @rule()
    def redo(self) -> None:
        self.document.undo_stack.redo()

    @rule(steps=st.integers(1, 3))
    def open_again(self, steps: int) -> None:
        """What the next start shows is what is shown now, and taking edits back leads the same way."""
        self.document.flush()
        opened = open_journey(self.workspace, self.document.journey.id)
        again = JourneyDocument(self.workspace, self.work, opened, self.document.context)
        assert again.journey == self.document.journey
        stacks = (self.document.undo_stack, again.undo_stack)
        assert stacks[1].index() == min(stacks[0].index(), KEPT)
        at = [stack.index() for stack in stacks]
        for _ in range(min(steps, stacks[1].index())):
            for stack in stacks:
                stack.undo()
            assert again.journey == self.document.journey
        for stack, index in zip(stacks, at, strict=True):
            stack.setIndex(index)
        # The second window was only there to look: what it tried is no edit of a colleague.
        again._save_timer.stop()
        again._unsaved = False
        again.close()
        again.deleteLater()

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        stack = self.document.undo_stack
        before, at = self.document.journey, stack.index()
        for _ in range(steps):
            stack.undo()
        stack.setIndex(at)
        assert self.document.journey == before, "undo and redo lead back exactly"

    @rule()
    def undo_for_good(self) -> None:
        self.document.undo_stack.undo()

    @rule()
    def save_and_load(self) -> None:
        self.document.flush()
        kept = open_journey(self.workspace, self.document.journey.id)
        assert kept.journey == self.document.journey

    @invariant()
    def the_scene_is_the_graph(self) -> None:
        if not hasattr(self, "page"):
            return
        scene, journey = self.page.canvas.scene, self.document.journey
        assert scene.journey is journey
        drawn = scene.drawn
        tiles = {key for key in scene.boxes if scene.is_tile(key)}
        assert tiles == {ENTRY, *drawn.activities}
        shown = tiles | {member for group in journey.groups if group.folded for member in group.members}
        assert shown >= set(journey.activities), "every activity has its tile or is in a folded group"
        ends = [Place(each.key, outcome.key) for each in drawn.activities.values() for outcome in each.outcomes]
        assert set(scene.wires) == {Place(ENTRY), *ends}
        for place, wire in scene.wires.items():
            outcomes = drawn.activities[place.source].outcomes if place.source != ENTRY else ()
            follower = drawn.first if place.source == ENTRY else {o.key: o.next for o in outcomes}[place.outcome]
            assert wire.target == follower
            xs = [x for x, _ in wire.spots]
            assert xs == sorted(xs), "nothing runs backwards"

    @invariant()
    def the_graph_is_valid(self) -> None:
        """Every way out leads to an activity or is open, and no way leads back."""
        if not hasattr(self, "page"):
            return
        journey = self.document.journey
        for activity in journey.activities.values():
            before = everything_before(journey, activity.key) | {activity.key}
            for outcome in activity.outcomes:
                assert outcome.next is None or outcome.next in journey.activities
                assert outcome.next not in before

    @invariant()
    def nothing_overlaps(self) -> None:
        if hasattr(self, "page"):
            scene = self.page.canvas.scene
            for one, other in combinations([scene.rect(key) for key in scene.boxes], 2):
                assert not one.intersects(other)

    def teardown(self) -> None:
        if hasattr(self, "page"):
            self.page.close()
            self.work.close()
            self.page.deleteLater()
            self.document.deleteLater()
            QApplication.processEvents()
            self.workspace.close()
            self.folder.cleanup()
            QGuiApplication.clipboard().clear()


LONG = os.environ.get("SWITCHBACK_PROFILE") == "long"
Canvas.TestCase.settings = settings(
    max_examples=400 if LONG else 20, stateful_step_count=30 if LONG else 15, deadline=None
)


@pytest.mark.timeout(0 if LONG else 120)
class TestCanvas(Canvas.TestCase):
    """The machine as a test, on the application of the other tests."""

    @pytest.fixture(autouse=True)
    def _application(self, qapp: QApplication) -> None:
        """Made before the first page."""
