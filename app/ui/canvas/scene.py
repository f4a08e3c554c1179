"""The canvas's mirror of a journey: which tile lies where, which wire leads where, and what is near a point."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.journey.context import JourneyContext
from app.journey.folding import GROUP, fold, group_tile
from app.journey.journey import ENTRY, Activity, Journey, Note, Place
from app.journey.layout import Layout, Memory, Rect, compute_layout
from app.kernel.errors import Problem
from app.ui.canvas.describe import describe_activity, describe_entry, describe_group
from app.ui.canvas.index import Edges, SweepIndex
from app.ui.canvas.summary_shape import WIDTH, summary_shape
from app.ui.canvas.tile import TILE, Tile
from app.ui.canvas.tile_painter import NOTE_WIDTH, note_height
from app.ui.canvas.wire import Wire
from app.ui.canvas.wires import Wires
from app.ui.translation import shown

_TILE_SIZE = (TILE.width(), TILE.height())

_NOTE_STEPS = 400

NOTE = "note:"
"""What the key of a note on the canvas starts with."""


def note_of(journey: Journey, key: str) -> Note | None:
    """The note of a key of the canvas; None for any other key."""
    return next((each for each in journey.notes if NOTE + each.id == key), None)


@dataclass(frozen=True, slots=True)
class Change:
    """What `Scene.show` did: where everything was before. Asked only for what is in view."""

    before: Mapping[str, Rect]
    after: Mapping[str, Rect]

    def moved(self, keys: Iterable[str]) -> dict[str, QPointF]:
        """How far each of these tiles, if it was there and moved, is from where it was."""
        found = {}
        for key in keys:
            was, now = self.before.get(key), self.after[key]
            if was is not None and (was.x != now.x or was.y != now.y):
                found[key] = QPointF(was.x - now.x, was.y - now.y)
        return found


class Scene:
    """Holds what is drawn. It never changes the journey: `show` takes each new state of it.

    The tiles of activities all have one size, so what a tile says is asked only when it is seen.
    """

    def __init__(self) -> None:
        self.journey = Journey("", "", "")
        self.drawn = self.journey
        """The journey as it is drawn: each folded group is one tile."""
        self.frames: list[tuple[str, QRectF]] = []
        """Name and place of each group that is not folded."""
        self._real: Mapping[Place, Place] = {}
        self.entrances: Mapping[str, str] = {}
        """For each folded group's tile the activity at which it is entered."""
        self.context = JourneyContext()
        self.problems: Mapping[str, tuple[Problem, ...]] = {}
        self.listeners = 0
        self.boxes: dict[str, Rect] = {}
        self.wires = Wires((), self._label)
        self.bounds = QRectF()
        self.tile_index: SweepIndex[str] = SweepIndex()
        self.wire_index: SweepIndex[Place] = SweepIndex()
        self.state = 0
        """Counts the states that were shown: what is made from the whole scene knows by it when it is stale."""
        self._memory = Memory()
        self._said: dict[str, tuple[Activity, Tile]] = {}
        self._entry_tile: Tile | None = None
        self._entry_size = TILE

    def show(
        self,
        journey: Journey,
        context: JourneyContext,
        problems: Mapping[str, tuple[Problem, ...]],
        listeners: int = 0,
    ) -> Change:
        """Mirror `journey`; what stayed as it was is kept."""
        if context is not self.context:
            self._said.clear()
        self.journey, self.context, self.listeners = journey, context, listeners
        folded = fold(journey)
        self.drawn, self._real, self.entrances = folded.journey, folded.places, folded.entrances
        self.show_problems(problems)
        if self._entry_tile is not None:
            shape = summary_shape(self._entry_tile)
            self._entry_size = QSizeF(shape.width, shape.height)
        else:
            self._entry_size = QSizeF(WIDTH, 120)
        self.state += 1
        layout = compute_layout(self.drawn, self._size, self._memory)
        before = self.boxes
        self._place(layout)
        return Change(before, self.boxes)

    def keep_only(self, keys: Collection[str]) -> None:
        """Show these tiles and notes where they are, the wires between them, and nothing else: for a picture. What
        is not on the canvas is left out; the next `show` brings everything back."""
        kept = set(keys) & self.boxes.keys()
        self.boxes = {key: box for key, box in self.boxes.items() if key in kept}
        self.wires = self.wires.only(kept)
        self._index()
        whole = [group for group in self.journey.groups if kept.issuperset(group.members)]
        self.frames = [(group.name, self._around(group.members)) for group in whole]
        self.bounds = QRectF()
        parts = [self.rect(key) for key in self.boxes] + [frame for _, frame in self.frames]
        for part in (*parts, *(wire.path.boundingRect().united(wire.label_rect) for wire in self.wires.values())):
            self.bounds = self.bounds.united(part)
        self.state += 1

    def show_problems(self, problems: Mapping[str, tuple[Problem, ...]]) -> None:
        """Only the badges change: nothing moves."""
        if problems is not self.problems:
            for key in self.problems.keys() | problems.keys():
                if self.problems.get(key) != problems.get(key):
                    self._said.pop(key, None)
        self.problems = problems
        self._entry_tile = self._describe_entry()

    def tile(self, key: str) -> Tile:
        """What the tile says. Raises KeyError for a key that is no tile."""
        if key == ENTRY:
            if self._entry_tile is None:
                raise KeyError(key)
            return self._entry_tile
        activity = self.journey.activities.get(key) or self.drawn.activities[key]
        known = self._said.get(key)
        if known is not None and known[0] is activity:
            return known[1]
        if activity.type == GROUP:
            inside = [problem for member in activity.settings["members"] for problem in self.problems.get(member, ())]
            return describe_group(activity, tuple(inside))
        tile = describe_activity(activity, self.context.of(self.journey), self.problems.get(key, ()))
        self._said[key] = (activity, tile)
        return tile

    def rect(self, key: str) -> QRectF:
        """Where a tile or note lies. Raises KeyError."""
        return QRectF(*self.boxes[key])

    @property
    def slot(self) -> QRectF | None:
        """The empty entry slot, where there is no entry source yet."""
        return None if self.journey.entry is not None else QRectF(*self.boxes[ENTRY])

    def is_tile(self, key: str) -> bool:
        """Whether the key is a tile: the entry or an activity, not a note and not the empty slot."""
        return key in self.drawn.activities or (key == ENTRY and self.journey.entry is not None)

    def note(self, key: str) -> str:
        """The text of a note by its key on the canvas. Raises KeyError."""
        note = note_of(self.journey, key)
        if note is None:
            raise KeyError(key)
        return note.text

    def searchable(self, key: str) -> str:
        """What a search looks at, folded: names, summaries, settings, labels of paths, notes."""
        if key.startswith(NOTE):
            return self.note(key).casefold()
        if not self.is_tile(key) and key not in self.journey.activities:
            return ""
        parts = [self.tile(key).spoken]
        activity = self.journey.activities.get(key)
        if activity is None and key in self.drawn.activities:
            parts += [self.searchable(member) for member in self.drawn.activities[key].settings["members"]]
        if activity is not None:
            parts += [str(value) for value in activity.settings.values()]
            parts += [outcome.label for outcome in activity.outcomes]
            parts += self._filters(activity)
            parts.append(activity.description)
        return " ".join(parts).casefold()

    def _filters(self, activity: Activity) -> list[str]:
        """The filters of a tile's paths in words: of several the tile itself shows only that there are."""
        asked = [each.filter for each in activity.outcomes if each.filter is not None and each.filter.children]
        if not asked:
            return []
        from app.filters.sentence import sentence

        catalog = self.context.of(self.journey).catalog
        return [shown(sentence(each, catalog)) for each in asked]

    def real(self, place: Place) -> Place:
        """The journey's own place behind one that is drawn: a folded group's tile has places of its tiles."""
        return self._real.get(place, place)

    def drawn_at(self, place: Place) -> Place:
        """Where a place of the journey is drawn: the inverse of `real`."""
        return next((drawn for drawn, real in self._real.items() if real == place), place)

    def home(self, key: str) -> str | None:
        """The tile that stands for an activity on the canvas: itself, or its folded group; None where it is gone."""
        if key in self.boxes:
            return key
        group = next((each for each in self.journey.groups if key in each.members), None)
        return group_tile(group) if group is not None and group_tile(group) in self.boxes else None

    def tile_at(self, at: QPointF) -> str | None:
        """The tile, note or empty slot under a point of the world; a note lies on top."""
        found = self.tile_index.query(QRectF(at, QSizeF(0, 0)))
        notes = [key for key in found if key.startswith(NOTE)]
        return notes[0] if notes else (found[0] if found else None)

    def touched(self, rect: QRectF) -> list[str]:
        """The tiles and notes that a rectangle touches, from left to right."""
        found = [key for key in self.tile_index.query(rect) if self.is_tile(key) or key.startswith(NOTE)]
        return sorted(found, key=lambda key: self.boxes[key][:2])

    def wire_near(self, at: QPointF, reach: float) -> Wire | None:
        """The nearest wire within `reach` of a point of the world."""
        around = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        best, best_gap = None, reach
        for place in self.wire_index.query(around):
            wire = self.wires[place]
            gap = wire.distance(at)
            if gap <= best_gap:
                best, best_gap = wire, gap
        return best

    def wires_into(self, key: str) -> list[Wire]:
        """The wires that lead to a tile."""
        return self.wires.into(key)

    def wires_from(self, key: str) -> list[Wire]:
        """The wires that leave a tile, in the order of its outcomes."""
        activity = self.drawn.activities.get(key)
        names = [outcome.key for outcome in activity.outcomes] if activity else [""]
        return [self.wires[place] for name in names if (place := Place(key, name)) in self.wires]

    def after(self, key: str) -> set[str]:
        """Every activity that can be reached from an activity, itself included."""
        seen, queue = {key}, [key]
        while queue:
            activity = self.drawn.activities.get(queue.pop())
            for outcome in activity.outcomes if activity else ():
                if outcome.next is not None and outcome.next not in seen:
                    seen.add(outcome.next)
                    queue.append(outcome.next)
        return seen

    def _describe_entry(self) -> Tile | None:
        if self.journey.entry is None:
            return None
        context = self.context.of(self.journey)
        return describe_entry(self.journey, context, self.problems.get(ENTRY, ()), self.listeners)

    def _size(self, key: str) -> tuple[float, float]:
        return (self._entry_size.width(), self._entry_size.height()) if key == ENTRY else _TILE_SIZE

    def _place(self, layout: Layout) -> None:
        self.boxes = dict(layout.rects)
        self.wires = Wires(layout.connectors, self._label)
        self._index()
        self.bounds = QRectF(*layout.bounds)
        if self.journey.notes:
            self._place_notes()
        self.frames = [
            (group.name, self._around(group.members)) for group in self.journey.groups if group.members[0] in self.boxes
        ]

    def _index(self) -> None:
        boxes = self.boxes

        def edges(key: str) -> Edges:
            x, y, width, height = boxes[key]
            return x, y, x + width, y + height

        self.wire_index = self.wires.index()
        self.tile_index = SweepIndex([(key, box[0], box[0] + box[2]) for key, box in boxes.items()], edges)

    def _label(self, place: Place) -> str:
        outcomes = self.drawn.activities[place.source].outcomes
        return next((outcome.label for outcome in outcomes if outcome.key == place.outcome), "")

    def _around(self, members: Iterable[str]) -> QRectF:
        whole = QRectF()
        for key in members:
            whole = whole.united(self.rect(key))
        return whole.adjusted(-16, -34, 16, 16)

    def _place_notes(self) -> None:
        """A note lies below its tile or, where that is taken, above it, as near as it covers nothing; one without a
        tile lies below everything."""
        taken: list[QRectF] = []
        for note in self.journey.notes:
            height = note_height(note.text)
            anchor = self.home(note.anchor) if note.anchor else None
            box = self.boxes[anchor] if anchor is not None else None
            spot = self._free_spot(box, height, taken)
            taken.append(spot)
            self.boxes[NOTE + note.id] = Rect(spot.x(), spot.y(), spot.width(), spot.height())
            self.bounds = self.bounds.united(spot)
        self._index()

    def _free_spot(self, box: Rect | None, height: float, taken: list[QRectF]) -> QRectF:
        """The nearest free place for a note of that height, at a tile's box or, without one, below everything."""
        if box is None:
            starts = [(QPointF(self.bounds.left(), self.bounds.bottom() + 40), 1)]
        else:
            starts = [(QPointF(box.x, box.bottom + 14), 1), (QPointF(box.x, box.y - 14 - height), -1)]
        for step in range(_NOTE_STEPS):
            for start, direction in starts:
                spot = QRectF(start.x(), start.y() + direction * step * 16, NOTE_WIDTH, height)
                if self._is_free(spot.adjusted(-6, -6, 6, 6), taken):
                    return spot
        return QRectF(self.bounds.left(), self.bounds.bottom() + 40, NOTE_WIDTH, height)

    def _is_free(self, rect: QRectF, taken: list[QRectF]) -> bool:
        if self.tile_index.query(rect) or any(other.intersects(rect) for other in taken):
            return False
        return not any(self._crosses(place, rect) for place in self.wire_index.query(rect))

    def _crosses(self, place: Place, rect: QRectF) -> bool:
        wire = self.wires[place]
        if wire.label and wire.label_rect.intersects(rect):
            return True
        pieces = pairwise(wire.points)
        return any(QRectF(one, two).normalized().adjusted(-1, -1, 1, 1).intersects(rect) for one, two in pieces)
