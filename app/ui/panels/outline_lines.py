"""The outline as plain values: which line stands under which, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.journey.folding import GROUP
from app.journey.journey import ENTRY, Journey, Note
from app.ui.canvas.scene import NOTE, Scene
from app.ui.canvas.tile import Tile

Id = str | tuple[str, ...]
"""The key of a tile or a note; of another line the key of the tile and the outcome that it is about, and what it is."""

TOP = ""
"""What lines stand under that are under no other."""


class Line(NamedTuple):
    """What a line is about: a tile, the `label` of a path, the name of a tile where a way `goes_on`, or a note's text.
    `inside` is what a search finds in the tiles of a folded group."""

    tile: Tile | None = None
    label: str = ""
    goes_on: str = ""
    note: str = ""
    inside: str | None = None


@dataclass
class Lines:
    """All lines by their ids, and by id those below, in order."""

    about: dict[Id, Line] = field(default_factory=dict)
    below: dict[Id, list[Id]] = field(default_factory=lambda: {TOP: []})

    def add(self, under: Id, name: Id, line: Line) -> None:
        """A line below all others under one."""
        self.about[name] = line
        self.below[name] = []
        self.below[under].append(name)


def outline(scene: Scene, journey: Journey) -> Lines:
    """The lines of a journey as the scene draws it, notes and all: a path of a split is a branch; what follows a tile
    on a single way stands below it, not inside it. A tile in which paths join is there once, under the first."""
    notes: dict[str | None, list[Note]] = {}
    for note in journey.notes:
        notes.setdefault(scene.home(note.anchor) if note.anchor is not None else None, []).append(note)
    lines = Lines()
    drawn = scene.drawn
    if drawn.entry is not None:
        _tile(lines, TOP, ENTRY, scene, notes)
    _lane(lines, drawn.first, scene, notes)
    for key in drawn.activities:
        if key not in lines.about:
            _lane(lines, key, scene, notes)
    for note in journey.notes:
        if NOTE + note.id not in lines.about:
            lines.add(TOP, NOTE + note.id, Line(note=note.text))
    return lines


def _lane(lines: Lines, key: str | None, scene: Scene, notes: dict[str | None, list[Note]]) -> None:
    """The tiles of a way, one below the other; paths of a split as branches, worked off without recursion."""
    activities = scene.drawn.activities
    todo: list[tuple[Id, str | None]] = [(TOP, key)]
    while todo:
        under, at = todo.pop()
        before = under if isinstance(under, tuple) else (under, "")
        while at is not None:
            activity = activities.get(at)
            if activity is None:
                break
            if at in lines.about:
                lines.add(under, (*before, "joined"), Line(goes_on=activity.name))
                break
            _tile(lines, under, at, scene, notes)
            before = (at, "")
            outcomes = activity.outcomes
            if len(outcomes) > 1:
                for outcome in outcomes:
                    lines.add(at, (at, outcome.key), Line(label=outcome.label or outcome.key))
                todo.extend([((at, outcome.key), outcome.next) for outcome in reversed(outcomes)])
                break
            at = outcomes[0].next if outcomes else None


def _tile(lines: Lines, under: Id, key: str, scene: Scene, notes: dict[str | None, list[Note]]) -> None:
    activity = scene.drawn.activities.get(key)
    folded = activity is not None and activity.type == GROUP
    lines.add(under, key, Line(scene.tile(key), inside=scene.searchable(key) if folded else None))
    for note in notes.get(key, ()):
        # A note stands inside its tile; one without a tile at the end.
        lines.add(key, NOTE + note.id, Line(note=note.text))
