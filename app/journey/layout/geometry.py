"""What a layout is made of: rectangles, connectors and columns, in pixels; x to the right, y down."""

from __future__ import annotations

from typing import NamedTuple

from app.journey.journey import Place


class Rect(NamedTuple):
    """A rectangle by its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y of its centre."""
        return self.y + self.height / 2


Point = tuple[float, float]


class Connector(NamedTuple):
    """The line from a place to what follows it; `target` None: an open end, whose last point takes the `+`.

    `points` are the corners of an orthogonal line, to be rounded by whoever draws it. `label` is the room in which the
    path's label may be drawn (None where the outcome has none to show: the only way out of its tile).
    """

    place: Place
    target: str | None
    points: tuple[Point, ...]
    label: Rect | None = None


class Layout(NamedTuple):
    """Where everything stands: the entry source's left edge is x 0 and its centre y 0, whatever the journey holds.

    `rects` has every activity, and the entry source under ENTRY. Equal journeys give equal layouts.
    """

    rects: dict[str, Rect]
    connectors: tuple[Connector, ...]
    bounds: Rect
