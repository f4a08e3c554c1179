"""Moves tiles for a moment: offsets that ease towards a goal, shared by edits and by making room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from app.ui.theme import theme

NOWHERE = QPointF(0, 0)


class Motion(QObject):
    """Offsets of tiles from where the layout puts them. `moved` is emitted for each frame."""

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now: dict[str, QPointF] = {}
        self._start: dict[str, QPointF] = {}
        self._goal: dict[str, QPointF] = {}
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)

    @property
    def offsets(self) -> Mapping[str, QPointF]:
        """How far each moving tile is from its place; a tile that is not named is at its place."""
        return self._now

    @property
    def goal(self) -> Mapping[str, QPointF]:
        """Where the tiles are going."""
        return self._goal

    @property
    def active(self) -> bool:
        """Whether anything is away from its place or on its way."""
        return bool(self._now) or bool(self._goal)

    def settle(self, start: Mapping[str, QPointF]) -> None:
        """Let tiles come home from `start`: what an edit does to the tiles that it moved."""
        begun = dict(self._now)
        begun.update(start)
        self._go(begun, {})

    def aside(self, goal: Mapping[str, QPointF]) -> None:
        """Let tiles go to `goal` and all others home: making room, and closing it again."""
        if dict(goal) != self._goal:
            self._go(dict(self._now), dict(goal))

    def still(self) -> None:
        """Put everything in its place at once."""
        self._animation.stop()
        was = self.active
        self._now, self._start, self._goal = {}, {}, {}
        if was:
            self.moved.emit()

    def _go(self, start: dict[str, QPointF], goal: dict[str, QPointF]) -> None:
        self._animation.stop()
        self._start, self._goal = start, goal
        length = theme().motion_ms
        if length == 0:
            self._now = dict(goal)
            self.moved.emit()
            return
        self._now = start
        self._animation.setDuration(length)
        self._animation.start()

    def _step(self, value: object) -> None:
        done = float(value) if isinstance(value, int | float) else 1.0
        if done >= 1.0:
            self._now = dict(self._goal)
        else:
            keys = self._start.keys() | self._goal.keys()
            self._now = {
                key: self._start.get(key, NOWHERE) * (1 - done) + self._goal.get(key, NOWHERE) * done for key in keys
            }
        self.moved.emit()
