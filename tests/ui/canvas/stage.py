"""The stage for tests of the canvas: a real workspace on SQLite, a document, a page in a window, and hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.journey.activities import ACTIVITIES
from app.journey.journey import ENTRY, Activity, Entry, EntryMode, Journey, Outcome, Place
from app.services.create_journey import create_journey
from app.services.journey_context import journey_context
from app.services.open_journey import open_journey
from app.services.save_draft import save_draft
from app.services.workspace import Workspace
from app.ui.canvas.view import CanvasView
from app.ui.document import JourneyDocument
from app.ui.journey_page import JourneyPage
from app.ui.work import Work

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def tile(type_key: str, key: str, name: str, *following: str | None) -> Activity:
    """A tile that leads to `following`, one for each of its paths."""
    made = ACTIVITIES[type_key].make(key, name)
    if len(following) > 1:
        names = [f"path_{number}" for number in range(1, len(following))] + ["remainder"]
        outcomes = tuple(
            Outcome(each, each.replace("_", " "), after) for each, after in zip(names, following, strict=True)
        )
    else:
        outcomes = (replace(made.outcomes[0], next=following[0] if following else None),)
    return replace(made, outcomes=outcomes)


def journey_of(*tiles: Activity, entry: bool = True) -> Journey:
    """A journey that begins with the first tile."""
    return Journey(
        "",
        "",
        "Abandoned cart",
        entry=Entry() if entry else None,
        entry_mode=EntryMode.ANY_TIME,
        first=tiles[0].key if tiles else None,
        activities={each.key: each for each in tiles},
    )


STORY = journey_of(
    tile("decision_split", "SPLIT", "Loyal customer?", "GOLD", "REST"),
    tile("send_email", "GOLD", "Your cart, on us"),
    tile("send_email", "REST", "Still thinking?", "WAIT"),
    tile("wait", "WAIT", "Wait 3 days"),
)


def open_document(workspace: Workspace, work: Work, journey: Journey) -> JourneyDocument:
    """The journey as a draft in the workspace, opened."""
    card = create_journey(workspace, journey.name)
    stored = open_journey(workspace, card.id)
    kept = replace(journey, id=card.id, key=stored.journey.key)
    save_draft(workspace, kept, {})
    opened = open_journey(workspace, card.id)
    return JourneyDocument(workspace, work, opened, journey_context(workspace, opened.journey))


@dataclass
class Stage:
    """A page on show, and what a person does with it. Points of the world are where tiles and wires lie."""

    page: JourneyPage
    bot: QtBot

    @property
    def document(self) -> JourneyDocument:
        """The open journey."""
        return self.page.document

    @property
    def journey(self) -> Journey:
        """Its value."""
        return self.document.journey

    @property
    def canvas(self) -> CanvasView:
        """The canvas."""
        return self.page.canvas

    def at(self, key: str, dx: float = 0, dy: float = 0) -> QPoint:
        """The middle of a tile on the canvas widget, moved by world pixels."""
        centre = self.canvas.scene.rect(key).center()
        return self.canvas.camera.to_view(centre + QPointF(dx, dy)).toPoint()

    def plus(self, source: str, outcome: str = "") -> QPoint:
        """The plus of a place on the canvas widget."""
        return self.canvas.camera.to_view(self.canvas.scene.wires[Place(source, outcome)].plus).toPoint()

    def click(self, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """A left click on the canvas."""
        QTest.mouseClick(self.canvas, LEFT, modifiers, at)

    def drag(self, start: QPoint, *way: QPoint, modifiers: Qt.KeyboardModifier = NO_KEYS, drop: bool = True) -> None:
        """Press, move along a way, let go at its end."""
        QTest.mousePress(self.canvas, LEFT, modifiers, start)
        for at in way:
            self.move(at, modifiers)
        if drop:
            QTest.mouseRelease(self.canvas, LEFT, modifiers, way[-1])

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEYS, widget: QWidget | None = None) -> None:
        """Move the pressed mouse; sent as Qt sends it, with the button held."""
        send_move(widget or self.canvas, at, modifiers)

    def from_palette(self, type_key: str, *way: QPoint, drop: bool = True) -> None:
        """Drag a palette tile to points of the canvas; "" is the API Event."""
        row = self.page.palette_bar.tile(type_key)
        start = QPoint(40, 20)
        QTest.mousePress(row, LEFT, NO_KEYS, start)
        for at in way:
            send_move(row, row.mapFromGlobal(self.canvas.mapToGlobal(at)), NO_KEYS)
        if drop:
            QTest.mouseRelease(row, LEFT, NO_KEYS, row.mapFromGlobal(self.canvas.mapToGlobal(way[-1])))

    def wait_until_idle(self) -> None:
        """Until everything off the GUI thread is done and told."""
        self.bot.waitUntil(lambda: self.document.work.idle)

    def keys(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press keys while the canvas has the focus."""
        self.canvas.setFocus()
        for key in keys:
            QTest.keyClick(self.canvas, key, modifiers)

    def keys_where_they_go(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key where the keyboard is on the page."""
        QTest.keyClick(self.page.focusWidget() or self.page, key, modifiers)

    def next_of(self, key: str, outcome: str | None = None) -> str | None:
        """What follows a tile."""
        if key == ENTRY:
            return self.journey.first
        outcomes = self.journey.activities[key].outcomes
        return next(each.next for each in outcomes if outcome in (None, each.key))

    def until(self, asked: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        self.bot.waitUntil(asked, timeout=20_000)


def send_move(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    """A mouse move with the left button held."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    position = QPointF(at)
    there = QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(QEvent.Type.MouseMove, position, there, Qt.MouseButton.NoButton, LEFT, modifiers)
    QApplication.sendEvent(widget, event)
