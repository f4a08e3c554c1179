"""What can be done to the journey on the canvas, by menu, key, palette or button: each makes one edit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QGuiApplication

from app.journey.activities.decision_split import REMAINDER
from app.journey.edits import (
    AddNote,
    Compound,
    ConnectEnd,
    DisconnectEnd,
    Edit,
    Paste,
    RemoveActivity,
    RemoveBranch,
    RemoveEntry,
    RemoveNote,
    RemoveTogether,
    SetActivity,
    SetNote,
)
from app.journey.folding import activities_of
from app.journey.fragment import copy_fragment, read_fragment
from app.journey.journey import ENTRY, Activity, Note, Place
from app.journey.places import ENTRY_SLOT, legal_places
from app.kernel.errors import UserError
from app.kernel.ids import new_guid
from app.kernel.names import name_problem, one_line
from app.kernel.said import counted, said
from app.ui.canvas import walk
from app.ui.canvas.gestures.new_tile import dragged, maker
from app.ui.canvas.scene import NOTE, note_of
from app.ui.palette_items import PaletteItem, palette_items
from app.ui.quick_add import QuickAdd
from app.ui.translation import shown, tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView
    from app.ui.document import JourneyDocument


_AT_ONCE = 50_000
"""A text of so many characters, about 200 tiles, is read within a frame; a longer one off the GUI thread."""


class Commands:
    """Acts on the selection of one view's document. A command that has nothing to act on does nothing."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    @property
    def _document(self) -> JourneyDocument:
        return self._view.document

    def _activities(self) -> list[Activity]:
        """Those of the selection; a folded group stands for all of its own."""
        journey = self._document.journey
        return [journey.activities[key] for key in activities_of(journey, self._document.selection)]

    def _notes(self) -> list[str]:
        return [key.removeprefix(NOTE) for key in self._document.selection if key.startswith(NOTE)]

    # --- adding --------------------------------------------------------------------------------------------------

    def place_after(self, key: str | None) -> Place:
        """Where something added "here" goes: after a tile, on its first path that is open or else its first; without
        a tile, at the end of the journey's first way."""
        journey, drawn = self._document.journey, self._view.scene.drawn.activities
        if key is None or (key != ENTRY and key not in drawn):
            last, following = ENTRY, journey.first
            while following is not None:
                last = following
                outcomes = journey.activities[following].outcomes
                following = outcomes[0].next if outcomes else None
            return self._way_out(last)
        return self._way_out(key)

    def _way_out(self, key: str) -> Place:
        if key == ENTRY:
            return Place(ENTRY)
        scene = self._view.scene
        activity = scene.drawn.activities.get(key) or self._document.journey.activities[key]
        open_end = next((outcome for outcome in activity.outcomes if outcome.next is None), None)
        chosen = open_end or (activity.outcomes[0] if activity.outcomes else None)
        return scene.real(Place(key, chosen.key if chosen else ""))

    def add(self, item: PaletteItem, place: Place | None = None) -> None:
        """Add a palette item at a place; without one, after the selection (the API Event into its slot)."""
        if item.is_entry:
            if self._document.journey.entry is not None:
                self._document.select([ENTRY])
                self._view.reveal(ENTRY)
                self._document.refused.emit(
                    tr("The journey has its API Event already."), tr("Open it to change the event.")
                )
                return
            place = ENTRY_SLOT
        elif place is None or place == ENTRY_SLOT:
            selected = self._document.selection
            place = self.place_after(selected[-1] if selected else None)
        self._view.drop(maker(self._view, item)(place), place)

    def quick_add(self, place: Place | None = None, at: QPoint | None = None) -> QuickAdd | None:
        """Open the quick search for a place (None: after the selection), near a point of the screen."""
        if self._document.read_only:
            self._document.refused.emit(
                self._document.why_read_only, tr("New version makes a draft that can be changed.")
            )
            return None
        if place is None:
            selected = self._document.selection
            key = selected[-1] if selected else None
            empty = self._document.journey.entry is None and key is None and self._document.journey.first is None
            place = ENTRY_SLOT if empty else self.place_after(key)
        target = place
        journey = self._document.journey
        reasons = {}
        for item in palette_items():
            reason = legal_places(journey, dragged(item)).get(target, tr("It does not belong at this place."))
            if reason is not None:
                reasons[item.key] = reason
        where = tr("Add to the start") if place == ENTRY_SLOT else tr("Add after {name}", name=self._name(place.source))
        popup = QuickAdd(self._view, palette_items(), reasons, lambda item: self.add(item, target), where)
        popup.open_at(at or self._screen_point(place))
        return popup

    def _name(self, key: str) -> str:
        if key == ENTRY:
            return self._document.journey.entry.name if self._document.journey.entry else tr("the start")
        return self._document.journey.activities[key].name

    def _screen_point(self, place: Place) -> QPoint:
        wire = self._view.scene.wires.get(self._view.scene.drawn_at(place))
        if wire is not None:
            world = wire.plus
        elif ENTRY in self._view.scene.boxes:
            world = self._view.scene.rect(ENTRY).center()
        else:
            world = QPointF(self._view.camera.visible().center())
        return self._view.mapToGlobal(self._view.camera.to_view(world).toPoint())

    # --- taking out ----------------------------------------------------------------------------------------------

    def delete(self) -> None:
        """Take out what is selected; the neighbours close up. Notes at what goes stay on the canvas."""
        self._remove(set(self._notes()))

    def _remove(self, notes: Collection[str]) -> None:
        """Take out the tiles that are selected, and these notes."""
        tiles = self._activities()
        edits: list[Edit] = []
        if len(tiles) == 1:
            edits.append(RemoveActivity(tiles[0].key, name=tiles[0].name))
        elif tiles:
            edits.append(RemoveTogether(tuple(each.key for each in tiles)))
        edits += [RemoveNote(note.id) for note in self._document.journey.notes if note.id in notes]
        if ENTRY in self._document.selection and self._document.journey.entry is not None:
            edits.append(RemoveEntry())
        if edits:
            following = self._neighbour()
            count = len(tiles) + sum(isinstance(edit, RemoveEntry) for edit in edits)
            words: str = counted("Remove {n} tile", "Remove {n} tiles", count)
            if count < 2:
                words = edits[0].label if count else counted("Remove {n} note", "Remove {n} notes", len(edits))
            done = self._apply_all(edits, words)
            if done and following is not None:
                self._document.select([following])

    def delete_branch(self) -> None:
        """Take out the selected tile and everything after it."""
        chosen = self._activities()
        if chosen:
            before = walk.step(self._view.scene, self._view.scene.home(chosen[0].key), walk.LEFT)
            if self._document.apply(RemoveBranch(chosen[0].key)) and before is not None:
                self._document.select([before])

    def _neighbour(self) -> str | None:
        """What the keyboard stands on when the selection is gone: the tile before it."""
        gone = set(self._document.selection)
        key: str | None = self._document.selection[0]
        while key is not None and key in gone:
            key = walk.step(self._view.scene, key, walk.LEFT)
        return key

    def _apply_all(self, edits: Sequence[Edit], label: str) -> bool:
        if len(edits) == 1:
            return self._document.apply(edits[0])
        return self._document.apply(Compound(tuple(edits), label))

    # --- clipboard -----------------------------------------------------------------------------------------------

    def copy(self) -> bool:
        """Put the selected tiles on the clipboard as text that any Switchback can paste."""
        return self._copy(notes=False)

    def _copy(self, *, notes: bool) -> bool:
        chosen = self._activities()
        if chosen:
            text = copy_fragment(self._document.journey, tuple(each.key for each in chosen), notes=notes)
            QGuiApplication.clipboard().setText(text)
        return bool(chosen)

    def cut(self) -> None:
        """Copy, then delete; the notes at what goes are pasted with it."""
        if self._copy(notes=True):
            gone = {each.key for each in self._activities()}
            at_them = {note.id for note in self._document.journey.notes if note.anchor in gone}
            self._remove(at_them | set(self._notes()))

    def paste(self, place: Place | None = None) -> None:
        """Paste tiles after the selection, or at a place."""
        selected = self._document.selection
        self._paste(QGuiApplication.clipboard().text(), place or self.place_after(selected[-1] if selected else None))

    def duplicate(self) -> None:
        """A copy of the selected tiles after the last of them."""
        chosen = self._activities()
        if chosen:
            text = copy_fragment(self._document.journey, tuple(each.key for each in chosen))
            self._paste(text, self.place_after(self._view.scene.home(chosen[-1].key)))

    def _paste(self, text: str, place: Place) -> None:
        if len(text) > _AT_ONCE:
            read, drop = lambda: read_fragment(text), lambda fragment: self._view.drop(Paste(fragment, place), place)
            self._document.work.run(self._view, read, drop, self._not_pasted, tr("Reading the tiles to paste"))
            return
        try:
            fragment = read_fragment(text)
        except UserError as error:
            self._not_pasted(error)
        else:
            self._view.drop(Paste(fragment, place), place)

    def _not_pasted(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        hint = shown(error.hint) or tr("What was copied is damaged: copy the tiles again.")
        self._document.refused.emit(shown(error.message), hint)

    # --- changing ------------------------------------------------------------------------------------------------

    def toggle_disabled(self) -> None:
        """Disable the selected tiles, or enable them if all are disabled."""
        chosen = self._activities()
        if chosen:
            off = not all(each.disabled for each in chosen)
            edits = [SetActivity(each.key, disabled=off, name=each.name) for each in chosen]
            n = len(edits)
            self._apply_all(
                edits,
                counted("Disable {n} tile", "Disable {n} tiles", n)
                if off
                else counted("Enable {n} tile", "Enable {n} tiles", n),
            )

    def rename(self, key: str, name: str) -> None:
        """Give a tile a name; an empty one changes nothing."""
        if not self.may_be_called(key, name):
            return
        name = one_line(name)
        if self._view.groups.rename(key, name):
            return
        activity = self._document.journey.activities.get(key)
        if activity is not None and name and name != activity.name:
            self._document.apply(SetActivity(key, name=name))

    def may_be_called(self, key: str, name: str) -> bool:
        """Whether a tile may have that name: its own, another, or none was given. Says why where it may not."""
        name, own = one_line(name), self._view.scene.drawn.activities.get(key)
        problem = name_problem(name, "", "") if name and own is not None and name != own.name else None
        if problem is not None:
            self._document.refused.emit(shown(problem.message), shown(problem.hint))
        return problem is None

    def move_path(self, by: int) -> None:
        """Move the path on which the selected tile stands up (-1) or down (1) in its split."""
        scene = self._view.scene
        chosen = self._activities()
        home = scene.home(chosen[0].key) if chosen else None
        into = scene.wires_into(home) if home is not None else []
        place = scene.real(into[0].place) if into else Place(ENTRY)
        split = self._document.journey.activities.get(place.source)
        if split is None or len(split.outcomes) < 2:
            self._document.refused.emit(
                tr("No path of a split leads to this tile."), tr("Select the first tile of a path.")
            )
            return
        names = [outcome.key for outcome in split.outcomes]
        at = names.index(place.outcome)
        # The remainder of a split stays last: it is what is left when no other path was taken.
        last = len(names) - 1 if split.outcomes[-1].key == REMAINDER else len(names)
        if not (at < last and 0 <= at + by < last):
            return
        order = list(split.outcomes)
        order.insert(at + by, order.pop(at))
        self._document.apply(SetActivity(split.key, outcomes=tuple(order), title=said("Reorder paths")))

    def connect(self, place: Place, target: str) -> None:
        """Lead an open end into a tile of another branch."""
        self._document.apply(ConnectEnd(place, target))

    def disconnect(self, place: Place) -> None:
        """Make a connector an open end."""
        self._document.apply(DisconnectEnd(place))

    # --- notes ---------------------------------------------------------------------------------------------------

    def add_note(self, text: str | None = None) -> str | None:
        """Add a note at the selected tile; gives its key on the canvas."""
        anchor = next((each.key for each in self._activities()), None)
        note = Note(new_guid(), tr("Note") if text is None else text, anchor)
        return NOTE + note.id if self._document.apply(AddNote(note)) else None

    def begin_note(self) -> None:
        """Add a note and let it be written at once."""
        key = self.add_note()
        if key is not None:
            self._document.select([key])
            self._view.reveal(key)
            self._view.edit_note.emit(key)

    def set_note(self, key: str, text: str) -> None:
        """Change a note's text; an empty one takes it away."""
        note = note_of(self._document.journey, key)
        if note is None or text == note.text:
            return
        self._document.apply(SetNote(note.id, text, note.anchor) if text.strip() else RemoveNote(note.id))

    # --- selecting -----------------------------------------------------------------------------------------------

    def select_all(self) -> None:
        """Every tile."""
        self._document.select(key for key in self._view.scene.boxes if self._view.scene.is_tile(key))

    def select_after(self) -> None:
        """The selected tile and everything after it."""
        chosen = self._document.selection
        if chosen:
            scene = self._view.scene
            start = scene.drawn.first if chosen[0] == ENTRY else chosen[0]
            reached = scene.after(start) if start else set()
            self._document.select([chosen[0], *sorted(reached - {chosen[0]})])

    def select_before(self) -> None:
        """The selected tile and everything before it."""
        chosen = self._document.selection
        if not chosen:
            return
        seen, queue = {chosen[0]}, [chosen[0]]
        while queue:
            for wire in self._view.scene.wires_into(queue.pop()):
                if wire.place.source not in seen and self._view.scene.is_tile(wire.place.source):
                    seen.add(wire.place.source)
                    queue.append(wire.place.source)
        self._document.select([chosen[0], *sorted(seen - {chosen[0]})])

    def go_first(self) -> None:
        """Go to the start of the journey."""
        found = walk.step(self._view.scene, None, walk.RIGHT)
        if found is not None:
            self._document.select([found])
            self._view.reveal(found)

    def walk(self, direction: str, *, adding: bool = False) -> None:
        """Go to the neighbour in a direction."""
        selected = self._document.selection
        found = walk.step(self._view.scene, selected[-1] if selected else None, direction)
        if found is not None:
            self._document.select([*selected, found] if adding else [found])
            self._view.reveal(found)
